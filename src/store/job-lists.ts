import type BetterSqlite3 from 'better-sqlite3'
import type { Job, JobQuery } from '../domain/job.ts'
import type { Page } from '../domain/page.ts'
import type { RunState } from '../domain/run.ts'
import type { Database } from './database.ts'
import { type JobRow, toJob } from './job-rows.ts'
import { dateOrders, dateOrdersBack, nameMatches, nameMatchOf, pager } from './paged.ts'
import { rememberedRecords } from './records.ts'

/** The part of a query that chooses the statement; the rest is bound to it. */
const scopes = {
  living: "state <> 'deleted'",
  all: 'state IS NOT NULL',
  one: 'state = @state',
  several: 'state IN (SELECT value FROM json_each(@states))',
}

interface Bound {
  accountId: number
  state: string | undefined
  states: string
  text: string | undefined
  lastRunState: RunState | undefined
}

interface Statements {
  page: BetterSqlite3.Statement<[Bound & { size: number; offset: number }], number>
  pageBack: BetterSqlite3.Statement<[Bound & { size: number; offset: number }], number>
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

/** How many jobs there are, in any state. */
function jobCounts({ sql }: Database) {
  const counted = sql
    .prepare<[{ accountId: number; scope: string; states: string }], number>(
      `SELECT coalesce(sum(jobs), 0) FROM job_counts WHERE account_id = @accountId
         AND CASE @scope WHEN 'all' THEN 1 WHEN 'living' THEN state <> 'deleted'
             ELSE state IN (SELECT value FROM json_each(@states)) END`,
    )
    .pluck()
  const total = sql.prepare<[], number>('SELECT coalesce(sum(jobs), 0) FROM job_counts').pluck()
  return {
    inScope: (accountId: number, scope: keyof typeof scopes, states = '[]'): number =>
      counted.get({ accountId, scope, states }) ?? 0,
    everywhere: (): number => total.get() ?? 0,
  }
}

/** Finds and counts jobs. */
export function jobLists(database: Database) {
  const { sql, touch, versionOf } = database
  const counts = jobCounts(database)
  const bySeq = sql.prepare<[number], JobRow>('SELECT * FROM jobs WHERE seq = ?')
  const records = rememberedRecords(database, seq => {
    const row = bySeq.get(seq)
    return row && toJob(row)
  })
  const pageOf = pager(records)

  const prepared = new Map<string, Statements>()
  function statementsOf(query: JobQuery): Statements {
    const shape = shapeOf(query)
    const known = prepared.get(shape)
    if (known) return known
    const ran = query.lastRunState === undefined ? '' : ' AND last_run_state = @lastRunState'
    const where = `account_id = @accountId AND ${scopes[scopeOf(query)]} AND ${nameMatches[nameMatchOf(query.name)]}${ran}`
    const ordered = (order: string) => `SELECT seq FROM jobs WHERE ${where} ORDER BY ${order}`
    const [order, back] = [ordered(dateOrders[query.order]), ordered(dateOrdersBack[query.order])]
    const made: Statements = {
      page: sql
        .prepare<[Bound & { size: number; offset: number }], number>(`${order} LIMIT @size OFFSET @offset`)
        .pluck(),
      pageBack: sql
        .prepare<[Bound & { size: number; offset: number }], number>(`${back} LIMIT @size OFFSET @offset`)
        .pluck(),
      count: sql.prepare<[Bound], number>(`SELECT count(*) FROM jobs WHERE ${where}`).pluck(),
      positions: sql.prepare<[Bound], number>(order).pluck(),
    }
    prepared.set(shape, made)
    return made
  }

  return {
    /** To be called when a job was added, has changed or is gone. */
    changed(accountId: number, seq: number): void {
      records.drop(seq)
      touch(accountId, 'jobs')
    },
    /** How many jobs an account holds, or all of them, in any state. */
    total: (accountId?: number) => (accountId === undefined ? counts.everywhere() : counts.inScope(accountId, 'all')),
    /** The jobs of an account, deleted or not, and those of the other accounts. */
    totals(accountId: number): JobTotals {
      const living = counts.inScope(accountId, 'living')
      const all = counts.inScope(accountId, 'all')
      return { living, deleted: all - living, elsewhere: counts.everywhere() - all }
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
        query.name || query.lastRunState
          ? (statements.count.get(bound) ?? 0)
          : counts.inScope(accountId, scopeOf(query), bound.states)
      const finder = {
        key: JSON.stringify([bound, shapeOf(query)]),
        version: versionOf(accountId, ['jobs']),
        total,
        walk: (size: number, offset: number) => statements.page.all({ ...bound, size, offset }),
        walkBack: (size: number, offset: number) => statements.pageBack.all({ ...bound, size, offset }),
        positions: () => statements.positions.all(bound),
      }
      return pageOf(query, finder)
    },
  }
}
