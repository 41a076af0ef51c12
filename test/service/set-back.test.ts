import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { findContradictions } from '../../src/store/contradictions.ts'
import { openDatabase } from '../../src/store/database.ts'
import { emulator, type Setting, type TestEmulator, testNow } from '../support/emulator.ts'
import { hour, minute } from '../support/flow.ts'

const jobCondition = { nrn: 'nrn:PUB:IAM::1:Role/1', scriptPath: 'b/scripts/', logPath: 'b/logs/' }
const json = { 'content-type': 'application/json' }

type Execution = Record<'jobExecutionId' | 'jobId' | 'status' | 'createdDate' | 'startDate' | 'endDate', string>

const order = ['READY', 'RUNNING', 'COMPLETED']
const rank = ({ status }: Execution) => Math.min(order.includes(status) ? order.indexOf(status) : 2, 2)

/** Makes two jobs, a chain of both behind an hourly trigger, and a chain to start by hand. */
async function wire({ call }: TestEmulator): Promise<string[]> {
  const post = async (path: string, body: object) => {
    const { status, body: made } = await call('POST', `/api/v1/${path}`, json, JSON.stringify(body))
    assert.equal(status, 201, JSON.stringify(made))
    return made
  }
  const jobs: string[] = []
  for (const name of ['first', 'second']) {
    jobs.push((await post('jobs', { name, type: 'VISUAL', nodes: [], maxConcurrentRuns: 2 })).jobId)
  }
  const rule = { type: 'RECURRING', interval: 'HOUR', time: '05' }
  const { triggerId } = await post('triggers', { name: 'hourly', type: 'SCHEDULED', triggerRule: rule })
  const nodes = [triggerId, ...jobs].map((id, index, ids) => ({
    id,
    name: 'node',
    type: index === 0 ? 'TRIGGER' : 'JOB',
    parentNodeIds: ids.slice(index - 1, index),
    ...(index > 0 && { jobCondition }),
  }))
  await post('workflows', { name: 'chain', isTemp: false, nodes })
  return jobs
}

/** Everything that the API shows of the executions of these jobs; throws where two calls disagree. */
async function look({ get }: TestEmulator, jobIds: readonly string[], edition: string): Promise<Execution[]> {
  const all: Execution[] = []
  const { list: jobs } = (await get('/api/v1/jobs')).body
  for (const jobId of jobIds) {
    const { body: job } = await get(`/api/v1/jobs/${jobId}`)
    const { list, count } = (await get(`/api/v1/jobs/${jobId}/executions`)).body
    assert.equal(count, list.length)
    const [listed] = jobs.filter((one: { jobId: string }) => one.jobId === jobId)
    for (const one of [job, listed]) {
      assert.equal(one.lastExecutionStatus, list[0]?.status)
      assert.equal(one.lastExecutionDate, list[0]?.createdDate)
      const isOpen = list.some((execution: Execution) => ['READY', 'RUNNING'].includes(execution.status))
      if (edition !== '2026-09') assert.equal(one.status, isOpen ? 'RUNNING' : 'RUNNABLE')
    }
    for (const execution of list) {
      const { body: alone } = await get(`/api/v1/jobs/${jobId}/executions/${execution.jobExecutionId}`)
      assert.equal(alone.status, execution.status)
      assert.equal(alone.endDate, execution.endDate)
    }
    all.push(...list)
  }
  const period = 'startDate=2025-05-01T00:00:00&endDate=2025-07-31T00:00:00'
  const { body: stats } = await get(`/api/v1/stats/executions?${period}`)
  const ended = (status: string) => all.filter(one => one.status === status).length
  const { totalCount, completedCount, failedCount } = stats
  assert.deepEqual([totalCount, completedCount, failedCount], [all.length, ended('COMPLETED'), ended('FAILED')])
  return all
}

/** What was seen of an execution stays true: it never goes back, and dates never change. */
function compare(before: readonly Execution[], now: readonly Execution[]): void {
  const known = new Map(now.map(one => [one.jobExecutionId, one]))
  for (const was of before) {
    const is = known.get(was.jobExecutionId)
    assert.ok(is, `execution ${was.jobExecutionId} is still there`)
    assert.ok(rank(is) >= rank(was), `${was.status} became ${is.status}`)
    if (rank(was) === 2) assert.deepEqual(is, was)
    assert.equal(is.createdDate, was.createdDate)
    if (was.startDate !== undefined) assert.equal(is.startDate, was.startDate)
  }
}

type Step = { run: number } | { move: number } | 'restart'

async function played(t: Test, steps: readonly Step[], setting: Setting) {
  const folder = mkdtempSync(join(tmpdir(), 'set-back-'))
  const db = join(folder, 'data.db')
  const { edition = '2025-03' } = setting
  let made = await emulator(t, { ...setting, db })
  const jobIds = await wire(made)
  let seen: Execution[] = []
  for (const step of steps) {
    const { moment } = made.wall
    if (step === 'restart') {
      await made.emulator.stop()
      made = await emulator(t, { ...setting, db, moment })
    } else if ('move' in step) made.wall.moment = Math.max(testNow - 12 * hour, moment + step.move)
    else {
      const body = JSON.stringify({ jobCondition })
      await made.call('POST', `/api/v1/jobs/${jobIds[step.run]}/executions`, json, body)
    }
    const now = await look(made, jobIds, edition)
    compare(seen, now)
    seen = now
  }
  await made.emulator.stop()
  const database = openDatabase(db)
  assert.deepEqual(findContradictions(database), [])
  database.close()
  rmSync(folder, { recursive: true })
  return seen
}

const someStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ run: fc.nat(1) }, { noNullPrototype: true }) },
  {
    weight: 6,
    arbitrary: fc.record({ move: fc.integer({ min: -180, max: 240 }).map(n => n * minute) }, { noNullPrototype: true }),
  },
  { weight: 1, arbitrary: fc.constant<Step>('restart') },
)

for (const edition of ['2025-03', '2026-09'] as const) {
  t.test(`keeps what has happened in ${edition}, whichever way the clock moves`, async t => {
    let executions = 0
    await fc.assert(
      fc.asyncProperty(fc.array(someStep, { minLength: 3, maxLength: 12 }), async steps => {
        const setting = { edition, waitingTime: 10 * minute, runTime: 50 * minute, failureRate: 0.3 }
        executions += (await played(t, steps, setting)).length
      }),
      { numRuns: 15 },
    )
    t.ok(executions > 20)
  })
}

t.test('keeps an execution that ended when the clock follows the system again', async t => {
  const setting = { waitingTime: minute, runTime: 10 * minute }
  const made = await emulator(t, setting)
  const [jobId = ''] = await wire(made)
  const { get, call, emulator: whole } = made
  const path = `/api/v1/jobs/${jobId}/executions`
  const run = async () => (await call('POST', path, json, JSON.stringify({ jobCondition }))).body.jobExecutionId
  const first = await run()
  whole.clock.change({ advance: 4 * minute })
  const { body: running } = await get(`${path}/${first}`)
  t.match(running, { status: 'RUNNING' })
  whole.clock.change({ now: testNow })
  t.same((await get(`${path}/${first}`)).body, running, 'what is under way stays under way')
  whole.clock.change({ advance: 10 * minute })
  t.same((await get(`${path}/${first}`)).body, running, 'and goes on when the clock gets there')
  whole.clock.change({ advance: minute })
  t.match((await get(`${path}/${first}`)).body, { status: 'COMPLETED', endDate: '2025-06-01T00:11:00+09:00' })

  whole.clock.change({ system: true })
  t.match((await get(`${path}/${first}`)).body, { status: 'COMPLETED', endDate: '2025-06-01T00:11:00+09:00' })
  const second = await run()
  t.not(second, first)
  t.match(
    (await get('/api/v1/jobs')).body.list.find((job: { jobId: string }) => job.jobId === jobId),
    {
      status: 'RUNNING',
    },
  )
  await whole.reset()
  t.equal((await get('/api/v1/jobs')).body.count, 0, 'a reset is the way to start over')
})

t.test('fires nothing twice after the workflow was changed', async t => {
  const made = await emulator(t, {})
  await wire(made)
  const { get, call, emulator: whole } = made
  whole.clock.change({ advance: 3 * hour })
  const { body } = await get('/api/v1/workflows')
  const [{ workflowId, name, nodes }] = body.list
  const count = async () => (await get(`/api/v1/workflows/${workflowId}/executions`)).body.count
  const before = await count()
  t.equal(before, 6)
  whole.clock.change({ now: testNow })
  const update = { name, isTemp: false, nodes: nodes.map(({ isValid: _valid, ...node }: { isValid: boolean }) => node) }
  t.equal((await call('PUT', `/api/v1/workflows/${workflowId}`, json, JSON.stringify(update))).status, 200)
  whole.clock.change({ advance: 3 * hour })
  t.equal(await count(), before)
  whole.clock.change({ advance: hour })
  t.equal(await count(), before + 2)
})
