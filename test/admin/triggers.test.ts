import t from 'tap'
import type { Log } from '../../src/log.ts'
import { decisionHistory } from '../../src/service/decisions.ts'
import { emulator, testNow } from '../support/emulator.ts'
import { flow, hour, minute, triggerRules } from '../support/flow.ts'

const fivePast = { ...triggerRules.hourly, time: '05' }

t.test('lists triggers with the workflows that use them and their next firings', async t => {
  const { get, trigger, wired } = await flow(t)
  t.same((await get('/__admin/triggers')).body, { count: 0, triggers: [], decisions: [] })
  const { triggerId, workflowId } = await wired(fivePast)
  const unused = await trigger(triggerRules.monthly)
  const byHand = await trigger()
  const { body } = await get('/__admin/triggers?firings=3')
  t.equal(body.count, 3)
  const found = new Map(body.triggers.map((one: { triggerId: string }) => [one.triggerId, one]))
  const firings = [5, 65, 125].map(after => testNow + after * minute)
  t.match(found.get(triggerId), {
    name: 'some-trigger',
    type: 'SCHEDULED',
    triggerRule: fivePast,
    updatedDate: '2025-06-01T00:00:00+09:00',
    workflows: [{ workflowId, name: 'some-workflow', nextFiring: firings[0] }],
    nextFirings: firings,
  })
  t.match(found.get(unused), { workflows: [], nextFirings: [Date.parse('2025-07-31T10:00:00+09:00'), Number, Number] })
  t.match(found.get(byHand), { type: 'NONE', workflows: [], nextFirings: [] })
  t.match((await get(`/__admin/triggers?triggerId=${byHand}`)).body, { count: 1, triggers: [{ triggerId: byHand }] })
  for (const query of ['firings=101', 'firings=-1', 'decisions=1001', 'account=nobody']) {
    t.not((await get(`/__admin/triggers?${query}`)).status, 200, query)
  }
})

t.test('reports what each firing started, and logs it', async t => {
  const lines: object[] = []
  const log: Log = { debug() {}, info: facts => void lines.push(facts), warn() {}, error() {} }
  const { get, job, trigger, workflow, emulator: whole } = await flow(t, { log })
  const jobId = await job('shared')
  const triggerId = await trigger(fivePast)
  const [first, second] = [await workflow(triggerId, { [jobId]: [] }), await workflow(triggerId, { [jobId]: [] })]
  whole.clock.change({ advance: 6 * minute })
  const { decisions } = (await get('/__admin/triggers')).body
  t.equal(decisions.length, 2, 'two workflows share trigger and job')
  const at = testNow + 5 * minute
  const seen = decisions.toSorted((a: { outcome: string }, b: { outcome: string }) => (a.outcome < b.outcome ? -1 : 1))
  t.match(seen[0], {
    at,
    firedAt: at,
    triggerId,
    jobId,
    jobName: 'shared',
    outcome: 'fired',
    jobExecutionId: /^\w{12}$/,
  })
  t.match(seen[1], {
    at,
    triggerId,
    jobId,
    outcome: 'skipped',
    reason: 'jobBusy',
    detail: /has 1 executions under way/,
  })
  t.same(new Set(seen.map((one: { workflowId: string }) => one.workflowId)), new Set([first, second]))
  t.same(
    lines.filter(line => 'triggerId' in line).map(line => 'outcome' in line && line.outcome),
    decisions.map((one: { outcome: string }) => one.outcome).toReversed(),
  )
})

type Made = Awaited<ReturnType<typeof flow>>

const skipped: {
  reason: string
  detail: RegExp
  failureRate?: number
  edition?: '2025-03'
  make: (made: Made) => unknown
}[] = [
  {
    reason: 'invalidNode',
    detail: /^the job \w{12} of workflow \w{12} was deleted$/,
    async make({ done, wired }) {
      const { jobId } = await wired(fivePast)
      await done('DELETE', `/api/v1/jobs/${jobId}`)
    },
  },
  {
    reason: 'draft',
    detail: /^workflow \w{12} is a draft$/,
    edition: '2025-03',
    async make({ job, trigger, workflow }) {
      const triggerId = await trigger(fivePast)
      await workflow(triggerId, { [await job()]: [triggerId] }, { isTemp: true })
    },
  },
  {
    reason: 'jobState',
    detail: /^job \w{12} is stopped/,
    edition: '2025-03',
    async make({ send, wired }) {
      const { jobId } = await wired(fivePast)
      await send('PATCH', `/__admin/jobs/${jobId}`, { status: 'STOPPED' })
    },
  },
  {
    reason: 'parentFailed',
    detail: /^job \w{12}, which comes before it, failed$/,
    failureRate: 1,
    async make({ job, trigger, workflow }) {
      const triggerId = await trigger(fivePast)
      const parent = await job('parent')
      await workflow(triggerId, { [parent]: [triggerId], [await job('child')]: [parent] })
    },
  },
]

for (const { reason, detail, make, ...setting } of skipped) {
  t.test(`reports that a trigger started nothing: ${reason}`, async t => {
    const made = await flow(t, setting)
    await make(made)
    made.emulator.clock.change({ advance: 10 * minute })
    const { decisions } = (await made.get('/__admin/triggers')).body
    t.match(decisions[0], { outcome: 'skipped', reason, detail })
  })
}

for (const { state, wait } of [
  { state: 'READY', wait: 0 },
  { state: 'RUNNING', wait: 3000 },
]) {
  t.test(`reports at once that nothing follows an execution canceled in ${state}`, async t => {
    const { get, send, done, job, trigger, workflow, emulator: whole } = await flow(t)
    const triggerId = await trigger()
    const [parent, child, grandchild] = [await job('parent'), await job('child'), await job('grandchild')]
    const workflowId = await workflow(triggerId, { [parent]: [triggerId], [child]: [parent], [grandchild]: [child] })
    await done('POST', `/api/v1/workflows/${workflowId}/executions`)
    whole.clock.change({ advance: wait })
    const { decisions: started } = (await get('/__admin/triggers')).body
    const canceled = await send('POST', `/__admin/jobs/${parent}/executions/${started[0].jobExecutionId}/cancel`)
    t.match(canceled.body, { status: 'CANCELED' })
    const { decisions } = (await get('/__admin/triggers')).body
    const at = testNow + wait
    t.match(decisions, [
      { at, outcome: 'skipped', reason: 'parentSkipped', jobId: grandchild },
      { at, outcome: 'skipped', reason: 'parentCanceled', jobId: child },
      { outcome: 'fired', jobId: parent },
    ])
    whole.clock.change({ advance: hour })
    t.equal((await get('/__admin/triggers')).body.decisions.length, 3, 'and says it once')
  })
}

t.test('reports why a workflow that was started by hand started nothing', async t => {
  const { get, done, wired } = await flow(t)
  const { workflowId, jobId } = await wired()
  const start = () => done('POST', `/api/v1/workflows/${workflowId}/executions`)
  await start()
  await start()
  const { decisions } = (await get('/__admin/triggers')).body
  t.match(decisions, [
    { outcome: 'skipped', reason: 'jobBusy', workflowId, jobId },
    { outcome: 'fired', workflowId, jobId },
  ])
})

t.test('starts the other jobs of a workflow with a deleted one where the assumption says so', async t => {
  const made = await flow(t, { assume: { invalidNode: 'skip' } })
  const [gone, stays] = [await made.job('gone'), await made.job('stays')]
  const triggerId = await made.trigger()
  const workflowId = await made.workflow(triggerId, { [gone]: [triggerId], [stays]: [triggerId] })
  await made.done('DELETE', `/api/v1/jobs/${gone}`)
  await made.done('POST', `/api/v1/workflows/${workflowId}/executions`)
  const { decisions } = (await made.get('/__admin/triggers')).body
  t.same(
    new Map(decisions.map((one: { jobId: string; outcome: string }) => [one.jobId, one.outcome])),
    new Map([
      [gone, 'skipped'],
      [stays, 'fired'],
    ]),
  )
  t.match((await made.get(`/api/v1/workflows/${workflowId}/executions`)).body, { count: 1, list: [{ jobId: stays }] })
})

t.test('forgets decisions with a reset, of one account or of all', async t => {
  const { get, call, wired, emulator: whole } = await flow(t)
  await wired(fivePast)
  whole.clock.change({ advance: hour })
  const count = async () => (await get('/__admin/triggers')).body.decisions.length
  t.equal(await count(), 1)
  await call('POST', '/__admin/reset?account=default')
  t.equal(await count(), 0)
})

t.test('keeps a bounded number of decisions, and logs a long jump in one line', async t => {
  const lines: string[] = []
  const history = decisionHistory({ info: (_facts, sentence) => void lines.push(sentence) }, 10)
  const decision = (at: number) => ({
    accountId: 1,
    at,
    firedAt: at,
    triggerId: 't',
    triggerName: 't',
    workflowId: 'w',
    workflowName: 'w',
    outcome: 'fired' as const,
  })
  history.note([])
  history.note(Array.from({ length: 300 }, (_, at) => decision(at)))
  t.equal(lines.length, 101)
  t.match(lines.at(-1), /more triggers fired/)
  for (let at = 300; at < 325; at++) history.note([decision(at)])
  const times = (accountId: number) => history.list({ accountId, limit: 100 }).map(({ at }) => at)
  t.same(times(1), [324, 323, 322, 321, 320, 319, 318, 317, 316, 315])
  t.same(times(2), [])
  history.clear(2)
  t.equal(times(1).length, 10)
  history.clear()
  t.same(times(1), [])
})

t.test('shows each account its own triggers', async t => {
  const { emulator: whole, get } = await emulator(t)
  await whole.accounts.add({ name: 'other', fixtures: { triggers: [{ name: 'theirs' }] } })
  t.equal((await get('/__admin/triggers')).body.count, 0)
  t.match((await get('/__admin/triggers?account=other')).body, { triggers: [{ name: 'theirs' }] })
})
