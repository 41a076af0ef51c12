import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { entropy } from '../../src/entropy.ts'
import { type KeyPair, signRequest } from '../../src/gateway/sign-request.ts'
import type { Fixture } from '../../src/seed/fixture-schema.ts'
import { accountService } from '../../src/service/accounts.ts'
import { accountStore } from '../../src/store/accounts.ts'
import { openDatabase } from '../../src/store/database.ts'
import { controlled, isProblem, jobCondition } from '../support/control.ts'
import { day, hour } from '../support/flow.ts'
import { Sqlite } from '../support/sqlite.ts'

const jobsPath = '/api/v1/jobs'
const name = 'worker-1'

const hourly: Fixture = {
  jobs: [{ jobId: 'jobOfHours01', name: 'orders' }],
  triggers: [{ name: 'hourly', triggerRule: { type: 'RECURRING', interval: 'HOUR', time: '00' } }],
  workflows: [
    {
      name: 'flow',
      nodes: [
        { type: 'TRIGGER', name: 'hourly' },
        { type: 'JOB', name: 'orders' },
      ],
    },
  ],
}

type Setting = Parameters<typeof controlled>[1]

/** An emulator with calls signed by any pair. */
async function house(t: Test, setting: Setting = {}) {
  const made = await controlled(t, setting)
  const { admin, call, wall } = made
  const as = (pair: KeyPair) => (method: string, target: string, body?: unknown) => {
    const headers = signRequest({ method, target, timestamp: wall.moment, ...pair })
    const payload = body === undefined ? undefined : JSON.stringify(body)
    return call(method, target, { ...headers, 'content-type': payload && 'application/json' }, payload)
  }
  /** Makes an account. */
  const open = async (body?: unknown) => {
    const answer = await admin('POST', '/accounts', body)
    if (answer.status !== 201) throw new Error(answer.text)
    const { accessKey, secretKey } = answer.body
    return { ...answer.body, ask: as({ accessKey, secretKey }) }
  }
  return { ...made, as, open, list: async () => (await admin('GET', '/accounts')).body.accounts }
}

/** Every row of a database file that belongs to an account by its number. */
function rowsOf(file: string, account: number): Record<string, number> {
  const sql = new Sqlite(file, { readonly: true })
  const tables = sql.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
  const counts = tables.map(table => {
    const owner = `SELECT count(*) FROM pragma_table_info('${table}') WHERE name = 'account_id'`
    if (sql.prepare<[], number>(owner).pluck().get() !== 1) return [table, 0] as const
    return [
      table,
      sql.prepare<[number], number>(`SELECT count(*) FROM ${table} WHERE account_id = ?`).pluck().get(account) ?? 0,
    ] as const
  })
  sql.close()
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

t.test('creates an account with keys of its own, empty, by a fixture or by content', async t => {
  const { admin, open, list } = await house(t, { jobs: [{ name: 'of-default' }] })
  const empty = await open()
  t.match(empty, {
    name: 'account-1',
    accessKey: /^ncp_iam_EMULATOR[0-9A-Z]{14}$/,
    secretKey: /^ncp_iam_EMULATORSECRET[0-9A-Z]{28}$/,
    jobs: 0,
  })
  t.match((await empty.ask('GET', jobsPath)).body, { count: 0, list: [] })
  const busy = await open({ fixtures: 'busy', name })
  t.match(busy, { name, jobs: 40 })
  t.match((await busy.ask('GET', `${jobsPath}?limit=1`)).body, { count: 40 })
  const own = await open({ fixtures: hourly, credentials: { accessKey: 'MINE', secretKey: 'OURS' } })
  t.match(own, { name: 'account-3', accessKey: 'MINE', secretKey: 'OURS', jobs: 1 })
  const none = await open({ fixtures: 'none', name: 'account-4' })
  t.equal(none.jobs, 0)
  t.equal((await open({})).name, 'account-5', 'a name that is taken is not drawn')

  const listed = await list()
  t.same(
    listed.map((account: { name: string; jobs: number }) => [account.name, account.jobs]),
    [
      ['account-1', 0],
      ['account-3', 1],
      ['account-4', 0],
      ['account-5', 0],
      ['default', 1],
      [name, 40],
    ],
  )
  t.same(listed.at(-1), { name, accessKeys: [busy.accessKey], jobs: 40 })
  t.same((await admin('GET', `/accounts/${name}`)).body, listed.at(-1))
  t.notMatch(JSON.stringify(listed), /SECRET|OURS/)
  isProblem(t, await admin('GET', '/accounts/nobody'), 404, /^unknown account "nobody"; existing accounts: /)
})

const object = { fixtures: { accounts: [{ name: 'other', jobs: [] }] } }
const bad: { title: string; body: unknown; status?: number; detail: RegExp }[] = [
  { title: 'a list', body: [], detail: /must be an object/ },
  {
    title: 'an unknown member',
    body: { nmae: 'a' },
    detail: /^nmae: unknown member \(did you mean name\?\); allowed: name, fixtures, credentials$/,
  },
  { title: 'a name with a space', body: { name: 'a b' }, detail: /^name: must be a text of 1 to 100 letters/ },
  { title: 'an empty name', body: { name: '' }, detail: /^name: must be/ },
  {
    title: 'a number for a fixture',
    body: { fixtures: 1 },
    detail: /^fixtures: must be the name of a fixture or the content of one/,
  },
  {
    title: 'an unknown fixture',
    body: { fixtures: 'nope' },
    detail: /^fixtures: there is no "nope"; there are none, busy, default, empty$/,
  },
  {
    title: 'content that is no fixture',
    body: { fixtures: { jobs: [{}] } },
    detail: /^fixtures: \/jobs\/0\/name: expected 3 to 100 letters/,
  },
  {
    title: 'content that contradicts itself',
    body: { fixtures: { jobs: [{ name: 'job', createdDate: '2025-02-30T00:00:00' }] } },
    detail: /\/jobs\/0\/createdDate: expected a day and time that exist/,
  },
  {
    title: 'content of several accounts',
    body: object,
    detail: /^fixtures: \/accounts: expected data of one account, found also other$/,
  },
  {
    title: 'a key without its secret',
    body: { credentials: { accessKey: 'K' } },
    detail: /credentials\/secretKey: must be .*, is missing/,
  },
  {
    title: 'a secret without its key',
    body: { credentials: { secretKey: 'K' } },
    detail: /credentials\/accessKey: must be .*, is missing/,
  },
  {
    title: 'a key with a space',
    body: { credentials: { accessKey: 'K K', secretKey: 'S' } },
    detail: /must be a text of 1 to 200 visible/,
  },
  {
    title: 'a name that is taken',
    body: { name: 'default', fixtures: 'busy' },
    status: 409,
    detail: /^name: the account "default" exists already/,
  },
  {
    title: 'a key that is taken',
    body: { name: 'fresh', credentials: { accessKey: 'TAKEN', secretKey: 'S' } },
    status: 409,
    detail: /^credentials: the access key "TAKEN" is taken/,
  },
]

t.test('rejects an invalid account and leaves nothing of it', async t => {
  const { admin, list, as, open } = await house(t, { jobs: [{ name: 'of-default' }] })
  const taken = { accessKey: 'TAKEN', secretKey: 'OLD' }
  await open({ name: 'owner', credentials: taken })
  const before = await list()
  for (const { title, body, status = 400, detail } of bad) {
    await t.test(`rejects ${title}`, async t => {
      isProblem(t, await admin('POST', '/accounts', body), status, detail)
      t.same(await list(), before)
    })
  }
  t.equal((await as(taken)('GET', jobsPath)).status, 200, 'the owner keeps the key')
  t.match(await admin('PUT', '/accounts'), { status: 405 })
})

t.test('creates nothing when the data cannot be written', async t => {
  const database = openDatabase(':memory:')
  t.teardown(() => database.close())
  const accounts = accountStore(database)
  const service = accountService({ accounts, chance: entropy('1'), standing: 'default' })
  const credentials = { accessKey: 'K', secretKey: 'S' }
  const make = (fill: () => void) => database.write(() => service.add({ name, credentials }, fill))
  const seen: unknown[] = []
  const fill = () => {
    seen.push(accounts.credential('K')?.secretKey)
    throw new Error('the disk is full')
  }
  t.throws(() => make(fill), /the disk is full/)
  t.same(seen, ['S'], 'it was there')
  t.same(service.list(), [])
  t.equal(accounts.credential('K'), undefined)
  t.match(
    make(() => undefined),
    { name, credentials, jobs: 0 },
  )
})

t.test('draws no name or key again that is in the file', async t => {
  const db = join(t.testdir(), 'a.db')
  const drawn: { name: string; accessKey: string }[] = []
  for (const asked of [{ name }, {}, { name: 'worker-2' }, {}]) {
    const { open, emulator } = await house(t, { db })
    drawn.push(await open(asked))
    await emulator.stop()
  }
  t.same(
    drawn.map(account => account.name),
    [name, 'account-1', 'worker-2', 'account-2'],
  )
  t.equal(new Set(drawn.map(({ accessKey }) => accessKey)).size, 4)
})

t.test('deletes everything of an account at once', async t => {
  const db = join(t.testdir(), 'a.db')
  const { admin, api, as, call, open, list, emulator, wall } = await house(t, { db, fixtures: hourly })
  const { accessKey, secretKey, ask } = await open({ name, fixtures: hourly })
  const { ask: neighbour } = await open({ name: 'neighbour', fixtures: hourly })
  await ask('POST', '/api/v1/jobs', { name: 'one-more', nodes: [] })
  await ask('POST', `${jobsPath}/jobOfHours01/executions`, { jobCondition })
  await admin('PUT', `/jobs/jobOfHours01/next-runs?account=${name}`, [{ end: 'FAILED' }])
  wall.moment += day
  t.match((await ask('GET', `${jobsPath}/jobOfHours01/executions`)).body, { count: 25 }, 'its triggers fire')
  t.match((await neighbour('GET', `${jobsPath}/jobOfHours01/executions`)).body, { count: 24 })

  const answer = await admin('DELETE', `/accounts/${name}`)
  t.match(answer, { status: 204, text: '' })
  t.equal((await ask('GET', jobsPath)).status, 401)
  t.same(
    (await list()).map((account: { name: string }) => account.name),
    ['default', 'neighbour'],
  )
  isProblem(t, await admin('DELETE', `/accounts/${name}`), 404, /unknown account "worker-1"/)
  isProblem(t, await admin('GET', `/jobs/jobOfHours01?accessKey=${accessKey}`), 404, /unknown access key/)
  isProblem(t, await admin('DELETE', '/accounts/default'), 409, /^the account "default" cannot be deleted, only reset$/)
  t.match(await api('GET', '/jobs'), { count: 1 })
  wall.moment += hour
  t.match(
    (await neighbour('GET', `${jobsPath}/jobOfHours01/executions`)).body,
    { count: 25 },
    'time goes on for the others',
  )

  const again = await open({ name })
  t.not(again.accessKey, accessKey, 'who still has the old keys does not see the new account')
  t.match((await again.ask('GET', jobsPath)).body, { count: 0 })
  t.equal((await as({ accessKey, secretKey })('GET', jobsPath)).status, 401)
  t.equal((await call('GET', jobsPath)).status, 200)
  await admin('DELETE', `/accounts/${name}`)
  await admin('DELETE', '/accounts/neighbour')
  await emulator.stop()
  const sql = new Sqlite(db, { readonly: true })
  const accounts = sql.prepare<[], { id: number; name: string }>('SELECT id, name FROM accounts').all()
  t.same(accounts, [{ id: 1, name: 'default' }])
  t.same(sql.pragma('foreign_key_check'), [])
  for (const table of [
    'jobs',
    'runs',
    'triggers',
    'workflows',
    'planned_fates',
    'sequences',
    'run_counts',
    'job_counts',
  ]) {
    const foreignRows = sql.prepare<[], number>(`SELECT count(*) FROM ${table} WHERE account_id <> 1`).pluck().get()
    t.equal(foreignRows, 0, table)
  }
  for (const [table, parts] of [
    ['job_graphs', 'jobs'],
    ['schedules', 'workflows'],
  ] as const) {
    const count = (of: string) => sql.prepare<[], number>(`SELECT count(*) FROM ${of}`).pluck().get() ?? 0
    t.ok(count(table) <= count(parts), table)
  }
  sql.close()
  t.ok(Object.keys(rowsOf(db, 1)).length > 5, 'the default account has kept its own')
})

t.test('restores the seed of one account at its reset, and deletes the account at a reset of everything', async t => {
  const { admin, open, list, wall, as } = await house(t, { fixtures: hourly })
  const { accessKey, secretKey, ask, name: drawn } = await open({ fixtures: hourly })
  const executions = async () => (await ask('GET', `${jobsPath}/jobOfHours01/executions`)).body.count
  wall.moment += day
  t.equal(await executions(), 24)
  await ask('DELETE', `${jobsPath}/jobOfHours01`)
  t.match(await admin('POST', `/reset?account=${drawn}`), { status: 200 })
  t.equal(await executions(), 0)
  wall.moment += day
  t.equal(await executions(), 24, 'its triggers fire again')
  t.match(await admin('POST', '/reset'), { status: 200 })
  t.same(
    (await list()).map((account: { name: string }) => account.name),
    ['default'],
  )
  t.equal((await as({ accessKey, secretKey })('GET', jobsPath)).status, 401)
  const again = await open({})
  t.equal(again.name, 'account-2', 'neither names nor keys are drawn again')
  t.not(again.accessKey, accessKey)
})

t.test('returns 401 for a body that arrives after its account was deleted', async t => {
  const { emulator, admin, open, list } = await house(t, { port: 0 })
  const { port } = new URL(await emulator.listen())
  const { accessKey, secretKey } = await open({ name })
  const body = JSON.stringify({ name: 'too-late', nodes: [] })
  const headers = signRequest({
    method: 'POST',
    target: jobsPath,
    timestamp: Date.UTC(2025, 4, 31, 15),
    accessKey,
    secretKey,
  })
  const head = Object.entries({ host: 'localhost', 'content-length': body.length, ...headers }).map(
    ([key, value]) => `${key}: ${value}\r\n`,
  )
  const socket = connect({ port: Number(port), host: '127.0.0.1' })
  t.teardown(() => socket.destroy())
  let said = ''
  const answered = new Promise(resolve => {
    socket.on('data', bytes => {
      said += bytes
      if (said.includes('\r\n\r\n')) resolve(said)
    })
  })
  // The gateway has judged the head once the server has taken the first byte of the body.
  const judged = new Promise<void>(resolve => emulator.app.server.once('request', () => resolve()))
  socket.write(`POST ${jobsPath} HTTP/1.1\r\n${head.join('')}\r\n{`)
  await judged
  await new Promise(resolve => setImmediate(resolve))
  await admin('DELETE', `/accounts/${name}`)
  socket.write(body.slice(1))
  t.match(await answered, /^HTTP\/1\.1 401 /)
  t.same(
    (await list()).map((account: { jobs: number }) => account.jobs),
    [0],
  )
})

t.test('finds fixtures by name in their folder and nowhere else', async t => {
  const root = t.testdir()
  const folder = join(root, 'fixtures')
  mkdirSync(folder)
  writeFileSync(join(folder, 'first.json'), '{}')
  const { open, admin, list } = await house(t, { fixtures: folder })
  // The start reads every file of a folder and would not take all of these.
  mkdirSync(join(folder, 'deeper.json'))
  const fixture = (name: string) => JSON.stringify({ jobs: [{ name }] })
  const files: Record<string, string> = {
    'secret.json': fixture('secret'),
    'fixtures/orders.yaml': 'jobs: [{ name: from-yaml }]',
    'fixtures/busy.json': fixture('own-busy'),
    'fixtures/twice.json': fixture('from-json'),
    'fixtures/twice.yml': 'jobs: [{ name: from-yml }]',
    'fixtures/notes.txt': 'no fixture',
    'fixtures/..hidden.json': fixture('dots'),
  }
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text)
  symlinkSync(join(root, 'secret.json'), join(folder, 'leads-out.json'))
  symlinkSync(join(folder, 'orders.yaml'), join(folder, 'stays.yaml'))
  symlinkSync(join(folder, 'gone.json'), join(folder, 'broken.json'))
  const jobNames = async ({ ask }: Awaited<ReturnType<Awaited<ReturnType<typeof house>>['open']>>) =>
    (await ask('GET', jobsPath)).body.list.map((job: { name: string }) => job.name)

  for (const [fixtures, job] of [
    ['orders', 'from-yaml'],
    ['busy', 'own-busy'],
    ['twice', 'from-json'],
    ['stays', 'from-yaml'],
    ['..hidden', 'dots'],
  ]) {
    t.same(await jobNames(await open({ fixtures })), [job], `${fixtures}`)
  }
  const before = await list()
  for (const fixtures of [
    '../secret',
    '../secret.json',
    '..',
    '.',
    '',
    'leads-out',
    'broken',
    'deeper',
    'notes',
    'orders.yaml',
    './orders',
    'fixtures/orders',
    join(root, 'secret.json'),
    join(root, 'secret'),
    join(folder, 'orders.yaml'),
    '/etc/passwd',
    '..%2Fsecret',
    '%2e%2e%2fsecret',
    '..\\secret',
    'orders\u0000',
    'file:///etc/passwd',
    '__proto__',
    'constructor',
    'published/2025-03',
    'fixture.schema',
  ]) {
    const answer = await admin('POST', '/accounts', { fixtures })
    isProblem(
      t,
      answer,
      400,
      /^fixtures: there is no .*; there are none, \.\.hidden, busy, default, empty, first, orders, stays, twice$/,
    )
  }
  t.same(await list(), before)
  for (const at of ['..%2f..%2fsecret', '%2e%2e', 'a/b']) {
    t.equal((await admin('DELETE', `/accounts/${at}`)).status, 404, at)
  }

  await t.test('finds the fixture that was named at the start', async t => {
    const file = join(folder, 'twice.json')
    const { open } = await house(t, { fixtures: file })
    t.same(await jobNames(await open({ fixtures: 'twice' })), ['from-json'])
    writeFileSync(file, '{')
    const { admin } = await house(t, { fixtures: join(folder, 'orders.yaml') })
    isProblem(t, await admin('POST', '/accounts', { fixtures: 'twice' }), 400, /there is no "twice"/)
  })
})
