import assert from 'node:assert'
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { signRequest } from '../../src/gateway/sign-request.ts'
import type { Fixture } from '../../src/seed/fixture-schema.ts'
import { controlled, isProblem, jobCondition } from '../support/control.ts'
import { type Setting, testNow } from '../support/emulator.ts'
import { day, hour, minute } from '../support/flow.ts'
import { Sqlite } from '../support/sqlite.ts'

const keys = { default: undefined, other: { accessKey: 'second', secretKey: 'secret' } }
type Account = keyof typeof keys

const triggerRule = { type: 'RECURRING', interval: 'HOUR', time: '10' } as const
const createdDate = '2025-05-30T12:00:00'
/** Data of one account: something of every table, and executions under way. */
const content = (mark: string): Omit<Fixture, 'accounts'> => ({
  triggers: [
    { triggerId: `hourly${mark}`, name: 'hourly', triggerRule },
    { triggerId: `byHand${mark}`, name: 'by-hand' },
  ],
  jobs: [
    { jobId: `quiet0${mark}`, name: 'quiet', nextRuns: [{ status: 'FAILED', runningMs: 10_000 }, {}] },
    {
      jobId: `busy00${mark}`,
      name: 'busy',
      executions: [
        { status: 'COMPLETED', createdDate },
        { status: 'RUNNING', createdDate: '2025-05-31T12:00:00' },
      ],
    },
    {
      jobId: `waits0${mark}`,
      name: 'waits',
      description: 'with a graph',
      executions: [{ status: 'READY', createdDate }],
    },
    { jobId: `gone00${mark}`, name: 'gone', status: 'DELETED' },
  ],
  workflows: [
    {
      workflowId: `flow00${mark}`,
      name: 'flow',
      nodes: [
        { type: 'TRIGGER', name: 'hourly' },
        { type: 'JOB', name: 'quiet' },
      ],
    },
  ],
})
const fixtures: Fixture = {
  ...content('Mine01'),
  accounts: [{ name: 'other', credentials: [{ accessKey: 'second', secretKey: 'secret' }], ...content('Theirs') }],
}

type Rows = Record<string, Record<string, unknown>[]>

async function resettable(t: Test, setting: Setting = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'reset-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const db = setting.db ?? join(folder, 'data.db')
  const made = await controlled(t, { fixtures, db, now: testNow, ...setting })

  /** Every row of every table, from a copy: the file itself is locked. */
  function dump(): Rows {
    const copy = join(folder, 'copy.db')
    for (const end of ['', '-wal']) copyFileSync(db + end, copy + end)
    const sql = new Sqlite(copy)
    const tables = sql.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all()
    const rows = tables.map(table => [table, sql.prepare(`SELECT * FROM "${table}"`).all()])
    sql.close()
    return Object.fromEntries(rows)
  }

  /** A call of one account; refusals are part of life, bugs are not. */
  async function ask(account: Account, method: string, path: string, body?: object) {
    const target = `/api/v1/${path}`
    const key = keys[account]
    const signed = key && signRequest({ method, target, timestamp: made.wall.moment, ...key })
    const sent = { ...signed, ...(body && { 'content-type': 'application/json' }) }
    const answer = await made.call(method, target, sent, body && JSON.stringify(body))
    assert.ok(answer.status < 500, `${method} ${path}: ${answer.status} ${answer.text}`)
    assert.notEqual(answer.status, 401)
    return answer.body
  }
  return { ...made, db, dump, ask }
}
type Resettable = Awaited<ReturnType<typeof resettable>>

const order = { type: 'DATAFLOW', isTemp: false }
/** What can be done to an account; `which` chooses among what is there. */
const operations = {
  async createJob({ ask }: Resettable, account: Account, which: number) {
    await ask(account, 'POST', 'jobs', { ...order, name: `job-${which}`, nodes: [] })
  },
  async updateJob({ ask }: Resettable, account: Account, which: number) {
    const id = await jobAt({ ask }, account, which)
    await ask(account, 'PUT', `jobs/${id}`, { ...order, name: `changed-${which}`, nodes: [] })
  },
  async deleteJob({ ask }: Resettable, account: Account, which: number) {
    await ask(account, 'DELETE', `jobs/${await jobAt({ ask }, account, which)}`)
  },
  async runJob({ ask }: Resettable, account: Account, which: number) {
    await ask(account, 'POST', `jobs/${await jobAt({ ask }, account, which)}/executions`, { jobCondition })
  },
  async createTrigger({ ask }: Resettable, account: Account, which: number) {
    await ask(account, 'POST', 'triggers', { name: `trigger-${which}`, type: 'SCHEDULED', triggerRule })
  },
  async deleteTrigger({ ask }: Resettable, account: Account, which: number) {
    await ask(account, 'DELETE', `triggers/${await idAt({ ask }, account, 'trigger', which)}`)
  },
  async createWorkflow({ ask }: Resettable, account: Account, which: number) {
    await ask(account, 'POST', 'workflows', await workflowBody({ ask }, account, which))
  },
  async updateWorkflow({ ask }: Resettable, account: Account, which: number) {
    const id = await idAt({ ask }, account, 'workflow', which)
    await ask(account, 'PUT', `workflows/${id}`, await workflowBody({ ask }, account, which))
  },
  async deleteWorkflow({ ask }: Resettable, account: Account, which: number) {
    await ask(account, 'DELETE', `workflows/${await idAt({ ask }, account, 'workflow', which)}`)
  },
  async runWorkflow({ ask }: Resettable, account: Account, which: number) {
    await ask(account, 'POST', `workflows/${await idAt({ ask }, account, 'workflow', which)}/execution`, {})
  },
  async forceJob({ admin, ask }: Resettable, account: Account, which: number) {
    const status = ['DELETED', 'UNKNOWN', 'RUNNABLE'][which % 3]
    await admin('PATCH', `/jobs/${await jobAt({ ask }, account, which)}?account=${account}`, { status, disabled: true })
  },
  async planRuns({ admin, ask }: Resettable, account: Account, which: number) {
    const path = `/jobs/${await jobAt({ ask }, account, which)}/next-runs?account=${account}`
    await admin('PUT', path, Array(which % 3).fill({ end: 'FAILED', runTime: '1h' }))
  },
  async cancelExecution({ admin, ask }: Resettable, account: Account, which: number) {
    const job = await jobAt({ ask }, account, which)
    const { list = [] } = await ask(account, 'GET', `jobs/${job}/executions`)
    await admin('POST', `/jobs/${job}/executions/${list[0]?.jobExecutionId}/cancel?account=${account}`)
  },
  async putJob({ admin }: Resettable, account: Account, which: number) {
    const jobId = [content('Mine01'), content('Theirs')][which % 2]?.jobs?.[which % 4]?.jobId
    const nodes = which < 3 ? {} : { description: `put-${which}` }
    await admin('PUT', `/jobs/${jobId}?account=${account}`, { name: `put-${which}`, ...nodes })
  },
  async dropJob({ admin, ask }: Resettable, account: Account, which: number) {
    await admin('DELETE', `/jobs/${await jobAt({ ask }, account, which)}?account=${account}`)
  },
  async newAccount({ admin }: Resettable, _account: Account, which: number) {
    const credentials = { accessKey: `key-${which}`, secretKey: 'secret' }
    await admin('POST', '/accounts', { name: `account-${which}`, fixtures: 'default', credentials })
    if (which % 3 === 0) await admin('DELETE', `/accounts/account-${which - 1}`)
  },
  async advance({ admin }: Resettable, _account: Account, which: number) {
    await admin('PUT', '/clock', { advance: which * 17 * minute })
  },
}
type Asking = Pick<Resettable, 'ask'>

async function idAt({ ask }: Asking, account: Account, kind: 'job' | 'trigger' | 'workflow', which: number) {
  const { list } = await ask(account, 'GET', `${kind}s`)
  return list[which % Math.max(1, list.length)]?.[`${kind}Id`] ?? 'none'
}
const jobAt = (asking: Asking, account: Account, which: number) => idAt(asking, account, 'job', which)

async function workflowBody(asking: Asking, account: Account, which: number) {
  const trigger = await idAt(asking, account, 'trigger', which)
  const job = await jobAt(asking, account, which)
  const nodes = [
    { id: trigger, name: 'start', type: 'TRIGGER', parentNodeIds: [] },
    { id: job, name: 'step', type: 'JOB', parentNodeIds: [trigger], jobCondition },
  ]
  return { name: `flow-${which}`, isTemp: which % 2 === 1, nodes }
}

type Step = readonly [keyof typeof operations, Account, number]
const someSteps = fc.array(
  fc.tuple(
    fc.constantFrom(...(Object.keys(operations) as (keyof typeof operations)[])),
    fc.constantFrom<Account>('default', 'other'),
    fc.nat({ max: 9 }),
  ),
  { minLength: 1, maxLength: 25, size: 'max' },
)
/** One of everything. */
const everyStep: Step[] = (['default', 'other'] as const).flatMap(account =>
  Object.keys(operations).map((name, index): Step => [name as keyof typeof operations, account, index]),
)

async function play(made: Resettable, steps: readonly Step[]): Promise<void> {
  for (const [name, account, which] of steps) await operations[name](made, account, which)
}

t.test('gives the rows of a fresh start after any use and a reset, and the same again for the same use', async t => {
  const made = await resettable(t)
  const fresh = made.dump()
  for (const table of ['runs', 'triggers', 'workflows', 'schedules', 'planned_fates', 'run_counts', 'job_counts']) {
    t.ok(fresh[table]?.length, `there is something to compare in ${table}`)
  }
  await fc.assert(
    fc.asyncProperty(someSteps, async steps => {
      await play(made, steps)
      const used = made.dump()
      await made.admin('POST', '/reset')
      assert.deepEqual(made.dump(), fresh)
      await play(made, steps)
      assert.deepEqual(made.dump(), used)
      made.emulator.reset()
      assert.deepEqual(made.dump(), fresh)
    }),
    { numRuns: 15, examples: [[everyStep]] },
  )
  await play(made, everyStep)
  await made.emulator.stop()
  const again = await resettable(t, { db: made.db, fixtures: 'none', moment: testNow + day })
  again.emulator.reset()
  t.same(again.dump(), fresh, 'after a restart, too, without the fixture')
})

t.test('restores a snapshot after any use, and keeps the seeded data known', async t => {
  const made = await resettable(t)
  const { admin, dump, emulator } = made
  const fresh = dump()
  await fc.assert(
    fc.asyncProperty(someSteps, someSteps, async (before, after) => {
      await play(made, before)
      const [saved, clock] = [dump(), (await admin('GET', '/clock')).body]
      assert.ok((await admin('PUT', '/snapshots/one')).status < 300)
      assert.deepEqual(dump(), saved, 'saving changes nothing')
      await play(made, after)
      await admin('PUT', '/clock', { rate: 7, gatewaySkewMs: 1000, frozen: true })
      assert.equal((await admin('POST', '/snapshots/one/restore')).status, 200)
      assert.deepEqual(dump(), saved)
      assert.deepEqual((await admin('GET', '/clock')).body, clock)
      await play(made, after)
      emulator.reset()
      assert.deepEqual(dump(), fresh)
    }),
    { numRuns: 12, examples: [[everyStep, everyStep]] },
  )
})

t.test('restores the seeded data after a jump of a year', async t => {
  const { admin, dump, emulator, ask } = await resettable(t)
  const fresh = dump()
  const { body } = await admin('PUT', '/clock', { advance: '400d' })
  t.ok(body.executions > 15_000)
  await ask('default', 'DELETE', 'jobs/quiet0Mine01')
  emulator.reset()
  assert.deepEqual(dump(), fresh)
})

/** The rows of one account, and those that belong to nobody. */
const rowsOf = (rows: Rows, accountId: number): Rows =>
  Object.fromEntries(
    Object.entries(rows).map(([table, list]) => [table, list.filter(row => row.account_id === accountId)]),
  )

/** What a reset of one account plans anew: schedules, and the times of what was under way. */
function withoutTimes({ schedules: _schedules, runs: executions = [], ...rows }: Rows, shift: number): Rows {
  const back = (at: unknown) => ((at as number) > testNow + shift ? (at as number) - shift : at)
  const others = Object.entries(rows).filter(([table]) => !table.startsWith('seeded_'))
  const moved = executions.map(execution =>
    execution.due_at === null
      ? execution
      : {
          ...execution,
          starts_at: back(execution.starts_at),
          ends_at: back(execution.ends_at),
          due_at: back(execution.due_at),
        },
  )
  return { ...Object.fromEntries(others), runs: moved }
}

t.test('restores the seed of one account, and leaves the other as it is', async t => {
  const made = await resettable(t)
  const fresh = made.dump()
  const ids = { default: 1, other: 2 }
  await fc.assert(
    fc.asyncProperty(someSteps, fc.constantFrom<Account>('default', 'other'), async (steps, account) => {
      await play(made, steps)
      const other = ids[account === 'default' ? 'other' : 'default']
      const [before, clock] = [made.dump(), (await made.admin('GET', '/clock')).body]
      const { body } = await made.admin('POST', `/reset?account=${account}`)
      assert.deepEqual(body, { reset: 'account', account, jobs: 4 })
      const after = made.dump()
      assert.deepEqual(rowsOf(after, other), rowsOf(before, other))
      const own = (rows: Rows, shift: number) => withoutTimes(rowsOf(rows, ids[account]), shift)
      assert.deepEqual(own(after, clock.epochMs - testNow), own(fresh, 0))
      assert.deepEqual((await made.admin('GET', '/clock')).body, clock, 'the clock goes on')
      made.emulator.reset()
      assert.deepEqual(made.dump(), fresh)
    }),
    {
      numRuns: 15,
      examples: [
        [everyStep, 'default'],
        [everyStep, 'other'],
      ],
    },
  )
})

t.test('restarts executions that were in progress in the seed at the reset', async t => {
  const { admin, api, wall, emulator } = await controlled(t, { fixtures, runTime: 10 * minute })
  const states = async () =>
    (await api('GET', '/jobs')).list.map(({ name, lastExecutionStatus }: Record<string, string>) => [
      name,
      lastExecutionStatus,
    ])
  const seeded = await states()
  t.same(Object.fromEntries(seeded), { quiet: undefined, busy: 'RUNNING', waits: 'READY' })
  for (const reset of [
    () => emulator.reset(),
    () => admin('POST', '/reset?accessKey=second'),
    () => admin('POST', '/reset?account=default'),
  ]) {
    wall.moment += 3 * hour
    t.match(Object.fromEntries(await states()), { busy: 'COMPLETED', waits: 'COMPLETED' })
    await reset()
    if (String(reset).includes('second')) continue
    t.same(await states(), seeded)
    wall.moment += 9 * minute
    t.match(Object.fromEntries(await states()), { busy: 'RUNNING', waits: 'RUNNING' })
    wall.moment += 2 * minute
    t.match(Object.fromEntries(await states()), { busy: 'COMPLETED', waits: 'COMPLETED' })
  }
})

t.test('returns the new state, and rejects an unknown account', async t => {
  const { admin, emulator } = await controlled(t, { fixtures })
  t.match(await admin('POST', '/reset'), { status: 200, body: { reset: 'all', jobs: 8 } })
  t.same((await admin('POST', '/reset?accessKey=second')).body, { reset: 'account', account: 'other', jobs: 4 })
  isProblem(t, await admin('POST', '/reset?account=nobody'), 404, /^unknown account "nobody"; existing accounts: /)
  isProblem(t, await admin('POST', '/reset?accessKey=none'), 404, /^unknown access key "none"$/)
  isProblem(t, await admin('POST', '/reset?account=other&accessKey=second'), 400, /give one, not both/)
  isProblem(t, await admin('POST', '/reset?acount=other'), 400, /unknown parameter/)
  t.equal(emulator.reset('nobody'), false)
  t.equal(emulator.reset('other'), true)
})

t.test('resets the faults and the journal of an account, or all of them', async t => {
  const { admin, emulator, ask } = await resettable(t, { faults: ['slow'] })
  const effect = { kind: 'limit', requests: 1 }
  const left = async () => ({
    faults: emulator.faults.list().map(({ account, accessKey }) => account ?? accessKey ?? 'any'),
    requests: (await admin('GET', '/requests')).body.requests.map((one: { account: string }) => one.account),
  })
  for (const who of [{ account: 'other' }, { account: 'default' }, { accessKey: 'second' }, {}]) {
    t.equal((await admin('POST', '/faults', { ...who, path: '/api/v1/triggers', effect })).status, 201)
  }
  emulator.faults.remove('fault-1')
  const before = await left()
  const status = async (account: Account) => (await ask(account, 'GET', 'triggers')).count
  for (const account of ['default', 'other'] as const) {
    t.equal(await status(account), 2)
    t.equal(await status(account), undefined, 'over the limit')
  }
  await admin('POST', '/reset?account=other')
  t.same(await left(), {
    faults: before.faults.filter(name => name !== 'other' && name !== 'second'),
    requests: ['default', 'default'],
  })
  t.equal(await status('other'), 2, 'counted anew')
  t.equal(await status('default'), undefined, 'others are not')
  await admin('POST', '/reset')
  t.same(await left(), { faults: ['any'], requests: [] })
})

t.test('restores the seed after a jump of more than 20 000 executions, and gives their space back', async t => {
  const fixtures = fileURLToPath(new URL('../process/hourly.json', import.meta.url))
  const made = await resettable(t, { fixtures, edition: '2025-03', runTime: 60_000 })
  const size = () => statSync(made.db).size
  const fresh = made.dump()
  const before = size()
  t.equal((await made.admin('PUT', '/clock', { advance: '90d' })).status, 200)
  t.ok((made.dump().runs ?? []).length > 20_000)
  t.equal((await made.admin('POST', '/reset')).status, 200)
  t.same(made.dump(), fresh)
  t.ok(size() < before + 200_000, `${size()} bytes, ${before} before`)
  t.equal((await made.admin('PUT', '/clock', { advance: '2h' })).status, 200)
  t.equal((made.dump().runs ?? []).length, 20, 'and the triggers fire again')
  const holders = new Map((made.dump().run_counts ?? []).map(({ holder, runs }) => [holder, runs]))
  t.equal(holders.get('workflow hourly000001'), 2)
})
