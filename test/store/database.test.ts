import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import t from 'tap'
import type { Job } from '../../src/domain/job.ts'
import { StorageError } from '../../src/domain/storage-error.ts'
import { accountStore } from '../../src/store/accounts.ts'
import { DatabaseError, openDatabase } from '../../src/store/database.ts'
import { jobStore } from '../../src/store/jobs.ts'
import { migrations } from '../../src/store/migrations.ts'
import { Sqlite } from '../support/sqlite.ts'

const job: Job = {
  id: 'aaaaaaaaaaaa',
  name: 'kept',
  kind: 'script',
  state: 'stopped',
  lastExecution: { state: 'failed', at: 1_742_428_443_999 },
  createdAt: 1_742_428_443_123,
  updatedAt: 1_742_428_443_456,
  disabled: true,
  maxConcurrentRuns: 7,
}

const credential = { accessKey: 'key', secretKey: 'secret', active: false, subscribed: true }

const everything = { page: 0, limit: 10, size: 10, order: 'newest', beyond: 'empty', states: 'all' } as const

const bytes = (path: string): string => readFileSync(path).toString('hex')

/** A database of ours in a file, closed. */
function ours(path: string, change: (sql: BetterSqlite3.Database) => void = () => undefined): void {
  const database = openDatabase(path)
  const accounts = accountStore(database)
  jobStore(database).addAll(accounts.open('default'), [job])
  accounts.addCredential('default', credential)
  change(database.sql)
  database.close()
}

/** A database of any program, made without ours. */
function raw(path: string, ...pragmas: string[]): void {
  const sql = new Sqlite(path)
  sql.exec('CREATE TABLE cats (name TEXT)')
  for (const pragma of pragmas) sql.pragma(pragma)
  sql.close()
}

t.test('keeps the data and the format of a file that is opened again', async t => {
  for (const start of ['missing', 'empty']) {
    const path = join(t.testdir(), `${start}.db`)
    if (start === 'empty') writeFileSync(path, '')
    ours(path)
    const database = openDatabase(path)
    const { sql } = database
    const accounts = accountStore(database)
    const id = accounts.open('default')
    t.equal(accounts.isEmpty(), false)
    t.same(jobStore(database).page(id, everything), { list: [job], total: 1, page: 0, limit: 10 })
    t.same(accounts.credential('key'), { ...credential, accountId: id })
    t.equal(sql.pragma('user_version', { simple: true }), migrations.length)
    t.equal(sql.pragma('journal_mode', { simple: true }), 'wal')
    t.equal(sql.pragma('synchronous', { simple: true }), 2)
    t.equal(sql.pragma('foreign_keys', { simple: true }), 1)
    t.same(sql.pragma('integrity_check', { simple: true }), 'ok')
    database.close()
    t.notOk(existsSync(`${path}-wal`), 'a closed database is one file')
  }
})

t.test('migrates step by step to the same format as all at once', async t => {
  const schemaOf = (sql: BetterSqlite3.Database) => sql.prepare('SELECT type, name, sql FROM sqlite_schema').all()
  const fresh = openDatabase(':memory:')
  t.teardown(fresh.close)
  const folder = t.testdir()
  for (let version = 0; version <= migrations.length; version++) {
    const path = join(folder, `${version}.db`)
    const old = new Sqlite(path)
    for (const step of migrations.slice(0, version)) old.exec(step)
    old.pragma(`application_id = ${0x4e435044}`)
    old.pragma(`user_version = ${version}`)
    old.close()
    const upgraded = openDatabase(path)
    t.same(schemaOf(upgraded.sql), schemaOf(fresh.sql), `from version ${version}`)
    upgraded.close()
  }
})

/** What is found at a path, and the sentence it gets; the bytes there must not change. */
const refused: { title: string; make?: (path: string) => void; complaint: RegExp }[] = [
  {
    title: 'a newer format',
    make: path => ours(path, sql => sql.pragma(`user_version = ${migrations.length + 1}`)),
    complaint:
      /: was written by a newer version of this emulator \(format \d+, this one knows \d+\); update or name another file$/,
  },
  {
    title: 'a database of another program',
    make: path => raw(path, 'application_id = 7', 'user_version = 1'),
    complaint: /: is an SQLite file of another program; name another one$/,
  },
  {
    title: 'a database that names no program',
    make: path => raw(path),
    complaint: /: is an SQLite file of another program;/,
  },
  {
    title: 'a database of another program in WAL mode',
    make: path => raw(path, 'journal_mode = WAL'),
    complaint: /: is an SQLite file of another program;/,
  },
  {
    title: 'a text',
    make: path => writeFileSync(path, 'hello\n'),
    complaint: /: is not an SQLite file; name another one or delete it$/,
  },
  {
    title: 'a long text',
    make: path => writeFileSync(path, 'hello '.repeat(1000)),
    complaint: /: is not an SQLite file;/,
  },
  {
    title: 'a header and no more',
    make: path => writeFileSync(path, 'SQLite format 3\0'),
    complaint: /: is not an SQLite file;/,
  },
  {
    title: 'a damaged database',
    make: path => {
      ours(path)
      writeFileSync(path, readFileSync(path).fill(0xff, 100, 4096))
    },
    complaint: /: is damaged; name another file or delete it$/,
  },
  {
    title: 'a database that was cut off',
    make: path => {
      ours(path)
      writeFileSync(path, readFileSync(path).subarray(0, 5000))
    },
    complaint: /: is damaged; name another file or delete it$/,
  },
]

for (const { title, make, complaint } of refused) {
  t.test(`rejects ${title} and leaves it alone`, async t => {
    const path = join(t.testdir(), 'some.db')
    make?.(path)
    const before = bytes(path)
    try {
      openDatabase(path).close()
      t.fail('it was opened')
    } catch (error) {
      t.ok(error instanceof DatabaseError)
      t.match((error as Error).message, complaint)
      t.ok((error as Error).message.startsWith(`database ${path}: `), 'the sentence names the file')
      t.notMatch((error as Error).message, /\n/)
    }
    t.equal(bytes(path), before)
    t.notOk(existsSync(`${path}-wal`) || existsSync(`${path}-journal`), 'nothing is left beside it')
  })
}

t.test('rejects what cannot be a file', async t => {
  const folder = t.testdir({ file: 'hello' })
  t.throws(() => openDatabase(folder), { name: 'DatabaseError', message: /: is a folder, a file is needed$/ })
  for (const path of [join(folder, 'missing', 'some.db'), join(folder, 'file', 'some.db')]) {
    t.throws(() => openDatabase(path), {
      name: 'DatabaseError',
      message: /: cannot be opened for writing \(.+\); check that the folder exists and is writable$/,
    })
  }
})

t.test('rejects a file that another emulator has open, until that one closes', async t => {
  const path = join(t.testdir(), 'shared.db')
  const first = openDatabase(path)
  const busy = { message: `database ${path}: is in use by another process; stop that one or name another file` }
  t.throws(() => openDatabase(path), busy)
  accountStore(first).open('default')
  t.throws(() => openDatabase(path), busy)
  first.close()
  const second = openDatabase(path)
  t.equal(accountStore(second).isEmpty(), false)
  second.close()
})

t.test('rejects a file that may only be read', async t => {
  const path = join(t.testdir(), 'read-only.db')
  ours(path)
  chmodSync(path, 0o444)
  const before = bytes(path)
  const { geteuid, seteuid } = process
  const root = geteuid?.() === 0
  // Root may write anything, so it opens the file as nobody; the folders above must then be open to all.
  if (root) execFileSync('chmod', ['-R', 'o+rX', join(path, '..')])
  if (root) seteuid?.('nobody')
  try {
    t.throws(() => openDatabase(path), {
      name: 'DatabaseError',
      message: /: cannot be opened for writing \(.+\); check that the folder exists and is writable$/,
    })
  } finally {
    if (root) seteuid?.(0)
  }
  t.equal(bytes(path), before)
})

t.test('writes a change as a whole or not at all, and tells that there was one', async t => {
  const database = openDatabase(':memory:')
  t.teardown(database.close)
  const accounts = accountStore(database)
  const jobs = jobStore(database)
  const id = accounts.open('default')
  const before = database.version()
  t.throws(() => jobs.addAll(id, [job, { ...job, id: 'bbbbbbbbbbbb' }, job]), /UNIQUE/)
  t.equal(jobs.total(), 0)
  t.ok(database.version() > before, 'what was read in between is not taken for the data that is there now')
  const unchanged = database.version()
  jobs.page(id, everything)
  accounts.open('default')
  t.equal(database.version(), unchanged, 'reading changes nothing')
  database.write(() => jobs.addAll(id, [job]))
  t.equal(jobs.total(), 1)
  const content = (fill: () => void, isLarge = false) => ({ isLarge, fill, finish: () => undefined })
  const failing = () => {
    throw new Error('no')
  }
  for (const isLarge of [false, true]) t.throws(() => database.replace(content(failing, isLarge)), /no/)
  t.equal(jobs.total(), 1, 'a replacement that fails replaces nothing')
  accounts.addCredential('default', { accessKey: 'key', secretKey: 'secret', active: true, subscribed: true })
  t.ok(accounts.credential('key'))
  database.replace(content(() => void accounts.open('other')))
  t.equal(jobs.total(), 0, 'everything is replaced')
  t.equal(accounts.credential('key'), undefined, 'what was remembered, too')
  t.throws(() => jobs.addAll(99, [job]), /FOREIGN KEY/, 'the checks are on again')
})

t.test('rejects rows that the tables do not allow', async t => {
  const database = openDatabase(':memory:')
  t.teardown(database.close)
  const id = accountStore(database).open('default')
  const { addAll, total } = jobStore(database)
  const wrong: [title: string, change: object][] = [
    ['a text for a date', { createdAt: 'today' }],
    ['a fraction for a date', { updatedAt: 1.5 }],
    ['a state of no name', { state: 'sleeping' }],
    ['a kind of no name', { kind: 'DATAFLOW' }],
    ['an execution that ended nowhere', { lastExecution: { state: 'lost', at: 1 } }],
    ['no name', { name: null }],
    ['bytes for a name', { name: Buffer.from('name') }],
    ['no executions at a time', { maxConcurrentRuns: 0 }],
  ]
  for (const [title, change] of wrong) {
    t.throws(() => addAll(id, [{ ...job, ...change } as Job]), { code: /^SQLITE_CONSTRAINT/ }, title)
  }
  t.throws(() => addAll(id + 1, [job]), { code: 'SQLITE_CONSTRAINT_FOREIGNKEY' }, 'an account that is not there')
  t.equal(total(), 0)
})

t.test('writes large content straight to its place in the file, and has the same schema and settings after it', t => {
  const path = join(t.testdir(), 'large.db')
  const database = openDatabase(path)
  t.teardown(() => database.close())
  const schema = () => database.sql.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all()
  const settings = () =>
    ['journal_mode', 'cache_size', 'foreign_keys', 'synchronous'].map(name => database.sql.pragma(name))
  const before = [schema(), settings()]
  const write = (fill: () => void) => database.replace({ isLarge: true, fill, finish: () => undefined })
  const add = (name: string) => void database.sql.prepare('INSERT INTO accounts (name) VALUES (?)').run(name)
  write(() => add('one'))
  t.equal(existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0, 0, 'the log is empty')
  t.same([schema(), settings()], before)
  t.throws(() =>
    write(() => {
      add('two')
      throw new Error('no')
    }),
  )
  t.same([schema(), settings()], before, 'after a failure, too')
  t.same(database.sql.prepare('SELECT name FROM accounts').pluck().all(), ['one'])
  t.equal(database.sql.pragma('integrity_check', { simple: true }), 'ok')
  t.end()
})

t.test('names a write that finds no room, and keeps the data as they were', async t => {
  const path = join(t.testdir(), 'full.db')
  const database = openDatabase(path)
  t.teardown(() => database.close())
  const jobs = jobStore(database)
  const account = accountStore(database).open('default')
  jobs.addAll(account, [job])
  const pages = database.sql.pragma('page_count', { simple: true })
  database.sql.pragma(`max_page_count = ${pages}`)
  const many = Array.from({ length: 1000 }, (_, nth) => ({ ...job, id: `job${String(nth).padStart(9, '0')}` }))
  t.throws(() => jobs.addAll(account, many), new StorageError(path, new Error('database or disk is full')))
  t.equal(jobs.page(account, everything).total, 1)
  database.sql.pragma('max_page_count = 1000000')
  jobs.addAll(account, many)
  t.equal(jobs.page(account, everything).total, 1001)
})

t.test('gives back the space of many free pages, and keeps it where the file cannot be written', t => {
  const database = openDatabase(join(t.testdir(), 'space.db'))
  t.teardown(database.close)
  const { sql } = database
  const pages = () => Number(sql.pragma('page_count', { simple: true }))
  const before = pages()
  sql.exec(`CREATE TABLE filler (text TEXT);
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 2000)
    INSERT INTO filler SELECT hex(zeroblob(2500)) FROM number`)
  const filled = pages()
  t.ok(filled > before + 2000)
  database.compact()
  t.equal(pages(), filled, 'nothing is free yet')

  sql.exec('DROP TABLE filler')
  sql.pragma('query_only = ON')
  database.compact()
  t.equal(pages(), filled)
  sql.pragma('query_only = OFF')
  t.throws(() => database.write(() => database.compact()), /VACUUM/, 'a mistake of ours is an error')
  t.equal(pages(), filled)

  database.compact()
  t.ok(pages() <= before, `${pages()} pages, ${before} before`)
  t.end()
})
