import {
  changesAfter,
  type Execution,
  type ExecutionQuery,
  type ExecutionTotals,
  type PlannedFate,
  type RunOrigin,
  reachedAt,
} from '../domain/execution.ts'
import type { Page } from '../domain/page.ts'
import type { Run, RunEnd } from '../domain/run.ts'
import type { Counted, Period } from '../domain/statistics.ts'
import type { Database } from './database.ts'
import { pager } from './paged.ts'

interface Row {
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
  outcome: RunEnd
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

/** A run at `now`, or at the last change that it went through where that is later. */
export const seenFrom = (run: StoredExecution, now: number): number => Math.max(now, reachedAt(run, run.dueAt))

/** What an execution was made for. */
export interface Made {
  readonly jobId: string
  readonly workflowId?: string | undefined
  readonly firedAt?: number | undefined
  /** Row number of its origin. */
  readonly originSeq: number
}

/** Runs of all accounts. What many runs share (job, trigger, settings) is stored once, as an origin. */
export function runStore({ sql, write, version, onRollback }: Database) {
  const insert = sql.prepare<Omit<Row, 'seq'>>(
    `INSERT INTO runs (account_id, id, job_id, workflow_id, fired_at, origin_seq, queued_at, starts_at, ends_at, outcome, due_at)
     VALUES (@account_id, @id, @job_id, @workflow_id, @fired_at, @origin_seq, @queued_at, @starts_at, @ends_at, @outcome, @due_at)`,
  )
  const originSeq = sql
    .prepare<[number, string], number>('SELECT seq FROM run_origins WHERE account_id = ? AND origin = ?')
    .pluck()
  const addOrigin = sql
    .prepare<[number, string], number>('INSERT INTO run_origins (account_id, origin) VALUES (?, ?) RETURNING seq')
    .pluck()
  const originAt = sql.prepare<[number], string>('SELECT origin FROM run_origins WHERE seq = ?').pluck()
  const byId = sql.prepare<[number, string, string], Row>(
    'SELECT * FROM runs WHERE account_id = ? AND id = ? AND job_id = ?',
  )
  const bySeq = sql.prepare<[number], Row>('SELECT * FROM runs WHERE seq = ?')
  const newest = sql.prepare<[number, string], Row>(
    'SELECT * FROM runs WHERE account_id = ? AND job_id = ? ORDER BY queued_at DESC, seq DESC LIMIT 1',
  )
  const open = sql
    .prepare<[number, string], number>(
      'SELECT ends_at FROM runs WHERE account_id = ? AND job_id = ? AND due_at IS NOT NULL',
    )
    .pluck()
  const firstDue = sql.prepare<[], number | null>('SELECT min(due_at) FROM runs WHERE due_at IS NOT NULL').pluck()
  const lastEnd = sql.prepare<[], number | null>('SELECT max(ends_at) FROM runs WHERE due_at IS NOT NULL').pluck()
  const dueUntil = sql.prepare<[number], Row>('SELECT * FROM runs WHERE due_at IS NOT NULL AND due_at <= ?')
  const setDue = sql.prepare<[number | null, number]>('UPDATE runs SET due_at = ? WHERE seq = ?')
  const setEnd = sql.prepare<[number, number, RunEnd, number | null, number]>(
    'UPDATE runs SET starts_at = ?, ends_at = ?, outcome = ?, due_at = ? WHERE seq = ?',
  )
  const siblings = sql.prepare<[number, string, number], Row>(
    'SELECT * FROM runs WHERE account_id = ? AND workflow_id = ? AND fired_at = ?',
  )
  const counted = sql
    .prepare<[number, string], number>('SELECT runs FROM run_counts WHERE account_id = ? AND holder = ?')
    .pluck()
  const addCount = sql.prepare<[number, string, number]>(
    `INSERT INTO run_counts (account_id, holder, runs) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET runs = runs + excluded.runs`,
  )

  const list = (column: 'job_id' | 'workflow_id', direction: 'DESC' | 'ASC') => {
    const where = `account_id = ? AND ${column} = ? ORDER BY queued_at ${direction}, seq ${direction}`
    return {
      page: sql.prepare<[number, string, number, number], Row>(`SELECT * FROM runs WHERE ${where} LIMIT ? OFFSET ?`),
      positions: sql.prepare<[number, string], number>(`SELECT seq FROM runs WHERE ${where}`).pluck(),
    }
  }
  const orders = (column: 'job_id' | 'workflow_id') => ({ newest: list(column, 'DESC'), oldest: list(column, 'ASC') })
  const lists = { job: orders('job_id'), workflow: orders('workflow_id') }

  const outcomes = (of: string) => `count(*) AS total,
       coalesce(sum(outcome = 'completed'), 0) AS completed, coalesce(sum(outcome = 'failed'), 0) AS failed
     FROM runs ${of} WHERE account_id = ? AND queued_at >= ? AND queued_at < ?`
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
  const buckets = sql.prepare<{ accountId: number; origin: number; from: number; to: number; width: number }, Counted>(
    `SELECT cast(@origin AS INTEGER) + (queued_at - cast(@origin AS INTEGER)) / cast(@width AS INTEGER) * cast(@width AS INTEGER) AS startsAt, count(*) AS runs FROM runs
     WHERE account_id = @accountId AND queued_at >= @from AND queued_at < @to GROUP BY startsAt ORDER BY startsAt`,
  )

  const nextPlanned = sql.prepare<[number, string], PlannedFate>(
    `DELETE FROM planned_fates WHERE seq = (SELECT min(seq) FROM planned_fates WHERE account_id = ? AND job_id = ?)
     RETURNING outcome AS end, waiting_ms AS waitingMs, running_ms AS runningMs`,
  )
  const planned = sql.prepare<[number, string], PlannedFate>(
    `SELECT outcome AS end, waiting_ms AS waitingMs, running_ms AS runningMs FROM planned_fates
     WHERE account_id = ? AND job_id = ? ORDER BY seq`,
  )
  const unplan = sql.prepare<[number, string]>('DELETE FROM planned_fates WHERE account_id = ? AND job_id = ?')
  const plan = sql.prepare<[number, string, RunEnd, number, number]>(
    'INSERT INTO planned_fates (account_id, job_id, outcome, waiting_ms, running_ms) VALUES (?, ?, ?, ?, ?)',
  )

  const uncount = sql.prepare<{ accountId: number; jobId: string }>(
    `UPDATE run_counts SET runs = runs - lost
     FROM (SELECT 'workflow ' || workflow_id AS of_workflow, count(*) AS lost FROM runs
           WHERE account_id = @accountId AND job_id = @jobId AND workflow_id IS NOT NULL GROUP BY workflow_id) AS gone
     WHERE account_id = @accountId AND holder = gone.of_workflow`,
  )
  const originsOf = sql
    .prepare<[number, string], number>('SELECT DISTINCT origin_seq FROM runs WHERE account_id = ? AND job_id = ?')
    .pluck()
  const removeRuns = sql.prepare<[number, string]>('DELETE FROM runs WHERE account_id = ? AND job_id = ?')
  const removeOrigin = sql.prepare<[number]>('DELETE FROM run_origins WHERE seq = ?')
  const removeCount = sql.prepare<[number, string]>('DELETE FROM run_counts WHERE account_id = ? AND holder = ?')

  // A job that a trigger runs a thousand times has one origin: read and looked up once.
  let origins = new Map<number, RunOrigin>()
  let originSeqs = new Map<string, number>()
  const forget = () => {
    origins = new Map()
    originSeqs = new Map()
  }
  const remembered = 10_000
  onRollback(forget)

  function originOf(seq: number): RunOrigin {
    const known = origins.get(seq)
    if (known) return known
    if (origins.size >= remembered) origins.clear()
    const origin = JSON.parse(originAt.get(seq) ?? '{}') as RunOrigin
    origins.set(seq, origin)
    return origin
  }

  function originSeqOf(accountId: number, origin: RunOrigin): number {
    const text = JSON.stringify(origin)
    const key = `${accountId} ${text}`
    const known = originSeqs.get(key)
    if (known !== undefined) return known
    if (originSeqs.size >= remembered) originSeqs.clear()
    const seq = originSeq.get(accountId, text) ?? Number(addOrigin.get(accountId, text))
    originSeqs.set(key, seq)
    return seq
  }

  const toExecution = (row: Row): StoredExecution => ({
    seq: row.seq,
    accountId: row.account_id,
    id: row.id,
    origin: originOf(row.origin_seq),
    queuedAt: row.queued_at,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    end: row.outcome,
    firedAt: row.fired_at ?? undefined,
    dueAt: row.due_at ?? undefined,
  })

  /** Adds a run; `now` decides whether it still has a change ahead. The counts are the caller's to keep. */
  function insertRun(accountId: number, id: string, run: Run, made: Made, now: number): void {
    insert.run({
      account_id: accountId,
      id,
      job_id: made.jobId,
      workflow_id: made.workflowId ?? null,
      fired_at: made.firedAt ?? null,
      origin_seq: made.originSeq,
      queued_at: run.queuedAt,
      starts_at: run.startsAt,
      ends_at: run.endsAt,
      outcome: run.end,
      due_at: changesAfter(run, now) ?? null,
    })
  }

  const pageOf = pager(version)
  return {
    /** The row number of an origin, made when it is new; many runs may then name it. */
    origin: originSeqOf,
    insert: insertRun,
    /** Counts more runs of a `job ID` or a `workflow ID`. */
    count: (accountId: number, holder: string, more: number) => void addCount.run(accountId, holder, more),
    /** Adds one execution with its counts. */
    add: (accountId: number, { id, origin, ...run }: Execution, now: number, firedAt?: number) =>
      write(() => {
        const { jobId, workflowId } = origin
        insertRun(accountId, id, run, { jobId, workflowId, firedAt, originSeq: originSeqOf(accountId, origin) }, now)
        addCount.run(accountId, `job ${jobId}`, 1)
        if (workflowId !== undefined) addCount.run(accountId, `workflow ${workflowId}`, 1)
      }),
    find(accountId: number, jobId: string, id: string): StoredExecution | undefined {
      const row = byId.get(accountId, id, jobId)
      return row && toExecution(row)
    },
    newest(accountId: number, jobId: string): StoredExecution | undefined {
      const row = newest.get(accountId, jobId)
      return row && toExecution(row)
    },
    /** When each run of a job that has a change ahead ends. */
    openEnds: (accountId: number, jobId: string): number[] => open.all(accountId, jobId),
    firstDue: () => firstDue.get() ?? undefined,
    /** When the last run under way ends. */
    lastEnd: () => lastEnd.get() ?? undefined,
    /** Runs whose state changed at or before a moment and was not noted yet. */
    dueUntil: (now: number): StoredExecution[] => dueUntil.all(now).map(toExecution),
    /** Notes the next change of a run's state. */
    noteDue: (run: StoredExecution, now: number) => void setDue.run(changesAfter(run, now) ?? null, run.seq),
    /** Gives a run another life. */
    setRun: (seq: number, run: Run, now: number) =>
      write(() => void setEnd.run(run.startsAt, run.endsAt, run.end, changesAfter(run, now) ?? null, seq)),
    /** The executions that one firing of a workflow made. */
    siblings: (accountId: number, workflowId: string, firedAt: number): StoredExecution[] =>
      siblings.all(accountId, workflowId, firedAt).map(toExecution),
    page(accountId: number, query: ExecutionQuery): Page<StoredExecution> {
      const [kind, id] =
        'jobId' in query.by ? (['job', query.by.jobId] as const) : (['workflow', query.by.workflowId] as const)
      const { page, positions } = lists[kind][query.order]
      const finder = {
        key: `${accountId} ${kind} ${id} ${query.order}`,
        total: counted.get(accountId, `${kind} ${id}`) ?? 0,
        walk: (offset: number, size: number) => page.all(accountId, id, size, offset),
        positions: () => positions.all(accountId, id),
        row: (seq: number) => bySeq.get(seq),
      }
      return pageOf(query, finder, toExecution)
    },
    /** Executions made in a period, by how they ended. */
    totals(accountId: number, { from, to }: Period): ExecutionTotals {
      const none = { total: 0, completed: 0, failed: 0 }
      const all = totals.get(accountId, from, to) ?? none
      const open = openTotals.get(accountId, from, to) ?? none
      return { total: all.total, completed: all.completed - open.completed, failed: all.failed - open.failed }
    },
    /** How many executions were made in a period. */
    made: (accountId: number, { from, to }: Period): number => made.get(accountId, from, to) ?? 0,
    /** When a trigger last started a workflow after `now`, which it did before the clock was set back. */
    lastFiring: (accountId: number, workflowId: string, triggerId: string, now: number) =>
      lastFiring.get(accountId, workflowId, now, triggerId) ?? undefined,
    /** When the executions of this id, in any account, end: 0 once they have, `undefined` where there is none. */
    openEnd: (id: string) => openEnd.get(id) ?? undefined,
    /** Executions made in a period in buckets of `width` counted from `origin`; empty ones are left out. */
    buckets: (accountId: number, period: Period, origin: number, width: number): Counted[] =>
      buckets.all({ accountId, ...period, origin, width }),
    /** Takes the fate that was planned for the next run of a job, if any. */
    takePlanned: (accountId: number, jobId: string) => nextPlanned.get(accountId, jobId),
    planned: (accountId: number, jobId: string) => planned.all(accountId, jobId),
    plan: (accountId: number, jobId: string, fates: readonly PlannedFate[]) =>
      write(() => {
        unplan.run(accountId, jobId)
        for (const { end, waitingMs, runningMs } of fates) plan.run(accountId, jobId, end, waitingMs, runningMs)
      }),
    /** Takes away all runs of a job, what was planned for it, and their share of every count. */
    removeOf: (accountId: number, jobId: string) =>
      write(() => {
        const origins = originsOf.all(accountId, jobId)
        uncount.run({ accountId, jobId })
        removeRuns.run(accountId, jobId)
        for (const origin of origins) removeOrigin.run(origin)
        removeCount.run(accountId, `job ${jobId}`)
        unplan.run(accountId, jobId)
        // A row number that is free may be given to another origin.
        forget()
      }),
  }
}

export type RunStore = ReturnType<typeof runStore>
