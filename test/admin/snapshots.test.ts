import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type BetterSqlite3 from 'better-sqlite3'
import t, { type Test } from 'tap'
import { type EmulatorOptions, type RunningEmulator, startEmulator } from '../../src/library/index.ts'
import { snapshotService } from '../../src/service/snapshots.ts'
import { migrations } from '../../src/store/migrations.ts'
import { controlled, isProblem } from '../support/control.ts'
import { testNow } from '../support/emulator.ts'
import { Sqlite } from '../support/sqlite.ts'

const jobs = [{ name: 'seeded', description: 'with a graph' }]

async function started(t: Test, options: EmulatorOptions = {}): Promise<RunningEmulator> {
  const emulator = await startEmulator({ fixtures: { jobs }, now: testNow, ...options })
  t.teardown(() => emulator.stop())
  return emulator
}
const names = (emulator: RunningEmulator) => emulator.jobs.list().map(({ name }) => name)

t.test('saves, lists, restores and deletes by name', async t => {
  const { admin, api } = await controlled(t, { jobs })
  await admin('PUT', '/clock', { frozen: true })
  const shown = { name: 'one', now: '2025-06-01T00:00:00.000+09:00' }
  const put = await admin('PUT', '/snapshots/one')
  t.match(put, { status: 201, body: shown })
  t.ok(put.body.bytes > 10_000)
  t.match(await admin('PUT', '/snapshots/one'), { status: 200, body: shown })
  await admin('PUT', '/snapshots/A_2-b')
  t.match((await admin('GET', '/snapshots')).body, { snapshots: [{ name: 'A_2-b' }, shown] })
  await api('POST', '/jobs', { name: 'one-more', nodes: [], type: 'DATAFLOW', isTemp: false })
  t.match(await admin('POST', '/snapshots/one/restore'), { status: 200, body: shown })
  t.match(await api('GET', '/jobs'), { count: 1 })
  t.equal((await admin('DELETE', '/snapshots/one')).status, 204)
  for (const [method, path] of [
    ['DELETE', ''],
    ['POST', '/restore'],
    ['POST', '/export'],
  ] as const) {
    isProblem(t, await admin(method, `/snapshots/one${path}`), 404, /^unknown snapshot "one"; existing snapshots: /)
  }
  t.match((await admin('GET', '/snapshots')).body.snapshots, [{ name: 'A_2-b' }])
  for (const name of [
    '..%2fone',
    '%2e%2e%2fone',
    '%2Fetc%2Fone',
    'a.b',
    '-a',
    '_a',
    'a%00',
    'x'.repeat(65),
    'a%20b',
    'é',
  ]) {
    for (const [method, path] of [
      ['PUT', ''],
      ['POST', '/import'],
      ['POST', '/restore'],
    ] as const) {
      isProblem(
        t,
        await admin(method, `/snapshots/${encodeURI(decodeURI(name))}${path}`),
        400,
        /^name: must be 1 to 64/,
      )
    }
  }
  isProblem(t, await admin('PUT', '/snapshots/one?account=default'), 400, /unknown parameter/)
  for (const act of ['export', 'import']) {
    isProblem(t, await admin('POST', `/snapshots/A_2-b/${act}`), 409, /snapshot files need a folder/)
  }
})

t.test('exports a snapshot to a file and imports it, also in another emulator', async t => {
  const folder = join(t.testdir(), 'not', 'yet', 'there')
  const one = await started(t, { snapshots: folder })
  one.jobs.put('snapshotJob1', { name: 'of the snapshot' })
  one.clock.advance('1h')
  one.clock.freeze()
  const saved = one.snapshots.save('night')
  t.same(one.snapshots.export('night'), saved)
  t.same(readdirSync(folder), ['night.db'])
  one.snapshots.export('night')

  const two = await started(t, { snapshots: folder, credentials: { accessKey: 'A', secretKey: 'B' } })
  t.same(two.snapshots.import('night'), saved)
  t.same(names(two), ['seeded'], 'an import alone changes nothing')
  two.snapshots.restore('night')
  t.same(names(two).sort(), ['of the snapshot', 'seeded'])
  t.match(two.clock.state(), { epochMs: saved.moment, frozen: true })
  t.equal(two.journal.count(), 0)
  const inject = await two.inject({ url: '/__admin/accounts' })
  t.match(inject.json(), { accounts: [{ accessKeys: ['A'] }] }, 'the keys are those of its own start')
  await two.reset()
  t.same(names(two), ['seeded'])

  renameSync(join(folder, 'night.db'), join(folder, 'used.db'))
  const three = await started(t, { snapshots: folder, db: join(folder, 'used.db') })
  t.same(names(three).sort(), ['of the snapshot', 'seeded'])
  three.jobs.put('anotherJob01', { name: 'in the file' })
  await three.stop()
  const four = await started(t, { snapshots: folder })
  four.clock.freeze()
  const before = four.clock.state()
  t.equal(four.snapshots.import('used').moment, undefined)
  four.snapshots.restore('used')
  t.same(names(four).sort(), ['in the file', 'of the snapshot', 'seeded'])
  t.equal(four.clock.state().epochMs, before.epochMs, 'a file of an emulator has no clock')
})

t.test('rejects invalid files and changes nothing', async t => {
  const folder = t.testdir()
  const emulator = await started(t, { snapshots: folder })
  emulator.snapshots.save('good')
  emulator.snapshots.export('good')
  const good = readFileSync(join(folder, 'good.db'))
  const changed = (change: (sql: BetterSqlite3.Database) => void): Buffer => {
    const sql = new Sqlite(good)
    change(sql)
    const bytes = sql.serialize()
    sql.close()
    return bytes
  }
  const files: [name: string, bytes: Buffer, complaint: RegExp][] = [
    ['text', Buffer.from('hello '.repeat(1000)), /is not an SQLite file/],
    ['empty', Buffer.alloc(0), /is not an SQLite file/],
    ['foreign', changed(sql => sql.pragma('application_id = 7')), /is an SQLite file of another program/],
    ['newer', changed(sql => sql.pragma(`user_version = ${migrations.length + 1}`)), /was written by a newer version/],
    ['cut', good.subarray(0, 20_000), /is damaged/],
    ['holes', Buffer.concat([good.subarray(0, 4096), Buffer.alloc(good.length - 4096, 0xff)]), /is damaged/],
    ['other', changed(sql => sql.exec('DROP TABLE runs')), /is damaged/],
    [
      'orphan',
      changed(sql => {
        sql.pragma('foreign_keys = OFF')
        sql.exec("INSERT INTO sequences VALUES (99, 'job', 1)")
      }),
      /is damaged/,
    ],
  ]
  for (const [name, bytes, complaint] of files) {
    writeFileSync(join(folder, `${name}.db`), bytes)
    t.throws(() => emulator.snapshots.import(name), { name: 'RangeError', message: complaint }, name)
  }
  t.throws(() => emulator.snapshots.import('nothing'), { message: 'There is no file nothing.db.' })
  mkdirSync(join(folder, 'folder.db'))
  t.throws(() => emulator.snapshots.import('folder'), { message: 'folder.db is no plain file.' })
  const outside = join(t.testdir({ inner: {} }), 'inner', 'outside.db')
  writeFileSync(outside, good)
  symlinkSync(outside, join(folder, 'link.db'))
  t.throws(() => emulator.snapshots.import('link'), { message: 'link.db is a link, a plain file is needed.' })
  emulator.snapshots.save('link')
  emulator.jobs.put('snapshotJob1', { name: 'more' })
  emulator.snapshots.save('link')
  emulator.snapshots.export('link')
  t.same(readFileSync(outside), good, 'what a link leads to is not written')
  writeFileSync(join(folder, 'file'), '')
  t.same(names(emulator).length, 2)
  t.same(
    emulator.snapshots.list().map(({ name }) => name),
    ['good', 'link'],
  )
  const nowhere = await started(t, { snapshots: join(folder, 'file') })
  nowhere.snapshots.save('one')
  t.throws(() => nowhere.snapshots.export('one'), { name: 'RangeError', message: /^one\.db: / })
})

t.test('migrates an older format', async t => {
  const folder = t.testdir()
  const old = new Sqlite(join(folder, 'old.db'))
  for (const step of migrations.slice(0, 2)) old.exec(step)
  old.exec("INSERT INTO accounts VALUES (1, 'default')")
  old.pragma(`application_id = ${0x4e435044}`)
  old.pragma('user_version = 2')
  old.close()
  const emulator = await started(t, { snapshots: folder })
  emulator.snapshots.import('old')
  emulator.snapshots.restore('old')
  t.same(names(emulator), [])
  emulator.jobs.put('snapshotJob1', { name: 'more' })
  await emulator.reset()
  t.same(names(emulator), [], 'what it held counts as seeded')
})

t.test('limits the number of snapshots and their bytes', async t => {
  const clock = { moment: 1, frozen: false, rate: 1, skew: 0 }
  let bytes = 10
  const kept = snapshotService({
    store: { take: () => Buffer.alloc(bytes), put: () => undefined, clockOf: () => undefined },
    folder: { read: () => Buffer.alloc(5), write: () => undefined },
    clock: () => clock,
    goOn: () => undefined,
    most: { snapshots: 2, bytes: 100 },
  })
  kept.save('a')
  kept.save('b')
  t.throws(() => kept.save('c'), { message: /tooManySnapshots.*2/ })
  t.throws(() => kept.import('c'), { message: /tooManySnapshots.*2/ })
  bytes = 91
  t.throws(() => kept.save('b'), { message: /snapshotsTooLarge.*101.*100/ })
  t.match(kept.list(), [{ bytes: 10 }, { bytes: 10 }])
  bytes = 90
  t.equal(kept.save('b').bytes, 90)
})
