import type { ExecutionQuery } from '../domain/execution.ts'
import type { Page } from '../domain/page.ts'
import type { Database } from './database.ts'
import { pager } from './paged.ts'
import type { RunCounts } from './run-counts.ts'
import type { RunRow, StoredExecution } from './run-rows.ts'

/** Finds pages of the executions of a job or a workflow. */
export function runLists({ sql, version }: Database, counts: RunCounts, toExecution: (row: RunRow) => StoredExecution) {
  const bySeq = sql.prepare<[number], RunRow>('SELECT * FROM runs WHERE seq = ?')
  const list = (column: 'job_id' | 'workflow_id', direction: 'DESC' | 'ASC') => {
    const where = `account_id = ? AND ${column} = ? ORDER BY queued_at ${direction}, seq ${direction}`
    return {
      page: sql.prepare<[number, string, number, number], RunRow>(`SELECT * FROM runs WHERE ${where} LIMIT ? OFFSET ?`),
      positions: sql.prepare<[number, string], number>(`SELECT seq FROM runs WHERE ${where}`).pluck(),
    }
  }
  const orders = (column: 'job_id' | 'workflow_id') => ({ newest: list(column, 'DESC'), oldest: list(column, 'ASC') })
  const lists = { job: orders('job_id'), workflow: orders('workflow_id') }
  const pageOf = pager(version)

  return (accountId: number, query: ExecutionQuery): Page<StoredExecution> => {
    const [kind, id] =
      'jobId' in query.by ? (['job', query.by.jobId] as const) : (['workflow', query.by.workflowId] as const)
    const { page, positions } = lists[kind][query.order]
    const finder = {
      key: `${accountId} ${kind} ${id} ${query.order}`,
      total: counts.of(accountId, `${kind} ${id}`),
      walk: (offset: number, size: number) => page.all(accountId, id, size, offset),
      positions: () => positions.all(accountId, id),
      row: (seq: number) => bySeq.get(seq),
    }
    return pageOf(query, finder, toExecution)
  }
}
