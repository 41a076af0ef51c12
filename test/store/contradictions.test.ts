import t from 'tap'
import { findContradictions } from '../../src/store/contradictions.ts'
import { openDatabase } from '../../src/store/database.ts'

const job = (more = '') =>
  `INSERT INTO jobs (account_id, id, name, kind, state, last_run_state, last_run_at, created_at, updated_at, disabled, max_concurrent_runs)
   VALUES (1, 'j', 'job', 'visual', ${more || "'runnable', 'completed', 20"}, 10, 10, 0, 1);`
const run = (more = "'x', 20, 21, 30, 'completed', NULL", origin = '{"kind":"job"}') =>
  `INSERT OR IGNORE INTO run_origins (seq, account_id, origin) VALUES (1, 1, '${origin}');
   INSERT INTO runs (account_id, job_id, origin_seq, id, queued_at, starts_at, ends_at, outcome, due_at)
   VALUES (1, 'j', 1, ${more});`

const rows: { title: string; sql: string; found?: RegExp; now?: number }[] = [
  { title: 'a job with its execution', sql: job() + run() },
  { title: 'a job under way', sql: job("'running', 'running', 20") + run("'x', 20, 21, 30, 'completed', 30") },
  {
    title: 'a running job without an execution',
    sql: job("'running', NULL, NULL"),
    found: /^job j is running, but no execution is under way$/,
  },
  {
    title: 'a runnable job with an execution under way',
    sql: job("'runnable', 'ready', 20") + run("'x', 20, 21, 30, 'completed', 21"),
    found: /is runnable, but an execution/,
  },
  { title: 'a last execution that is nowhere', sql: job(), found: /not among its executions/ },
  { title: 'another state of the last execution', sql: job("'runnable', 'failed', 20") + run(), found: /differs/ },
  { title: 'another date of the last execution', sql: job("'runnable', 'completed', 25") + run(), found: /differs/ },
  { title: 'an execution unknown to its job', sql: job("'runnable', NULL, NULL") + run(), found: /differs/ },
  {
    title: 'an execution that ends before it starts',
    sql: job() + run("'x', 20, 25, 24, 'completed', NULL"),
    found: /^execution x of job j has dates in an impossible order$/,
  },
  {
    title: 'one that was canceled before it started',
    sql: job("'runnable', 'canceled', 20") + run("'x', 20, 25, 24, 'canceled', NULL"),
  },
  {
    title: 'an execution that changes at no time of its own',
    sql: job("'running', 'ready', 20") + run("'x', 20, 25, 30, 'completed', 27"),
    found: /changes next at a time/,
  },
  {
    title: 'an execution older than its job',
    sql: job("'runnable', 'completed', 5") + run("'x', 5, 6, 7, 'completed', NULL"),
    found: /was created before its job/,
  },
  { title: 'an execution of no job', sql: run(), found: /belongs to a job that does not exist/ },
  {
    title: 'an execution beyond its timeout',
    sql: job() + run("'x', 20, 21, 180022, 'completed', NULL", '{"kind":"job","condition":{"timeoutMinutes":2}}'),
    found: /runs 3 minutes, its timeout is 2/,
    now: 1_000_000,
  },
  {
    title: 'a wrong count of executions',
    sql: `${job() + run()} INSERT INTO run_counts VALUES (1, 'job j', 3);`,
    found: /^count of job j is 3, but there are 1$/,
  },
  {
    title: 'a wrong count of jobs',
    sql: `${job() + run()} UPDATE job_counts SET jobs = 2;`,
    found: /^count of runnable jobs is 2/,
  },
  {
    title: 'a job updated before it was created',
    sql: `${job() + run()} UPDATE jobs SET updated_at = 9;`,
    found: /was updated before/,
  },
  { title: 'a job of the future', sql: `${job() + run()} UPDATE jobs SET updated_at = 101;`, found: /is dated after/ },
  {
    title: 'an execution of the future',
    sql: job() + run("'x', 20, 21, 101, 'completed', NULL"),
    found: /is dated after/,
  },
  {
    title: 'two executions at once',
    sql:
      job("'running', 'ready', 20") + run("'x', 20, 25, 30, 'completed', 25") + run("'y', 20, 25, 30, 'completed', 25"),
    found: /has 2 executions under way at once/,
  },
  {
    title: 'a workflow that knows nothing of its execution',
    sql: `${job() + run(undefined, '{"kind":"workflow"}')} UPDATE runs SET workflow_id = 'w', fired_at = 20;
      INSERT INTO workflows (account_id, id, name, nodes, draft, created_at, updated_at) VALUES (1, 'w', 'w', '[]', 0, 1, 1);`,
    found: /^workflow w was last executed/,
  },
]

for (const { title, sql, found, now = 100 } of rows) {
  t.test(`${found ? 'finds' : 'accepts'} ${title}`, async t => {
    const database = openDatabase(':memory:')
    t.teardown(database.close)
    database.sql.exec(`INSERT INTO accounts VALUES (1, 'default'); ${sql}`)
    const complaints = findContradictions(database, { now, atOnce: 'limited' })
    t.match(
      complaints.map(({ subject, complaint }) => `${subject} ${complaint}`),
      found ? [found] : [],
    )
    t.equal(complaints.length, found ? 1 : 0)
    for (const { account } of complaints) t.equal(account, 'default')
  })
}
