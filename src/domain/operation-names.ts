/** Names of the operations: the same in every edition, whatever its pages are called. */
export const operationNames = [
  'getJobs',
  'createJob',
  'verifyJob',
  'getJob',
  'updateJob',
  'deleteJob',
  'getJobExecutions',
  'runJob',
  'setJobCondition',
  'getJobExecution',
  'getWorkflows',
  'createWorkflow',
  'getWorkflow',
  'updateWorkflow',
  'deleteWorkflow',
  'getWorkflowExecutions',
  'runWorkflow',
  'getTriggers',
  'getTriggersWithoutId',
  'createTrigger',
  'getTrigger',
  'deleteTrigger',
  'countExecutions',
  'countExecutionsByDay',
  'getExecutionTimes',
  'getExecutionTimesLive',
] as const

export type OperationName = (typeof operationNames)[number]

/** Titles of published pages that differ from the name of the operation, in any edition. */
export const publishedTitles = [
  'getJobById',
  'executeJob',
  'createJobExecution',
  'updateJobExecuteConfig',
  'updateJobExecutionConfig',
  'getJobExecutionById',
  'getWorkflowById',
  'executeWorkflow',
  'getTriggerById',
  'getExecutionResult',
  'getExecutionCount',
  'getExecutionInterval',
  'getExecutionCountByInterval',
] as const

export type PublishedTitle = OperationName | (typeof publishedTitles)[number]

/** How a fault or a filter of the journal names an operation: by its name, or by its published title. */
export type OperationReference = OperationName | PublishedTitle

export type AcceptedNames = ReadonlyMap<string, readonly string[]>
