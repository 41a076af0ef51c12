import { controlEndpoints } from '../admin/control.ts'
import type { Endpoint } from '../admin/endpoint.ts'
import type { ControlDeps } from '../admin/owner.ts'
import type { CanceledExecution, ControlledJob, ExecutionStatus, JobStatus, NextRun } from '../admin/shown-job.ts'
import type { JobCondition, JobDetail, JobOwner, ListedJob } from './job-types.ts'
import { asRangeErrors } from './range-errors.ts'
import { type ListedExecution, workflowReader } from './workflows.ts'

/** A moment: a Date, epoch milliseconds, or ISO 8601 (Korean time without an offset). */
export type Moment = Date | number | string

/** What is to become of a job; what is absent stays. No rule of the API holds. */
export interface JobStateChange {
  /** 1 to 1000 characters, of any kind. */
  readonly name?: string | undefined
  readonly status?: JobStatus | undefined
  /** Whether it is listed although the caller has no permission for it. */
  readonly disabled?: boolean | undefined
  /** 1 or more. */
  readonly maxConcurrentRuns?: number | undefined
  /** `null` for a job that was never executed. */
  readonly lastExecutionStatus?: ExecutionStatus | null | undefined
  readonly lastExecutionDate?: Moment | undefined
}

/** A whole job; absent members have the values of a new job. */
export interface WholeJob extends JobStateChange {
  readonly name: string
  /** `SCRIPT`, or `VISUAL` (default; alias `DATAFLOW`). Visible from edition 2026-09 on. */
  readonly type?: 'DATAFLOW' | 'VISUAL' | 'SCRIPT' | undefined
  readonly description?: string | undefined
  /** The graph: any objects; the edition's rules do not apply. */
  readonly nodes?: readonly object[] | undefined
  /** Settings of its executions; `timeout` is in minutes. */
  readonly jobCondition?: Partial<JobCondition> | undefined
  /** Default: now. */
  readonly createdDate?: Moment | undefined
  /** Default: `createdDate`. */
  readonly updatedDate?: Moment | undefined
}

/** How coming executions of a job are to go. Times are milliseconds or texts such as `40s`, `5m`, `1h`, `PT1M`. */
export interface RunPlan {
  /** Default: `COMPLETED`. */
  readonly end?: NextRun['end'] | undefined
  /** Default: the option `waitingTime` of the emulator. */
  readonly waitingTime?: number | string | undefined
  /** Default: the option `runTime` of the emulator. */
  readonly runTime?: number | string | undefined
  /** Number of executions with this plan. Default: 1. */
  readonly times?: number | undefined
}

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
