import { durationForm, parseDuration } from '../time/duration.ts'
import { parseMomentOrDay } from '../time/korean-time.ts'

/** When to stop: once nothing is under way, or when the execution of this id has ended. */
export type ClockGoal = 'idle' | { readonly jobExecutionId: string }

/** A change of the clocks that is not possible; the message says what is. */
export class ClockError extends RangeError {
  constructor(message: string) {
    super(message)
    this.name = 'ClockError'
  }
}

export const acceptedMoment =
  'a date in ISO 8601 such as 2025-03-20T08:54:03+09:00 (Korean time without an offset) or epoch milliseconds'
export const acceptedDuration = `milliseconds or ${durationForm}`

/** The epoch milliseconds of a moment as callers give it, `undefined` when it is none. */
export function toMoment(given: unknown): number | undefined {
  if (given instanceof Date) return toMoment(given.getTime())
  const moment = typeof given === 'string' ? parseMomentOrDay(given) : given
  return Number.isSafeInteger(moment) ? (moment as number) : undefined
}

/** The milliseconds of a duration as callers give it, `undefined` when it is none. */
export function toDuration(given: unknown): number | undefined {
  const distance = typeof given === 'string' ? parseDuration(given) : given
  return Number.isSafeInteger(distance) ? (distance as number) : undefined
}

/** The same for a way forward: throws a ClockError for a negative one. */
export function toAdvance(given: unknown): number | undefined {
  const isNegative = typeof given === 'number' ? given < 0 : typeof given === 'string' && /^\s*(-|P-)/.test(given)
  if (!isNegative) return toDuration(given)
  throw new ClockError(
    `advance: must not be negative, was ${JSON.stringify(given)}; to set the clock back, give the time to show as now`,
  )
}

/** What {@link toClockGoal} takes. */
export const acceptedGoal = '"idle", the id of an execution, or {"jobExecutionId": "..."}'

/** The goal that callers give, `undefined` when it is none. */
export function toClockGoal(given: unknown): ClockGoal | undefined {
  if (given === 'idle') return 'idle'
  if (typeof given === 'string') return /^[0-9A-Za-z]{12}$/.test(given) ? { jobExecutionId: given } : undefined
  if (typeof given !== 'object' || given === null || Object.keys(given).join() !== 'jobExecutionId') return undefined
  const { jobExecutionId } = given as { readonly jobExecutionId: unknown }
  return typeof jobExecutionId === 'string' ? { jobExecutionId } : undefined
}

const fastest = 1_000_000

/** Whether the clock can run at this rate. */
export const isRate = (rate: unknown): rate is number => typeof rate === 'number' && rate > 0 && rate <= fastest
export const acceptedRate = `a number above 0 and up to ${fastest}; to stop the clock, freeze it`

const largestSkew = 10_000_000_000_000

/** Whether the gateway clock can be this far off. */
export const isSkew = (skew: unknown): skew is number =>
  Number.isInteger(skew) && Math.abs(skew as number) <= largestSkew
export const acceptedSkew = `whole milliseconds from -${largestSkew} to ${largestSkew}`
