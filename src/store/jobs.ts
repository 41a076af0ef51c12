import type BetterSqlite3 from 'better-sqlite3'
import type { Job, JobDetail, JobKind, JobQuery, JobState } from '../domain/job.ts'
import { type JobCondition, usualCondition } from '../domain/job-condition.ts'
import type { Page } from '../domain/page.ts'
import type { RunState } from '../domain/run.ts'
import type { Database } from './database.ts'
import { dateOrders, nameMatches, nameMatchOf, pager } from './paged.ts'

interface Row {
  seq: number
  account_id: number
  id: string
  name: string
  kind: JobKind
  state: JobState
  last_run_state: RunState | null
  last_run_at: number | null
  created_at: number
  updated_at: number
  disabled: number
  max_concurrent_runs: number
}

const toJob = (row: Row): Job => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  state: row.state,
  ...(row.last_run_state !== null && row.last_run_at !== null
    ? { lastRun: { state: row.last_run_state, at: row.last_run_at } }
    : {}),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  disabled: row.disabled === 1,
  maxConcurrentRuns: row.max_concurrent_runs,
})

const toRow = (accountId: number, job: Job): Omit<Row, 'seq'> => ({
  account_id: accountId,
  id: job.id,
  name: job.name,
  kind: job.kind,
  state: job.state,
  last_run_state: job.lastRun?.state ?? null,
  last_run_at: job.lastRun?.at ?? null,
  created_at: job.createdAt,
  updated_at: job.updatedAt,
  disabled: Number(job.disabled),
  max_concurrent_runs: job.maxConcurrentRuns,
})

/** What of a query chooses the statement; the rest is bound to it. */
const scopes = {
  living: "state <> 'deleted'",
  all: 'state IS NOT NULL',
  one: 'state = @state',
  several: 'state IN (SELECT value FROM json_each(@states))',
}
interface Graph {
  description: string | null
  nodes: string | null
  condition: string | null
}

/** A job without a graph of its own has an empty one and the settings of a new job. */
const toDetail = (row: Row & Graph): JobDetail => ({
  ...toJob(row),
  description: row.description ?? '',
  nodes: row.nodes ?? '[]',
  condition: row.condition === null ? usualCondition : (JSON.parse(row.condition) as JobCondition),
})

interface Bound {
  accountId: number
  state: string | undefined
  states: string
  text: string | undefined
  lastRunState: RunState | undefined
}

interface Statements {
  page: BetterSqlite3.Statement<[Bound & { size: number; offset: number }], Row>
  count: BetterSqlite3.Statement<[Bound], number>
  positions: BetterSqlite3.Statement<[Bound], number>
}

function scopeOf({ states }: JobQuery): keyof typeof scopes {
  if (states === 'living' || states === 'all') return states
  return states.length === 1 ? 'one' : 'several'
}

const shapeOf = (query: JobQuery) =>
  `${scopeOf(query)} ${nameMatchOf(query.name)} ${query.order} ${query.lastRunState === undefined ? '' : 'ran'}`

export interface JobTotals {
  readonly living: number
  readonly deleted: number
  readonly elsewhere: number
}

/** Jobs of all accounts. */
export function jobStore({ sql, write, version }: Database) {
  const insert = sql.prepare<Omit<Row, 'seq'>>(
    `INSERT INTO jobs (account_id, id, name, kind, state, last_run_state, last_run_at, created_at, updated_at, disabled, max_concurrent_runs)
     VALUES (@account_id, @id, @name, @kind, @state, @last_run_state, @last_run_at, @created_at, @updated_at, @disabled, @max_concurrent_runs)`,
  )
  const bySeq = sql.prepare<[number], Row>('SELECT * FROM jobs WHERE seq = ?')
  const counted = sql
    .prepare<[{ accountId: number; scope: string; states: string }], number>(
      `SELECT coalesce(sum(jobs), 0) FROM job_counts WHERE account_id = @accountId
         AND CASE @scope WHEN 'all' THEN 1 WHEN 'living' THEN state <> 'deleted'
             ELSE state IN (SELECT value FROM json_each(@states)) END`,
    )
    .pluck()
  const byId = sql.prepare<[number, string], Row & Graph>(
    `SELECT jobs.*, description, nodes, condition FROM jobs LEFT JOIN job_graphs ON job_seq = seq
     WHERE account_id = ? AND id = ?`,
  )
  const putGraph = sql.prepare<[number, string, string, string]>(
    'INSERT OR REPLACE INTO job_graphs (job_seq, description, nodes, condition) VALUES (?, ?, ?, ?)',
  )
  const update = sql.prepare<Omit<Row, 'seq' | 'created_at' | 'last_run_state' | 'last_run_at'>>(
    `UPDATE jobs SET name = @name, kind = @kind, state = @state, updated_at = @updated_at, disabled = @disabled,
       max_concurrent_runs = @max_concurrent_runs WHERE account_id = @account_id AND id = @id`,
  )
  const setRun = sql.prepare<[JobState, RunState | null, number | null, number, string]>(
    'UPDATE jobs SET state = ?, last_run_state = ?, last_run_at = ? WHERE account_id = ? AND id = ?',
  )
  const setCreated = sql.prepare<[number, number, string]>(
    'UPDATE jobs SET created_at = ? WHERE account_id = ? AND id = ?',
  )
  const removeGraph = sql.prepare<[number, string]>(
    'DELETE FROM job_graphs WHERE job_seq = (SELECT seq FROM jobs WHERE account_id = ? AND id = ?)',
  )
  const remove = sql.prepare<[number, string]>('DELETE FROM jobs WHERE account_id = ? AND id = ?')
  const named = sql
    .prepare<[number, string], string>("SELECT id FROM jobs WHERE account_id = ? AND name = ? AND state <> 'deleted'")
    .pluck()
  const total = sql.prepare<[], number>('SELECT coalesce(sum(jobs), 0) FROM job_counts').pluck()

  const prepared = new Map<string, Statements>()
  function statementsOf(query: JobQuery): Statements {
    const shape = shapeOf(query)
    const known = prepared.get(shape)
    if (known) return known
    const ran = query.lastRunState === undefined ? '' : ' AND last_run_state = @lastRunState'
    const where = `account_id = @accountId AND ${scopes[scopeOf(query)]} AND ${nameMatches[nameMatchOf(query.name)]}${ran}`
    const order = dateOrders[query.order]
    const made: Statements = {
      page: sql.prepare(`SELECT * FROM jobs WHERE ${where} ORDER BY ${order} LIMIT @size OFFSET @offset`),
      count: sql.prepare<[Bound], number>(`SELECT count(*) FROM jobs WHERE ${where}`).pluck(),
      positions: sql.prepare<[Bound], number>(`SELECT seq FROM jobs WHERE ${where} ORDER BY ${order}`).pluck(),
    }
    prepared.set(shape, made)
    return made
  }

  const pageOf = pager(version)

  function insertJob(accountId: number, job: Job | JobDetail): void {
    const { lastInsertRowid } = insert.run(toRow(accountId, job))
    if ('nodes' in job) putGraph.run(Number(lastInsertRowid), job.description, job.nodes, JSON.stringify(job.condition))
  }

  /** Changes a job, but for its newest run and the day it was made. */
  function change(accountId: number, job: JobDetail): void {
    const { created_at: _made, last_run_state: _state, last_run_at: _at, ...changed } = toRow(accountId, job)
    update.run(changed)
    const seq = byId.get(accountId, job.id)?.seq
    if (seq !== undefined) putGraph.run(seq, job.description, job.nodes, JSON.stringify(job.condition))
  }

  return {
    addAll: (accountId: number, jobs: Iterable<Job | JobDetail>) =>
      write(() => {
        for (const job of jobs) insertJob(accountId, job)
      }),
    /** A job in any state, `deleted` included. */
    find(accountId: number, id: string): JobDetail | undefined {
      const row = byId.get(accountId, id)
      return row && toDetail(row)
    },
    update: (accountId: number, job: JobDetail) => write(() => change(accountId, job)),
    /** Puts a job in the place of the one with its id, or adds it. */
    put: (accountId: number, job: JobDetail) =>
      write(() => {
        if (!byId.get(accountId, job.id)) return insertJob(accountId, job)
        change(accountId, job)
        setCreated.run(job.createdAt, accountId, job.id)
        setRun.run(job.state, job.lastRun?.state ?? null, job.lastRun?.at ?? null, accountId, job.id)
      }),
    /** Takes a job away as if it never was; its runs are the run store's. */
    remove: (accountId: number, id: string) =>
      write(() => {
        removeGraph.run(accountId, id)
        remove.run(accountId, id)
      }),
    /** Notes the newest run of a job, none where it is absent, and whether one is under way. */
    setRun: (accountId: number, id: string, state: JobState, lastRun: Job['lastRun'] | undefined) =>
      write(() => void setRun.run(state, lastRun?.state ?? null, lastRun?.at ?? null, accountId, id)),
    /** Ids of the living jobs with exactly this name. */
    named: (accountId: number, name: string) => named.all(accountId, name),
    /** How many jobs an account holds, or all of them, in any state. */
    total: (accountId?: number) =>
      (accountId === undefined ? total.get() : counted.get({ accountId, scope: 'all', states: '[]' })) ?? 0,
    /** The jobs of an account, deleted or not, and those of the other accounts. */
    totals(accountId: number): JobTotals {
      const inScope = (scope: 'all' | 'living') => counted.get({ accountId, scope, states: '[]' }) ?? 0
      const living = inScope('living')
      return { living, deleted: inScope('all') - living, elsewhere: (total.get() ?? 0) - inScope('all') }
    },
    page(accountId: number, query: JobQuery): Page<Job> {
      const states = typeof query.states === 'string' ? [] : query.states
      const bound = {
        accountId,
        state: states[0],
        states: JSON.stringify(states),
        text: query.name?.text,
        lastRunState: query.lastRunState,
      }
      const statements = statementsOf(query)
      const total =
        (query.name || query.lastRunState
          ? statements.count.get(bound)
          : counted.get({ accountId, scope: scopeOf(query), states: bound.states })) ?? 0
      const finder = {
        key: JSON.stringify([bound, shapeOf(query)]),
        total,
        walk: (offset: number, size: number) => statements.page.all({ ...bound, offset, size }),
        positions: () => statements.positions.all(bound),
        row: (seq: number) => bySeq.get(seq),
      }
      return pageOf(query, finder, toJob)
    },
  }
}

export type JobStore = ReturnType<typeof jobStore>
