import assert from 'node:assert/strict'
import { join } from 'node:path'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { editionIds } from '../../src/api/editions/editions.ts'
import { executionStates } from '../../src/domain/lifetime.ts'
import type { Fixture, FixtureExecution } from '../../src/seed/fixture-schema.ts'
import { emulator, type TestEmulator, testNow } from '../support/emulator.ts'
import { Sqlite } from '../support/sqlite.ts'

const minute = 60_000
const day = 24 * 60 * minute
const condition = { nrn: 'nrn:PUB', scriptPath: 'b/scripts/', logPath: 'b/logs/' }

const fixtures: Fixture = {
  triggers: [
    { name: 'every-night', triggerRule: { type: 'RECURRING', interval: 'DAY', time: '03:00' } },
    { triggerId: 'tByHand00001', name: 'by-hand', updatedDate: '2025-07-01T00:00:00+09:00' },
    { name: 'new-year', triggerRule: { type: 'ONE_TIME', executionDate: '2026-01-01T00:00:00' } },
  ],
  workflows: [
    {
      workflowId: 'wNightly0001',
      name: 'nightly',
      nodes: [
        { type: 'TRIGGER', name: 'every-night' },
        { type: 'JOB', id: 'jobLoad00001', jobCondition: { numWorker: 4 } },
        { type: 'JOB', name: 'clean' },
        { type: 'JOB', name: 'mask', parentNodeIds: ['jobLoad00001', 'clean'] },
      ],
    },
    { name: 'sketch', isTemp: true, nodes: [{ type: 'TRIGGER', name: 'new-year' }] },
    { name: 'manual', nodes: [{ type: 'TRIGGER', id: 'tByHand00001' }] },
  ],
  jobs: [
    {
      jobId: 'jobLoad00001',
      name: 'load',
      description: 'reads orders',
      jobCondition: { timeout: 30, workerType: 'DATAFLOW', ...condition, parameters: { a: 'b' } },
      executions: [
        { status: 'FAILED', createdDate: '2025-05-02T03:00:00+09:00', triggerId: 'every-night', workflowId: 'nightly' },
        { jobExecutionId: 'run000000001', status: 'COMPLETED', createdDate: '2025-05-01T03:00:00+09:00' },
      ],
      nextRuns: [{ status: 'FAILED', runningMs: 5 * minute }, { status: 'CANCELED' }],
    },
    {
      name: 'clean',
      executions: [
        { status: 'RUNNING', createdDate: '2025-05-31T23:00:00+09:00', outcome: { runningMs: 10 * minute } },
      ],
    },
    {
      name: 'mask',
      executions: [
        { status: 'CANCELED', createdDate: '2025-05-30T23:00:00+09:00' },
        { status: 'READY', createdDate: '2025-05-31T23:30:00+09:00', parameters: { day: 31 } },
        {
          status: 'CANCELED',
          createdDate: '2025-05-29T23:00:00+09:00',
          startDate: '2025-05-29T23:01:00+09:00',
          endDate: '2025-05-29T23:05:00+09:00',
        },
      ],
    },
  ],
}

const idOf = async ({ get }: TestEmulator, name: string) => (await get(`/api/v1/jobs?name=${name}`)).body.list[0].jobId
const executionsOf = async (made: TestEmulator, name: string) =>
  (await made.get(`/api/v1/jobs/${await idOf(made, name)}/executions`)).body.list

t.test('shows fixtures in every list', async t => {
  const made = await emulator(t, { fixtures })
  const { get } = made
  const triggers = (await get('/api/v1/triggers')).body.list
  t.same(new Set(triggers.map((one: { name: string }) => one.name)), new Set(['every-night', 'by-hand', 'new-year']))
  t.match(triggers.find((one: { name: string }) => one.name === 'new-year').triggerRule, {
    type: 'ONE_TIME',
    executionDate: '2026-01-01T00:00:00+09:00',
  })
  t.match((await get('/api/v1/triggers/tByHand00001')).body, {
    type: 'NONE',
    updatedDate: '2025-07-01T00:00:00+09:00',
  })

  const clean = await idOf(made, 'clean')
  const workflow = (await get('/api/v1/workflows/wNightly0001')).body
  t.match(workflow.nodes, [
    { name: 'every-night', type: 'TRIGGER', triggerRule: 'RECURRING', parentNodeIds: [], isValid: true },
    { id: 'jobLoad00001', name: 'load', jobCondition: { numWorker: 4 } },
    { id: clean, parentNodeIds: ['jobLoad00001'] },
    { name: 'mask', parentNodeIds: ['jobLoad00001', clean] },
  ])
  const workflows = (await get('/api/v1/workflows')).body.list
  const named = (name: string) => workflows.find((one: { name: string }) => one.name === name)
  t.match(named('nightly'), { lastExecutionDate: '2025-05-02T03:00:00+09:00', triggerRuleType: 'RECURRING' })
  t.match(named('sketch'), { isTemp: true, triggerRuleType: 'ONE_TIME' })
  t.match(named('manual'), { isTemp: false, triggerRuleType: 'NONE' })

  t.match((await get('/api/v1/jobs?name=load')).body.list[0], {
    status: 'RUNNABLE',
    lastExecutionStatus: 'FAILED',
    createdDate: '2025-05-01T03:00:00+09:00',
    lastExecutionDate: '2025-05-02T03:00:00+09:00',
  })
  t.match((await get('/api/v1/jobs/jobLoad00001')).body.runCondition, {
    workerType: 'DATAFLOW',
    timeout: 30,
    numWorker: 2,
    ...condition,
  })
  t.match(await executionsOf(made, 'load'), [
    {
      status: 'FAILED',
      triggerName: 'every-night',
      jobCondition: { timeout: 30 },
      startDate: '2025-05-02T03:00:01+09:00',
    },
    { jobExecutionId: 'run000000001', status: 'COMPLETED', endDate: '2025-05-01T03:00:04+09:00' },
  ])
  t.match(await executionsOf(made, 'mask'), [
    { status: 'READY', parsedParameters: { day: 31 } },
    { status: 'CANCELED', endDate: '2025-05-30T23:00:01+09:00' },
    { status: 'CANCELED', startDate: '2025-05-29T23:01:00+09:00', runningTime: 4 },
  ])
  t.equal((await get('/api/v1/workflows/wNightly0001/executions')).body.count, 1)
})

t.test('continues executions by the clock, and runs planned ones as planned', async t => {
  const made = await emulator(t, { fixtures })
  const { wall, get, call } = made
  t.match((await get('/api/v1/jobs?status=RUNNING')).body, { count: 2 })
  wall.moment += 5 * minute
  t.match(await executionsOf(made, 'mask'), [{ status: 'COMPLETED', endDate: '2025-06-01T00:00:04+09:00' }, {}, {}])
  t.match(await executionsOf(made, 'clean'), [{ status: 'RUNNING' }])
  wall.moment += 5 * minute
  t.match(await executionsOf(made, 'clean'), [{ status: 'COMPLETED', endDate: '2025-06-01T00:10:00+09:00' }])
  t.match((await get('/api/v1/jobs?status=RUNNING')).body, { count: 0 })

  const body = JSON.stringify({ jobCondition: condition })
  for (const status of ['FAILED', 'CANCELED', 'COMPLETED']) {
    const { body: execution } = await call('POST', '/api/v1/jobs/jobLoad00001/executions', {}, body)
    wall.moment += 6 * minute
    t.match((await get(`/api/v1/jobs/jobLoad00001/executions/${execution.jobExecutionId}`)).body, { status })
  }
  wall.moment = testNow + 5 * 60 * minute
  t.match((await get('/api/v1/workflows/wNightly0001/executions')).body, { count: 4 }, 'the seeded trigger fired')
})

t.test('accepts the bundled scenarios in every edition', async t => {
  for (const edition of editionIds) {
    for (const scenario of ['default', 'busy']) {
      const made = await emulator(t, { fixtures: scenario, edition })
      const { body: jobs } = await made.get('/api/v1/jobs')
      for (const { jobId } of jobs.list) {
        t.equal((await made.get(`/api/v1/jobs/${jobId}`)).status, 200)
        t.equal((await made.get(`/api/v1/jobs/${jobId}/executions`)).status, 200)
      }
      for (const list of ['triggers', 'workflows']) {
        t.ok((await made.get(`/api/v1/${list}`)).body.count > 0, `${edition} ${scenario} has ${list}`)
      }
      made.wall.moment += 2 * day
      t.match((await made.get('/api/v1/jobs')).body, { count: jobs.count })
    }
  }
  const { get } = await emulator(t, { fixtures: 'default' })
  const { nodes } = (await get('/api/v1/jobs/gqigvHn9ALUY')).body
  t.equal(nodes.length, 3)
  const { list } = (await get('/api/v1/workflows')).body
  t.same(
    list.flatMap((workflow: { nodes: { isValid: boolean }[] }) => workflow.nodes.map(node => node.isValid)),
    [true, true, true, true, true, true, true, false],
    'a node whose job was deleted is shown as such',
  )
})

/** Every table of a database file, row by row. */
function dump(file: string): Record<string, unknown[]> {
  const sql = new Sqlite(file, { readonly: true })
  const tables = sql.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
  const all = Object.fromEntries(tables.map(({ name }) => [name, sql.prepare(`SELECT * FROM ${name}`).all()]))
  sql.close()
  return all
}

async function used(made: TestEmulator): Promise<void> {
  const { call, wall } = made
  const post = (path: string, body: object) => call('POST', `/api/v1/${path}`, {}, JSON.stringify(body))
  await post('jobs', { name: 'one-more', nodes: [] })
  await post('triggers', {
    name: 'hourly',
    type: 'SCHEDULED',
    triggerRule: { type: 'RECURRING', interval: 'HOUR', time: '10' },
  })
  await post('jobs/jobLoad00001/executions', { jobCondition: condition })
  await call('DELETE', '/api/v1/workflows/wNightly0001')
  await call('DELETE', '/api/v1/triggers/tByHand00001')
  wall.moment += 400 * day
  await made.get('/api/v1/jobs')
  wall.moment = testNow
}

/** The database after a start, or after use and a reset. */
async function dumpOf(t: Test, use?: (made: TestEmulator) => Promise<void>) {
  const db = join(t.testdir(), 'a.db')
  const made = await emulator(t, { fixtures, generate: 50, db })
  await use?.(made)
  if (use) await made.emulator.reset()
  await made.emulator.stop()
  return dump(db)
}

t.test('gives a fresh start at a reset after use', async t => {
  const dumps: Record<string, unknown[]>[] = []
  for (const use of [undefined, used]) {
    await t.test(
      `seeds a database that is ${use ? 'used and reset' : 'fresh'}`,
      async t => void dumps.push(await dumpOf(t, use)),
    )
  }
  const [fresh, again] = dumps
  t.same(again, fresh)
  for (const table of ['runs', 'triggers', 'workflows', 'schedules', 'planned_fates', 'run_counts', 'job_counts']) {
    t.ok(fresh?.[table]?.length, `there is something to compare in ${table}`)
  }
})

const iso = (moment: number) => new Date(moment).toISOString()

/** What the statistics say, held against the executions that the lists show. */
async function agrees(made: TestEmulator, from: number, to: number): Promise<void> {
  const { get } = made
  const { list: jobs } = (await get('/api/v1/jobs')).body
  const executions: { status: string; createdDate: string }[] = []
  for (const { jobId } of jobs) executions.push(...(await get(`/api/v1/jobs/${jobId}/executions`)).body.list)
  // Dates are to the second, both ends of the period included.
  const within = executions.filter(({ createdDate }) => {
    const at = Date.parse(createdDate)
    return at >= from && at <= to
  })
  const count = (status: string) => within.filter(execution => execution.status === status).length
  const period = `startDate=${encodeURIComponent(iso(from))}&endDate=${encodeURIComponent(iso(to))}`
  const { body } = await get(`/api/v1/stats/executions?${period}`)
  assert.deepEqual(body, {
    totalCount: within.length,
    completedCount: count('COMPLETED'),
    failedCount: count('FAILED'),
  })
  const sum = (rows: { [key: string]: number }[], key: string) => rows.reduce((all, row) => all + (row[key] ?? 0), 0)
  const { body: days } = await get(`/api/v1/stats/executions-interval?${period}`)
  assert.equal(sum(days.result, 'totalCount'), within.length)
  const { body: hours } = await get(`/api/v1/stats/executions-times?${period}`)
  assert.equal(sum(hours.result, 'value'), within.length)
}

const someExecution = fc
  .record({ status: fc.constantFrom(...executionStates), at: fc.integer({ min: 0, max: 6 * 24 * 60 }) })
  .map(({ status, at }): FixtureExecution => {
    const createdDate = new Date(testNow - at * minute).toISOString()
    return { status: status.toUpperCase() as FixtureExecution['status'], createdDate }
  })

t.test('counts the executions of fixtures in the statistics', async t => {
  const second = 1000
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(someExecution, { maxLength: 8 }), { maxLength: 4 }),
      fc.integer({ min: 0, max: 7 * 24 * 60 }),
      fc.nat({ max: 4 * 24 * 60 }),
      async (histories, before, length) => {
        const jobs = histories.map((executions, index) => ({ name: `job-${index}`, executions }))
        const made = await emulator(t, { jobs })
        const from = testNow - before * minute
        for (const later of [0, 2 * second, day]) {
          made.wall.moment = testNow + later
          await agrees(made, from, from + length * minute)
        }
      },
    ),
    { numRuns: 10 },
  )
})

t.test('counts the executions of the generator in the statistics', async t => {
  const made = await emulator(t, { fixtures: 'none', generate: 60, now: testNow })
  for (const days of [1, 20, 200]) await agrees(made, testNow - days * day, testNow)
  const { body } = await made.get('/api/v1/workflows')
  t.equal(body.count, 3)
  t.ok((await made.get('/api/v1/triggers')).body.count > 0)
  made.wall.moment += 40 * day
  await agrees(made, testNow - 200 * day, testNow + 41 * day)
  t.equal((await made.get('/api/v1/jobs?status=RUNNING')).body.count, 0, 'all that was under way has ended')
})
