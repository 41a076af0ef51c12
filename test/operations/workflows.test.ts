import t from 'tap'
import { testNow } from '../support/emulator.ts'
import {
  complaintAt,
  day,
  editionIds,
  flow,
  hour,
  minute,
  nodeCondition,
  refusalOf,
  triggerRules,
} from '../support/flow.ts'

const path = '/api/v1/workflows'
const none = 'AAAAAAAAAAAA'
const workflowIds = ({ list }: { list: readonly { workflowId: string }[] }) => list.map(({ workflowId }) => workflowId)
const executionsOf = (workflowId: string) => `${path}/${workflowId}/executions`

for (const edition of editionIds) {
  const drafts = edition !== '2026-09'
  const dates = edition === '2023-10' ? ['2025-06-01T00:00:00.000', '.000'] : ['2025-06-01T00:00:00+09:00', '+09:00']
  const [first, ending] = [dates[0] ?? '', dates[1] ?? '']
  const condition = drafts ? { workerType: 'DEFAULT', ...nodeCondition } : nodeCondition

  t.test(`creates, shows, changes, lists and deletes a workflow, edition ${edition}`, async t => {
    const { send, done, job, trigger, nodesOf, bodyOf, wall } = await flow(t, { edition })
    const [jobId, triggerId] = [await job(), await trigger()]
    const nodes = nodesOf(triggerId, { [jobId]: [triggerId] })
    const made = await send('POST', path, bodyOf(nodes))
    t.equal(made.status, 201)
    const { workflowId } = made.body
    t.match(workflowId, /^[0-9A-Za-z]{12}$/)
    const shownNodes = [
      { id: triggerId, name: 'some-trigger', type: 'TRIGGER', parentNodeIds: [], triggerRule: 'NONE', isValid: true },
      { id: jobId, name: 'some-job', type: 'JOB', parentNodeIds: [triggerId], jobCondition: condition, isValid: true },
    ]
    const expected = {
      workflowId,
      name: 'some-workflow',
      nodes: shownNodes,
      createdDate: first,
      updatedDate: first,
      ...(drafts ? { isTemp: false } : {}),
    }
    t.equal(made.text, JSON.stringify(expected), 'members in the published order')
    t.equal((await send('GET', `${path}/${workflowId}`)).text, made.text)

    wall.moment += minute
    const sent = [{ ...nodes[0], triggerRule: 'NONE' }, nodes[1]]
    const changed = await send('PUT', `${path}/${workflowId}`, { name: 'other-name', nodes: sent })
    t.equal(changed.status, 200)
    const updatedDate = `2025-06-01T00:01:00${ending}`
    t.strictSame(changed.body, {
      ...expected,
      name: 'other-name',
      updatedDate,
    })

    const later = await done('POST', path, bodyOf([]))
    const list = await done('GET', path)
    t.strictSame(workflowIds(list), [later.workflowId, workflowId])
    t.match(list, { count: 2, page: 0, limit: 1000 })
    t.equal(
      JSON.stringify(list.list[1]),
      JSON.stringify({
        workflowId,
        name: 'other-name',
        createdDate: first,
        updatedDate,
        ...(drafts ? { isTemp: false } : {}),
        triggerRuleType: 'NONE',
        nodes: changed.body.nodes,
        resourceId: workflowId,
        disabled: false,
      }),
      'no lastExecutionDate for one that never started',
    )
    for (const [query, ids] of [
      ['page=1&limit=1', [workflowId]],
      ['name=some', [later.workflowId, workflowId]],
      ['page=7', []],
      ['limit=0', []],
    ] as const) {
      t.strictSame(workflowIds(await done('GET', `${path}?${query}`)), ids, query)
    }

    const gone = await send('DELETE', `${path}/${workflowId}`)
    t.strictSame([gone.status, gone.text], [200, 'true'])
    t.strictSame(workflowIds(await done('GET', path)), [later.workflowId])
  })

  t.test(`responds with 404 for a workflow that is not there, edition ${edition}`, async t => {
    const { send, bodyOf } = await flow(t, { edition })
    for (const [method, target, body] of [
      ['GET', `${path}/${none}`],
      ['PUT', `${path}/${none}`, bodyOf([])],
      ['DELETE', `${path}/${none}`],
      ['GET', executionsOf(none)],
      ...(drafts ? [] : [['POST', executionsOf(none)] as const]),
    ] as const) {
      const refusal = refusalOf(await send(method, target, body))
      t.match(refusal, { status: 404, word: 'not-found', details: none }, `${method} ${target}`)
    }
    if (drafts) {
      t.match(await send('POST', executionsOf(none)), { status: 404, body: { error: { errorCode: '300' } } })
    }
  })

  t.test(`rejects what is no workflow, and says where, edition ${edition}`, async t => {
    const { send, done, job, trigger, nodesOf, bodyOf } = await flow(t, { edition })
    const [a, b, start] = [await job(), await job(), await trigger()]
    const [triggerNode, jobNode] = nodesOf(start, { [a]: [start] })
    const withJob = (more: object) => bodyOf([triggerNode ?? {}, { ...jobNode, ...more }])
    const without = (key: string) =>
      bodyOf([Object.fromEntries(Object.entries(jobNode ?? {}).filter(([name]) => name !== key))])
    const longest = edition === '2023-10' ? 20 : 100
    const bad: (readonly [object, string])[] = [
      [{ ...bodyOf([]), name: 'ab' }, '/name'],
      [{ ...bodyOf([]), name: 'a'.repeat(longest + 1) }, '/name'],
      [{ ...bodyOf([]), name: '1abc' }, '/name'],
      [{ ...bodyOf([]), nodes: {} }, '/nodes'],
      [{ ...bodyOf([]), nodes: [1] }, '/nodes/0'],
      ...['id', 'name', 'type', 'parentNodeIds'].map(key => [without(key), `/nodes/0/${key}`] as const),
      [withJob({ type: 'job' }), '/nodes/1/type'],
      [withJob({ parentNodeIds: start }), '/nodes/1/parentNodeIds'],
      [withJob({ parentNodeIds: [none] }), '/nodes/1/parentNodeIds/0'],
      [withJob({ parentNodeIds: [a] }), '/nodes/1/parentNodeIds'],
      [withJob({ id: start }), '/nodes/1/id'],
      [withJob({ id: none }), '/nodes/1/id'],
      [bodyOf([{ ...triggerNode, id: none }]), '/nodes/0/id'],
      [bodyOf([{ ...triggerNode, id: a }]), '/nodes/0/id'],
      [
        bodyOf([
          { ...triggerNode, parentNodeIds: [a] },
          { ...jobNode, parentNodeIds: [] },
        ]),
        '/nodes/0/parentNodeIds',
      ],
      [bodyOf([{ ...triggerNode, triggerRule: { type: 'NONE' } }]), '/nodes/0/triggerRule'],
      [bodyOf(nodesOf(start, { [a]: [start, b], [b]: [a] })), '/nodes/1/parentNodeIds'],
      [withJob({ jobCondition: { ...nodeCondition, numWorker: 11 } }), '/nodes/1/jobCondition/numWorker'],
      [withJob({ jobCondition: { ...nodeCondition, timeout: 1441 } }), '/nodes/1/jobCondition/timeout'],
      ...(drafts
        ? ([
            [without('jobCondition'), '/nodes/0/jobCondition'],
            [withJob({ jobCondition: { numWorker: 2 } }), '/nodes/1/jobCondition/nrn'],
            [{ ...bodyOf([]), isTemp: 'no' }, '/isTemp'],
            [{ name: 'abc', nodes: [] }, '/isTemp'],
          ] as const)
        : []),
    ]
    for (const [body, pointer] of bad) {
      const { status, word, details } = refusalOf(await send('POST', path, body))
      t.strictSame([status, word], [400, 'bad-parameter'], JSON.stringify(body))
      t.ok(details.startsWith(complaintAt(pointer)), `${pointer} is named in: ${details}`)
    }
    t.equal((await done('GET', path)).count, 0, 'nothing was kept')

    const kept = await done('POST', path, withJob({}))
    const bodyless = refusalOf(await send('PUT', `${path}/${kept.workflowId}`, withJob({ id: none })))
    t.match(bodyless, { status: 400, word: 'bad-parameter' })
    t.strictSame(await done('GET', `${path}/${kept.workflowId}`), kept, 'a refused change changes nothing')
  })

  t.test(`marks nodes whose job or trigger was deleted as invalid, and starts nothing, edition ${edition}`, async t => {
    const { done, wired, wall } = await flow(t, { edition })
    const [withoutJob, withoutTrigger] = [await wired(triggerRules.hourly), await wired(triggerRules.hourly)]
    await done('DELETE', `/api/v1/jobs/${withoutJob.jobId}`)
    await done('DELETE', `/api/v1/triggers/${withoutTrigger.triggerId}`)
    wall.moment += day
    for (const [{ workflowId }, valid] of [
      [withoutJob, [true, false]],
      [withoutTrigger, [false, true]],
    ] as const) {
      const { nodes } = await done('GET', `${path}/${workflowId}`)
      t.strictSame(
        nodes.map(({ isValid }: { isValid: boolean }) => isValid),
        valid,
      )
      t.equal((await done('GET', executionsOf(workflowId))).count, 0)
    }
    const { list } = await done('GET', path)
    t.strictSame(list.map((one: { triggerRuleType: string }) => one.triggerRuleType).sort(), ['NONE', 'RECURRING'])
  })

  t.test(`lists the executions that a trigger made, newest first, edition ${edition}`, async t => {
    const { done, wired, wall } = await flow(t, { edition, runTime: minute })
    const { jobId, triggerId, workflowId } = await wired(triggerRules.daily)
    wall.moment = testNow + 3 * day + 10 * hour
    const { list, count } = await done('GET', executionsOf(workflowId))
    t.equal(count, 4)
    const days = ['04', '03', '02', '01'].map(day => `2025-06-${day}T10:00:00${ending}`)
    t.strictSame(
      list.map(({ createdDate }: { createdDate: string }) => createdDate),
      days,
    )
    t.match(list[0], { jobId, status: 'READY', jobCondition: condition })
    t.match(list[1], { jobId, status: 'COMPLETED' })
    t.match((await done('GET', path)).list, [{ workflowId, lastExecutionDate: days[0], triggerRuleType: 'RECURRING' }])
    const one = await done('GET', `/api/v1/jobs/${jobId}/executions/${list[1].jobExecutionId}`)
    t.match(one, { triggerId, triggerName: 'some-trigger', runningTime: 1 })
    if (edition !== '2023-10') t.equal(one.type, 'WORKFLOW')

    for (const [query, expected] of [
      ['page=1&limit=3', days.slice(3)],
      ['filter=some-work', days],
      ['filter=', days],
      ['filter=other', []],
      ['page=4', []],
    ] as const) {
      const page = await done('GET', `${executionsOf(workflowId)}?${query}`)
      t.strictSame(
        page.list.map(({ createdDate }: { createdDate: string }) => createdDate),
        expected,
        query,
      )
      t.equal(page.count, query === 'filter=other' ? 0 : 4)
    }
  })

  if (!drafts) continue
  t.test(`accepts a draft that names what is not there, and does not start it, edition ${edition}`, async t => {
    const { send, done, job, trigger, nodesOf, bodyOf, wall } = await flow(t, { edition })
    const [jobId, hourly] = [await job(), await trigger(triggerRules.hourly)]
    const dreamt = await done('POST', path, bodyOf(nodesOf(none, { [jobId]: [none] }), { isTemp: true }))
    t.match(dreamt, { isTemp: true, nodes: [{ isValid: false }, { isValid: true }] })
    const nodes = nodesOf(hourly, { [jobId]: [hourly] })
    const { workflowId } = await done('POST', path, bodyOf(nodes, { isTemp: true }))
    wall.moment += hour
    t.equal((await done('GET', executionsOf(workflowId))).count, 0)
    t.match(await done('PUT', `${path}/${workflowId}`, bodyOf(nodes)), { isTemp: false })
    wall.moment += hour
    t.equal((await done('GET', executionsOf(workflowId))).count, 1)
    t.equal((await send('PUT', `${path}/${dreamt.workflowId}`, bodyOf(dreamt.nodes))).status, 400)
  })

  t.test(`rejects a job node without settings or takes those of its job, edition ${edition}`, async t => {
    const asked = { name: 'abc', isTemp: false }
    const strict = await flow(t, { edition })
    const lenient = await flow(t, { edition, assume: { workflowCondition: 'optional' } })
    for (const [{ job, send }, status] of [
      [strict, 400],
      [lenient, 201],
    ] as const) {
      const nodes = [{ id: await job(), name: 'step', type: 'JOB', parentNodeIds: [] }]
      t.equal((await send('POST', path, { ...asked, nodes })).status, status)
    }
  })
}

t.test('runs a workflow by hand unless a schedule starts it', async t => {
  const { send, done, wired, wall } = await flow(t, { runTime: minute, assume: { eventTrigger: 'accept' } })
  for (const [rule, type] of [
    [triggerRules.none, 'NONE'],
    [triggerRules.none, 'EVENT'],
  ] as const) {
    const { workflowId, triggerId, jobId } = await wired(rule, type)
    const started = await send('POST', executionsOf(workflowId))
    t.strictSame([started.status, started.text], [202, JSON.stringify({ workflowId, triggerId, status: 'ACCEPTED' })])
    const { list } = await done('GET', executionsOf(workflowId))
    t.match(list, [{ jobId, status: 'READY', createdDate: '2025-06-01T00:00:00+09:00' }])
  }
  wall.moment += hour
  t.match((await done('GET', path)).list[0], { lastExecutionDate: '2025-06-01T00:00:00+09:00' })
  const { workflowId } = await wired(triggerRules.daily)
  const { status, word, details } = refusalOf(await send('POST', executionsOf(workflowId)))
  t.strictSame([status, word], [400, 'bad-state'])
  t.match(details, 'by schedule')
})

t.test('rejects executeWorkflow for a workflow with an invalid node or without a trigger', async t => {
  const { send, done, wired, job, nodesOf, bodyOf } = await flow(t)
  const [withoutJob, withoutTrigger] = [await wired(), await wired()]
  await done('DELETE', `/api/v1/jobs/${withoutJob.jobId}`)
  await done('DELETE', `/api/v1/triggers/${withoutTrigger.triggerId}`)
  const bare = await done('POST', path, bodyOf(nodesOf('', { [await job()]: [] }).slice(1)))
  for (const [workflowId, complaint] of [
    [withoutJob.workflowId, `its job ${withoutJob.jobId} was deleted`],
    [withoutTrigger.workflowId, `its trigger ${withoutTrigger.triggerId} was deleted`],
    [bare.workflowId, 'has no start trigger'],
  ]) {
    const refusal = refusalOf(await send('POST', executionsOf(workflowId)))
    t.match(refusal, { status: 400, word: 'bad-state', details: complaint })
  }
})

t.test('follows the assumptions on `disabled`, `resourceId` and `filter`', async t => {
  const switched = { workflowDisabled: 'string', resourceId: 'own', workflowFilter: 'ignore' } as const
  for (const edition of editionIds) {
    const { done, wired, wall } = await flow(t, { edition, assume: switched })
    const { workflowId } = await wired(triggerRules.hourly)
    const [listed] = (await done('GET', path)).list
    t.equal(listed.disabled, 'false')
    t.not(listed.resourceId, workflowId)
    wall.moment += hour
    t.equal((await done('GET', `${executionsOf(workflowId)}?filter=other`)).count, 1)
  }
})

const readings = [
  { title: 'what hangs on a failed job does not start', assume: { afterFailure: 'stop' }, executions: ['first'] },
  { title: 'what hangs on a failed job starts', assume: { afterFailure: 'continue' }, executions: ['first', 'then'] },
] as const
for (const { title, assume, executions } of readings) {
  t.test(`follows the assumption: ${title}`, async t => {
    const { done, job, trigger, workflow, wall } = await flow(t, {
      assume,
      failureRate: 1,
      waitingTime: 0,
      runTime: minute,
    })
    const [first, then, triggerId] = [await job('first'), await job('then'), await trigger()]
    const workflowId = await workflow(triggerId, { [first]: [triggerId], [then]: [first] })
    await done('POST', executionsOf(workflowId))
    wall.moment += hour
    const { list } = await done('GET', executionsOf(workflowId))
    t.same(list.map(({ jobName }: { jobName: string }) => jobName).reverse(), executions)
  })
}

for (const [busyTrigger, count] of [
  ['skip', 1],
  ['run', 2],
] as const) {
  t.test(`follows busyTrigger=${busyTrigger} when a trigger comes to a busy job`, async t => {
    const { done, wired, wall } = await flow(t, { assume: { busyTrigger }, waitingTime: 0, runTime: 90 * minute })
    const { jobId } = await wired(triggerRules.hourly)
    wall.moment += 2 * hour
    t.match(await done('GET', `/api/v1/jobs/${jobId}/executions`), { count })
  })
}

for (const [shortMonth, dates] of [
  ['skip', ['2025-07-31', '2025-08-31', '2025-10-31']],
  ['last', ['2025-06-30', '2025-07-31', '2025-08-31', '2025-09-30', '2025-10-31']],
] as const) {
  t.test(`follows shortMonth=${shortMonth} for a trigger on the 31st`, async t => {
    const { done, wired, wall } = await flow(t, { assume: { shortMonth } })
    const { workflowId } = await wired(triggerRules.monthly)
    wall.moment += 160 * day
    const { list } = await done('GET', executionsOf(workflowId))
    t.same(list.map(({ createdDate }: { createdDate: string }) => createdDate.slice(0, 10)).reverse(), dates)
  })
}

for (const runInWorkflow of ['belongs', 'ignored'] as const) {
  t.test(`follows runInWorkflow=${runInWorkflow} for a job that is run in the name of a workflow`, async t => {
    const assume = { runInWorkflow }
    const { done, job, trigger, workflow, wall } = await flow(t, { assume, waitingTime: 0, runTime: minute })
    const [first, then, triggerId] = [await job('first'), await job('then'), await trigger()]
    const workflowId = await workflow(triggerId, { [first]: [triggerId], [then]: [first] })
    const { jobExecutionId } = await done(
      'POST',
      `/api/v1/jobs/${first}/executions?triggerId=${triggerId}&workflowId=${workflowId}`,
      {},
    )
    const own = { jobExecutionId, jobId: first, triggerId, type: 'JOB' }
    wall.moment += 5 * minute
    const belongs = runInWorkflow === 'belongs'
    const before = await done('GET', executionsOf(workflowId))
    t.match(before, belongs ? { count: 1, list: [own] } : { count: 0, list: [] }, 'and nothing that hangs on the job')

    await done('POST', executionsOf(workflowId))
    wall.moment += 5 * minute
    t.match(await done('GET', executionsOf(workflowId)), { count: belongs ? 3 : 2 })
    t.match(
      await done('GET', `/api/v1/jobs/${then}/executions`),
      { count: 1 },
      'a start of the workflow goes all the way',
    )
    t.match(await done('GET', `/api/v1/jobs/${first}/executions`), { count: 2 })
  })
}

t.test('starts a workflow at the moment at which a job was run in its name', async t => {
  const { done, wired, job, wall } = await flow(t, { waitingTime: 0, runTime: 0 })
  const { workflowId } = await wired()
  await done('POST', `/api/v1/jobs/${await job('other-job')}/executions?workflowId=${workflowId}`, {})
  await done('POST', executionsOf(workflowId))
  const { list } = await done('GET', executionsOf(workflowId))
  t.same(
    list.map(({ status }: { status: string }) => status),
    ['COMPLETED', 'COMPLETED'],
  )
  t.equal(wall.moment, testNow)
})
