import type { Assumption } from './assumptions.ts'

/** A behaviour that the documents leave open and that has no switch. */
export interface FixedReading extends Pick<Assumption, 'question' | 'title' | 'evidence' | 'confidence' | 'source'> {
  /** What the emulator does. */
  readonly behaviour: string
}

const overview = 'analytics-dataflow'
const getJobs = 'analytics-dataflow-getjobs'
const updateJob = 'analytics-dataflow-updatejob'
const runJob = 'analytics-dataflow-executejob'
const getExecution = 'analytics-dataflow-getjobexecutionbyid'
const nodes = 'analytics-dataflow-etljobnode'
const createWorkflow = 'analytics-dataflow-createworkflow'
const createTrigger = 'analytics-dataflow-createtrigger'
const gateway = 'api-call-lgc-errorhandling'

/** Every fixed reading by name. The names stand in `x-assumption` of the OpenAPI documents. */
export const fixedReadings = {
  undocumentedOperation: {
    question: 'design',
    title: 'Operations that no page of the edition documents',
    behaviour: 'they are served as in the editions that document them',
    evidence: 'The pages of that time are not on record; the operations before and after are the same.',
    confidence: 'medium-high',
    source: overview,
  },
  numberBounds: {
    question: 'Q5',
    title: 'Largest number of page, limit, maxConcurrentRuns and coalesce',
    behaviour: '2147483647; a greater one is 400 bad-parameter',
    evidence: 'Ranges are printed as 0-N or 1-N, the type as Integer.',
    confidence: 'low',
    source: getJobs,
  },
  smallestNumbers: {
    question: 'Q15',
    title: 'Smallest maxConcurrentRuns and coalesce, and numWorker of 2025-03',
    behaviour: '1, 1 and 2 (numWorker from 2 to 10, as in the editions before and after)',
    evidence: 'No range is printed.',
    confidence: 'low',
    source: 'analytics-dataflow-createjob',
  },
  olderPaging: {
    question: 'Q5',
    title: 'Default and range of page and limit in 2023-10',
    behaviour: 'page from 0, default 0; limit from 0, default 1000, as in 2025-03',
    evidence: 'No range is printed in 2023-10; its examples ask for page=0&limit=1000.',
    confidence: 'medium-high',
    source: getJobs,
  },
  nonEmptyText: {
    question: 'design',
    title: 'An empty nrn, scriptPath or logPath, and empty members of a workflow node',
    behaviour: '400 bad-parameter',
    evidence: 'They are required; nothing is said of an empty text.',
    confidence: 'medium',
    source: 'analytics-dataflow-updatejobexecuteconfig',
  },
  repeatedParameter: {
    question: 'Q2',
    title: 'A query parameter that is given twice, or empty',
    behaviour: 'twice is 400 bad-parameter; an empty name, status, filter, triggerId or workflowId counts as left out',
    evidence: 'Every parameter is a single value; nothing is said of an empty one.',
    confidence: 'medium',
    source: getJobs,
  },
  unknownMember: {
    question: 'design',
    title: 'Members of a body that the page does not list, and members that are null',
    behaviour: 'unknown ones are ignored, those of job nodes are kept; null counts as left out',
    evidence: 'Examples send members that the table lacks (description, isTemp).',
    confidence: 'medium',
    source: updateJob,
  },
  malformedBody: {
    question: 'design',
    title: 'A body that is not JSON',
    behaviour: '400 with the word Bad Request, from the service',
    evidence: 'The table of statuses has Bad Request for a malformed request; no such response is published.',
    confidence: 'medium',
    source: overview,
  },
  notFoundWord: {
    question: 'Q11',
    title: 'The word of a 404 of the service',
    behaviour: 'not-found, as message or errorType',
    evidence: 'bad-parameter and bad-state are published; the row of 404 is not on record.',
    confidence: 'low',
    source: overview,
  },
  errorDetails: {
    question: 'Q11',
    title: 'The text of details and detail of a service error',
    behaviour: 'a sentence of the emulator that names the parameter, the value and what is allowed',
    evidence: 'No error body of the service is published.',
    confidence: 'low',
    source: overview,
  },
  gatewayDetails: {
    question: 'design',
    title: 'details of gateway errors other than missing or invalid credentials, an unknown URL and no subscription',
    behaviour: 'the texts of the error guide where it has one, otherwise the message again',
    evidence: 'Codes and messages are published; the bodies of these four were observed.',
    confidence: 'low',
    source: gateway,
  },
  gatewayOrder: {
    question: 'design',
    title: 'Order of the checks of the gateway',
    behaviour:
      'target, route, body length, headers, timestamp, key, signature, subscription; HEAD and OPTIONS have no route',
    evidence: 'Route before credentials and key before subscription were observed at other services, the rest follows.',
    confidence: 'medium',
    source: gateway,
  },
  bodyLimit: {
    question: 'design',
    title: 'The largest body',
    behaviour: '10 MiB unless --body-limit says otherwise, then 413/430',
    evidence: 'The code is published, the limit is not.',
    confidence: 'low',
    source: gateway,
  },
  successStatus: {
    question: 'design',
    title: 'Success status of deleteJob, deleteTrigger and updateWorkflow',
    behaviour: '200',
    evidence: 'Printed for deleteWorkflow and updateJob; the body of a deletion is true, so it is not 204.',
    confidence: 'medium-high',
    source: overview,
  },
  idForm: {
    question: 'design',
    title: 'Form of every id',
    behaviour: 'twelve letters and digits; any other id in a path is 404 not-found',
    evidence: 'Every example of every edition fits.',
    confidence: 'high',
    source: getJobs,
  },
  lastExecution: {
    question: 'design',
    title: 'lastExecutionDate of a job and of a workflow',
    behaviour: 'when its newest execution was requested; for a workflow, when it last started',
    evidence: 'Described as the time of the newest execution.',
    confidence: 'low-medium',
    source: getJobs,
  },
  jobStates: {
    question: 'Q17',
    title: 'How the status of a job changes in 2023-10 and 2025-03',
    behaviour:
      'RUNNABLE when created or finished, RUNNING while an execution is under way; only a RUNNABLE one can be run, ' +
      'otherwise 400 bad-state',
    evidence: 'Only the meanings of the words are published.',
    confidence: 'medium',
    source: updateJob,
  },
  deletedJob: {
    question: 'Q10',
    title: 'Jobs and triggers that are deleted while a workflow uses them',
    behaviour: 'allowed; they are 404 from then on, and the node shows isValid false',
    evidence: '2025-03 says of isValid that true means not deleted, and false deleted and unusable.',
    confidence: 'high',
    source: 'analytics-dataflow-deletejob',
  },
  description: {
    question: 'design',
    title: 'description of a job in 2023-10',
    behaviour: 'optional when a job is created or changed; kept when a change leaves it out',
    evidence: 'Responses have it and an example of updateJob sends it; the tables of the bodies lack it.',
    confidence: 'medium',
    source: updateJob,
  },
  newerReplies: {
    question: 'design',
    title: 'Responses of createJob and updateJob in 2026-09',
    behaviour: 'the members of getJob; getJobs lists those of 2025-03 and maxConcurrentRuns',
    evidence: 'The tables of these responses are not on record in full.',
    confidence: 'medium',
    source: 'analytics-dataflow-getjobbyid',
  },
  nodeParents: {
    question: 'design',
    title: 'How many parents a job node has',
    behaviour: 'sources none, JOIN and UNION exactly two, SQL one or more, every other one exactly one; no cycles',
    evidence: 'Follows from the members: a JOIN names a left and a right node, a SQL node a list.',
    confidence: 'medium',
    source: nodes,
  },
  filterType: {
    question: 'design',
    title: 'filterType of a TRANSFORM_FILTER node',
    behaviour: 'AND or OR',
    evidence: 'The table of this node is not on record; examples show AND.',
    confidence: 'medium',
    source: 'common-vapidatatype-dataflowetljobnode-transformfilter',
  },
  removedNodes: {
    question: 'design',
    title: 'Members of TRANSFORM_DROP_NULL and TRANSFORM_SPLIT_FIELD in 2023-10',
    behaviour: 'any, unchecked',
    evidence: 'Their tables are not on record.',
    confidence: 'low',
    source: nodes,
  },
  partialCondition: {
    question: 'design',
    title: 'A jobCondition with some members left out, in 2026-09',
    behaviour: 'the settings stored with the job fill it up, in executions and in workflow nodes',
    evidence:
      'A run without jobCondition uses the stored settings, and updateJobExecutionConfig keeps what is left out.',
    confidence: 'medium-high',
    source: runJob,
  },
  scriptParameters: {
    question: 'design',
    title: 'Parameters of a VISUAL job in 2026-09',
    behaviour:
      '400 bad-parameter for a job, an execution and a workflow node; stored ones are deleted when a job becomes VISUAL',
    evidence: 'parameters are for SCRIPT jobs only; the release notes removed those of visual jobs.',
    confidence: 'medium',
    source: 'analytics-dataflow-createjob',
  },
  parsedParameters: {
    question: 'design',
    title: 'parsedParameters of an execution',
    behaviour: 'the parameters of its settings, and over them those of the request; nothing is substituted',
    evidence: 'Described as the parameters after substitution.',
    confidence: 'low',
    source: getExecution,
  },
  concurrentRuns: {
    question: 'Q15',
    title: 'Running a job of 2026-09 that has maxConcurrentRuns executions under way',
    behaviour: '400 bad-state',
    evidence: 'The limit is published, the error is not.',
    confidence: 'low',
    source: runJob,
  },
  executionLifecycle: {
    question: 'Q18',
    title: 'When an execution shows its dates and times',
    behaviour: 'startDate and waitingTime once it runs, endDate and runningTime once it has ended; whole minutes',
    evidence: 'The members are published without saying when they are there.',
    confidence: 'medium',
    source: getExecution,
  },
  consoleLogPath: {
    question: 'design',
    title: 'consoleLogPath of an execution',
    behaviour: 'logPath with the id of the execution behind it',
    evidence: 'Described as where the log is in the console.',
    confidence: 'low',
    source: getExecution,
  },
  workflowShape: {
    question: 'design',
    title: 'How many triggers and jobs a workflow has',
    behaviour: 'any number; nodes that refer to missing parents, to themselves or in a circle are 400 bad-parameter',
    evidence: 'The console guide of 2023 speaks of one of each and of more to come.',
    confidence: 'medium',
    source: createWorkflow,
  },
  scheduledWorkflow: {
    question: 'design',
    title: 'executeWorkflow of a workflow that is a draft, lacks a trigger or a node, or has a scheduled start trigger',
    behaviour: '400 bad-state',
    evidence: 'The page demands a start trigger of the manual or event kind; the error is not on record.',
    confidence: 'medium',
    source: 'executeworkflow',
  },
  triggerDates: {
    question: 'design',
    title: 'Form of executionDate, time and dateOfMonth of a trigger',
    behaviour: 'ISO 8601, Korean time without an offset; HH:mm, for HOUR two digits; 1 to 31 or -1 as text',
    evidence: 'The form of executionDate is not published; the others follow the examples.',
    confidence: 'medium',
    source: createTrigger,
  },
  triggerTypes: {
    question: 'Q16',
    title: 'How type and triggerRule.type of a trigger go together',
    behaviour: 'SCHEDULED with RECURRING or ONE_TIME, the others with NONE; an event trigger shows the type EVENT',
    evidence: 'Described by their meanings; responses of the documents list SCHEDULED and NONE only.',
    confidence: 'medium',
    source: createTrigger,
  },
  totalCount: {
    question: 'design',
    title: 'Which executions totalCount and value of the statistics count',
    behaviour: 'all that were requested in the period, canceled ones and those under way included',
    evidence: 'In the example the total is the sum of completed and failed ones.',
    confidence: 'low-medium',
    source: 'analytics-dataflow-getexecutionresult',
  },
  statsPeriod: {
    question: 'design',
    title: 'Longest period of the statistics',
    behaviour: '3660 days; a longer one, or one that ends before it starts, is 400 bad-parameter',
    evidence: 'No limit is published.',
    confidence: 'low',
    source: 'analytics-dataflow-getexecutioncount',
  },
  statsEnd: {
    question: 'design',
    title: 'Whether the endDate of a period belongs to it',
    behaviour: 'yes, with its whole second',
    evidence: 'Examples end at 23:59:59.',
    confidence: 'medium',
    source: 'analytics-dataflow-getexecutionresult',
  },
  statsBuckets: {
    question: 'Q19',
    title: 'Buckets of executions-times',
    behaviour: 'two hours, from even hours of Korean time',
    evidence: 'The four times of the example of 2025-03 are 16:00, 18:00, 20:00 and 22:00 in Korea.',
    confidence: 'medium-high',
    source: 'analytics-dataflow-getexecutiontimes',
  },
} as const satisfies Record<string, FixedReading>

export type FixedReadingName = keyof typeof fixedReadings
