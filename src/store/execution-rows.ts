import { type Execution, reachedAt } from '../domain/execution.ts'
import type { ExecutionEnd } from '../domain/lifetime.ts'
import type { ExecutionOrigins } from './execution-origins.ts'

export interface ExecutionRow {
  seq: number
  account_id: number
  id: string
  job_id: string
  workflow_id: string | null
  fired_at: number | null
  origin_seq: number
  queued_at: number
  starts_at: number
  ends_at: number
  outcome: ExecutionEnd
  due_at: number | null
}

/** An execution with what the scheduler needs to know of it. */
export interface StoredExecution extends Execution {
  readonly seq: number
  readonly accountId: number
  /** When the trigger of its workflow fired, or the job was run by itself in the name of one. */
  readonly firedAt?: number | undefined
  /** When its state changes next; absent once it has ended. */
  readonly dueAt?: number | undefined
}

/** An execution at `now`, or at the last change that it went through where that is later. */
export const seenFrom = (execution: StoredExecution, now: number): number =>
  Math.max(now, reachedAt(execution, execution.dueAt))

/** Makes an execution of a row. */
export const executionReader =
  (origins: ExecutionOrigins) =>
  (row: ExecutionRow): StoredExecution => ({
    seq: row.seq,
    accountId: row.account_id,
    id: row.id,
    origin: origins.at(row.origin_seq),
    queuedAt: row.queued_at,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    end: row.outcome,
    firedAt: row.fired_at ?? undefined,
    dueAt: row.due_at ?? undefined,
  })
