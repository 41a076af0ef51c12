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
import type { ExecutionStore } from '../store/executions.ts'
import type { Caller } from './caller.ts'

export const statsService = ({ executions }: { readonly executions: ExecutionStore }) => ({
  totals: ({ accountId }: Caller, { startDate, endDate }: Dates): ExecutionTotals =>
    executions.totals(accountId, periodOf(startDate, endDate)),
  days: ({ accountId }: Caller, { startDate, endDate, dayStart }: Dates & { dayStart: DayStart }): CountedDay[] =>
    [...dayBuckets(periodOf(startDate, endDate), dayStart)].map(bucket => ({
      ...bucket,
      total: executions.made(accountId, bucket.counts),
    })),
  times({ accountId }: Caller, { startDate, endDate, empty }: Dates & { empty: EmptyBuckets }): Counted[] {
    const period = periodOf(startDate, endDate)
    const counted = executions.buckets(accountId, period, timeBucketOf(period.from), timeBucket)
    return [...withEmpty(counted, period, empty)]
  },
})

export type StatsService = ReturnType<typeof statsService>
