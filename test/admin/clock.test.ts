import t from 'tap'
import { parseDuration } from '../../src/time/duration.ts'
import { controlled, isProblem, jobCondition } from '../support/control.ts'
import { testNow } from '../support/emulator.ts'

const hour = 3_600_000
const day = 24 * hour
const jobId = 'clockTestJob'
const jobs = [{ jobId, name: 'orders' }]

t.test('ends an execution of an hour at once', async t => {
  const { api, admin, run } = await controlled(t, { jobs, waitingTime: 60_000, runTime: hour })
  await admin('PUT', '/clock', { frozen: true })
  const path = `/jobs/${jobId}/executions/${await run(jobId)}`
  for (const [advance, status] of [
    ['0s', 'READY'],
    ['1m', 'RUNNING'],
    ['59m', 'RUNNING'],
    [60_000, 'COMPLETED'],
  ] as const) {
    t.equal((await admin('PUT', '/clock', { advance })).status, 200)
    t.match(await api('GET', path), { status })
  }
  t.match(await api('GET', path), { waitingTime: 1, runningTime: 60, endDate: '2025-06-01T01:01:00+09:00' })
  t.match(await api('GET', `/jobs/${jobId}`), { status: 'RUNNABLE', lastExecutionStatus: 'COMPLETED' })
})

/** Wires a daily trigger at ten to a job. */
async function daily({ api }: Pick<Awaited<ReturnType<typeof controlled>>, 'api'>, name = 'daily') {
  const triggerRule = { type: 'RECURRING', interval: 'DAY', time: '10:00' }
  const { triggerId } = await api('POST', '/triggers', { name, type: 'SCHEDULED', triggerRule })
  const nodes = [
    { id: triggerId, name, type: 'TRIGGER', parentNodeIds: [] },
    { id: jobId, name: 'orders', type: 'JOB', parentNodeIds: [triggerId], jobCondition },
  ]
  return api('POST', '/workflows', { name: `${name}-flow`, nodes, isTemp: false })
}

t.test('fires a daily trigger over a month', async t => {
  const made = await controlled(t, { jobs })
  const { workflowId } = await daily(made)
  const { status, body } = await made.admin('PUT', '/clock', { advance: 'P30D' })
  t.equal(status, 200)
  t.match(body, { now: '2025-07-01T00:00:00.000+09:00', epochMs: testNow + 30 * day, executions: 30 })
  const { list, count } = await made.api('GET', `/workflows/${workflowId}/executions?limit=1`)
  t.equal(count, 30)
  t.match(list, [{ createdDate: '2025-06-30T10:00:00+09:00', status: 'COMPLETED' }])
  t.match((await made.admin('PUT', '/clock', { advance: '1s' })).body, { executions: 0 }, 'nothing twice')
})

t.test('undoes and repeats nothing when the clock is set back, and runs what is created there', async t => {
  const made = await controlled(t, { jobs: [...jobs, { jobId: 'clockSecond1', name: 'second' }] })
  await daily(made)
  t.match((await made.admin('PUT', '/clock', { advance: '10d' })).body, { executions: 10 })
  t.match((await made.admin('PUT', '/clock', { now: testNow })).body, { epochMs: testNow, executions: 0 })
  t.match(await made.api('GET', `/jobs/${jobId}/executions?limit=1`), { count: 10, list: [{ status: 'COMPLETED' }] })

  const triggerRule = { type: 'ONE_TIME', executionDate: '2025-06-02T12:00:00+09:00' }
  const { triggerId } = await made.api('POST', '/triggers', { name: 'once', type: 'SCHEDULED', triggerRule })
  const child = 'clockSecond1'
  const nodes = [
    { id: triggerId, name: 'once', type: 'TRIGGER', parentNodeIds: [] },
    { id: jobId, name: 'orders', type: 'JOB', parentNodeIds: [triggerId], jobCondition },
    { id: child, name: 'second', type: 'JOB', parentNodeIds: [jobId], jobCondition },
  ]
  await made.api('POST', '/workflows', { name: 'late-flow', nodes, isTemp: false })
  const noon = { now: '2025-06-02T12:00:01+09:00' }
  t.match((await made.admin('PUT', '/clock', noon)).body, { executions: 1 })
  t.match((await made.admin('PUT', '/clock', { advance: '10s' })).body, { executions: 1 }, 'what hangs on it, too')
  t.match(await made.api('GET', `/jobs/${child}/executions`), { list: [{ createdDate: '2025-06-02T12:00:04+09:00' }] })
  t.match((await made.admin('PUT', '/clock', { now: '2025-06-12' })).body, { executions: 1 }, 'the 11th day only')
})

t.test('freezes, resumes, sets a rate and follows the system clock again', async t => {
  const { admin, wall } = await controlled(t)
  const shown = async () => (await admin('GET', '/clock')).body
  t.same(await shown(), {
    now: '2025-06-01T00:00:00.000+09:00',
    epochMs: testNow,
    frozen: false,
    rate: 1,
    gateway: { skewMs: 0, now: '2025-06-01T00:00:00.000+09:00' },
  })
  const steps: [object, { epochMs: number; frozen?: boolean; rate?: number }][] = [
    [{ frozen: true }, { epochMs: testNow + 1000, frozen: true }],
    [{ rate: 60 }, { epochMs: testNow + 1000, frozen: true, rate: 60 }],
    [{ frozen: false }, { epochMs: testNow + 1000, frozen: false, rate: 60 }],
    [{ rate: 0.5 }, { epochMs: testNow + 61_000, rate: 0.5 }],
    [
      { now: testNow + day, frozen: true },
      { epochMs: testNow + day, frozen: true, rate: 0.5 },
    ],
    [
      { now: testNow + day - 1000, rate: 2, frozen: false },
      { epochMs: testNow + day - 1000, frozen: false, rate: 2 },
    ],
    [{ now: '2025-06-01T00:00:00Z' }, { epochMs: testNow + 9 * hour, rate: 2 }],
    [{ system: true }, { epochMs: testNow + 8000, frozen: false, rate: 1 }],
  ]
  for (const [change, expected] of steps) {
    wall.moment += 1000
    const { body } = await admin('PUT', '/clock', change)
    t.match(body, { ...expected, executions: 0 }, JSON.stringify(change))
    const { executions: _made, ...state } = body
    t.same(await shown(), state)
  }
  await admin('PUT', '/clock', { now: '9999-12-31T23:59:59+09:00', rate: 1_000_000 })
  wall.moment += 1000
  t.equal((await shown()).now, '9999-12-31T23:59:59.999+09:00', 'it stops at the last date there is')
})

t.test('expires timestamps by the skew of the gateway clock, and moves nothing else', async t => {
  const { admin, call, emulator } = await controlled(t)
  const status = async () => (await call('GET', '/api/v1/jobs')).status
  for (const [gatewaySkewMs, expected] of [
    [299_999, 200],
    [300_000, 401],
    [-300_000, 401],
    [0, 200],
  ] as const) {
    const { body } = await admin('PUT', '/clock', { gatewaySkewMs })
    t.match(body, { epochMs: testNow, gateway: { skewMs: gatewaySkewMs } })
    t.equal(await status(), expected)
  }
  await admin('PUT', '/clock', { now: '2031-01-01', gatewaySkewMs: 300_000 })
  t.equal(await status(), 401)
  await emulator.reset()
  t.match((await admin('GET', '/clock')).body, { epochMs: testNow, gateway: { skewMs: 0 } }, 'reset takes all back')
  t.equal(await status(), 200)
})

t.test('restarts the clock and the counts of executions at a reset', async t => {
  const now = testNow + 5 * day
  const { admin, run, emulator, wall } = await controlled(t, { jobs, now })
  const first = await run(jobId)
  await admin('PUT', '/clock', { advance: '1d', frozen: true })
  wall.moment += 1000
  await emulator.reset()
  t.match((await admin('GET', '/clock')).body, { epochMs: now, frozen: false })
  t.equal(await run(jobId), first)
})

const bad: { title: string; body: unknown; detail: RegExp }[] = [
  { title: 'no body', body: undefined, detail: /^send an object as content-type application\/json$/ },
  { title: 'a list', body: [], detail: /must be an object, was a list of 0/ },
  { title: 'null', body: 'null', detail: /must be an object, was null/ },
  { title: 'broken JSON', body: '{', detail: /JSON/ },
  { title: 'nothing to change', body: {}, detail: /^name what is to change: frozen, now/ },
  {
    title: 'an unknown member',
    body: { frozen: true, freeze: true },
    detail: /^freeze: unknown member; allowed: f/,
  },
  { title: 'a member of every object', body: { toString: 1 }, detail: /^toString: unknown member/ },
  { title: 'frozen as a text', body: { frozen: 'true' }, detail: /^frozen: must be true or false, was "true"/ },
  { title: 'now as a word', body: { frozen: true, now: 'noon' }, detail: /^now: must be a date in ISO 8601/ },
  { title: 'a day that does not exist', body: { now: '2025-02-29' }, detail: /^now: must be a date/ },
  { title: 'a part of a millisecond', body: { now: 1.5 }, detail: /^now: must be a date/ },
  { title: 'now before 1970', body: { now: -1 }, detail: /^now: must lead to a time from 1970-01-01/ },
  { title: 'now after 9999', body: { now: 1e15 }, detail: /^now: must lead to/ },
  { title: 'an advance beyond 9999', body: { advance: '9999999d' }, detail: /^advance: must lead to/ },
  {
    title: 'an advance of a month',
    body: { advance: 'P1M' },
    detail: /^advance: must be milliseconds or a time such as/,
  },
  { title: 'an advance of null', body: { advance: null }, detail: /^advance: must be milliseconds/ },
  {
    title: 'a negative advance',
    body: { advance: -1 },
    detail: /^advance: must not be negative, was -1; to set.* now$/,
  },
  {
    title: 'a negative advance as a text',
    body: { advance: '-1h5m' },
    detail: /^advance: must not be negative, was "-1h5m"/,
  },
  { title: 'a negative advance in ISO 8601', body: { advance: 'P-1D' }, detail: /^advance: must not be negative/ },
  { title: 'until noon', body: { until: 'noon' }, detail: /^until: must be "idle", the id of an execution, or/ },
  { title: 'until nothing', body: { until: {} }, detail: /^until: must be "idle"/ },
  { title: 'until and now', body: { until: 'idle', now: testNow }, detail: /^now and until: one of them/ },
  { title: 'now and advance', body: { now: testNow, advance: 1 }, detail: /^now and advance: one of them/ },
  { title: 'a rate of 0', body: { rate: 0 }, detail: /^rate: must be a number above 0.*freeze it/ },
  { title: 'a rate as a text', body: { rate: '2' }, detail: /^rate: must be/ },
  { title: 'a rate beyond a million', body: { rate: 1_000_001 }, detail: /^rate: must be/ },
  { title: 'system false', body: { system: false }, detail: /^system: must be true, was false/ },
  { title: 'system and frozen', body: { system: true, frozen: true }, detail: /^system: follows the system clock/ },
  {
    title: 'a skew of half a millisecond',
    body: { gatewaySkewMs: 0.5, frozen: true },
    detail: /^gatewaySkewMs: must be whole/,
  },
  { title: 'a skew that is too large', body: { gatewaySkewMs: 1e14 }, detail: /^gatewaySkewMs: must be whole/ },
]

t.test('changes nothing after an invalid change', async t => {
  const { admin } = await controlled(t)
  const before = (await admin('GET', '/clock')).body
  for (const { title, body, detail } of bad) {
    t.test(`rejects ${title}`, async t => {
      isProblem(t, await admin('PUT', '/clock', body), 400, detail)
      t.same((await admin('GET', '/clock')).body, before)
    })
  }
})

t.test('reads durations as texts', async t => {
  const table: [string, number | undefined][] = [
    ['0', 0],
    ['250', 250],
    ['500ms', 500],
    ['90s', 90_000],
    ['5m', 300_000],
    ['1h', hour],
    ['7d', 7 * day],
    ['2w', 14 * day],
    ['1h5m', 65 * 60_000],
    ['1d12h', 1.5 * day],
    ['1m30s500ms', 90_500],
    ['P1D', day],
    ['P2W', 14 * day],
    ['P1DT12H', 1.5 * day],
    ['PT1H30M', 1.5 * hour],
    ['PT0.5S', 500],
    ['PT1.025S', 1025],
    ...[
      '',
      '5m1h',
      '1h1h',
      '1h-5m',
      '1y',
      '-1s',
      '1.5h',
      ' 1s',
      '1H',
      'P',
      'PT',
      'P1DT',
      'P1M',
      'P1Y',
      'P-1D',
      'p1d',
      '1e3',
    ].map((text): [string, undefined] => [text, undefined]),
  ]
  for (const [text, expected] of table) t.equal(parseDuration(text), expected, JSON.stringify(text))
})

t.test('advances until an execution has ended, or until none is in progress', async t => {
  const more = { jobId: 'clockSecond1', name: 'second' }
  const { admin, api, run, emulator } = await controlled(t, { jobs: [...jobs, more], waitingTime: 1000, runTime: hour })
  await admin('PUT', '/clock', { frozen: true })
  const [short, long] = [await run(jobId), await run('clockSecond1')]
  await api('GET', `/jobs/${jobId}`)
  const end = testNow + hour + 1000
  t.match((await admin('PUT', '/clock', { until: short })).body, { epochMs: end, frozen: true })
  t.match(await api('GET', `/jobs/${jobId}/executions/${short}`), { status: 'COMPLETED' })
  t.match(
    (await admin('PUT', '/clock', { until: { jobExecutionId: long } })).body,
    { epochMs: end },
    'it has ended, too',
  )
  t.match((await admin('PUT', '/clock', { until: 'idle' })).body, { epochMs: end, executions: 0 })
  isProblem(t, await admin('PUT', '/clock', { until: 'noSuchRun001' }), 404, /^unknown execution "noSuchRun001"$/)

  await run(jobId)
  await admin('PUT', '/clock', { advance: 1 })
  await run('clockSecond1')
  t.match((await admin('PUT', '/clock', { until: 'idle' })).body, { epochMs: end + hour + 1001 })
  emulator.clock.change({ now: testNow })
  t.match((await admin('PUT', '/clock', { until: 'idle' })).body, { epochMs: testNow }, 'what has ended stays ended')
})

t.test('advances until workflows are done, and gives up on those that never are', async t => {
  const made = await controlled(t, { jobs: [...jobs, { jobId: 'clockSecond1', name: 'second' }], runTime: 30 * 60_000 })
  const trigger = {
    name: 'once',
    type: 'SCHEDULED',
    triggerRule: { type: 'ONE_TIME', executionDate: '2025-06-01T01:00:00' },
  }
  const { triggerId } = await made.api('POST', '/triggers', trigger)
  const nodes = [triggerId, jobId, 'clockSecond1'].map((id, index, ids) => ({
    id,
    name: 'node',
    type: index === 0 ? 'TRIGGER' : 'JOB',
    parentNodeIds: ids.slice(index - 1, index),
    ...(index > 0 && { jobCondition }),
  }))
  await made.api('POST', '/workflows', { name: 'chain', nodes, isTemp: false })
  await made.admin('PUT', '/clock', { now: '2025-06-01T01:00:00', frozen: true })
  const { body } = await made.admin('PUT', '/clock', { until: 'idle' })
  t.match(body, { epochMs: testNow + 2 * hour + 2000, executions: 1 }, 'the second job waits for the first')

  const endless = await controlled(t, { jobs, runTime: 90 * 60_000, assume: { busyTrigger: 'run' } })
  const hourly = { name: 'hourly', type: 'SCHEDULED', triggerRule: { type: 'RECURRING', interval: 'HOUR', time: '00' } }
  const every = (await endless.api('POST', '/triggers', hourly)).triggerId
  const [start, first] = [
    { ...nodes[0], id: every },
    { ...nodes[1], parentNodeIds: [every] },
  ]
  await endless.api('POST', '/workflows', { name: 'endless', nodes: [start, first], isTemp: false })
  await endless.admin('PUT', '/clock', { advance: '1h' })
  isProblem(
    t,
    await endless.admin('PUT', '/clock', { until: 'idle' }),
    400,
    /^until: executions are still under way after 366 days/,
  )
})
