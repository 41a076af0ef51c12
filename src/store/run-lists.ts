import type { ExecutionQuery } from '../domain/execution.ts'
import type { Page } from '../domain/page.ts'
import type { Database } from './database.ts'
import { pager } from './paged.ts'
import { rememberedRecords } from './records.ts'
import type { RunCounts } from './run-counts.ts'
import type { RunRow, StoredExecution } from './run-rows.ts'

/** The executions of rows, remembered. */
export function runRecords(database: Database, toExecution: (row: RunRow) => StoredExecution) {
  const bySeq = database.sql.prepare<[number], RunRow>('SELECT * FROM runs WHERE seq = ?')
  return rememberedRecords(database, seq => {
    const row = bySeq.get(seq)
    return row && toExecution(row)
  })
}

export type RunRecords = ReturnType<typeof runRecords>

/** Finds pages of the executions of a job or a workflow. */
export function runLists({ sql, versionOf }: Database, counts: RunCounts, records: RunRecords) {
  const ordered = (column: 'job_id' | 'workflow_id', direction: 'DESC' | 'ASC') =>
    `SELECT seq FROM runs WHERE account_id = ? AND ${column} = ? ORDER BY queued_at ${direction}, seq ${direction}`
  const list = (column: 'job_id' | 'workflow_id', direction: 'DESC' | 'ASC') => ({
    page: sql
      .prepare<[number, string, number, number], number>(`${ordered(column, direction)} LIMIT ? OFFSET ?`)
      .pluck(),
    positions: sql.prepare<[number, string], number>(ordered(column, direction)).pluck(),
  })
  const orders = (column: 'job_id' | 'workflow_id') => ({ newest: list(column, 'DESC'), oldest: list(column, 'ASC') })
  const lists = { job: orders('job_id'), workflow: orders('workflow_id') }
  const pageOf = pager(records)

  return (accountId: number, query: ExecutionQuery): Page<StoredExecution> => {
    const [kind, id] =
      'jobId' in query.by ? (['job', query.by.jobId] as const) : (['workflow', query.by.workflowId] as const)
    const { newest, oldest } = lists[kind]
    const [there, back] = query.order === 'newest' ? [newest, oldest] : [oldest, newest]
    return pageOf(query, {
      key: `${accountId} ${kind} ${id} ${query.order}`,
      version: versionOf(accountId, ['executions']),
      total: counts.of(accountId, `${kind} ${id}`),
      walk: (size, offset) => there.page.all(accountId, id, size, offset),
      walkBack: (size, offset) => back.page.all(accountId, id, size, offset),
      positions: () => there.positions.all(accountId, id),
    })
  }
}
