import { jobKindWord, jobStatusWord, oneOf, runStatusWord } from '../api/vocabulary.ts'
import type { Job, JobState } from '../domain/job.ts'
import type { RunEnd, RunState } from '../domain/run.ts'
import { type TSchema, Type } from '../schema/json-schema.ts'
import { formatKorean } from '../time/korean-date.ts'

/** The status of a job in the words of the API, such as `RUNNABLE`. */
export type JobStatus = (typeof jobStatusWord)[JobState]

/** The status of an execution in the words of the API, such as `COMPLETED`. */
export type ExecutionStatus = (typeof runStatusWord)[RunState]

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

export interface NextRun {
  readonly end: (typeof runStatusWord)[RunEnd]
  /** Milliseconds it waits before it starts. */
  readonly waitingTime: number
  /** Milliseconds it runs from then on. */
  readonly runTime: number
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

export const shownJob = (job: Job): ControlledJob => ({
  jobId: job.id,
  name: job.name,
  type: jobKindWord[job.kind],
  status: jobStatusWord[job.state],
  disabled: job.disabled,
  maxConcurrentRuns: job.maxConcurrentRuns,
  ...(job.lastRun && {
    lastExecutionStatus: runStatusWord[job.lastRun.state],
    lastExecutionDate: formatKorean(job.lastRun.at),
  }),
  createdDate: formatKorean(job.createdAt),
  updatedDate: formatKorean(job.updatedAt),
})

export const seoulDate = Type.String({ format: 'date-time', description: 'ISO 8601 in Korean time.' })
export const jobMembers = {
  jobId: Type.String(),
  name: Type.String(),
  type: oneOf(jobKindWord),
  status: oneOf(jobStatusWord),
  disabled: Type.Boolean(),
  maxConcurrentRuns: Type.Integer(),
  lastExecutionStatus: Type.Optional(oneOf(runStatusWord)),
  lastExecutionDate: Type.Optional(seoulDate),
  createdDate: seoulDate,
  updatedDate: seoulDate,
}

export const jobReply: TSchema<ControlledJob> = Type.Closed(jobMembers)
