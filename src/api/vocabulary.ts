import { Type } from 'typebox'
import type { JobState } from '../domain/job.ts'
import type { RunState } from '../domain/run.ts'

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

/** Korea keeps UTC+9 all year. */
const koreanOffset = 9 * 60 * 60 * 1000
const dayMs = 24 * 60 * 60 * 1000

/** The dates of days lately written. A list writes thousands of moments of few days, and finding a date is the costly part. */
const dates = new Map<number, string>()
const rememberedDates = 4096

function dateOf(day: number): string {
  const known = dates.get(day)
  if (known !== undefined) return known
  if (dates.size >= rememberedDates) dates.clear()
  const made = new Date(day * dayMs).toISOString().slice(0, 10)
  dates.set(day, made)
  return made
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0')
const twoDigits = Array.from({ length: 60 }, (_, value) => digits(value, 2))

/** A moment as Korean local time, to the second, and the milliseconds behind that. */
function inKorea(moment: number): readonly [toTheSecond: string, milliseconds: number] {
  const local = Math.trunc(moment) + koreanOffset
  const day = Math.floor(local / dayMs)
  const time = local - day * dayMs
  const second = Math.floor(time / 1000)
  const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(part => twoDigits[part])
  return [`${dateOf(day)}T${clock.join(':')}`, time % 1000]
}

/** A moment as Korean local time with milliseconds and no offset. */
export function inSeoulLocal(moment: number): string {
  const [toTheSecond, milliseconds] = inKorea(moment)
  return `${toTheSecond}.${digits(milliseconds, 3)}`
}

/** A moment as ISO 8601 in Korean time, to the second. */
export const inSeoul = (moment: number): string => `${inKorea(moment)[0]}+09:00`

/** A resource id that is not the id itself: the id turned around, so the same at every look. */
export const ownResourceId = (id: string): string => [...id].reverse().join('')
