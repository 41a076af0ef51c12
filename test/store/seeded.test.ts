import t from 'tap'
import type { Job } from '../../src/domain/job.ts'
import { accountStore } from '../../src/store/accounts.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { jobStore } from '../../src/store/jobs.ts'
import { seededStore } from '../../src/store/seeded.ts'

const job: Job = {
  id: 'aaaaaaaaaaaa',
  name: 'planted',
  kind: 'script',
  state: 'stopped',
  createdAt: 1_742_428_443_123,
  updatedAt: 1_742_428_443_456,
  disabled: true,
  maxConcurrentRuns: 7,
}
const credential = (accessKey: string) => ({ accessKey, secretKey: 'secret', active: true, subscribed: false })

function stores(t: { teardown(close: () => void): void }) {
  const database = openDatabase(':memory:')
  t.teardown(database.close)
  const { sql } = database
  const all = () => {
    const tables = sql.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
    return Object.fromEntries(tables.map(table => [table, sql.prepare(`SELECT * FROM ${table}`).all()]))
  }
  return { sql, all, accounts: accountStore(database), jobs: jobStore(database), seeded: seededStore(database) }
}

t.test('restores the accounts of the start, removes later ones, and tells their marks apart', async t => {
  const { sql, all, accounts, jobs, seeded } = stores(t)
  const [mine, theirs] = [accounts.open('mine'), accounts.open('theirs')]
  for (const [id, name] of [
    [mine, 'mine'],
    [theirs, 'theirs'],
  ] as const) {
    accounts.addCredential(name, credential(`key of ${name}`))
    jobs.addAll(id, [job, { ...job, id: 'bbbbbbbbbbbb', description: 'd', nodes: '[1]', condition: {} } as Job])
  }
  seeded.markStarted(1000)
  const fresh = all()
  const remove = (id: number) => sql.prepare('DELETE FROM accounts WHERE id = ?').run(id)

  const later = accounts.open('later')
  accounts.addCredential('later', credential('key of later'))
  jobs.addAll(later, [job])
  seeded.mark(later, 2000)
  const marked = all()
  jobs.addAll(later, [{ ...job, id: 'cccccccccccc' }])
  jobs.setExecution(later, job.id, 'deleted', { state: 'failed', at: 1 })
  seeded.restore(later, 3000)
  t.same(all().jobs, marked.jobs, 'one made later is put back, too')
  t.same(all().job_counts, marked.job_counts)
  t.same(accounts.credential('key of later')?.accountId, later)

  remove(theirs)
  t.equal(accounts.find('theirs'), undefined)
  const again = accounts.open('theirs')
  t.not(again, theirs)
  jobs.addAll(again, [job])
  seeded.restoreAll(3000)
  t.same(all(), fresh)
  t.equal(accounts.credential('key of later'), undefined, 'what was remembered is forgotten')
  t.equal(accounts.credential('key of theirs')?.accountId, theirs)

  seeded.mark(accounts.open('later'), 4000)
  remove(later)
  seeded.restoreAll(5000)
  t.same(all(), fresh, 'of a later one that is removed nothing stays')

  accounts.addCredential('mine', credential('another'))
  jobs.addAll(mine, [{ ...job, id: 'dddddddddddd' }])
  seeded.mark(mine, 6000)
  const now = all()
  jobs.setExecution(mine, 'dddddddddddd', 'deleted', { state: 'failed', at: 1 })
  seeded.restore(mine, 7000)
  t.same(all(), now, 'a second mark counts from then on')
})

t.test('keeps the rows of a table in all of its columns', async t => {
  const { sql } = stores(t)
  const columnsOf = (table: string) =>
    sql.prepare<[string], string>('SELECT name FROM pragma_table_info(?) ORDER BY name').pluck().all(table)
  const kept = sql
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'seeded%' AND name <> 'seeded_marks'",
    )
    .pluck()
    .all()
  t.equal(kept.length, 10)
  for (const table of kept) {
    const own = columnsOf(table.slice('seeded_'.length)).filter(
      name => name !== 'origin' || table !== 'seeded_credentials',
    )
    t.same(columnsOf(table), [...new Set([...own, 'account_id'])].sort(), table)
  }
})

/** Rows for the table of executions, with the origin of their account. */
const addExecutions = (sql: Database['sql'], accountId: number, many: number) => {
  sql.prepare("INSERT INTO run_origins (account_id, origin) VALUES (?, '{}') ON CONFLICT DO NOTHING").run(accountId)
  sql
    .prepare(
      `WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < @many)
       INSERT INTO runs (account_id, id, job_id, origin_seq, queued_at, starts_at, ends_at, outcome)
       SELECT @accountId, n || '-' || (SELECT count(*) FROM runs), 'aaaaaaaaaaaa',
         (SELECT seq FROM run_origins WHERE account_id = @accountId), 1, 2, 3, 'completed' FROM number`,
    )
    .run({ accountId, many })
}

for (const { title, mine, theirs } of [
  { title: 'one by one where few are new', mine: 10, theirs: 10 },
  { title: 'by making their table anew where most are new', mine: 25_000, theirs: 1000 },
  { title: 'one by one where another account has as many', mine: 25_000, theirs: 25_000 },
]) {
  t.test(`deletes the new executions of one account ${title}`, async t => {
    const { sql, accounts, jobs, seeded } = stores(t)
    const [one, other] = [accounts.open('one'), accounts.open('other')]
    jobs.addAll(one, [job])
    addExecutions(sql, one, 3)
    addExecutions(sql, other, 2)
    seeded.markStarted(1000)
    const schema = () => sql.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all()
    const used = () => sql.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'runs'").pluck().get()
    const rowsOf = (accountId: number) =>
      sql.prepare('SELECT * FROM runs WHERE account_id = ? ORDER BY seq').all(accountId)
    const [seed, before] = [rowsOf(one), schema()]
    addExecutions(sql, one, mine)
    addExecutions(sql, other, theirs)
    sql.prepare("UPDATE runs SET outcome = 'failed' WHERE seq = 1").run()
    const [last, others] = [used(), rowsOf(other)]

    seeded.restore(one, 2000)
    t.same(rowsOf(one), seed)
    t.same(rowsOf(other), others)
    t.same(schema(), before)
    t.equal(used(), last, 'no row number is used twice')
    t.same(sql.pragma('foreign_key_check'), [])

    addExecutions(sql, one, 1)
    sql.prepare("UPDATE runs SET outcome = 'failed' WHERE seq = 2").run()
    seeded.restoreAll(3000)
    t.same(rowsOf(one), seed, 'changes are noticed again')
    t.same(rowsOf(other), others.slice(0, 2))
  })
}
