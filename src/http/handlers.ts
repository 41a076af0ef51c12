import type { Asked, Found, OperationName } from '../api/operation.ts'
import type { Caller } from '../service/caller.ts'
import type { ExecutionService } from '../service/executions.ts'
import type { JobService } from '../service/jobs.ts'
import type { StatsService } from '../service/stats.ts'
import type { TriggerService } from '../service/triggers.ts'
import type { WorkflowService } from '../service/workflows.ts'

export interface Services {
  readonly jobs: JobService
  readonly executions: ExecutionService
  readonly workflows: WorkflowService
  readonly triggers: TriggerService
  readonly stats: StatsService
}

export type Handlers = {
  readonly [Name in OperationName]: (caller: Caller, asked: Asked<Name>) => Found<Name>
}

export const handlers = ({ jobs, executions, workflows, triggers, stats }: Services): Handlers => ({
  getJobs: jobs.list,
  createJob: jobs.create,
  verifyJob: jobs.verify,
  getJob: jobs.get,
  updateJob: jobs.update,
  deleteJob: jobs.remove,
  setJobCondition: jobs.setCondition,
  runJob: executions.run,
  getJobExecutions: executions.list,
  getJobExecution: executions.get,
  getWorkflows: workflows.list,
  createWorkflow: workflows.create,
  getWorkflow: workflows.get,
  updateWorkflow: workflows.update,
  deleteWorkflow: workflows.remove,
  getWorkflowExecutions: workflows.executions,
  runWorkflow: workflows.run,
  getTriggers: triggers.list,
  getTriggersWithoutId: triggers.list,
  createTrigger: triggers.create,
  getTrigger: triggers.get,
  deleteTrigger: triggers.remove,
  countExecutions: stats.totals,
  countExecutionsByDay: stats.days,
  getExecutionTimes: stats.times,
  getExecutionTimesLive: stats.times,
})
