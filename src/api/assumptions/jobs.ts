import type { Assumption } from '../assumption.ts'

const createJob = 'analytics-dataflow-createjob'
const updateJobExecuteConfig = 'analytics-dataflow-updatejobexecuteconfig'
const nodes = 'analytics-dataflow-etljobnode'

export const jobAssumptions = {
  nodeName: {
    question: 'Q20',
    title: 'What the `name` of a node of a job may be',
    values: { text: 'any text that is not empty', job: 'what the name of a job may be' },
    default: 'text',
    evidence: 'The table repeats the rule of job names; the examples have spaces, Korean and Japanese words.',
    confidence: 'high',
    source: nodes,
  },
  workerType: {
    question: 'Q21',
    title: 'Words of `workerType`',
    values: {
      both: 'DEFAULT and DATAFLOW, shown as sent; DEFAULT when left out',
      default: 'DEFAULT alone',
      dataflow: 'DATAFLOW alone',
    },
    default: 'both',
    evidence: 'The text of 2025-03 says DATAFLOW is the default, its examples and 2023-10 say DEFAULT.',
    confidence: 'medium',
    source: updateJobExecuteConfig,
  },
  nameStart: {
    question: 'Q22',
    title: 'First character of a name',
    values: { underscore: 'a letter or _', hyphen: 'a letter or -', either: 'a letter, _ or -' },
    default: 'underscore',
    evidence: 'The Korean and Japanese pages say letter or underscore, the English one letter or hyphen.',
    confidence: 'high',
    source: createJob,
  },
  resultName: {
    question: 'Q30',
    title: 'How a TRANSFORM_AGGREGATE node spells the name of a result',
    values: { both: 'ResultName or resultName', capital: 'ResultName alone', small: 'resultName alone' },
    default: 'both',
    evidence: 'Printed with a capital R; every other member of a node begins with a small letter.',
    confidence: 'low',
    source: 'common-vapidatatype-dataflowetljobnode-transformaggregate',
  },
  columnType: {
    question: 'Q31',
    title: 'Whether the `type` of a column minds letter case',
    values: { any: 'no, and it is shown as sent', printed: 'as the table prints it: String, Bigint' },
    default: 'any',
    evidence: 'The table prints a capital first letter, every example of a request and a reply small letters.',
    confidence: 'high',
    source: nodes,
  },
  emptyNodes: {
    question: 'design',
    title: 'Whether a job may have no nodes at all',
    values: { accept: 'yes', refuse: 'no, 400 bad-parameter' },
    default: 'accept',
    evidence: 'The list is required in 2023-10 and 2025-03, and optional in 2026-09; no least number is printed.',
    confidence: 'low',
    source: createJob,
  },
  jobNames: {
    question: 'Q9',
    title: 'Whether two jobs may share a name',
    values: { any: 'yes', unique: 'no, 400 bad-parameter' },
    default: 'any',
    evidence: 'The pages of the API are silent; the console guide speaks of a unique name.',
    confidence: 'low',
    source: createJob,
  },
  busyJob: {
    question: 'Q10',
    title: 'Deleting a job with an execution under way, or making it a draft',
    values: { refuse: '400 bad-state', allow: 'done all the same' },
    default: 'refuse',
    evidence:
      '2025-03 says of isValid that false means deleted and unusable, so a job in use can be deleted; a job with an ' +
      'execution under way is not mentioned.',
    confidence: 'low-medium',
    source: 'analytics-dataflow-deletejob',
  },
  maxConcurrentRuns: {
    question: 'Q15',
    title: 'maxConcurrentRuns of a job that was given none, in 2026-09',
    values: { '1': 'one', unlimited: 'as many as a 32-bit number holds' },
    default: '1',
    evidence: 'The field is optional; default, range and the error are not published. Similar services start at 1.',
    confidence: 'low',
    source: createJob,
  },
  draftStatus: {
    question: 'Q17',
    title: 'Status of a job that was updated with isTemp true',
    values: { draft: 'DRAFT', editing: 'EDITING' },
    default: 'draft',
    evidence: 'Only the meanings of the words are published.',
    confidence: 'medium',
    source: 'analytics-dataflow-updatejob',
  },
  draftCheck: {
    question: 'Q17',
    title: 'What of the nodes of a draft (isTemp true) is checked, in 2023-10 and 2025-03',
    values: {
      nodes:
        'type, id, name and parentNodeIds of each node; other members and the links between nodes are checked when ' +
        'the draft is finished',
      all: 'everything, as for a finished job or workflow',
    },
    default: 'nodes',
    evidence: 'A draft is described as not finished; what it may lack is not published.',
    confidence: 'low',
    source: 'analytics-dataflow-updatejob',
  },
  timeoutZero: {
    question: 'Q28',
    title: 'A `timeout` of 0 in 2023-10 and 2025-03',
    values: { unlimited: 'no limit', default: '360 minutes', refuse: '400 bad-parameter' },
    default: 'unlimited',
    evidence: '2025-03 prints 0-1440 on one page and an open lower end on another; 2026-09 starts at 1.',
    confidence: 'low',
    source: updateJobExecuteConfig,
  },
  timeoutEnd: {
    question: 'Q18',
    title: 'How an execution ends that takes longer than its timeout',
    values: { failed: 'FAILED', canceled: 'CANCELED' },
    default: 'failed',
    evidence: 'Nothing is published.',
    confidence: 'medium',
    source: 'analytics-dataflow-executejob',
  },
} as const satisfies Record<string, Assumption>
