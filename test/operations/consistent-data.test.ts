import t from 'tap'
import { flow, nodeCondition, refusalOf, triggerRules } from '../support/flow.ts'

const parameters = { day: '2025-06-01' }
const script = { type: 'SCRIPT', jobCondition: { parameters } }

t.test('keeps parameters for a SCRIPT job of 2026-09 only, however they are sent', async t => {
  const { send, done, job, trigger, nodesOf, bodyOf } = await flow(t, { fixtures: 'none' })
  const visual = await job('visual')
  const triggerId = await trigger()
  const [start, step] = nodesOf(triggerId, { [visual]: [triggerId] })
  for (const [method, target, body] of [
    ['POST', '/api/v1/jobs', { name: 'job', type: 'VISUAL', jobCondition: { parameters } }],
    ['PATCH', `/api/v1/jobs/${visual}`, { type: 'VISUAL', jobCondition: { parameters } }],
    ['PUT', `/api/v1/jobs/${visual}/executions`, { jobCondition: { parameters } }],
    ['POST', `/api/v1/jobs/${visual}/executions`, { jobCondition: { parameters } }],
    ['POST', `/api/v1/jobs/${visual}/executions`, { parameters }],
    ['POST', '/api/v1/workflows', bodyOf([start ?? {}, { ...step, jobCondition: { parameters } }])],
  ] as const) {
    const { status, word, details } = refusalOf(await send(method, target, body))
    t.strictSame([status, word], [400, 'bad-parameter'], `${method} ${target}`)
    t.match(details, 'parameters')
  }
  t.equal((await done('GET', `/api/v1/jobs/${visual}/executions`)).count, 0)
  t.equal((await send('POST', `/api/v1/jobs/${visual}/executions`, { parameters: {} })).status, 200)
})

t.test(
  'removes the parameters of a SCRIPT job of 2026-09 that becomes VISUAL, also from executions of workflows',
  async t => {
    const { done, job, trigger, nodesOf, bodyOf } = await flow(t)
    const jobId = await job('script', script)
    const triggerId = await trigger()
    const [start, step] = nodesOf(triggerId, { [jobId]: [triggerId] })
    const nodes = [start ?? {}, { ...step, jobCondition: { parameters } }]
    const { workflowId } = await done('POST', '/api/v1/workflows', bodyOf(nodes))
    t.same((await done('GET', `/api/v1/jobs/${jobId}`)).jobCondition.parameters, parameters)
    const patched = await done('PATCH', `/api/v1/jobs/${jobId}`, { type: 'VISUAL' })
    t.equal(patched.jobCondition.parameters, undefined)
    t.equal((await done('PATCH', `/api/v1/jobs/${jobId}`, { type: 'SCRIPT' })).jobCondition.parameters, undefined)
    await done('PATCH', `/api/v1/jobs/${jobId}`, { type: 'VISUAL' })
    await done('POST', `/api/v1/workflows/${workflowId}/executions`)
    const { list } = await done('GET', `/api/v1/workflows/${workflowId}/executions`)
    t.match(list, [{ parsedParameters: {} }])
    t.same(list[0].jobCondition.parameters, undefined)
  },
)

t.test('shows in an execution of 2026-09 the stored parameters, and over them those of the request', async t => {
  const { done, job } = await flow(t)
  const jobId = await job('script', { ...script, maxConcurrentRuns: 9 })
  const path = `/api/v1/jobs/${jobId}/executions`
  for (const [body, parsed] of [
    [undefined, parameters],
    [{ jobCondition: { numWorker: 3 } }, parameters],
    [{ jobCondition: { parameters: { hour: '1' } } }, { hour: '1' }],
    [{ parameters: { day: 7, hour: 1 } }, { day: 7, hour: 1 }],
  ] as const) {
    const { jobExecutionId, parsedParameters } = await done('POST', path, body)
    t.strictSame(parsedParameters, parsed)
    t.strictSame((await done('GET', `${path}/${jobExecutionId}`)).parsedParameters, parsed)
  }
  const kept = await done('PUT', path, { jobCondition: { numWorker: 5 } })
  t.match(kept.jobCondition, { numWorker: 5, timeout: 360, parameters })
})

t.test('keeps the description of a job in 2023-10, and has none in later editions', async t => {
  const old = await flow(t, { edition: '2023-10' })
  const jobId = await old.job('described', { description: 'loads the orders' })
  const path = `/api/v1/jobs/${jobId}`
  t.equal((await old.done('GET', path)).description, 'loads the orders')
  const update = { name: 'described', type: 'DATAFLOW', isTemp: false, nodes: [] }
  await old.done('PUT', path, update)
  t.equal((await old.done('GET', path)).description, 'loads the orders', 'left out: kept')
  await old.done('PUT', path, { ...update, description: '' })
  t.equal((await old.done('GET', path)).description, '')
  const later = await flow(t, { edition: '2025-03' })
  t.notOk(
    'description' in (await later.done('GET', `/api/v1/jobs/${await later.job('some-job', { description: 'x' })}`)),
  )
})

for (const edition of ['2023-10', '2025-03', '2026-09'] as const) {
  t.test(`keeps a workflow node consistent with its trigger and job, edition ${edition}`, async t => {
    const setup = async (assume = {}) => {
      const made = await flow(t, { edition, assume })
      const jobId = await made.job('orders')
      const triggerId = await made.trigger(triggerRules.daily)
      const [start, step] = made.nodesOf(triggerId, { [jobId]: [triggerId] })
      const nodes = [
        { ...start, triggerRule: 'NONE', jobCondition: nodeCondition },
        { ...step, triggerRule: 'ONE_TIME' },
      ]
      const created = await made.done('POST', '/api/v1/workflows', made.bodyOf(nodes))
      return { ...made, jobId, triggerId, created, path: `/api/v1/workflows/${created.workflowId}` }
    }
    const { done, created, path, triggerId } = await setup()
    const { list } = await done('GET', '/api/v1/workflows')
    t.equal(list[0].triggerRuleType, 'RECURRING')
    for (const { nodes } of [created, await done('GET', path), list[0]]) {
      t.strictSame(
        nodes.map(({ name, triggerRule, jobCondition }: Record<string, unknown>) => [name, triggerRule, !jobCondition]),
        [
          ['some-trigger', 'RECURRING', true],
          ['orders', undefined, false],
        ],
      )
    }
    await done('DELETE', `/api/v1/triggers/${triggerId}`)
    t.match((await done('GET', path)).nodes[0], { name: 'start', triggerRule: 'NONE', isValid: false })

    const sent = await setup({ workflowNodes: 'sent' })
    t.match(sent.created.nodes, [{ name: 'start', triggerRule: 'NONE' }, { name: 'step' }])
  })
}

const unfinishedNode = { type: 'TRANSFORM_JOIN', id: 1, name: 'join', parentNodeIds: [9, 9] }

for (const edition of ['2023-10', '2025-03'] as const) {
  t.test(`accepts an unfinished draft, and checks it when it is finished, edition ${edition}`, async t => {
    const { send, done, job, trigger, bodyOf } = await flow(t, { edition })
    const jobId = await job()
    const path = `/api/v1/jobs/${jobId}`
    const update = { name: 'some-job', type: 'DATAFLOW', nodes: [unfinishedNode] }
    t.match(await done('PUT', path, { ...update, isTemp: true }), { status: 'DRAFT', nodes: [{ id: 1 }] })
    for (const body of [
      { ...update, isTemp: false },
      ...(edition === '2025-03' ? [{ name: 'some-job', type: 'DATAFLOW' }] : []),
    ]) {
      const { status, word, details } = refusalOf(await send('PUT', path, body))
      t.strictSame([status, word], [400, 'bad-parameter'])
      t.match(details, /^nodes: \/nodes\/0/)
    }
    t.match(await done('GET', path), { status: 'DRAFT' })
    for (const missing of ['type', 'id', 'name', 'parentNodeIds']) {
      const nodes = [{ ...unfinishedNode, [missing]: undefined }]
      t.equal((await send('PUT', path, { ...update, nodes, isTemp: true })).status, 400, missing)
    }
    t.match(await done('PUT', path, { ...update, nodes: [], isTemp: false }), { status: 'RUNNABLE' })

    const triggerId = await trigger()
    const nodes = [
      { id: triggerId, name: 'start', type: 'TRIGGER', parentNodeIds: ['nowhere'] },
      { id: jobId, name: 'step', type: 'JOB', parentNodeIds: [jobId] },
    ]
    const { workflowId } = await done('POST', '/api/v1/workflows', bodyOf(nodes, { isTemp: true }))
    t.match(await done('GET', `/api/v1/workflows/${workflowId}`), { isTemp: true, nodes: [{}, { id: jobId }] })
    const finishing = await send('PUT', `/api/v1/workflows/${workflowId}`, bodyOf(nodes))
    t.match(refusalOf(finishing), { status: 400, word: 'bad-parameter' })
  })

  t.test(`checks a draft under draftCheck=all as if it were finished, edition ${edition}`, async t => {
    const { send, job, bodyOf } = await flow(t, { edition, assume: { draftCheck: 'all' } })
    const jobId = await job()
    const body = { name: 'some-job', type: 'DATAFLOW', isTemp: true, nodes: [unfinishedNode] }
    t.equal((await send('PUT', `/api/v1/jobs/${jobId}`, body)).status, 400)
    const nodes = [{ id: jobId, name: 'step', type: 'JOB', parentNodeIds: [] }]
    t.equal((await send('POST', '/api/v1/workflows', bodyOf(nodes, { isTemp: true }))).status, 400)
  })
}

t.test('reads a plus that is not percent-encoded as the assumption says in a query, and as a plus in JSON', async t => {
  const query = 'startDate=2025-06-01T00:00:00+09:00&endDate=2025-06-01T00:00:00+09:00'
  for (const [plusInQuery, status] of [
    ['accept', 200],
    ['refuse', 400],
  ] as const) {
    const { get, send } = await flow(t, { assume: { plusInQuery } })
    for (const name of ['executions', 'executions-interval', 'execution-times']) {
      t.equal((await get(`/api/v1/stats/${name}?${query}`)).status, status)
      t.equal((await get(`/api/v1/stats/${name}?${query.replaceAll('+', '%2B')}`)).status, 200)
    }
    const at = (executionDate: string) => ({
      name: 'once',
      type: 'SCHEDULED',
      triggerRule: { type: 'ONE_TIME', executionDate },
    })
    t.equal((await send('POST', '/api/v1/triggers', at('2025-06-02T00:00:00+09:00'))).status, 201)
    const spaced = await send('POST', '/api/v1/triggers', at('2025-06-02T00:00:00 09:00'))
    t.match(refusalOf(spaced), { status: 400, word: 'bad-parameter', details: /executionDate/ })
  }
})
