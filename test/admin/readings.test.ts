import t from 'tap'
import { controlled, isProblem, jobCondition } from '../support/control.ts'
import { testNow } from '../support/emulator.ts'

const jobs = [{ name: 'orders' }, { name: 'orders-old', status: 'STOPPED' as const }, { name: 'members' }]

t.test('lists jobs page by page, by name, status and last execution', async t => {
  const { admin, api, run, wall } = await controlled(t, { jobs })
  const named = async (query: string) =>
    (await admin('GET', `/jobs?${query}`)).body.jobs.map(({ name }: { name: string }) => name).sort()
  t.same(await named('name=ORDERS'), ['orders', 'orders-old'])
  t.same(await named('status=STOPPED'), ['orders-old'])
  t.same(await named('name='), ['members', 'orders', 'orders-old'])
  const { body } = await admin('GET', '/jobs?limit=2&page=1')
  t.match(body, { count: 3, now: testNow, nextChangeAt: null })
  t.equal(body.jobs.length, 1)

  const id = (await api('GET', '/jobs?name=members')).list[0].jobId
  await run(id)
  t.same(await named('lastExecutionStatus=READY'), ['members'])
  t.equal((await admin('GET', '/jobs')).body.nextChangeAt, testNow + 1000)
  wall.moment += 2500
  const running = (await admin('GET', '/jobs?lastExecutionStatus=RUNNING')).body
  t.match(running, { count: 1, nextChangeAt: testNow + 4000 })
  t.match(running.jobs, [{ name: 'members', type: 'VISUAL', progress: 0.5, endsAt: testNow + 4000 }])
  wall.moment += 10_000
  t.match((await admin('GET', '/jobs?name=members')).body.jobs, [{ progress: null, endsAt: null }])
  for (const [query, detail] of [
    ['status=GONE', /^status/],
    ['lastExecutionStatus=x', /^lastExecutionStatus/],
    ['limit=0', /^limit: must be a whole number from 1 to/],
    ['page=-1', /^page/],
  ] as const) {
    isProblem(t, await admin('GET', `/jobs?${query}`), 400, detail)
  }
})

t.test('shows a job with its nodes, settings and workflows', async t => {
  const { admin, api } = await controlled(t, { fixtures: 'default' })
  const jobId = 'qR7ordersDay'
  const { body } = await admin('GET', `/jobs/${jobId}`)
  t.match(body, { name: 'orders-daily', jobCondition: { numWorker: 2, timeout: 360 } })
  t.match(body.nodes, [
    { id: '1742428443001', type: 'SOURCE_OBS', parentNodeIds: [], settings: { prefix: 'raw/' } },
    { parentNodeIds: ['1742428443001'] },
    { type: 'TARGET_OBS' },
  ])
  t.match(body.workflows, [{ name: 'orders-on-demand' }, { name: 'nightly-orders' }])

  const nodes = JSON.stringify(
    body.nodes.map(({ settings, ...node }: { settings: object }) => ({ ...node, ...settings })),
  )
  const long = nodes.replaceAll('"1742428443001"', '9007199254740993').replaceAll(/"(174242844300[23])"/g, '$1')
  const copy = await api('POST', '/jobs', `{"name":"copy","nodes":${long}}`)
  t.match((await admin('GET', `/jobs/${copy.jobId}`)).body.nodes, [
    { id: '9007199254740993' },
    { parentNodeIds: ['9007199254740993'] },
  ])
  await admin('PUT', '/jobs/byHandbyHand', { name: 'by hand', nodes: [{ deep: [{ one: 1 }] }] })
  t.same((await admin('GET', '/jobs/byHandbyHand')).body.nodes, [
    { id: '', name: '', type: '', parentNodeIds: [], settings: { deep: [{ one: 1 }] } },
  ])
})

t.test('lists the executions of a job and of a workflow', async t => {
  const { admin, run, wall } = await controlled(t, { fixtures: 'default' })
  const jobId = 'qR7ordersDay'
  const id = await run(jobId)
  const found = (await admin('GET', `/executions?jobId=${jobId}&limit=1`)).body
  t.match(found, { now: testNow, nextChangeAt: testNow + 1000, count: 3 })
  t.match(found.executions, [
    {
      jobExecutionId: id,
      jobName: 'orders-daily',
      status: 'READY',
      queuedAt: testNow,
      startsAt: testNow + 1000,
      endsAt: testNow + 4000,
      trigger: null,
      workflow: null,
      jobCondition: { nrn: jobCondition.nrn },
    },
  ])

  const { workflows } = (await admin('GET', '/workflows')).body
  const [nightly] = workflows.filter(({ name }: { name: string }) => name === 'nightly-orders')
  t.match(nightly, { valid: true, isTemp: false, nextFiring: testNow + 3 * 3_600_000 })
  wall.moment += 86_400_000
  const executions = (await admin('GET', `/executions?workflowId=${nightly.workflowId}`)).body.executions
  t.match(executions.at(-1), { trigger: { name: 'every-night' }, workflow: { name: 'nightly-orders' } })

  isProblem(t, await admin('GET', '/executions'), 400, /jobId or workflowId/)
  isProblem(t, await admin('GET', `/executions?jobId=a&workflowId=b`), 400, /one of them/)
  isProblem(t, await admin('GET', '/executions?jobId=a'), 404, /"a"/)
  isProblem(t, await admin('GET', '/executions?workflowId=a'), 404, /"a"/)
})

for (const edition of ['2023-10', '2025-03', '2026-09'] as const) {
  t.test(`fires the start trigger of a workflow now, in ${edition}`, async t => {
    const { admin, api, wall } = await controlled(t, { fixtures: 'default', edition })
    const { workflows } = (await admin('GET', '/workflows')).body
    const [nightly] = workflows.filter(({ name }: { name: string }) => name === 'nightly-orders')
    const { workflowId, nodes } = nightly
    const run = await admin('POST', `/workflows/${workflowId}/run`)
    t.equal(run.status, 202)
    t.same(run.body, { workflowId, triggerId: nodes[0].id, firedAt: testNow })
    const { executions } = (await admin('GET', `/executions?workflowId=${workflowId}`)).body
    t.match(executions, [{ status: 'READY', trigger: { name: 'every-night' } }])
    isProblem(t, await admin('POST', `/workflows/${workflowId}/run`, { triggerId: 'x' }), 404, /unknown trigger "x"/)
    isProblem(t, await admin('POST', '/workflows/nope/run'), 404, /unknown workflow "nope"/)

    wall.moment += 60_000
    await api('DELETE', `/jobs/${nodes[1].id}`)
    t.match((await admin('GET', `/workflows/${workflowId}`)).body, {
      valid: false,
      nextFiring: null,
      nodes: [{ isValid: true }, { isValid: false }],
    })
    isProblem(t, await admin('POST', `/workflows/${workflowId}/run`), 409, /its job .* was deleted/)
  })
}

t.test('rejects to run a workflow without a start trigger, or a draft', async t => {
  const { admin, api } = await controlled(t, { jobs })
  const [{ jobId }] = (await api('GET', '/jobs?name=orders')).list
  const nodes = [{ id: jobId, name: 'orders', type: 'JOB', parentNodeIds: [], jobCondition }]
  const made = async (isTemp: boolean) =>
    (await api('POST', '/workflows', { name: `flow-${isTemp}`, nodes, isTemp })).workflowId
  isProblem(t, await admin('POST', `/workflows/${await made(false)}/run`), 409, /has no start trigger/)
  isProblem(t, await admin('POST', `/workflows/${await made(true)}/run`), 409, /is a draft/)
})

t.test('returns one request, and those before a number', async t => {
  const { admin, get } = await controlled(t, { jobs })
  for (let i = 0; i < 4; i++) await get(`/api/v1/jobs?page=${i}`)
  t.match((await admin('GET', '/requests/3')).body, { number: 3, target: '/api/v1/jobs?page=2', verdict: 'passed' })
  t.match((await admin('GET', '/requests/3?reveal=true')).body, { accessKey: 'ncp_iam_EMULATORACCESSKEY' })
  t.same(
    (await admin('GET', '/requests?before=4&limit=2')).body.requests.map(({ number }: { number: number }) => number),
    [2, 3],
  )
  for (const number of ['5', '0', 'x']) isProblem(t, await admin('GET', `/requests/${number}`), 404, /unknown request/)
})

t.test('signs a text of its own and a time of its own, and shows the signed text', async t => {
  const { admin, get } = await controlled(t, { jobs })
  const call = { method: 'get', target: '/api/v1/jobs?page=0' }
  const right = (await admin('POST', '/sign', call)).body
  const key = 'ncp_iam_EMULATORACCESSKEY'
  t.equal(right.signedText, `GET /api/v1/jobs?page=0\n${testNow}\n${key}`)
  t.equal((await get(call.target, right.headers)).status, 200)
  const early = (await admin('POST', '/sign', { ...call, timestamp: testNow - 1000 })).body
  t.equal(early.headers['x-ncp-apigw-timestamp'], String(testNow - 1000))
  const text = `GET /api/v1/jobs\n${testNow}\n${key}`
  const wrong = (await admin('POST', '/sign', { ...call, text })).body
  t.equal(wrong.signedText, text)
  t.equal((await get(call.target, wrong.headers)).status, 401)

  const explained = await admin('POST', '/explain', {
    method: 'get',
    target: call.target,
    headers: Object.fromEntries(Object.entries(wrong.headers).map(([name, value]) => [name.toUpperCase(), value])),
  })
  t.match(explained.body, { verdict: 'explained', cause: 'query-left-out' })
  isProblem(t, await admin('POST', '/sign', { ...call, text: 'x'.repeat(20_001) }), 400, /^text/)
  isProblem(t, await admin('POST', '/explain', { method: 'GET' }), 400, /target/)
})

t.test('signs a text of its own for callers on the same machine only', async t => {
  const { emulator } = await controlled(t)
  const payload = { method: 'GET', target: '/', text: 'x' }
  for (const [remoteAddress, status] of [
    ['127.0.0.1', 200],
    ['::1', 200],
    ['::ffff:127.0.0.1', 200],
    ['192.168.0.7', 403],
  ] as const) {
    const { statusCode } = await emulator.app.inject({ method: 'POST', url: '/__admin/sign', payload, remoteAddress })
    t.equal(statusCode, status, remoteAddress)
  }
})

t.test('lists the presets of faults as rules that can be added', async t => {
  const { admin } = await controlled(t)
  const { presets } = (await admin('GET', '/fault-presets')).body
  t.same(
    presets.map(({ name }: { name: string }) => name),
    ['flaky', 'slow', 'quota', 'rate', 'outage', 'garbled'],
  )
  for (const rule of presets.flatMap(({ faults }: { faults: object[] }) => faults)) {
    t.equal((await admin('POST', '/faults', rule)).status, 201)
  }
})
