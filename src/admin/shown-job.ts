import { jobKindWord, jobStatusWord, runStatusWord } from '../api/vocabulary.ts'
import type { Job } from '../domain/job.ts'
import { Type } from '../schema/json-schema.ts'
import { formatKorean } from '../time/korean-date.ts'

/** A job as the admin API shows it. */
export const shownJob = (job: Job) => ({
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
/** The schema of one of the words of a vocabulary. */
export const words = (all: Readonly<Record<string, string>>) => Type.Enum(Object.values(all), { type: 'string' })

/** The members of a job in a response. */
export const jobMembers = {
  jobId: Type.String(),
  name: Type.String(),
  type: words(jobKindWord),
  status: words(jobStatusWord),
  disabled: Type.Boolean(),
  maxConcurrentRuns: Type.Integer(),
  lastExecutionStatus: Type.Optional(words(runStatusWord)),
  lastExecutionDate: Type.Optional(seoulDate),
  createdDate: seoulDate,
  updatedDate: seoulDate,
}

export const jobReply = Type.Closed(jobMembers)
