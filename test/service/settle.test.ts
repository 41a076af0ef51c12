import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { emulator, type Setting, testNow } from '../support/emulator.ts'
import { Sqlite } from '../support/sqlite.ts'

const hour = 60 * 60 * 1000
const day = 24 * hour
const jobCondition = { nrn: 'nrn:PUB:IAM::1:Role/1', scriptPath: 'b/scripts/', logPath: 'b/logs/', timeout: 30 }

interface Wired {
  readonly call: (method: string, target: string, body?: unknown) => Promise<{ id: string }>
}

/** A job whose parents are these nodes. */
const step = (id: string, ...parentNodeIds: string[]) => ({
  id,
  name: 'step',
  type: 'JOB',
  parentNodeIds,
  jobCondition,
})
const start = (id: string) => ({ id, name: 'start', type: 'TRIGGER', parentNodeIds: [] })

const every = (interval: string, rest: object) => ({
  name: 'trigger',
  type: 'SCHEDULED',
  triggerRule: { type: 'RECURRING', interval, ...rest },
})

/** Four jobs in a chain, a fork and a join, two of them in two workflows, on four kinds of trigger. */
async function wire({ call }: Wired): Promise<void> {
  const jobs: string[] = []
  for (const name of ['first', 'left', 'right', 'joined']) {
    jobs.push((await call('POST', '/api/v1/jobs', { name, nodes: [] })).id)
  }
  const [first = '', left = '', right = '', joined = ''] = jobs
  const rules = [
    every('HOUR', { time: '05' }),
    every('DAY', { time: '10:00' }),
    every('WEEK', { time: '10:00', dayOfWeek: ['MONDAY', 'SUNDAY'] }),
    { name: 'once', type: 'SCHEDULED', triggerRule: { type: 'ONE_TIME', executionDate: '2025-06-02T03:04:05' } },
  ]
  const triggers: string[] = []
  for (const rule of rules) triggers.push((await call('POST', '/api/v1/triggers', rule)).id)
  const [hourly = '', daily = '', weekly = '', once = ''] = triggers
  const graphs = [
    [start(hourly), step(first, hourly), step(left, first), step(right, first), step(joined, left, right)],
    [start(daily), start(weekly), step(left, daily), step(joined, weekly)],
    [start(once), step(right, once), step(first, right)],
  ]
  for (const nodes of graphs) await call('POST', '/api/v1/workflows', { name: 'graph', isTemp: false, nodes })
}

/** Every row of every table, in the order of their numbers. How far time was played is no data, nor is a count of none. */
function dump(path: string): Record<string, unknown[]> {
  const sql = new Sqlite(path, { readonly: true })
  const tables = sql
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'settled'")
    .pluck()
    .all()
  const rows = tables.map(table => {
    const some = table === 'job_counts' ? 'WHERE jobs > 0' : ''
    return [table, sql.prepare(`SELECT * FROM "${table}" ${some}`).all()]
  })
  sql.close()
  return Object.fromEntries(rows)
}

/** Plays from the start to `end`, looking at each of the moments; `restart` opens the file anew for each. */
async function played(t: Test, setting: Setting, moments: readonly number[], end: number, restart: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'settle-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const db = join(folder, 'data.db')
  let made = await emulator(t, { ...setting, db })
  await wire({
    call: async (method, target, body) => {
      const { status, body: reply } = await made.call(method, target, {}, JSON.stringify(body))
      assert.equal(status, 201, JSON.stringify(reply))
      return { id: reply.jobId ?? reply.triggerId ?? reply.workflowId }
    },
  })
  for (const moment of [...moments, end]) {
    if (restart) {
      await made.emulator.stop()
      made = await emulator(t, { ...setting, db, moment })
    }
    made.wall.moment = moment
    await made.get('/api/v1/triggers?limit=1')
  }
  await made.emulator.stop()
  return dump(db)
}

const settings: readonly { title: string; setting: Setting }[] = [
  { title: 'short runs', setting: {} },
  { title: 'failures that stop what hangs on them', setting: { failureRate: 0.4, runTime: 9 * 60_000 } },
  {
    title: 'failures that stop nothing, and jobs that run beside themselves',
    setting: { failureRate: 0.4, runTime: 25 * 60_000, assume: { afterFailure: 'continue', busyTrigger: 'run' } },
  },
  { title: 'busy jobs and timeouts', setting: { waitingTime: 50 * 60_000, runTime: 45 * 60_000 } },
]

for (const { title, setting } of settings) {
  t.test(`gives the same database for any way of cutting a jump: ${title}`, async t => {
    const end = testNow + 3 * day
    const whole = await played(t, setting, [], end, false)
    assert.ok((whole.runs ?? []).length > 30)
    const someMoments = fc.array(fc.nat({ max: 3 * day }), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(someMoments, fc.boolean(), async (offsets, restart) => {
        const moments = offsets.map(offset => testNow + offset).sort((a, b) => a - b)
        const cut = await played(t, setting, moments, end, restart && moments.length < 5)
        for (const [table, rows] of Object.entries(whole)) assert.deepEqual(cut[table], rows, table)
      }),
      { numRuns: 6 },
    )
    t.pass()
  })
}

t.test('gives the same database for cuts at the exact times of events', async t => {
  const end = testNow + day
  const whole = await played(t, {}, [], end, false)
  const executions = whole.runs as { queued_at: number; starts_at: number; ends_at: number }[]
  const moments = executions
    .flatMap(execution => [execution.queued_at, execution.starts_at, execution.ends_at])
    .filter(moment => moment < end)
  t.same(
    await played(
      t,
      {},
      [...new Set(moments)].sort((a, b) => a - b),
      end,
      false,
    ),
    whole,
  )
})

t.test('undoes nothing when the clock is set back', async t => {
  const { call, get, wall } = await emulator(t, { runTime: hour })
  const { body: job } = await call('POST', '/api/v1/jobs', {}, JSON.stringify({ name: 'job', nodes: [] }))
  await call(
    'POST',
    `/api/v1/jobs/${job.jobId}/executions`,
    {},
    JSON.stringify({ jobCondition: { ...jobCondition, timeout: 90 } }),
  )
  wall.moment += 2 * hour
  t.equal((await get(`/api/v1/jobs/${job.jobId}`)).body.lastExecutionStatus, 'COMPLETED')
  wall.moment -= 2 * hour
  t.equal((await get(`/api/v1/jobs/${job.jobId}`)).body.status, 'RUNNABLE')
})

t.test('runs a daily trigger every day of a month at its time in Korea', async t => {
  const { call, get, wall } = await emulator(t)
  const send = async (target: string, body: object) => (await call('POST', target, {}, JSON.stringify(body))).body
  const { jobId } = await send('/api/v1/jobs', { name: 'job', nodes: [] })
  const { triggerId } = await send('/api/v1/triggers', every('DAY', { time: '10:00' }))
  const nodes = [start(triggerId), step(jobId, triggerId)]
  const { workflowId } = await send('/api/v1/workflows', { name: 'flow', isTemp: false, nodes })
  wall.moment += 30 * day
  const { body } = await get(`/api/v1/workflows/${workflowId}/executions`)
  const days = Array.from({ length: 30 }, (_, index) => `2025-06-${String(30 - index).padStart(2, '0')}T10:00:00+09:00`)
  t.same(
    body.list.map((execution: { createdDate: string }) => execution.createdDate),
    days,
  )
  t.equal(body.count, 30)
  t.equal((await get('/api/v1/workflows')).body.list[0].lastExecutionDate, '2025-06-30T10:00:00+09:00')

  t.equal((await call('DELETE', `/api/v1/triggers/${triggerId}`)).text, 'true')
  wall.moment += 30 * day
  t.equal((await get(`/api/v1/workflows/${workflowId}/executions`)).body.count, 30, 'a deleted trigger fires no more')
  t.match((await get(`/api/v1/workflows/${workflowId}`)).body.nodes, [{ isValid: false }, { isValid: true }])
})

/** Counts the SQL statements that run while `act` does, whoever asks for them. */
async function statementsIn(t: Test, act: () => unknown): Promise<number> {
  const sql = new Sqlite(':memory:')
  const prototype = Object.getPrototypeOf(sql.prepare('SELECT 1'))
  sql.close()
  let count = 0
  const names = ['get', 'all', 'run', 'iterate']
  const before = names.map(name => [name, prototype[name]] as const)
  t.teardown(() => Object.assign(prototype, Object.fromEntries(before)))
  for (const [name, original] of before) {
    prototype[name] = function counted(this: unknown, ...values: unknown[]) {
      count++
      return original.apply(this, values)
    }
  }
  await act()
  Object.assign(prototype, Object.fromEntries(before))
  return count
}

t.test('runs no SQL until something is due', async t => {
  const made = await emulator(t, { runTime: 20 * 60_000 })
  await wire({
    call: async (method, target, body) => {
      const { body: reply } = await made.call(method, target, {}, JSON.stringify(body))
      return { id: reply.jobId ?? reply.triggerId ?? reply.workflowId }
    },
  })
  const ask = () => made.get('/api/v1/jobs')
  /** From the first trigger of the hour on an execution is under way, which ends at 25 past. */
  for (const due of [5, 25]) {
    await ask()
    for (const before of [3, 2, 1 / 60_000]) {
      made.wall.moment = testNow + (due - before) * 60_000
      t.equal(await statementsIn(t, ask), 0, `${before} minutes before`)
    }
    made.wall.moment = testNow + due * 60_000 + 1000
    t.ok((await statementsIn(t, ask)) > 5, 'then it does')
  }
})
