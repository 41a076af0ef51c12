/** How likely it is that the real service behaves like this. */
export const confidences = ['high', 'medium-high', 'medium', 'low-medium', 'low'] as const

/** A behaviour that the published documents leave open, and what this emulator does about it. */
export interface Assumption {
  /** Number of the open question in this project's records, or `design` for a choice of our own. */
  readonly question: string
  readonly title: string
  /** Each allowed value with its meaning. */
  readonly values: Readonly<Record<string, string>>
  readonly default: string
  /** What is known on either side. */
  readonly evidence: string
  readonly confidence: (typeof confidences)[number]
  /** Slug of the documentation page that is silent or contradicts another. */
  readonly source: string
}

const getJobs = 'analytics-dataflow-getjobs'
const overview = 'analytics-dataflow'
const createJob = 'analytics-dataflow-createjob'
const updateJobExecuteConfig = 'analytics-dataflow-updatejobexecuteconfig'
const nodes = 'analytics-dataflow-etljobnode'
const createTrigger = 'analytics-dataflow-createtrigger'
const createWorkflow = 'analytics-dataflow-createworkflow'
const stats = 'analytics-dataflow-getexecutioncount'

/** Every assumption by name. The README's table, `--assume` and `GET /__admin/assumptions` are made from this list. */
export const assumptions = {
  nameMatch: {
    question: 'Q1',
    title: 'How the `name` filter of a list compares',
    values: {
      substring: 'the text occurs anywhere in the name',
      exact: 'the whole name is equal',
      prefix: 'the name starts with the text',
    },
    default: 'substring',
    evidence: 'Every generation calls the parameter the name and no more; the search boxes of the console find parts.',
    confidence: 'medium',
    source: getJobs,
  },
  nameCase: {
    question: 'Q1',
    title: 'Whether the `name` filter minds letter case',
    values: { sensitive: 'A and a differ', insensitive: 'A and a are equal (ASCII letters)' },
    default: 'sensitive',
    evidence: 'Nothing is published.',
    confidence: 'low',
    source: getJobs,
  },
  statusValues: {
    question: 'Q2',
    title: 'How many words the `status` filter takes',
    values: { one: 'one word, given once', many: 'several, repeated or separated by commas' },
    default: 'one',
    evidence: 'The parameter is a single String; nothing speaks of repetition or commas.',
    confidence: 'medium',
    source: getJobs,
  },
  statusCase: {
    question: 'Q2',
    title: 'Whether the `status` filter minds letter case',
    values: { exact: 'capitals as published', any: 'any letter case' },
    default: 'exact',
    evidence: 'The allowed words are printed in capitals.',
    confidence: 'medium',
    source: getJobs,
  },
  unknownStatus: {
    question: 'Q2',
    title: 'What a `status` that is none of the published words does',
    values: { refuse: '400 bad-parameter', empty: '200, no job matches', ignore: '200, as if it were not there' },
    default: 'refuse',
    evidence: 'The common table has bad-parameter for request values; no page shows this case.',
    confidence: 'medium',
    source: getJobs,
  },
  count: {
    question: 'Q3',
    title: 'What `count` of a list counts',
    values: { total: 'all matches before paging', page: 'the elements of this page' },
    default: 'total',
    evidence: '2023-10 says total count; later editions say number of response results, with no change announced.',
    confidence: 'medium-high',
    source: getJobs,
  },
  order: {
    question: 'Q4',
    title: 'Order of a list',
    values: { newest: 'newest createdDate first, ties by id descending', oldest: 'the reverse' },
    default: 'newest',
    evidence: 'No order is stated and no sort parameter exists; the published example is newest first.',
    confidence: 'low',
    source: getJobs,
  },
  limitZero: {
    question: 'Q5',
    title: 'What `limit=0` means where it is allowed',
    values: { empty: 'an empty page', all: 'no limit' },
    default: 'empty',
    evidence: '2023-10 prints no range, 2025-03 prints 0-N without a meaning for 0; getJobs of 2026-09 starts at 1.',
    confidence: 'low',
    source: getJobs,
  },
  pastEnd: {
    question: 'Q5',
    title: 'What a page behind the last one answers',
    values: { empty: '200, an empty list and the same count', refuse: '400 bad-parameter' },
    default: 'empty',
    evidence: 'Pages are 0-N without an upper bound; no page shows the case.',
    confidence: 'medium',
    source: getJobs,
  },
  neverRun: {
    question: 'Q6',
    title: 'Last-execution fields of a job that never ran',
    values: {
      omit: 'both fields are left out',
      null: 'both fields are null',
      ready: 'lastExecutionStatus is READY, the date is left out',
    },
    default: 'omit',
    evidence: 'Sibling examples leave absent values out; the console explains READY as ready to run.',
    confidence: 'medium',
    source: getJobs,
  },
  disabled: {
    question: 'Q7',
    title: 'Where `disabled` comes from',
    values: { stored: 'what the fixture says, false unless said', false: 'always false' },
    default: 'stored',
    evidence: 'Described as a permission to query the resource; the example shows false for a visible job.',
    confidence: 'medium',
    source: getJobs,
  },
  resourceId: {
    question: 'Q8',
    title: 'Whether `resourceId` equals the id',
    values: { same: 'equal to the id', own: 'an id of its own, derived from the id' },
    default: 'same',
    evidence: '2023-10 says they are the same, and its example shows it.',
    confidence: 'high',
    source: getJobs,
  },
  errorBody: {
    question: 'Q11',
    title: 'Shape of a service error',
    values: {
      edition: 'error in 2023-10 and 2025-03, detail in 2026-09',
      error: '{"error":{"errorCode","message","details"}}',
      detail: '{"detail","errorType"}',
    },
    default: 'edition',
    evidence: 'The overview documents an error object; a sample published by NAVER in 2026 reads detail and errorType.',
    confidence: 'medium',
    source: overview,
  },
  errorCode: {
    question: 'design',
    title: 'What `errorCode` of a service error holds',
    values: { status: 'the HTTP status as a string', word: 'the word, such as bad-parameter' },
    default: 'status',
    evidence: 'The code column of the published table is a dash in every row.',
    confidence: 'low',
    source: overview,
  },
  listDeleted: {
    question: 'design',
    title: 'When deleted jobs are listed',
    values: { onDemand: 'only when status=DELETED asks for them', always: 'like any other job', never: 'not at all' },
    default: 'onDemand',
    evidence: 'DELETED is an allowed filter word, described as being deleted or deleted.',
    confidence: 'low-medium',
    source: getJobs,
  },
  contentType: {
    question: 'design',
    title: 'What the `Content-Type` of a request body must be',
    values: {
      json: 'application/json, application/...+json or no header; another one is 400 Bad Request of the service',
      ignore: 'anything: the body is read as JSON',
    },
    default: 'json',
    evidence:
      'Required as application/json in the table of 2023-10 only; the gateway does not check it as far as known. ' +
      'Without a body the header is ignored.',
    confidence: 'low',
    source: overview,
  },
  unknownParameter: {
    question: 'design',
    title: 'What a query parameter that the operation does not have does',
    values: { ignore: 'nothing', refuse: '400 bad-parameter' },
    default: 'ignore',
    evidence: 'Published clients send some (responseFormatType, size), and the status filter was dropped in 2026-09.',
    confidence: 'medium',
    source: getJobs,
  },

  signatureV1: {
    question: 'design',
    title: 'Whether the header name x-ncp-apigw-signature-v1 is accepted',
    values: { accept: 'yes, holding the v2 signature', refuse: 'no, as if the header were not there' },
    default: 'accept',
    evidence: "NAVER's Go, JavaScript and Python SDKs send the v2 text under this name; the documents name only v2.",
    confidence: 'medium',
    source: 'common-ncpapi',
  },
  signatureWinner: {
    question: 'design',
    title: 'Which signature header counts when both names are there',
    values: { v2: 'x-ncp-apigw-signature-v2', v1: 'x-ncp-apigw-signature-v1' },
    default: 'v2',
    evidence: 'Nothing is published.',
    confidence: 'low',
    source: 'common-ncpapi',
  },
  windowEdge: {
    question: 'design',
    title: 'A timestamp exactly 300 000 ms from the gateway clock',
    values: { refuse: 'expired', accept: 'still valid' },
    default: 'refuse',
    evidence: 'The Korean text says 5 minutes or more is invalid, the English one more than 5 minutes.',
    confidence: 'medium',
    source: 'api-call-lgc-requestresponse',
  },
  timestampForm: {
    question: 'design',
    title: 'Answer to a timestamp that is not a plain decimal number',
    values: { invalid: '401/200 Invalid authentication information.', header: '400/100 Header is invalid.' },
    default: 'invalid',
    evidence: 'Both texts belong to the gateway; no answer to this mistake is published.',
    confidence: 'low',
    source: 'api-call-lgc-errorhandling',
  },
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
    title: 'Deleting a job with a run under way, or making it a draft',
    values: { refuse: '400 bad-state', allow: 'done all the same' },
    default: 'refuse',
    evidence:
      '2025-03 says of isValid that false means deleted and unusable, so a job in use can be deleted; a job with an ' +
      'execution under way is not mentioned.',
    confidence: 'low-medium',
    source: 'analytics-dataflow-deletejob',
  },
  createStatus: {
    question: 'Q13',
    title: 'Success status of createJob, createTrigger and createWorkflow',
    values: { '201': '201 Created', '200': '200 OK' },
    default: '201',
    evidence: '2023-10 prints 201 for jobs and triggers; the common table of 2025-03 has 201; no page for workflows.',
    confidence: 'medium',
    source: createJob,
  },
  runStatus: {
    question: 'Q14',
    title: 'Success status of running a job',
    values: { '200': '200 OK', '201': '201 Created', '202': '202 Accepted' },
    default: '200',
    evidence: '2023-10 prints 200; 2026-09 calls it createJobExecution, and running a workflow answers 202 there.',
    confidence: 'medium',
    source: 'analytics-dataflow-executejob',
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
  eventTrigger: {
    question: 'Q16',
    title: 'Whether createTrigger takes the type EVENT, from 2025-03 on',
    values: { accept: 'yes, with triggerRule.type NONE', refuse: '400 bad-parameter' },
    default: 'refuse',
    evidence:
      'createTrigger lists it as to be supported later; getTrigger of 2026-09 lists only SCHEDULED and NONE, and a ' +
      'sample of NAVER of 2026 makes event triggers in the console.',
    confidence: 'medium-high',
    source: createTrigger,
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
  timeoutEnd: {
    question: 'Q18',
    title: 'How a run ends that takes longer than its timeout',
    values: { failed: 'FAILED', canceled: 'CANCELED' },
    default: 'failed',
    evidence: 'Nothing is published.',
    confidence: 'medium',
    source: 'analytics-dataflow-executejob',
  },
  statsDates: {
    question: 'Q19',
    title: 'Dates of the statistics calls that carry an offset',
    values: { accept: 'read with their offset; without one it is Korean time', refuse: '400 bad-parameter' },
    default: 'accept',
    evidence:
      'Query and response of the examples carry none; the times in the example of 2025-03 are even hours in Korea.',
    confidence: 'medium',
    source: stats,
  },
  plusInQuery: {
    question: 'Q19',
    title: 'A + before the offset of a date in the query that is not percent-encoded',
    values: {
      accept: 'read as + although a query string decodes it as a space',
      refuse: 'it is a space, so the date is invalid: 400 bad-parameter',
    },
    default: 'accept',
    evidence: 'The published examples encode the colons and carry no offset; nothing is said of a plus.',
    confidence: 'low',
    source: stats,
  },
  statsEmpty: {
    question: 'Q19',
    title: 'Which two-hour buckets without executions executions-times shows',
    values: { omit: 'none', between: 'those between two with some', all: 'all of the period' },
    default: 'omit',
    evidence: 'The example asks for two days and shows four buckets two hours apart; no rule is printed.',
    confidence: 'low',
    source: stats,
  },
  conditionName: {
    question: 'Q23',
    title: 'Name of the execution settings in job replies of 2026-09',
    values: { jobCondition: 'as in requests', runCondition: 'as before' },
    default: 'jobCondition',
    evidence: 'Requests of 2026-09 say jobCondition, replies of earlier editions runCondition.',
    confidence: 'low',
    source: 'analytics-dataflow-getjobbyid',
  },
  workflowFilter: {
    question: 'Q24',
    title: 'What `filter` of getWorkflowExecutions does',
    values: { name: 'a text that the name of the workflow lacks leaves an empty list', ignore: 'nothing' },
    default: 'name',
    evidence: 'Described as filtering by workflow name, though the path names one workflow.',
    confidence: 'low',
    source: 'analytics-dataflow-getworkflowexecutions',
  },
  statsTimesPath: {
    question: 'Q25',
    title: 'Path of getExecutionTimes',
    values: {
      both: '/stats/executions-times and /stats/execution-times',
      live: '/stats/execution-times alone',
      documented: '/stats/executions-times alone',
    },
    default: 'both',
    evidence:
      'Every page prints executions-times; a client published on 2026-10-02 saw 404 there and 200 at the other.',
    confidence: 'medium-high',
    source: 'analytics-dataflow-getexecutiontimes',
  },
  triggerIdInPath: {
    question: 'Q26',
    title: 'Whether getTrigger needs its triggerId',
    values: { required: 'yes: /triggers/ without an id is 404/300', optional: 'no: /triggers/ lists the triggers' },
    default: 'required',
    evidence: 'Marked optional on the page, but it is a part of the path.',
    confidence: 'high',
    source: 'analytics-dataflow-gettriggerbyid',
  },
  runReferences: {
    question: 'Q27',
    title: 'Where running a job reads triggerId and workflowId',
    values: { query: 'the query alone', both: 'the query, and the body for what is not there' },
    default: 'query',
    evidence: 'All pages say query; a community document puts them into the body.',
    confidence: 'high',
    source: 'analytics-dataflow-executejob',
  },
  runInWorkflow: {
    question: 'design',
    title: 'What naming a workflow does to a job that is run by itself',
    values: { belongs: 'the execution is among those of the workflow', ignored: 'nothing, it only has to exist' },
    default: 'belongs',
    evidence: 'The parameter is optional on every page; none says what it does.',
    confidence: 'low',
    source: 'analytics-dataflow-executejob',
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
  workflowDisabled: {
    question: 'Q29',
    title: 'Type of `disabled` of a workflow',
    values: { boolean: 'true or false', string: 'the same as text' },
    default: 'boolean',
    evidence: 'A String in the table of 2023-10, a Boolean in 2025-03 and in the list of jobs.',
    confidence: 'high',
    source: 'analytics-dataflow-getworkflows',
  },
  afterFailure: {
    question: 'design',
    title: 'What hangs on a job of a workflow that did not complete',
    values: { stop: 'does not start', continue: 'starts all the same' },
    default: 'stop',
    evidence: 'Nothing is published.',
    confidence: 'low',
    source: createWorkflow,
  },
  invalidNode: {
    question: 'Q10',
    title: 'A workflow that starts while the job of one of its nodes is deleted (isValid is false)',
    values: {
      stop: 'nothing of it starts; executeWorkflow is 400 bad-state',
      skip: 'its other jobs start, but not those that wait for the deleted one unless afterFailure says so',
    },
    default: 'stop',
    evidence:
      'getWorkflowById: false means that the node was deleted and cannot be used. Nothing is said of the others.',
    confidence: 'low',
    source: createWorkflow,
  },
  busyTrigger: {
    question: 'design',
    title: 'A trigger that comes to a job with a run under way',
    values: { skip: 'no run is made', run: 'the job runs beside itself' },
    default: 'skip',
    evidence: 'Nothing is published.',
    confidence: 'low',
    source: createTrigger,
  },
  shortMonth: {
    question: 'design',
    title: 'A monthly trigger on a day that the month does not have',
    values: { skip: 'no run that month', last: 'on the last day' },
    default: 'skip',
    evidence: 'Days 1-31 are allowed, -1 is the last day; nothing is said of short months.',
    confidence: 'low',
    source: createTrigger,
  },
  workflowNodes: {
    question: 'design',
    title: 'Name and triggerRule of a workflow node in responses',
    values: {
      actual: 'those of the trigger or job itself, as long as it exists',
      sent: 'those that the request named',
    },
    default: 'actual',
    evidence: 'Described as the name of that trigger or job; nothing is said of a request that names another one.',
    confidence: 'medium',
    source: createWorkflow,
  },
  workflowCondition: {
    question: 'design',
    title: 'jobCondition of a job node of a workflow in 2023-10 and 2025-03',
    values: { required: '400 bad-parameter without it', optional: 'the settings stored with the job are used' },
    default: 'required',
    evidence: '2025-03 marks it required; in 2026-09 a run without settings uses the stored ones.',
    confidence: 'medium',
    source: createWorkflow,
  },
} as const satisfies Record<string, Assumption>

/** Former assumptions, and what the documents say now. */
const settled: Readonly<Record<string, string>> = {
  oldOperations: '2026-09 documents verifyJob and updateJobExecutionConfig, so they are always served',
}

export type AssumptionName = keyof typeof assumptions

/** The value in force of every assumption. */
export type Assumed = { readonly [Name in AssumptionName]: keyof (typeof assumptions)[Name]['values'] & string }

/** An assumption as `GET /__admin/assumptions` shows it. */
export interface AssumptionInForce extends Omit<Assumption, 'values'> {
  readonly name: string
  readonly value: string
  readonly values: readonly { readonly value: string; readonly meaning: string }[]
}

const isName = (name: string): name is AssumptionName => Object.hasOwn(assumptions, name)

/**
 * The values in force: the defaults, changed by `switches` (name to value).
 * An unknown name or value throws a RangeError that lists what is allowed.
 */
export function assume(switches: Readonly<Record<string, string>> = {}): Assumed {
  const values: Record<string, string> = {}
  for (const [name, assumption] of Object.entries(assumptions)) values[name] = assumption.default
  for (const [name, value] of Object.entries(switches)) {
    if (Object.hasOwn(settled, name)) throw new RangeError(`assumption ${name} was removed: ${settled[name]}`)
    if (!isName(name)) {
      throw new RangeError(`no assumption is called "${name}"; allowed: ${Object.keys(assumptions).join(', ')}`)
    }
    const allowed = Object.keys(assumptions[name].values)
    if (!allowed.includes(value)) {
      throw new RangeError(`assumption ${name} cannot be "${value}"; allowed: ${allowed.join(', ')}`)
    }
    values[name] = value
  }
  return Object.freeze(values) as Assumed
}

/** The whole list with the values in force, in the order of the table. */
export const inForce = (assumed: Assumed): AssumptionInForce[] =>
  Object.entries<Assumption>(assumptions).map(([name, { values, ...rest }]) => ({
    name,
    value: assumed[name as AssumptionName],
    values: Object.entries(values).map(([value, meaning]) => ({ value, meaning })),
    ...rest,
  }))
