import type { Job, JobQuery } from '../domain/job.ts'
import type { Page } from '../domain/page.ts'
import { type Condition, equal, nameCondition } from './conditions.ts'
import type { Database } from './database.ts'
import { type JobRow, toJob } from './job-rows.ts'
import { dateOrders, pages } from './paged.ts'

export interface JobTotals {
  readonly living: number
  readonly deleted: number
  readonly elsewhere: number
}

/** The states that a query asks for; no condition for all of them. */
function stateConditions(states: JobQuery['states']): Condition[] {
  if (states === 'all') return []
  if (states === 'living') return [{ sql: "state <> 'deleted'", values: [] }]
  const [only] = states
  if (states.length === 1 && only) return [equal('state', only)]
  return [{ sql: 'state IN (SELECT value FROM json_each(?))', values: [JSON.stringify(states)] }]
}

/** Finds and counts jobs. */
export function jobLists(database: Database) {
  const { sql } = database
  const counts = sql.prepare<[number], { state: string; jobs: number }>(
    'SELECT state, jobs FROM job_counts WHERE account_id = ?',
  )
  const everywhere = sql.prepare<[], number>('SELECT coalesce(sum(jobs), 0) FROM job_counts').pluck()
  const { page, changed } = pages<JobRow, Job>(database, {
    name: 'jobs',
    kind: 'jobs',
    orders: dateOrders,
    toRecord: toJob,
  })

  /** How many jobs are in these states: the counts are kept by triggers of the database. */
  function counted(accountId: number, states: JobQuery['states']): number {
    const inStates = (state: string) =>
      states === 'all' || (states === 'living' ? state !== 'deleted' : states.some(asked => asked === state))
    return counts
      .all(accountId)
      .filter(({ state }) => inStates(state))
      .reduce((sum, { jobs }) => sum + jobs, 0)
  }
  const total = (): number => everywhere.get() ?? 0

  return {
    changed,
    /** How many jobs an account holds, or all of them, in any state. */
    total: (accountId?: number) => (accountId === undefined ? total() : counted(accountId, 'all')),
    /** The jobs of an account, deleted or not, and those of the other accounts. */
    totals(accountId: number): JobTotals {
      const living = counted(accountId, 'living')
      const all = counted(accountId, 'all')
      return { living, deleted: all - living, elsewhere: total() - all }
    },
    page(accountId: number, query: JobQuery): Page<Job> {
      const { name, states, lastExecutionState } = query
      const conditions = [
        ...stateConditions(states),
        ...(name ? [nameCondition(name)] : []),
        ...(lastExecutionState ? [equal('last_run_state', lastExecutionState)] : []),
      ]
      const isCounted = name || lastExecutionState ? undefined : () => counted(accountId, states)
      return page(accountId, conditions, query, isCounted)
    },
  }
}
