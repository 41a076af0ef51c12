import type { ExecutionTotals } from '../domain/execution.ts'
import {
  type Counted,
  type CountedDay,
  type Dates,
  type DayStart,
  dayBuckets,
  type EmptyBuckets,
  periodOf,
  timeBucket,
  timeBucketOf,
  withEmpty,
} from '../domain/statistics.ts'
import type { RunStore } from '../store/runs.ts'
import type { Caller } from './caller.ts'

export const statsService = ({ runs }: { readonly runs: RunStore }) => ({
  totals: ({ accountId }: Caller, { startDate, endDate }: Dates): ExecutionTotals =>
    runs.totals(accountId, periodOf(startDate, endDate)),
  days: ({ accountId }: Caller, { startDate, endDate, dayStart }: Dates & { dayStart: DayStart }): CountedDay[] =>
    [...dayBuckets(periodOf(startDate, endDate), dayStart)].map(bucket => ({
      ...bucket,
      total: runs.made(accountId, bucket.counts),
    })),
  times({ accountId }: Caller, { startDate, endDate, empty }: Dates & { empty: EmptyBuckets }): Counted[] {
    const period = periodOf(startDate, endDate)
    const counted = runs.buckets(accountId, period, timeBucketOf(period.from), timeBucket)
    return [...withEmpty(counted, period, empty)]
  },
})

export type StatsService = ReturnType<typeof statsService>
