import { changesAfter, type Execution } from '../domain/execution.ts'
import type { ExecutionEnd, Lifetime } from '../domain/lifetime.ts'
import type { Database } from './database.ts'
import type { ExecutionCounts } from './execution-counts.ts'
import type { ExecutionPages } from './execution-lists.ts'
import type { ExecutionOrigins } from './execution-origins.ts'
import type { StoredExecution } from './execution-rows.ts'

/** What an execution was made for. */
export interface Made {
  readonly jobId: string
  readonly workflowId?: string | undefined
  readonly firedAt?: number | undefined
  /** Row number of its origin. */
  readonly originSeq: number
}

/** Adds, changes and removes executions. */
export function executionChanges(
  { sql, write }: Database,
  origins: ExecutionOrigins,
  counts: ExecutionCounts,
  pages: ExecutionPages,
) {
  // By position: looking up eleven names costs a quarter of the insert.
  const insert = sql.prepare<(string | number | null)[]>(
    `INSERT INTO runs (account_id, id, job_id, workflow_id, fired_at, origin_seq, queued_at, starts_at, ends_at, outcome, due_at)
     VALUES (${Array.from({ length: 11 }, () => '?').join(', ')})`,
  )
  const setDue = sql.prepare<[number | null, number]>('UPDATE runs SET due_at = ? WHERE seq = ?')
  const setEnd = sql
    .prepare<[number, number, ExecutionEnd, number | null, number], number>(
      'UPDATE runs SET starts_at = ?, ends_at = ?, outcome = ?, due_at = ? WHERE seq = ? RETURNING account_id',
    )
    .pluck()
  const originsOf = sql
    .prepare<[number, string], number>('SELECT DISTINCT origin_seq FROM runs WHERE account_id = ? AND job_id = ?')
    .pluck()
  const remove = sql.prepare<[number, string]>('DELETE FROM runs WHERE account_id = ? AND job_id = ?')

  /** Adds an execution; `now` decides whether it still has a change ahead. The counts are the caller's to keep. */
  function insertExecution(accountId: number, id: string, execution: Lifetime, made: Made, now: number): void {
    const { lastInsertRowid } = insert.run(
      accountId,
      id,
      made.jobId,
      made.workflowId ?? null,
      made.firedAt ?? null,
      made.originSeq,
      execution.queuedAt,
      execution.startsAt,
      execution.endsAt,
      execution.end,
      changesAfter(execution, now) ?? null,
    )
    pages.changed(accountId, Number(lastInsertRowid))
  }

  return {
    insert: insertExecution,
    /** Adds one execution with its counts. */
    add: (accountId: number, { id, origin, ...execution }: Execution, now: number, firedAt?: number) =>
      write(() => {
        const { jobId, workflowId } = origin
        const made = { jobId, workflowId, firedAt, originSeq: origins.seqOf(accountId, origin) }
        insertExecution(accountId, id, execution, made, now)
        counts.add(accountId, `job ${jobId}`, 1)
        if (workflowId !== undefined) counts.add(accountId, `workflow ${workflowId}`, 1)
      }),
    /** Records the next change of an execution's state. To be called inside a write. */
    noteDue(execution: StoredExecution, now: number): void {
      setDue.run(changesAfter(execution, now) ?? null, execution.seq)
      pages.changed(execution.accountId, execution.seq)
    },
    /** Gives an execution another life. */
    setExecution: (seq: number, life: Lifetime, now: number) =>
      write(() => {
        const accountId = setEnd.get(life.startsAt, life.endsAt, life.end, changesAfter(life, now) ?? null, seq)
        if (accountId !== undefined) pages.changed(accountId, seq)
      }),
    /** Removes all executions of a job, and their share of every count. */
    removeOf: (accountId: number, jobId: string) =>
      write(() => {
        const gone = originsOf.all(accountId, jobId)
        counts.removeJob(accountId, jobId)
        remove.run(accountId, jobId)
        origins.remove(gone)
        pages.removed(accountId)
      }),
  }
}
