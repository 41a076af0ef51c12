import { executionStatusWord, jobKindWord, jobStatusWord, oneOf } from '../api/vocabulary.ts'
import type { Job, JobState } from '../domain/job.ts'
import type { ExecutionEnd, ExecutionState } from '../domain/lifetime.ts'
import { type TSchema, Type } from '../schema/json-schema.ts'
import { formatKorean } from '../time/korean-date.ts'

/** The status of a job in the words of the API, such as `RUNNABLE`. */
export type JobStatus = (typeof jobStatusWord)[JobState]

/** The status of an execution in the words of the API, such as `COMPLETED`. */
export type ExecutionStatus = (typeof executionStatusWord)[ExecutionState]

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
  readonly end: (typeof executionStatusWord)[ExecutionEnd]
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
  ...(job.lastExecution && {
    lastExecutionStatus: executionStatusWord[job.lastExecution.state],
    lastExecutionDate: formatKorean(job.lastExecution.at),
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
  lastExecutionStatus: Type.Optional(oneOf(executionStatusWord)),
  lastExecutionDate: Type.Optional(seoulDate),
  createdDate: seoulDate,
  updatedDate: seoulDate,
}

export const jobReply: TSchema<ControlledJob> = Type.Closed(jobMembers)
