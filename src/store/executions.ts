import type { Database } from './database.ts'
import { executionChanges } from './execution-changes.ts'
import { executionCounts } from './execution-counts.ts'
import { executionLists, executionPages } from './execution-lists.ts'
import { executionOrigins } from './execution-origins.ts'
import { type ExecutionRow, executionReader, type StoredExecution } from './execution-rows.ts'
import { executionStatistics } from './execution-statistics.ts'
import { plannedFates } from './planned-fates.ts'

/** Executions of all accounts, with what they share, how many there are, and what is planned for the coming ones. */
export function executionStore(database: Database) {
  const { write } = database
  const origins = executionOrigins(database)
  const counts = executionCounts(database)
  const toExecution = executionReader(origins)
  const pages = executionPages(database, toExecution)
  const changes = executionChanges(database, origins, counts, pages)
  const fates = plannedFates(database)
  return {
    ...changes,
    ...fates,
    ...executionStatistics(database),
    ...executionSearches(database, toExecution),
    page: executionLists(counts, pages),
    origin: origins.seqOf,
    /** Counts more executions of a `job ID` or a `workflow ID`. */
    count: counts.add,
    /** Removes all executions of a job, what was planned for it, and their share of every count. */
    removeOf: (accountId: number, jobId: string) =>
      write(() => {
        changes.removeOf(accountId, jobId)
        fates.plan(accountId, jobId, [])
      }),
  }
}

/** Finds single executions, and those that are under way. */
function executionSearches({ sql }: Database, toExecution: (row: ExecutionRow) => StoredExecution) {
  const byId = sql.prepare<[number, string, string], ExecutionRow>(
    'SELECT * FROM runs WHERE account_id = ? AND id = ? AND job_id = ?',
  )
  const newest = sql.prepare<[number, string], ExecutionRow>(
    'SELECT * FROM runs WHERE account_id = ? AND job_id = ? ORDER BY queued_at DESC, seq DESC LIMIT 1',
  )
  const open = sql
    .prepare<[number, string], number>(
      'SELECT ends_at FROM runs WHERE account_id = ? AND job_id = ? AND due_at IS NOT NULL',
    )
    .pluck()
  const firstDue = sql.prepare<[], number | null>('SELECT min(due_at) FROM runs WHERE due_at IS NOT NULL').pluck()
  const lastEnd = sql.prepare<[], number | null>('SELECT max(ends_at) FROM runs WHERE due_at IS NOT NULL').pluck()
  const dueUntil = sql.prepare<[number], ExecutionRow>('SELECT * FROM runs WHERE due_at IS NOT NULL AND due_at <= ?')
  const siblings = sql.prepare<[number, string, number], ExecutionRow>(
    'SELECT * FROM runs WHERE account_id = ? AND workflow_id = ? AND fired_at = ?',
  )
  const lastFiring = sql
    .prepare<[number, string, number, string], number | null>(
      `SELECT max(fired_at) FROM runs JOIN run_origins o ON o.seq = origin_seq
       WHERE runs.account_id = ? AND workflow_id = ? AND fired_at > ? AND json_extract(origin, '$.triggerId') = ?`,
    )
    .pluck()
  const openEnd = sql
    .prepare<[string], number | null>(
      `SELECT max(iif(due_at IS NULL, 0, ends_at)) FROM accounts CROSS JOIN runs
       WHERE runs.account_id = accounts.id AND runs.id = ?`,
    )
    .pluck()
  return {
    find(accountId: number, jobId: string, id: string): StoredExecution | undefined {
      const row = byId.get(accountId, id, jobId)
      return row && toExecution(row)
    },
    newest(accountId: number, jobId: string): StoredExecution | undefined {
      const row = newest.get(accountId, jobId)
      return row && toExecution(row)
    },
    /** When each execution of a job that has a change ahead ends. */
    openEnds: (accountId: number, jobId: string): number[] => open.all(accountId, jobId),
    firstDue: () => firstDue.get() ?? undefined,
    /** When the last execution under way ends. */
    lastEnd: () => lastEnd.get() ?? undefined,
    /** Executions whose state changed at or before a moment and was not noted yet. */
    dueUntil: (now: number): StoredExecution[] => dueUntil.all(now).map(toExecution),
    /** The executions that one firing of a workflow made. */
    siblings: (accountId: number, workflowId: string, firedAt: number): StoredExecution[] =>
      siblings.all(accountId, workflowId, firedAt).map(toExecution),
    /** When a trigger last started a workflow after `now`, which it did before the clock was set back. */
    lastFiring: (accountId: number, workflowId: string, triggerId: string, now: number) =>
      lastFiring.get(accountId, workflowId, now, triggerId) ?? undefined,
    /** When the executions of this id, in any account, end: 0 once they have, `undefined` where there is none. */
    openEnd: (id: string) => openEnd.get(id) ?? undefined,
  }
}

export type ExecutionStore = ReturnType<typeof executionStore>
