import type { AssumptionName } from './assumptions.ts'
import type { FixedAssumptionName } from './fixed-assumptions.ts'

/**
 * Where an OpenAPI document says something that is assumed, in words: `operation NAME`, `parameter NAME QUERY`,
 * `success NAME`, `response NAME STATUS`, `body NAME`, `schema NAME`, `schema NAME MEMBER`, `security NAME`.
 * `*` is every operation. Editions by their letters behind an @ restrict it to them.
 */
type Mark = `${'operation' | 'parameter' | 'success' | 'response' | 'body' | 'schema' | 'security'} ${string}`

const onLists = (parameter: string): readonly Mark[] => [`parameter * ${parameter}`]
const listSchemas = ['JobList', 'ExecutionList', 'WorkflowList', 'TriggerList'] as const
const inLists = (member: string): readonly Mark[] => listSchemas.map(name => `schema ${name} ${member}` as const)

const inJobs = (member: string): readonly Mark[] => [`schema Job ${member}`, `schema JobDetail ${member}`]
const inExecutions = (...members: readonly string[]): readonly Mark[] =>
  members.flatMap((member): Mark[] => [`schema Execution ${member}`, `schema ExecutionDetail ${member}`])
const stats = ['countExecutions', 'countExecutionsByDay', 'getExecutionTimes', 'getExecutionTimesLive'] as const
const onStats = (...parameters: readonly string[]): readonly Mark[] =>
  stats.flatMap(name => parameters.map(parameter => `parameter ${name} ${parameter}` as const))

export const assumptionMarks = {
  nameMatch: onLists('name'),
  nameCase: onLists('name'),
  statusValues: onLists('status'),
  statusCase: onLists('status'),
  unknownStatus: onLists('status'),
  count: inLists('count'),
  order: inLists('list'),
  limitZero: onLists('limit'),
  pastEnd: onLists('page'),
  neverRun: [...inJobs('lastExecutionStatus'), ...inJobs('lastExecutionDate')],
  disabled: ['schema Job disabled'],
  resourceId: ['schema Job resourceId', 'schema ListedWorkflow resourceId'],
  errorBody: ['schema ServiceError'],
  errorCode: ['schema ServiceError error'],
  listDeleted: ['operation getJobs'],
  contentType: ['body *'],
  unknownParameter: ['operation *'],
  signatureV1: ['security signature'],
  signatureWinner: ['security signature'],
  windowEdge: ['security timestamp'],
  timestampForm: ['security timestamp'],
  nodeName: ['schema JobNode'],
  workerType: ['schema JobCondition workerType', 'schema RunCondition workerType'],
  nameStart: ['body createJob', 'body updateJob', 'body verifyJob', 'body createTrigger', 'body createWorkflow'],
  resultName: ['schema JobNode_TRANSFORM_AGGREGATE aggregateFieldList'],
  columnType: ['schema JobNodeField type'],
  emptyNodes: ['body createJob', 'body updateJob', 'body verifyJob'],
  jobNames: ['body createJob', 'body updateJob', 'body verifyJob'],
  busyJob: ['response deleteJob 400', 'response updateJob 400 @AB'],
  createStatus: ['success createJob', 'success createTrigger', 'success createWorkflow'],
  runStatus: ['success runJob'],
  maxConcurrentRuns: ['body createJob @C', 'schema JobDetail maxConcurrentRuns @C'],
  eventTrigger: ['body createTrigger @BC'],
  draftStatus: ['operation updateJob @AB'],
  draftCheck: ['body updateJob @AB', 'body createWorkflow @AB', 'body updateWorkflow @AB'],
  timeoutEnd: inExecutions('status'),
  statsDates: onStats('startDate', 'endDate'),
  plusInQuery: onStats('startDate', 'endDate'),
  statsEmpty: ['schema ExecutionTimes result'],
  conditionName: ['schema JobDetail jobCondition', 'schema JobDetail runCondition'],
  workflowFilter: ['parameter getWorkflowExecutions filter'],
  statsTimesPath: ['operation getExecutionTimes', 'operation getExecutionTimesLive'],
  triggerIdInPath: ['operation getTrigger', 'operation getTriggersWithoutId'],
  runReferences: ['parameter runJob triggerId', 'parameter runJob workflowId'],
  runInWorkflow: ['parameter runJob workflowId'],
  timeoutZero: ['schema JobCondition timeout @AB'],
  workflowDisabled: ['schema ListedWorkflow disabled'],
  invalidNode: ['operation createWorkflow', 'operation runWorkflow'],
  afterFailure: ['operation createWorkflow', 'operation runWorkflow'],
  busyTrigger: ['operation createTrigger'],
  shortMonth: ['schema TriggerRuleRequest dateOfMonth'],
  workflowNodes: ['schema WorkflowNode name', 'schema WorkflowNode triggerRule'],
  workflowCondition: ['schema WorkflowNodeRequest jobCondition @AB'],

  // Set where the table of an edition says so.
  undocumentedOperation: [],
  numberBounds: [...onLists('page'), ...onLists('limit'), 'schema JobNode_TARGET_OBS coalesce'],
  smallestNumbers: ['body createJob @C', 'schema JobCondition numWorker @B', 'schema JobNode_TARGET_OBS coalesce'],
  olderPaging: ['parameter * page @A', 'parameter * limit @A'],
  nonEmptyText: ['schema JobCondition nrn', 'schema JobCondition scriptPath', 'schema JobCondition logPath'],
  repeatedParameter: [...onLists('name'), ...onLists('status'), ...onLists('page'), ...onLists('limit')],
  unknownMember: ['body *'],
  malformedBody: ['body *'],
  notFoundWord: ['response * 404'],
  errorDetails: ['schema ServiceError'],
  gatewayDetails: ['schema GatewayError'],
  gatewayOrder: ['response * 401'],
  bodyLimit: ['response * 413'],
  successStatus: ['success deleteJob', 'success deleteTrigger', 'success updateWorkflow'],
  idForm: [...inJobs('jobId'), 'schema ChangedJob jobId', 'schema Trigger triggerId', 'schema Workflow workflowId'],
  lastExecution: [...inJobs('lastExecutionDate'), 'schema ListedWorkflow lastExecutionDate'],
  jobStates: ['operation createJob @AB', 'operation updateJob @AB', 'response runJob 400 @AB'],
  deletedJob: ['operation deleteJob', 'operation deleteTrigger', 'schema WorkflowNode isValid'],
  description: [
    'body createJob @A',
    'body updateJob @A',
    'schema JobDetail description',
    'schema ConfiguredJob description',
  ],
  newerReplies: ['success createJob @C', 'success updateJob @C', 'success getJobs @C'],
  nodeParents: ['schema JobNode'],
  filterType: ['schema JobNode_TRANSFORM_FILTER filterType'],
  removedNodes: ['schema JobNode_TRANSFORM_DROP_NULL', 'schema JobNode_TRANSFORM_SPLIT_FIELD'],
  partialCondition: ['body runJob @C', 'schema WorkflowNodeRequest jobCondition @C'],
  scriptParameters: ['schema JobCondition parameters'],
  parsedParameters: inExecutions('parsedParameters'),
  concurrentRuns: ['response runJob 400 @C'],
  executionLifecycle: inExecutions('startDate', 'endDate', 'waitingTime', 'runningTime'),
  consoleLogPath: ['schema LoggedCondition consoleLogPath'],
  workflowShape: ['body createWorkflow', 'body updateWorkflow'],
  scheduledWorkflow: ['response runWorkflow 400'],
  triggerDates: ['schema TriggerRuleRequest'],
  triggerTypes: ['body createTrigger', 'schema Trigger type'],
  totalCount: ['schema ExecutionCount totalCount', 'schema ExecutionDay totalCount', 'schema ExecutionTime value'],
  statsPeriod: onStats('endDate'),
  statsEnd: onStats('endDate'),
  statsBuckets: ['schema ExecutionTime time'],
} as const satisfies Record<AssumptionName | FixedAssumptionName, readonly Mark[]>
