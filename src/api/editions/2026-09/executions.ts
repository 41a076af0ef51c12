import type { ExecutionRequest } from '../../../domain/execution.ts'
import type { JobCondition } from '../../../domain/job-condition.ts'
import type { Shape } from '../../../schema/shape.ts'
import type { Assumed } from '../../assumptions.ts'
import { optional, record, under } from '../../body.ts'
import { withOffset } from '../../dates.ts'
import { pageView } from '../../paging.ts'
import { type View, view } from '../../view.ts'
import { executionMembers, executionView } from '../2023-10/executions.ts'
import * as before from '../2025-03/executions.ts'
import { jobCondition, jobConditionFields } from './job-bodies.ts'

const settings = (assumed: Assumed): View<JobCondition> =>
  view('ExecutionCondition', jobConditionFields, assumed, [], 'Settings of an execution.')

export const execution = (assumed: Assumed) =>
  executionView('Execution', before.whole, withOffset, settings(assumed), assumed)

/** What an execution does not say is taken from the settings stored with the job; it need not send a body at all. */
const executionBody = (assumed: Assumed): Shape<Partial<ExecutionRequest>> =>
  record({ jobCondition: optional(jobCondition, under('condition')), ...executionMembers(assumed) })

export const runJob = {
  ...before.runJob,
  title: 'createJobExecution' as const,
  body: executionBody,
  bodyOptional: true,
  reply: (assumed: Assumed) =>
    executionView('StartedExecution', before.started, withOffset, settings(assumed), assumed),
}

export const getJobExecutions = {
  ...before.getJobExecutions,
  reply: (assumed: Assumed) => pageView('ExecutionList', execution(assumed), assumed),
}

export const getJobExecution = {
  ...before.getJobExecution,
  title: 'getJobExecution' as const,
  reply: (assumed: Assumed) => before.loggedExecution(settings(assumed), assumed),
}
