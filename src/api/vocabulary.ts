import type { JobState } from '../domain/job.ts'
import type { RunState } from '../domain/run.ts'
import { Type } from '../schema/json-schema.ts'

/** The published words of a job's status. */
export const jobStatusWord = {
  runnable: 'RUNNABLE',
  running: 'RUNNING',
  deleted: 'DELETED',
  unknown: 'UNKNOWN',
  draft: 'DRAFT',
  stopped: 'STOPPED',
  editing: 'EDITING',
} as const satisfies Record<JobState, string>

/** The published words of an execution's status. */
export const runStatusWord = {
  ready: 'READY',
  running: 'RUNNING',
  completed: 'COMPLETED',
  failed: 'FAILED',
  canceled: 'CANCELED',
} as const satisfies Record<RunState, string>

type Words = Readonly<Record<string, string>>

/** The schema of one of the words of a vocabulary. */
export const oneOf = <const W extends Words>(words: W) =>
  Type.Enum(Object.values(words) as [W[keyof W], ...W[keyof W][]], { type: 'string' })

/** The meaning of a word, `undefined` when it is none of the vocabulary. */
export function meaningOf<W extends Words>(words: W, word: string): keyof W | undefined {
  return Object.keys(words).find(key => words[key] === word)
}

/** The form of every id: twelve letters and digits. */
export const id = Type.String({ pattern: '^[0-9A-Za-z]{12}$' })

/** ISO 8601 in Korean time with seconds and offset, as editions from 2025-03 on send it. */
export const seoulDate = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+09:00$',
  description: 'ISO 8601 in Korean time, to the second.',
})

/** Local Korean time with milliseconds and no offset, as edition 2023-10 sends it. */
export const seoulLocalDate = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}$',
  description: 'Korean local time with milliseconds and no offset.',
})

/** A resource id that is not the id itself: the id turned around, so the same at every look. */
export const ownResourceId = (id: string): string => [...id].reverse().join('')
