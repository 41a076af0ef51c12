import { controlEndpoints } from '../admin/control.ts'
import type { ControlParts } from '../admin/owner.ts'
import type { jobStatusWord, runStatusWord } from '../api/vocabulary.ts'
import type { JobState } from '../domain/job.ts'
import type { RunEnd, RunState } from '../domain/run.ts'
import { asRangeErrors } from './range-errors.ts'

/** The status of a job in the words of the API, such as `RUNNABLE`. */
export type JobStatus = (typeof jobStatusWord)[JobState]
/** The status of an execution in the words of the API, such as `COMPLETED`. */
export type ExecutionStatus = (typeof runStatusWord)[RunState]

/** A moment: a Date, epoch milliseconds, or ISO 8601 (Korean time without an offset). */
export type Moment = Date | number | string

/** Whose job is meant. */
export interface JobOwner {
  /** Name of the account. Default: `default`. */
  readonly account?: string | undefined
  /** An access key of the account, instead of its name. */
  readonly accessKey?: string | undefined
}

/** A job as it stands, deleted ones included. Dates are ISO 8601 in Korean time, to the second. */
export interface ControlledJob {
  readonly jobId: string
  readonly name: string
  readonly type: 'VISUAL' | 'SCRIPT'
  readonly status: JobStatus
  readonly disabled: boolean
  readonly maxConcurrentRuns: number
  /** Left out, with its date, for a job that never ran. */
  readonly lastExecutionStatus?: ExecutionStatus
  readonly lastExecutionDate?: string
  readonly createdDate: string
  readonly updatedDate: string
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

/** How a coming run of a job goes. */
export interface NextRun {
  readonly end: (typeof runStatusWord)[RunEnd]
  /** Milliseconds it waits before it starts. */
  readonly waitingTime: number
  /** Milliseconds it runs from then on. */
  readonly runTime: number
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

/** An execution that was canceled. Dates are ISO 8601 in Korean time, to the second. */
export interface CanceledExecution {
  readonly jobId: string
  readonly jobExecutionId: string
  readonly status: ExecutionStatus
  readonly createdDate: string
  /** Left out when it never started. */
  readonly startDate?: string
  readonly endDate?: string
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
  type Named = keyof typeof control

  /** Asks as the endpoint of that name is asked. */
  function ask(name: Named, params: Record<string, string>, owner: JobOwner = {}, body?: unknown): unknown {
    return asRangeErrors(() => control[name].ask({ params, query: owner, body }))
  }
  const runsIn = (answer: unknown) => (answer as { nextRuns: readonly NextRun[] }).nextRuns

  return {
    list: owner => (ask('jobs', {}, owner) as { jobs: readonly ControlledJob[] }).jobs,
    get: (jobId, owner) => ask('job', { jobId }, owner) as ControlledJob,
    put: (jobId, job, owner) => ask('putJob', { jobId }, owner, job ?? null) as ControlledJob,
    patch: (jobId, change, owner) => ask('changeJob', { jobId }, owner, change ?? null) as ControlledJob,
    delete: (jobId, owner) => void ask('removeJob', { jobId }, owner),
    nextRuns: (jobId, owner) => runsIn(ask('nextRuns', { jobId }, owner)),
    planRuns: (jobId, plans, owner) => runsIn(ask('planRuns', { jobId }, owner, plans)),
    cancel: (jobId, executionId, owner) => ask('cancel', { jobId, executionId }, owner) as CanceledExecution,
  }
}
