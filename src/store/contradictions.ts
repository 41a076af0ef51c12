import type { Database } from './database.ts'

/** Two things in the data that cannot both be true. */
export interface Contradiction {
  readonly account: string
  /** Such as `job gqigvHn9ALUY`. */
  readonly subject: string
  readonly complaint: string
}

export interface ContradictionQuery {
  /** For data that was just seeded: nothing may have happened later than that, or before what it belongs to. */
  readonly now?: number
  /** Where it is given, a job may have that many executions under way: 1, or `maxConcurrentRuns` of the job. */
  readonly atOnce?: 'one' | 'limited'
}

const job = "'job ' || jobs.id"
const execution = "'execution ' || runs.id || ' of job ' || runs.job_id"
const isOpen = 'runs.due_at IS NOT NULL'
const ofJob = 'runs.account_id = jobs.account_id AND runs.job_id = jobs.id'
const newest = (column: string) =>
  `(SELECT ${column} FROM runs WHERE ${ofJob} ORDER BY queued_at DESC, seq DESC LIMIT 1)`
/** The state that an execution has reached, which is what its next change says. */
const reached = `CASE WHEN due_at IS NULL THEN outcome WHEN due_at = ends_at AND starts_at < ends_at THEN 'running' ELSE 'ready' END`

/** Each finds its rows as `account_id`, `subject` and `complaint`. */
const rules: readonly string[] = [
  `SELECT account_id, ${job} AS subject, 'is running, but no execution is under way' AS complaint FROM jobs
   WHERE state = 'running' AND NOT EXISTS (SELECT 1 FROM runs WHERE ${ofJob} AND ${isOpen})`,
  `SELECT account_id, ${job} AS subject, 'is runnable, but an execution is under way' AS complaint FROM jobs
   WHERE state = 'runnable' AND EXISTS (SELECT 1 FROM runs WHERE ${ofJob} AND ${isOpen})`,
  `SELECT account_id, ${job} AS subject, 'has a last execution that is not among its executions' AS complaint FROM jobs
   WHERE last_run_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM runs WHERE ${ofJob})`,
  `SELECT account_id, ${job} AS subject, 'has a last execution that differs from its newest one' AS complaint FROM jobs
   WHERE EXISTS (SELECT 1 FROM runs WHERE ${ofJob})
     AND (last_run_at IS NOT ${newest('queued_at')} OR last_run_state IS NOT ${newest(reached)})`,
  `SELECT account_id, ${execution} AS subject, 'has dates in an impossible order' AS complaint FROM runs
   WHERE starts_at < queued_at OR ends_at < queued_at OR (ends_at < starts_at AND outcome <> 'canceled')`,
  `SELECT account_id, ${execution} AS subject, 'changes next at a time that is neither its start nor its end' AS complaint
   FROM runs WHERE due_at IS NOT NULL AND due_at NOT IN (starts_at, ends_at)`,
  `SELECT account_id, ${execution} AS subject, 'belongs to a job that does not exist' AS complaint FROM runs
   WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.account_id = runs.account_id AND jobs.id = runs.job_id)`,
  `SELECT runs.account_id, ${execution} AS subject, 'runs ' || ((ends_at - starts_at) / 60000) || ' minutes, its timeout is '
     || json_extract(origin, '$.condition.timeoutMinutes') AS complaint
   FROM runs JOIN run_origins ON run_origins.seq = origin_seq
   WHERE json_extract(origin, '$.condition.timeoutMinutes') > 0
     AND ends_at - starts_at > 60000 * json_extract(origin, '$.condition.timeoutMinutes')`,
  `SELECT workflows.account_id, 'workflow ' || workflows.id AS subject,
     'was last executed at another time than its newest execution' AS complaint FROM workflows
   WHERE last_run_at IS NULL AND EXISTS (SELECT 1 FROM runs JOIN run_origins ON run_origins.seq = origin_seq
     WHERE runs.account_id = workflows.account_id AND workflow_id = workflows.id
       AND json_extract(origin, '$.kind') = 'workflow')`,
  `SELECT account_id, 'count of ' || holder AS subject, 'is ' || runs || ', but there are ' || found AS complaint FROM (
     SELECT account_id, holder, runs, CASE substr(holder, 1, 4)
       WHEN 'job ' THEN (SELECT count(*) FROM runs r WHERE r.account_id = c.account_id AND job_id = substr(holder, 5))
       ELSE (SELECT count(*) FROM runs r WHERE r.account_id = c.account_id AND workflow_id = substr(holder, 10)) END AS found
     FROM run_counts c) WHERE runs <> found`,
  `SELECT account_id, 'count of ' || state || ' jobs' AS subject, 'is ' || jobs || ', but there are ' || found AS complaint
   FROM (SELECT account_id, state, jobs, (SELECT count(*) FROM jobs j
     WHERE j.account_id = c.account_id AND j.state = c.state) AS found FROM job_counts c) WHERE jobs <> found`,
]

/** What setting the clock back may bring about, but no seed data. */
const past: readonly string[] = [
  `SELECT account_id, ${job} AS subject, 'was updated before it was created' AS complaint FROM jobs
   WHERE updated_at < created_at`,
  `SELECT runs.account_id, ${execution} AS subject, 'was created before its job' AS complaint FROM runs
   JOIN jobs ON jobs.account_id = runs.account_id AND jobs.id = runs.job_id WHERE runs.queued_at < jobs.created_at`,
  `SELECT account_id, ${job} AS subject, 'is dated after the start of the simulation clock' AS complaint FROM jobs
   WHERE max(created_at, updated_at) > @now`,
  `SELECT account_id, ${execution} AS subject, 'is dated after the start of the simulation clock' AS complaint FROM runs
   WHERE queued_at > @now OR (due_at IS NULL AND ends_at > @now)`,
  ...['trigger', 'workflow'].map(
    kind => `SELECT account_id, '${kind} ' || id AS subject,
     'is dated after the start of the simulation clock' AS complaint FROM ${kind}s
   WHERE max(created_at, updated_at) > @now`,
  ),
]

const atOnceRule = `SELECT account_id, ${job} AS subject, 'has ' || open || ' executions under way at once' AS complaint
   FROM (SELECT jobs.account_id, jobs.id, max_concurrent_runs, count(*) AS open FROM jobs JOIN runs ON ${ofJob}
     WHERE ${isOpen} GROUP BY jobs.seq) AS jobs
   WHERE open > iif(@atOnce = 'limited', max_concurrent_runs, 1)`

/**
 * Looks for contradictions in the data of all accounts: what the API would show of a thing in two places must agree.
 * Goes through all rows, so it is for data just seeded and for tests.
 */
export function findContradictions(
  { sql }: Pick<Database, 'sql'>,
  { now, atOnce }: ContradictionQuery = {},
): readonly Contradiction[] {
  const asked = [...rules, ...(now === undefined ? [] : past), ...(atOnce === undefined ? [] : [atOnceRule])]
  return asked.flatMap(rule =>
    sql
      .prepare<[{ now: number; atOnce: string }], Contradiction>(
        `SELECT name AS account, subject, complaint FROM (${rule}) AS found JOIN accounts ON accounts.id = account_id
         ORDER BY account, subject`,
      )
      .all({ now: now ?? 0, atOnce: atOnce ?? 'one' }),
  )
}
