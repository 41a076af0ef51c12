import type { ExecutionQuery } from '../domain/execution.ts'
import type { Page } from '../domain/page.ts'
import { equal } from './conditions.ts'
import type { Database } from './database.ts'
import type { ExecutionCounts } from './execution-counts.ts'
import type { ExecutionRow, StoredExecution } from './execution-rows.ts'
import { type Pages, pages } from './paged.ts'

export type ExecutionPages = Pages<ExecutionRow, StoredExecution>

export const executionPages = (database: Database, toRecord: (row: ExecutionRow) => StoredExecution): ExecutionPages =>
  pages(database, {
    name: 'runs',
    kind: 'executions',
    orders: { newest: 'queued_at DESC, seq DESC', oldest: 'queued_at, seq' },
    toRecord,
  })

/** Finds pages of the executions of a job or a workflow. */
export const executionLists =
  (counts: ExecutionCounts, { page }: ExecutionPages) =>
  (accountId: number, query: ExecutionQuery): Page<StoredExecution> => {
    const { by } = query
    const [of, holder] =
      'jobId' in by
        ? [equal('job_id', by.jobId), `job ${by.jobId}`]
        : [equal('workflow_id', by.workflowId), `workflow ${by.workflowId}`]
    return page(accountId, [of], query, () => counts.of(accountId, holder))
  }
