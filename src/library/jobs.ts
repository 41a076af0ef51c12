import { controlEndpoints } from '../admin/control.ts'
import type { Endpoint } from '../admin/endpoint.ts'
import type { ControlParts } from '../admin/owner.ts'
import type { CanceledExecution, ControlledJob, ExecutionStatus, JobStatus, NextRun } from '../admin/shown-job.ts'
import { asRangeErrors } from './range-errors.ts'

/** A moment: a Date, epoch milliseconds, or ISO 8601 (Korean time without an offset). */
export type Moment = Date | number | string

/** Whose job is meant. */
export interface JobOwner {
  /** Name of the account. Default: `default`. */
  readonly account?: string | undefined
  /** An access key of the account, instead of its name. */
  readonly accessKey?: string | undefined
}

/** What is to become of a job; what is absent stays. No rule of the API holds. */
export interface JobStateChange {
  /** 1 to 1000 characters, of any kind. */
  readonly name?: string | undefined
  readonly status?: JobStatus | undefined
  /** Whether it is listed although the caller may not open it. */
  readonly disabled?: boolean | undefined
  /** From 1 on. */
  readonly maxConcurrentRuns?: number | undefined
  /** `null` for a job that never ran. */
  readonly lastExecutionStatus?: ExecutionStatus | null | undefined
  readonly lastExecutionDate?: Moment | undefined
}

/** A whole job; what is absent is as in a new one. */
export interface WholeJob extends JobStateChange {
  readonly name: string
  /** `SCRIPT`, or `VISUAL` as by default; `DATAFLOW` means that, too. Shows from edition 2026-09 on. */
  readonly type?: 'DATAFLOW' | 'VISUAL' | 'SCRIPT' | undefined
  readonly description?: string | undefined
  /** The graph: any objects, which need not fit the edition. */
  readonly nodes?: readonly object[] | undefined
  /** Settings of its runs; `timeout` is in minutes. */
  readonly jobCondition?:
    | {
        readonly workerType?: string
        readonly numWorker?: number
        readonly timeout?: number
        readonly nrn?: string
        readonly scriptPath?: string
        readonly logPath?: string
        readonly parameters?: Readonly<Record<string, string>>
      }
    | undefined
  /** Default: now. */
  readonly createdDate?: Moment | undefined
  /** Default: `createdDate`. */
  readonly updatedDate?: Moment | undefined
}

/** How coming runs of a job are to go. Times are milliseconds or texts such as `40s`, `5m`, `1h`, `PT1M`. */
export interface RunPlan {
  /** Default: `COMPLETED`. */
  readonly end?: NextRun['end'] | undefined
  /** Default: that of the emulator, `waitingTime` of its options. */
  readonly waitingTime?: number | string | undefined
  /** Default: that of the emulator, `runTime` of its options. */
  readonly runTime?: number | string | undefined
  /** How many runs go like this. Default: 1. */
  readonly times?: number | undefined
}

/**
 * Jobs and what becomes of them, by hand: no rule of the API holds, states that it cannot reach included. Each call
 * answers what came of it. What cannot be, an unknown job or account included, throws a RangeError that says what
 * can, with nothing changed. All of it is of the account "default" unless `owner` names another.
 */
export interface EmulatorJobs {
  /** All jobs of the account in any state, the newest first. */
  list(owner?: JobOwner): readonly ControlledJob[]
  /** A job in any state. */
  get(jobId: string, owner?: JobOwner): ControlledJob
  /**
   * Puts a whole job there, in the place of the one with this id (12 letters and digits) if there is one. The
   * executions and planned runs of that one stay; `delete` it first to start without.
   */
  put(jobId: string, job: WholeJob, owner?: JobOwner): ControlledJob
  /** Changes a job; it stays so until something happens to it. */
  patch(jobId: string, change: JobStateChange, owner?: JobOwner): ControlledJob
  /** Takes a job away as if it never was, with its executions, planned runs and their counts. */
  delete(jobId: string, owner?: JobOwner): void
  /** What was said of its coming runs and has not come yet; those after them do as usual. */
  nextRuns(jobId: string, owner?: JobOwner): readonly NextRun[]
  /** Says what its coming runs do, at most 1000, in the place of what was said before; an empty list clears it. */
  planRuns(jobId: string, plans: readonly RunPlan[], owner?: JobOwner): readonly NextRun[]
  /** Cancels a run as the console does; one that has completed or failed cannot be canceled. */
  cancel(jobId: string, executionId: string, owner?: JobOwner): CanceledExecution
}

/** The jobs as a test suite uses them. */
export function emulatorJobs(parts: ControlParts): EmulatorJobs {
  const control = controlEndpoints(parts)

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
    get: (jobId, owner) => ask(control.job, { jobId }, owner),
    put: (jobId, job, owner) => ask(control.putJob, { jobId }, owner, job ?? null),
    patch: (jobId, change, owner) => ask(control.changeJob, { jobId }, owner, change ?? null),
    delete: (jobId, owner) => ask(control.removeJob, { jobId }, owner),
    nextRuns: (jobId, owner) => ask(control.nextRuns, { jobId }, owner).nextRuns,
    planRuns: (jobId, plans, owner) => ask(control.planRuns, { jobId }, owner, plans).nextRuns,
    cancel: (jobId, executionId, owner) => ask(control.cancel, { jobId, executionId }, owner),
  }
}
