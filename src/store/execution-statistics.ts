import type { ExecutionTotals } from '../domain/execution.ts'
import type { Counted, Period } from '../domain/statistics.ts'
import type { Database } from './database.ts'

const outcomes = (of: string) => `count(*) AS total,
       coalesce(sum(outcome = 'completed'), 0) AS completed, coalesce(sum(outcome = 'failed'), 0) AS failed
     FROM runs ${of} WHERE account_id = ? AND queued_at >= ? AND queued_at < ?`

/** Counts the executions of a period. */
export function executionStatistics({ sql }: Database) {
  const totals = sql.prepare<[number, number, number], ExecutionTotals>(`SELECT ${outcomes('')}`)
  // Few are under way, and only those have an entry in this index.
  const openTotals = sql.prepare<[number, number, number], ExecutionTotals>(
    `SELECT ${outcomes('INDEXED BY runs_open')} AND due_at IS NOT NULL`,
  )
  const made = sql
    .prepare<[number, number, number], number>(
      'SELECT count(*) FROM runs WHERE account_id = ? AND queued_at >= ? AND queued_at < ?',
    )
    .pluck()
  const buckets = sql.prepare<{ accountId: number; origin: number; from: number; to: number; width: number }, Counted>(
    `SELECT cast(@origin AS INTEGER) + (queued_at - cast(@origin AS INTEGER)) / cast(@width AS INTEGER) * cast(@width AS INTEGER) AS startsAt, count(*) AS executions FROM runs
     WHERE account_id = @accountId AND queued_at >= @from AND queued_at < @to GROUP BY startsAt ORDER BY startsAt`,
  )
  return {
    /** Executions made in a period, by how they ended. */
    totals(accountId: number, { from, to }: Period): ExecutionTotals {
      const none = { total: 0, completed: 0, failed: 0 }
      const all = totals.get(accountId, from, to) ?? none
      const open = openTotals.get(accountId, from, to) ?? none
      return { total: all.total, completed: all.completed - open.completed, failed: all.failed - open.failed }
    },
    /** How many executions were made in a period. */
    made: (accountId: number, { from, to }: Period): number => made.get(accountId, from, to) ?? 0,
    /** Executions made in a period in buckets of `width` counted from `origin`; empty ones are left out. */
    buckets: (accountId: number, period: Period, origin: number, width: number): Counted[] =>
      buckets.all({ accountId, ...period, origin, width }),
  }
}
