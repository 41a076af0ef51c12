import { controlEndpoints } from '../admin/control.ts'
import type { Endpoint } from '../admin/endpoint.ts'
import type { JobStateChange, RunPlan, WholeJob } from '../admin/job-bodies.ts'
import type { ControlDeps } from '../admin/owner.ts'
import type { CanceledExecution, ControlledJob, NextRun } from '../admin/shown-job.ts'
import type { JobDetail, JobOwner, ListedJob } from './job-types.ts'
import { asRangeErrors } from './range-errors.ts'
import { type ListedExecution, workflowReader } from './workflows.ts'

/**
 * Controls jobs directly: the rules of the API do not apply, and unreachable states are possible. Each call returns
 * the result. An invalid call, including an unknown job or account, throws a RangeError that says what is allowed
 * and changes nothing. Applies to the account "default" unless `owner` is given.
 */
export interface EmulatorJobs {
  /** All jobs of the account in any state, newest first. */
  list(owner?: JobOwner): readonly ListedJob[]
  /** A job in any state. */
  get(jobId: string, owner?: JobOwner): JobDetail
  /** The executions of a job, the newest first. */
  executions(jobId: string, owner?: JobOwner): readonly ListedExecution[]
  /**
   * Creates a job with this id (12 letters and digits), or replaces it. The executions and planned executions of a
   * replaced job stay; call `delete` first to start without them.
   */
  put(jobId: string, job: WholeJob, owner?: JobOwner): ControlledJob
  /** Changes a job; the values stay until an operation changes them. */
  patch(jobId: string, change: JobStateChange, owner?: JobOwner): ControlledJob
  /** Removes a job completely, with its executions, plans and statistics. */
  delete(jobId: string, owner?: JobOwner): void
  /** The plans of future executions that are not used yet. */
  nextRuns(jobId: string, owner?: JobOwner): readonly NextRun[]
  /** Replaces the plans of its next executions (at most 1000); an empty list removes all plans. */
  planRuns(jobId: string, plans: readonly RunPlan[], owner?: JobOwner): readonly NextRun[]
  /** Cancels an execution; one that has completed or failed cannot be canceled. */
  cancel(jobId: string, executionId: string, owner?: JobOwner): CanceledExecution
}

export function emulatorJobs(deps: ControlDeps): EmulatorJobs {
  const control = controlEndpoints(deps)
  const read = workflowReader(deps)

  /** Asks an endpoint without HTTP. */
  function ask<Reply>(
    endpoint: Endpoint<Reply>,
    params: Readonly<Record<string, string>>,
    owner: JobOwner = {},
    body?: unknown,
  ): Reply {
    return asRangeErrors(() => endpoint.ask({ params, query: owner, body }))
  }

  return {
    list: owner => ask(control.jobs, {}, owner).jobs,
    get: (jobId, owner) => ask(control.job, { jobId }, owner) as JobDetail,
    executions: (jobId, owner) => {
      // An unknown job is an error, not one without executions.
      ask(control.job, { jobId }, owner)
      return (read('executions', {}, { ...owner, jobId }) as { executions: readonly ListedExecution[] }).executions
    },
    put: (jobId, job, owner) => ask(control.putJob, { jobId }, owner, job ?? null),
    patch: (jobId, change, owner) => ask(control.changeJob, { jobId }, owner, change ?? null),
    delete: (jobId, owner) => ask(control.removeJob, { jobId }, owner),
    nextRuns: (jobId, owner) => ask(control.nextRuns, { jobId }, owner).nextRuns,
    planRuns: (jobId, plans, owner) => ask(control.planRuns, { jobId }, owner, plans).nextRuns,
    cancel: (jobId, executionId, owner) => ask(control.cancel, { jobId, executionId }, owner),
  }
}
