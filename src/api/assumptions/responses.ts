import type { Assumption } from '../assumption.ts'

const getJobs = 'analytics-dataflow-getjobs'
const overview = 'analytics-dataflow'
const createJob = 'analytics-dataflow-createjob'
const createWorkflow = 'analytics-dataflow-createworkflow'

export const responseAssumptions = {
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
  conditionName: {
    question: 'Q23',
    title: 'Name of the execution settings in job replies of 2026-09',
    values: { jobCondition: 'as in requests', runCondition: 'as before' },
    default: 'jobCondition',
    evidence: 'Requests of 2026-09 say jobCondition, replies of earlier editions runCondition.',
    confidence: 'low',
    source: 'analytics-dataflow-getjobbyid',
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
} as const satisfies Record<string, Assumption>
