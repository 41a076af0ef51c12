import type { JobKind, JobState } from '../domain/job.ts'
import type { ExecutionState } from '../domain/lifetime.ts'
import type { Rule, Weekday } from '../domain/schedule.ts'
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
export const executionStatusWord = {
  ready: 'READY',
  running: 'RUNNING',
  completed: 'COMPLETED',
  failed: 'FAILED',
  canceled: 'CANCELED',
} as const satisfies Record<ExecutionState, string>

/** The published words of a job's type, from edition 2026-09 on. */
export const jobKindWord = { visual: 'VISUAL', script: 'SCRIPT' } as const satisfies Record<JobKind, string>

/** What the words for a job's type mean in every edition; earlier editions have one type, `DATAFLOW`. */
export const jobKindOf = { DATAFLOW: 'visual', VISUAL: 'visual', SCRIPT: 'script' } as const satisfies Record<
  string,
  JobKind
>
export const jobTypes = Object.keys(jobKindOf) as (keyof typeof jobKindOf)[]

/** The published words of the days of a trigger's rule. */
export const weekdayWord = {
  monday: 'MONDAY',
  tuesday: 'TUESDAY',
  wednesday: 'WEDNESDAY',
  thursday: 'THURSDAY',
  friday: 'FRIDAY',
  saturday: 'SATURDAY',
  sunday: 'SUNDAY',
} as const satisfies Record<Weekday, string>

/** The published words for how often a trigger fires. */
export const ruleTypes = ['RECURRING', 'ONE_TIME', 'NONE'] as const

export const ruleTypeOf = ({ every }: Pick<Rule, 'every'>): (typeof ruleTypes)[number] =>
  every === 'never' ? 'NONE' : every === 'once' ? 'ONE_TIME' : 'RECURRING'

type Words = Readonly<Record<string, string>>

export const oneOf = <const W extends Words>(words: W) =>
  Type.Enum(Object.values(words) as [W[keyof W], ...W[keyof W][]], { type: 'string' })

/** The meaning of a word, `undefined` when it is none of the vocabulary. */
export function meaningOf<W extends Words>(words: W, word: W[keyof W]): keyof W
export function meaningOf<W extends Words>(words: W, word: string): keyof W | undefined
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
