import t from 'tap'
import { type JobOwner, startEmulator } from '../../src/library/index.ts'
import { controlled, isProblem, jobAlone, jobCondition } from '../support/control.ts'
import { editionIds, flow } from '../support/flow.ts'

const jobId = 'placedByHand'
const at = `/jobs/${jobId}`
const now = '2025-06-01T00:00:00+09:00'
const fresh = {
  jobId,
  name: 'orders',
  type: 'VISUAL',
  status: 'RUNNABLE',
  disabled: false,
  maxConcurrentRuns: 1,
  createdDate: now,
  updatedDate: now,
}

t.test('creates a whole job, and replaces it', async t => {
  const { api, admin } = await controlled(t)
  const puts: [object, object][] = [
    [{ name: 'orders' }, fresh],
    [
      { name: 'orders', jobId, disabled: true, maxConcurrentRuns: 4 },
      { ...fresh, disabled: true, maxConcurrentRuns: 4 },
    ],
    [
      { name: 'any name 이름', status: 'UNKNOWN', createdDate: '2020-01-01' },
      {
        ...fresh,
        name: 'any name 이름',
        status: 'UNKNOWN',
        createdDate: '2020-01-01T00:00:00+09:00',
        updatedDate: '2020-01-01T00:00:00+09:00',
      },
    ],
    [
      { name: 'orders', lastExecutionStatus: 'FAILED', updatedDate: '2030-01-01T00:00:00Z' },
      { ...fresh, lastExecutionStatus: 'FAILED', lastExecutionDate: now, updatedDate: '2030-01-01T09:00:00+09:00' },
    ],
    [
      { name: 'orders', status: 'DELETED', lastExecutionStatus: 'READY', lastExecutionDate: 0 },
      { ...fresh, status: 'DELETED', lastExecutionStatus: 'READY', lastExecutionDate: '1970-01-01T09:00:00+09:00' },
    ],
    [{ name: 'orders', lastExecutionStatus: null }, fresh],
  ]
  for (const [body, expected] of puts) {
    const put = await admin('PUT', at, body)
    t.equal(put.status, 200)
    t.same(put.body, expected, JSON.stringify(body))
    t.same(jobAlone((await admin('GET', at)).body), expected)
    const { count, jobs } = (await admin('GET', '/jobs')).body
    t.same([count, jobs.map(jobAlone)], [1, [expected]], 'the list shows every state')
    const { status } = put.body
    t.match(await api('GET', `/jobs?status=${status}`), { count: 1, list: [{ jobId }] })
    t.match(await api('GET', '/jobs'), { count: status === 'DELETED' ? 0 : 1 })
  }
})

const nodes = [{ id: 1, anything: { goes: [1.5, null] } }, {}]
const condition = { numWorker: 3, timeout: 7, ...jobCondition }
for (const edition of editionIds) {
  t.test(`shows the graph and settings of a created job in edition ${edition}`, async t => {
    const { api, admin } = await controlled(t, { edition })
    const whole = { name: 'orders', type: 'SCRIPT', description: 'by hand', nodes }
    const { status } = await admin('PUT', at, { ...whole, jobCondition: { ...condition, parameters: { a: 'b' } } })
    t.equal(status, 200)
    const shown = await api('GET', at)
    t.same(shown.nodes, nodes)
    t.match(shown, { jobId, name: 'orders', type: edition === '2026-09' ? 'SCRIPT' : 'DATAFLOW' })
    t.match(JSON.stringify(shown), /"numWorker":3/)
  })
}

t.test('removes a job completely, and nothing of others', async t => {
  const { done, send, job, trigger, workflow } = await flow(t, { waitingTime: 1000, runTime: 1000 })
  const admin = (method: string, path: string, body?: unknown) => send(method, `/__admin${path}`, body)
  await admin('PUT', '/clock', { frozen: true })
  const [gone, other] = [await job('gone-job'), await job('kept-job')]
  const triggerId = await trigger()
  const workflowId = await workflow(triggerId, { [gone]: [triggerId], [other]: [triggerId] })
  await done('POST', `/api/v1/workflows/${workflowId}/executions`)
  await admin('PUT', '/clock', { advance: '1m' })
  for (const id of [gone, other]) await done('POST', `/api/v1/jobs/${id}/executions`, {})
  await admin('PUT', `/jobs/${gone}/next-runs`, [{ times: 3 }])
  const executions = `/api/v1/workflows/${workflowId}/executions`
  t.match(await done('GET', executions), { count: 2 })

  const counted = () =>
    done('GET', '/api/v1/stats/executions?startDate=2025-06-01T00:00:00&endDate=2025-06-02T00:00:00')
  t.match(await counted(), { totalCount: 4, completedCount: 2 })

  const removed = await admin('DELETE', `/jobs/${gone}`)
  t.equal(removed.status, 204)
  t.equal(removed.text, '')
  isProblem(t, await admin('GET', `/jobs/${gone}`), 404, /unknown job/)
  isProblem(t, await admin('DELETE', `/jobs/${gone}`), 404, /unknown job/)
  t.match(await done('GET', executions), { count: 1, list: [{ jobId: other }] })
  t.match(await counted(), { totalCount: 2, completedCount: 1 })
  t.match(await done('GET', `/api/v1/jobs/${other}/executions`), { count: 2 })
  t.match((await admin('GET', '/jobs')).body, { count: 1, jobs: [{ jobId: other }] })
  const valid = async () => {
    const workflow = await done('GET', `/api/v1/workflows/${workflowId}`)
    return workflow.nodes.map(({ isValid }: { isValid: boolean }) => isValid)
  }
  t.same(await valid(), [true, false, true])
  t.equal((await send('POST', `/api/v1/workflows/${workflowId}/executions`)).status, 400)
  // An execution of the job under way went, too: nothing is left to happen but the end of the other.
  t.match((await admin('PUT', '/clock', { advance: '1h' })).body, { executions: 0 })

  await admin('PUT', `/jobs/${gone}`, { name: 'gone-job' })
  t.same(await valid(), [true, true, true])
  t.same((await admin('GET', `/jobs/${gone}/next-runs`)).body.nextRuns, [])
  t.match(await done('GET', `/api/v1/jobs/${gone}/executions`), { count: 0 })
  await done('POST', `/api/v1/workflows/${workflowId}/executions`)
  t.match(await done('GET', executions), { count: 3 }, 'the workflow goes on with the job that is there again')
  t.match(await done('GET', `/api/v1/jobs/${gone}/executions`), { count: 1, list: [{ jobName: 'gone-job' }] })
})

t.test('plans several executions with one entry', async t => {
  const { admin } = await controlled(t, { jobs: [{ jobId, name: 'orders' }], waitingTime: 0, runTime: 9 })
  const failing = { end: 'FAILED', waitingTime: 0, runTime: 40_000 }
  const { body } = await admin('PUT', `${at}/next-runs`, [{ end: 'FAILED', runTime: '40s', times: 2 }, {}])
  t.same(body.nextRuns, [failing, failing, { end: 'COMPLETED', waitingTime: 0, runTime: 9 }])
  for (const times of [0, 1.5, 1001, '2']) {
    const expected = /^0: \/0\/times: must be a whole number from 1 to 1000/
    isProblem(t, await admin('PUT', `${at}/next-runs`, [{ times }]), 400, expected)
  }
})

t.test('rejects invalid requests and changes nothing', async t => {
  const { admin } = await controlled(t, { jobs: [{ jobId, name: 'orders' }] })
  const refused: [unknown, RegExp, string?][] = [
    [undefined, /^send an object/],
    [[], /^the body: must be an object/],
    [{}, /^name: must be a text of 1 to 1000 characters, is missing$/],
    [{ name: 'a', nodes: {} }, /^nodes: must be a list/],
    [{ name: 'a', nodes: [1] }, /^nodes: \/nodes\/0: must be an object, was 1$/],
    [{ name: 'a', type: 'OTHER' }, /^type: must be one of DATAFLOW, VISUAL, SCRIPT/],
    [{ name: 'a', createdDate: '2025-02-30T00:00:00' }, /^createdDate: must be a date/],
    [{ name: 'a', jobCondition: { workers: 2 } }, /^jobCondition: \/jobCondition\/workers: unknown member/],
    [{ name: 'a', lastExecutionDate: 0 }, /^lastExecutionDate: a job that was never executed needs/],
    [{ name: 'a', jobId: 'anotherOne01' }, /^jobId: must be placedByHand as in the path, or absent$/],
    [{ name: 'a', executions: [] }, /^executions: unknown member/],
    [{ name: 'a' }, /^jobId: must be 12 letters and digits$/, '/jobs/short'],
  ]
  for (const [body, detail, path = at] of refused) isProblem(t, await admin('PUT', path, body), 400, detail)
  t.same((await admin('GET', '/jobs')).body.jobs.map(jobAlone), [fresh])
})

t.test('does the same through the library', async t => {
  const accounts = [{ name: 'other', credentials: [{ accessKey: 'second', secretKey: 'secret' }] }]
  const moment = Date.UTC(2025, 4, 31, 15)
  const emulator = await startEmulator({ fixtures: { accounts }, now: moment, waitingTime: 0, runTime: 5 })
  t.teardown(() => emulator.stop())
  const { jobs, clock } = emulator
  clock.freeze()
  clock.set(moment)

  for (const owner of [undefined, { account: 'other' }, { accessKey: 'second' }] as (JobOwner | undefined)[]) {
    const given = { name: 'orders', status: undefined, createdDate: new Date(moment), nodes: [{ id: 1 }] }
    t.same(jobs.put(jobId, given, owner), fresh)
    t.same(jobs.list(owner).map(jobAlone), [fresh])
    t.same(jobAlone(jobs.get(jobId, owner)), fresh)
    t.match(jobs.patch(jobId, { status: 'EDITING', disabled: undefined }, owner), { ...fresh, status: 'EDITING' })
    const planned = { end: 'FAILED', waitingTime: 0, runTime: 40_000 }
    t.same(jobs.planRuns(jobId, [{ end: 'FAILED', runTime: '40s', times: 2 }], owner), [planned, planned])
    t.same(jobs.nextRuns(jobId, owner), [planned, planned])
    t.same(jobs.planRuns(jobId, [{ end: undefined }], owner), [{ end: 'COMPLETED', waitingTime: 0, runTime: 5 }])
    t.same(jobs.planRuns(jobId, [], owner), [])
    jobs.delete(jobId, owner)
    t.same(jobs.list(owner), [])
  }

  const run = { jobExecutionId: 'runUnderWay1', status: 'RUNNING' as const, createdDate: '2025-06-01T00:00:00' }
  const fixtures = { jobs: [{ jobId, name: 'orders', executions: [{ ...run, outcome: { runningMs: 60_000 } }] }] }
  const busy = await startEmulator({ fixtures, now: moment })
  t.teardown(() => busy.stop())
  busy.clock.freeze()
  t.match(busy.jobs.cancel(jobId, 'runUnderWay1'), { jobId, jobExecutionId: 'runUnderWay1', status: 'CANCELED' })
  t.match(busy.jobs.get(jobId), { status: 'RUNNABLE', lastExecutionStatus: 'CANCELED' })

  const wrong = { name: 'a', status: 'DONE' } as never
  for (const [act, message] of [
    [() => jobs.get(jobId), /^unknown job "placedByHand"$/],
    [() => jobs.delete(jobId), /^unknown job/],
    [() => jobs.list({ account: 'nobody' }), /^unknown account "nobody"; existing accounts: /],
    [() => jobs.list({ account: 'other', accessKey: 'second' }), /give one, not both/],
    [() => jobs.put('short', { name: 'a' }), /^jobId: must be 12 letters and digits/],
    [() => jobs.put(jobId, wrong), /^status: must be one of RUNNABLE/],
    [() => jobs.put(jobId, undefined as never), /^the body: must be an object/],
    [() => jobs.planRuns(jobId, {} as never), /must be a list/],
    [() => busy.jobs.cancel(jobId, 'none'), /has no execution "none"$/],
  ] as [() => unknown, RegExp][]) {
    t.throws(act, { name: 'RangeError', message })
  }
  const cyclic: object[] = []
  cyclic.push({ cyclic })
  t.throws(() => jobs.put(jobId, { name: 'orders', nodes: cyclic }), { name: 'TypeError' }, 'JSON knows no cycles')
  t.same(jobs.list(), [], 'nothing changed')
})

t.test('restores deleted and replaced jobs with their data at a reset', async t => {
  const [gone, replaced] = ['takenAway001', 'replaced0001']
  const createdDate = '2025-05-31T12:00:00'
  const executions = [
    { jobExecutionId: 'completed001', status: 'COMPLETED' as const, createdDate, workflowId: 'flow' },
    { jobExecutionId: 'running00001', status: 'RUNNING' as const, createdDate: '2025-05-31T23:59:00' },
  ]
  const nextRuns = [{ status: 'FAILED' as const }, { runningMs: 7 }]
  const condition = { nrn: 'nrn', numWorker: 5 }
  const fixtures = {
    jobs: [
      { jobId: gone, name: 'taken', description: 'whole', executions, nextRuns, jobCondition: condition },
      { jobId: replaced, name: 'replaced', jobCondition: condition },
    ],
    triggers: [{ name: 'daily', triggerRule: { type: 'RECURRING' as const, interval: 'DAY' as const, time: '10:00' } }],
    workflows: [
      {
        workflowId: 'workflow0001',
        name: 'flow',
        nodes: [
          { type: 'TRIGGER' as const, name: 'daily' },
          { type: 'JOB' as const, id: gone },
        ],
      },
    ],
  }
  const { api, admin, run } = await controlled(t, { fixtures, waitingTime: 0, runTime: 3_600_000 })
  const look = async () => [
    (await admin('GET', '/jobs')).body,
    (await admin('GET', `/jobs/${gone}/next-runs`)).body,
    await api('GET', '/jobs'),
    await api('GET', `/jobs/${gone}`),
    await api('GET', `/jobs/${replaced}`),
    await api('GET', `/jobs/${gone}/executions`),
    await api('GET', '/workflows/workflow0001'),
    await api('GET', '/workflows/workflow0001/executions'),
  ]
  const before = await look()
  await admin('DELETE', `/jobs/${gone}`)
  await admin('PUT', `/jobs/${replaced}`, { name: 'another', status: 'UNKNOWN', nodes, createdDate: 0 })
  t.match(await api('GET', '/workflows/workflow0001/executions'), { count: 0 })
  t.notSame((await admin('GET', '/jobs')).body, before[0])
  for (const again of [false, true]) {
    if (again) {
      await admin('DELETE', `/jobs/${gone}`)
      await admin('PUT', `/jobs/${gone}`, { name: 'another' })
      await run(gone)
    }
    t.ok((await admin('POST', '/reset')).status < 300)
    t.same(await look(), before)
    t.match((await admin('PUT', '/clock', { advance: '1d' })).body, { executions: 1 }, 'and the workflow goes on')
    await admin('POST', '/reset')
  }
})
