import t from 'tap'
import { controlled, isProblem, jobAlone, jobCondition } from '../support/control.ts'
import { testNow } from '../support/emulator.ts'

const jobId = 'controlledJ1'
const jobs = [{ jobId, name: 'orders', createdDate: '2025-05-01T00:00:00' }]
const at = `/jobs/${jobId}`

t.test('applies the plans of the next executions, then the defaults', async t => {
  const { api, admin, run } = await controlled(t, { jobs, waitingTime: 1000, runTime: 3000 })
  await admin('PUT', '/clock', { frozen: true })
  const given = [
    { end: 'FAILED', waitingTime: '10s', runTime: '40s' },
    { end: 'CANCELED', waitingTime: 0, runTime: 2000 },
    { runTime: 'PT1H' },
    {},
  ]
  const planned = [
    { end: 'FAILED', waitingTime: 10_000, runTime: 40_000 },
    { end: 'CANCELED', waitingTime: 0, runTime: 2000 },
    { end: 'COMPLETED', waitingTime: 1000, runTime: 3_600_000 },
    { end: 'COMPLETED', waitingTime: 1000, runTime: 3000 },
  ]
  t.match(await admin('PUT', `${at}/next-runs`, given), { status: 200, body: { jobId, nextRuns: planned } })
  t.same((await admin('GET', `${at}/next-runs`)).body, { jobId, nextRuns: planned })
  for (const [index, { end, waitingTime, runTime }] of planned.entries()) {
    const path = `${at}/executions/${await run(jobId)}`
    t.same((await admin('GET', `${at}/next-runs`)).body.nextRuns, planned.slice(index + 1), 'used up')
    await admin('PUT', '/clock', { advance: waitingTime + runTime - 1 })
    t.match(await api('GET', path), { status: 'RUNNING' })
    await admin('PUT', '/clock', { advance: 1 })
    t.match(await api('GET', path), { status: end })
  }
  await admin('PUT', `${at}/next-runs`, given)
  await admin('PUT', `${at}/next-runs`, [{ end: 'FAILED' }])
  t.equal((await admin('GET', `${at}/next-runs`)).body.nextRuns.length, 1, 'in the place of what was said before')
  t.match(await admin('DELETE', `${at}/next-runs`), { status: 200, body: { jobId, nextRuns: [] } })
  const path = `${at}/executions/${await run(jobId)}`
  await admin('PUT', '/clock', { advance: '4s' })
  t.match(await api('GET', path), { status: 'COMPLETED' })
})

t.test('cancels an execution as in the console', async t => {
  const { api, admin, run } = await controlled(t, { jobs, waitingTime: 10_000, runTime: 60_000 })
  await admin('PUT', '/clock', { frozen: true })
  const createdDate = '2025-06-01T00:00:00+09:00'
  const waiting = await run(jobId)
  await admin('PUT', '/clock', { advance: '5s' })
  const endDate = '2025-06-01T00:00:05+09:00'
  const canceled = { jobId, jobExecutionId: waiting, status: 'CANCELED', createdDate, endDate }
  for (const time of ['the first time', 'the second time']) {
    const { status, body } = await admin('POST', `${at}/executions/${waiting}/cancel`)
    t.equal(status, 200)
    t.same(body, canceled, time)
  }
  t.match(await api('GET', at), { status: 'RUNNABLE', lastExecutionStatus: 'CANCELED' })

  const running = await run(jobId)
  await admin('PUT', '/clock', { advance: '20s' })
  t.match((await admin('POST', `${at}/executions/${running}/cancel`)).body, {
    startDate: '2025-06-01T00:00:15+09:00',
    endDate: '2025-06-01T00:00:25+09:00',
  })

  const over = await run(jobId)
  await admin('PUT', '/clock', { advance: '2m' })
  isProblem(t, await admin('POST', `${at}/executions/${over}/cancel`), 409, /has ended already \(completed\)$/)
  isProblem(t, await admin('POST', `${at}/executions/nope/cancel`), 404, /has no execution "nope"$/)

  const ahead = await run(jobId)
  await admin('PUT', '/clock', { now: testNow })
  const { body } = await admin('POST', `${at}/executions/${ahead}/cancel`)
  t.equal(body.createdDate, '2025-06-01T00:02:25+09:00', 'one that lies ahead ends as it is made')
  await admin('PUT', '/clock', { now: '2025-06-01T00:02:25+09:00' })
  t.match(await api('GET', `${at}/executions/${ahead}`), { status: 'CANCELED', endDate: '2025-06-01T00:02:25+09:00' })
})

const shown = {
  jobId,
  name: 'orders',
  type: 'VISUAL',
  status: 'RUNNABLE',
  disabled: false,
  maxConcurrentRuns: 1,
  createdDate: '2025-05-01T00:00:00+09:00',
  updatedDate: '2025-05-01T00:00:00+09:00',
}

t.test('puts a job into any state, and leaves it there', async t => {
  const { api, admin } = await controlled(t, { jobs })
  t.same(jobAlone((await admin('GET', at)).body), shown)
  const ran = { lastExecutionStatus: 'FAILED', lastExecutionDate: '2025-06-01T00:00:00+09:00' }
  const steps: [object, object][] = [
    ...['RUNNING', 'UNKNOWN', 'DRAFT', 'STOPPED', 'EDITING', 'DELETED', 'RUNNABLE'].map((status): [object, object] => [
      { status },
      { ...shown, status },
    ]),
    [{ disabled: true }, { ...shown, disabled: true }],
    [{ name: 'a name that no call takes' }, { ...shown, disabled: true, name: 'a name that no call takes' }],
    [
      { name: 'orders', disabled: false, maxConcurrentRuns: 3 },
      { ...shown, maxConcurrentRuns: 3 },
    ],
    [
      { maxConcurrentRuns: 1, lastExecutionStatus: 'FAILED' },
      { ...shown, ...ran },
    ],
    [
      { lastExecutionDate: '2024-02-29T12:00:00+09:00' },
      { ...shown, ...ran, lastExecutionDate: '2024-02-29T12:00:00+09:00' },
    ],
    [
      { lastExecutionStatus: 'READY' },
      { ...shown, lastExecutionStatus: 'READY', lastExecutionDate: '2024-02-29T12:00:00+09:00' },
    ],
    [{ lastExecutionStatus: null }, shown],
    [{}, shown],
  ]
  for (const [change, expected] of steps) {
    const { status, body } = await admin('PATCH', at, change)
    t.equal(status, 200)
    t.same(body, expected, JSON.stringify(change))
    t.same(jobAlone((await admin('GET', at)).body), body)
  }
  await admin('PATCH', at, { status: 'UNKNOWN', disabled: true })
  t.match(await api('GET', '/jobs?status=UNKNOWN'), { list: [{ jobId, status: 'UNKNOWN', disabled: true }], count: 1 })
  await admin('PATCH', at, { status: 'DELETED' })
  t.match(await api('GET', '/jobs?status=DELETED'), { count: 1 })
  t.match(await api('GET', '/jobs'), { count: 0 })
})

t.test('stops a workflow with a deleted job, and continues it with a restored one', async t => {
  const { api, admin } = await controlled(t, { jobs })
  await admin('PUT', '/clock', { frozen: true })
  const triggerRule = { type: 'RECURRING', interval: 'DAY', time: '10:00' }
  const { triggerId } = await api('POST', '/triggers', { name: 'daily', type: 'SCHEDULED', triggerRule })
  const nodes = [
    { id: triggerId, name: 'daily', type: 'TRIGGER', parentNodeIds: [] },
    { id: jobId, name: 'orders', type: 'JOB', parentNodeIds: [triggerId], jobCondition },
  ]
  await api('POST', '/workflows', { name: 'flow', nodes, isTemp: false })
  for (const [status, executions] of [
    ['DELETED', 0],
    ['RUNNABLE', 3],
    ['STOPPED', 0],
  ] as const) {
    await admin('PATCH', at, { status })
    t.match((await admin('PUT', '/clock', { advance: '3d' })).body, { executions }, status)
  }
})

const list = (value: unknown) => [value]
const refused: { title: string; call: [string, string, unknown?]; status?: number; detail: RegExp }[] = [
  { title: 'an unknown job', call: ['GET', '/jobs/nope'], status: 404, detail: /^unknown job "nope"$/ },
  {
    title: 'the plans of an unknown job',
    call: ['GET', '/jobs/nope/next-runs'],
    status: 404,
    detail: /unknown job "nope"/,
  },
  {
    title: 'plans for an unknown job',
    call: ['PUT', '/jobs/nope/next-runs', []],
    status: 404,
    detail: /unknown job "nope"/,
  },
  { title: 'a change of an unknown job', call: ['PATCH', '/jobs/nope', {}], status: 404, detail: /unknown job "nope"/ },
  {
    title: 'to cancel an unknown execution',
    call: ['POST', '/jobs/nope/executions/x/cancel'],
    status: 404,
    detail: /unknown job "nope"/,
  },
  { title: 'no plans', call: ['PUT', `${at}/next-runs`], detail: /^send a list as content-type/ },
  { title: 'plans as an object', call: ['PUT', `${at}/next-runs`, {}], detail: /must be a list, was an object/ },
  { title: 'a plan as a word', call: ['PUT', `${at}/next-runs`, list('FAILED')], detail: /^0: must be an object/ },
  {
    title: 'an end of another kind',
    call: ['PUT', `${at}/next-runs`, list({ end: 'READY' })],
    detail: /\/0\/end: must be one of COMPLETED, FAILED, CANCELED, was "READY"/,
  },
  {
    title: 'a time below 0',
    call: ['PUT', `${at}/next-runs`, list({ runTime: -1 })],
    detail: /\/0\/runTime: must be from 0/,
  },
  {
    title: 'a time without a unit we know',
    call: ['PUT', `${at}/next-runs`, list({ waitingTime: '1y' })],
    detail: /\/0\/waitingTime: must be milliseconds or a time/,
  },
  {
    title: 'an unknown member of a plan',
    call: ['PUT', `${at}/next-runs`, [{}, { outcome: 'FAILED' }]],
    detail: /\/1\/outcome: unknown member; allowed: end, waitingTime, runTime, times$/,
  },
  {
    title: 'too many plans',
    call: ['PUT', `${at}/next-runs`, [{ times: 1000 }, {}]],
    detail: /at most 1000 executions/,
  },
  { title: 'a change without a body', call: ['PATCH', at], detail: /^send an object/ },
  {
    title: 'a status in small letters',
    call: ['PATCH', at, { name: 'x', status: 'running' }],
    detail: /^status: must be one of RUNNABLE, RUNNING, DELETED/,
  },
  {
    title: 'an unknown member',
    call: ['PATCH', at, { jobName: 'x' }],
    detail: /^jobName: unknown member; allowed: name, status/,
  },
  {
    title: 'an empty name',
    call: ['PATCH', at, { name: '' }],
    detail: /^name: must be a text of 1 to 1000 characters, was ""$/,
  },
  {
    title: 'no executions at all',
    call: ['PATCH', at, { maxConcurrentRuns: 0 }],
    detail: /^maxConcurrentRuns: must be a whole/,
  },
  { title: 'disabled as a number', call: ['PATCH', at, { disabled: 1 }], detail: /^disabled: must be true or false/ },
  {
    title: 'a last execution of another kind',
    call: ['PATCH', at, { lastExecutionStatus: 'DONE' }],
    detail: /^lastExecutionStatus: must be one of READY/,
  },
  {
    title: 'an invalid date',
    call: ['PATCH', at, { lastExecutionDate: 'today' }],
    detail: /^lastExecutionDate: must be a date/,
  },
  {
    title: 'a date without an execution',
    call: ['PATCH', at, { name: 'x', lastExecutionDate: testNow }],
    detail: /^lastExecutionDate: a job that was never executed needs lastExecutionStatus/,
  },
  {
    title: 'a date of an execution that never was',
    call: ['PATCH', at, { lastExecutionStatus: null, lastExecutionDate: testNow }],
    detail: /^lastExecutionDate: a job that was never executed has no such date$/,
  },
  {
    title: 'an unknown parameter',
    call: ['GET', `${at}?acount=x`],
    detail: /^unknown parameter "acount"; allowed: account, accessKey/,
  },
  {
    title: 'a parameter given twice',
    call: ['GET', `${at}?account=default&account=x`],
    detail: /^account: must be given once/,
  },
  {
    title: 'an account and a key',
    call: ['GET', `${at}?account=default&accessKey=x`],
    detail: /^account and accessKey: give one, not both/,
  },
  { title: 'an unknown account', call: ['GET', `${at}?account=x`], status: 404, detail: /^unknown account "x"/ },
  { title: 'an unknown key', call: ['GET', `${at}?accessKey=x`], status: 404, detail: /^unknown access key "x"/ },
  { title: 'the job of another account', call: ['GET', `${at}?account=other`], status: 404, detail: /unknown job/ },
]

t.test('rejects invalid requests and changes nothing', async t => {
  const other = { accessKey: 'second', secretKey: 'secret', active: true, subscribed: true, account: 'other' }
  const { admin } = await controlled(t, { jobs, credential: [other] })
  for (const { title, call, status = 400, detail } of refused) {
    t.test(`rejects ${title}`, async t => {
      isProblem(t, await admin(...call), status, detail)
      t.same(jobAlone((await admin('GET', `${at}?account=default`)).body), shown)
      t.same((await admin('GET', `${at}/next-runs`)).body.nextRuns, [])
    })
  }
})

t.test('finds the jobs of an account by its name or a key', async t => {
  const other = { accessKey: 'second', secretKey: 'secret', active: true, subscribed: true, account: 'other' }
  const accounts = [{ name: 'other', credentials: [], jobs: [{ jobId, name: 'theirs' }] }]
  const { admin } = await controlled(t, { fixtures: { jobs, accounts }, credential: [other] })
  for (const [query, name] of [
    ['', 'orders'],
    ['?account=default', 'orders'],
    ['?account=other', 'theirs'],
    ['?accessKey=second', 'theirs'],
  ]) {
    t.match((await admin('GET', at + query)).body, { name })
  }
  await admin('PATCH', `${at}?accessKey=second`, { status: 'STOPPED' })
  t.match((await admin('GET', at)).body, { status: 'RUNNABLE' })
  t.match((await admin('GET', `${at}?account=other`)).body, { status: 'STOPPED' })
})
