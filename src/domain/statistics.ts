import { dayOf, fromLocal, hour, startOfDay, toLocal } from '../time/korean-time.ts'

const second = 1000

/** A stretch of time: `from` is in it, `to` is the first moment behind it. */
export interface Period {
  readonly from: number
  readonly to: number
}

/** A row of a statistic by day: the dates it shows, to the second and both included, and what it counts. */
export interface DayBucket {
  readonly startsAt: number
  readonly endsAt: number
  readonly counts: Period
}

/**
 * Where the days of the statistic begin: all one second past midnight,
 * or the first at midnight and each one second later in its day than the one before.
 */
export type DayStart = 'fixed' | 'drifting'

export interface Counted {
  readonly startsAt: number
  readonly executions: number
}

/** Which buckets without executions are shown: none, those between two that have some, or all of the period. */
export type EmptyBuckets = 'omit' | 'between' | 'all'

/** The period from one date to another. Dates are meant to the second, so the second of the later one belongs to it. */
export const periodOf = (startDate: number, endDate: number): Period => ({
  from: startDate,
  to: Math.floor(endDate / second) * second + second,
})

/**
 * One bucket for each Korean day of the period. A bucket ends one second before the next begins,
 * and together they count each execution of the period once.
 */
export function* dayBuckets({ from, to }: Period, dayStart: DayStart): Generator<DayBucket, void, undefined> {
  const first = dayOf(from)
  const startOf = (index: number) => startOfDay(first + index) + (dayStart === 'fixed' ? 1 : index) * second

  for (let index = 0; index === 0 ? from < to : startOf(index) < to; index++) {
    const next = startOf(index + 1)
    yield {
      startsAt: startOf(index),
      endsAt: next - second,
      counts: { from: index === 0 ? from : startOf(index), to: Math.min(next, to) },
    }
  }
}

export const timeBucket = 2 * hour

/** Where the bucket of a moment starts: at an even hour in Korea. */
export const timeBucketOf = (moment: number): number => fromLocal(Math.floor(toLocal(moment) / timeBucket) * timeBucket)

/** The buckets to show, given those that have executions in the order of time. */
export function* withEmpty(
  counted: readonly Counted[],
  { from, to }: Period,
  empty: EmptyBuckets,
): Generator<Counted, void, undefined> {
  const first = empty === 'all' ? timeBucketOf(from) : counted[0]?.startsAt
  const last = empty === 'all' ? timeBucketOf(to - 1) : counted.at(-1)?.startsAt
  if (empty === 'omit' || first === undefined || last === undefined) return yield* counted

  const executionsIn = new Map(counted.map(({ startsAt, executions }) => [startsAt, executions]))
  for (let startsAt = first; startsAt <= last; startsAt += timeBucket) {
    yield { startsAt, executions: executionsIn.get(startsAt) ?? 0 }
  }
}

/** The dates of a statistics call, in epoch milliseconds. */
export interface Dates {
  readonly startDate: number
  readonly endDate: number
}

export interface CountedDay extends DayBucket {
  readonly total: number
}
