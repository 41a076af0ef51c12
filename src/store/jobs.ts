import type BetterSqlite3 from 'better-sqlite3'
import type { RunState } from '../domain/execution.ts'
import type { Job, JobKind, JobQuery, JobState } from '../domain/job.ts'
import type { Page } from '../domain/page.ts'
import type { Database } from './database.ts'

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
const matches = {
  none: 'name IS NOT NULL',
  substring: 'instr(name, @text) > 0',
  exact: 'name = @text',
  prefix: 'substr(name, 1, length(@text)) = @text',
  substringAnyCase: 'instr(lower(name), lower(@text)) > 0',
  exactAnyCase: 'lower(name) = lower(@text)',
  prefixAnyCase: 'substr(lower(name), 1, length(@text)) = lower(@text)',
}
const orders = {
  newest: 'created_at DESC, id DESC',
  oldest: 'created_at, id',
}

/** A page that starts behind this many rows is found by position instead of by walking there. */
const walkable = 500
/** How many orderings are remembered for pages found by position. */
const orderings = 8

interface Bound {
  accountId: number
  state: string | undefined
  states: string
  text: string | undefined
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

function matchOf({ name }: JobQuery): keyof typeof matches {
  if (!name) return 'none'
  return name.ignoreCase ? `${name.match}AnyCase` : name.match
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
  const total = sql.prepare<[], number>('SELECT coalesce(sum(jobs), 0) FROM job_counts').pluck()

  const prepared = new Map<string, Statements>()
  function statementsOf(query: JobQuery): Statements {
    const shape = `${scopeOf(query)} ${matchOf(query)} ${query.order}`
    const known = prepared.get(shape)
    if (known) return known
    const where = `account_id = @accountId AND ${scopes[scopeOf(query)]} AND ${matches[matchOf(query)]}`
    const order = orders[query.order]
    const made: Statements = {
      page: sql.prepare(`SELECT * FROM jobs WHERE ${where} ORDER BY ${order} LIMIT @size OFFSET @offset`),
      count: sql.prepare<[Bound], number>(`SELECT count(*) FROM jobs WHERE ${where}`).pluck(),
      positions: sql.prepare<[Bound], number>(`SELECT seq FROM jobs WHERE ${where} ORDER BY ${order}`).pluck(),
    }
    prepared.set(shape, made)
    return made
  }

  let orderedAt = version()
  let ordered = new Map<string, readonly number[]>()
  /** The row numbers of all matches in order, remembered until the data changes. */
  function positionsOf(query: JobQuery, bound: Bound): readonly number[] {
    if (orderedAt !== version()) {
      ordered = new Map()
      orderedAt = version()
    }
    const key = JSON.stringify([bound, scopeOf(query), matchOf(query), query.order])
    const known = ordered.get(key)
    if (known) return known
    if (ordered.size >= orderings) ordered.clear()
    const made = statementsOf(query).positions.all(bound)
    ordered.set(key, made)
    return made
  }

  return {
    addAll: (accountId: number, jobs: Iterable<Job>) =>
      write(() => {
        for (const job of jobs) insert.run(toRow(accountId, job))
      }),
    /** How many jobs all accounts hold. */
    total: () => total.get() ?? 0,
    page(accountId: number, query: JobQuery): Page<Job> {
      const { page, limit, size } = query
      const states = typeof query.states === 'string' ? [] : query.states
      const bound = { accountId, state: states[0], states: JSON.stringify(states), text: query.name?.text }
      const statements = statementsOf(query)
      const total =
        (query.name
          ? statements.count.get(bound)
          : counted.get({ accountId, scope: scopeOf(query), states: bound.states })) ?? 0
      const offset = page * size
      if (size === 0 || offset >= total) return { list: [], total, page, limit }
      const rows =
        offset <= walkable
          ? statements.page.all({ ...bound, size, offset })
          : positionsOf(query, bound)
              .slice(offset, offset + size)
              .map(seq => bySeq.get(seq) as Row)
      return { list: rows.map(toJob), total, page, limit }
    },
  }
}

export type JobStore = ReturnType<typeof jobStore>
