import type { DataKind } from '../domain/data-kind.ts'
import type { OperationName } from '../domain/operation-names.ts'

const jobs: readonly DataKind[] = ['jobs']
const executions: readonly DataKind[] = ['executions']
const jobExecutions: readonly DataKind[] = ['jobs', 'executions']
const workflows: readonly DataKind[] = ['workflows', 'jobs', 'triggers']
const triggers: readonly DataKind[] = ['triggers']

/** The kinds of data that a response depends on: it is true until one of them changes. Operations that write have none. */
export const readKinds: { readonly [Name in OperationName]?: readonly DataKind[] } = {
  getJobs: jobs,
  getJob: jobs,
  getJobExecutions: jobExecutions,
  getJobExecution: jobExecutions,
  // Shows which of its nodes are still there.
  getWorkflows: workflows,
  getWorkflow: workflows,
  getWorkflowExecutions: ['workflows', 'executions'],
  getTriggers: triggers,
  getTriggersWithoutId: triggers,
  getTrigger: triggers,
  countExecutions: executions,
  countExecutionsByDay: executions,
  getExecutionTimes: executions,
  getExecutionTimesLive: executions,
}
