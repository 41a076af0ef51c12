import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { assume } from '../../src/api/assumptions.ts'
import { operationsOf } from '../../src/api/edition.ts'
import { editions } from '../../src/api/editions/editions.ts'
import { readKinds } from '../../src/service/reads.ts'
import { testNow } from '../support/emulator.ts'
import { editionIds, flow, minute, nodeCondition, triggerRules } from '../support/flow.ts'

t.test('lists the data that each operation reads', async t => {
  for (const [id, edition] of Object.entries(editions)) {
    for (const [name, { method }] of operationsOf(edition, assume({ triggerIdInPath: 'optional' }))) {
      t.equal(readKinds[name] !== undefined, method === 'GET', `${id} ${name}`)
    }
  }
})

const changes = [
  'create',
  'rename',
  'delete',
  'run',
  'runFlow',
  'addTrigger',
  'dropTrigger',
  'patch',
  'rejected',
] as const
const step = fc.record({
  change: fc.constantFrom(...changes, 'wait', 'setBack'),
  which: fc.nat(50),
  name: fc.constantFrom('alpha', 'Beta', '_a'),
})
type Step = { change: (typeof changes)[number] | 'wait' | 'setBack'; which: number; name: string }

/**
 * Asks each question before a change, so that all is remembered, and twice after it. Restoring a snapshot of the very
 * data makes the emulator forget everything: what it answers then is read from the tables.
 */
async function comparison(t: Parameters<typeof flow>[0], edition: (typeof editionIds)[number], steps: readonly Step[]) {
  const { call, get, send, job, wired, wall, emulator, bodyOf } = await flow(t, { edition })
  const scenario = await wired(triggerRules.hourly)
  for (let made = 0; made < 4; made++) await job(`alpha-${made}`)
  const triggers: string[] = []
  const kind = edition === '2026-09' ? 'SCRIPT' : 'DATAFLOW'
  const idsOf = async () => (await get('/api/v1/jobs?limit=100')).body.list.map((each: { jobId: string }) => each.jobId)
  const questions = [
    ...['', '?page=1&limit=2', '?page=2&limit=2', '?name=a', '?name=Beta', '?limit=3'].map(
      query => `/api/v1/jobs${query}`,
    ),
    ...(edition === '2026-09' ? [] : ['/api/v1/jobs?status=RUNNABLE&limit=2', '/api/v1/jobs?status=DELETED']),
    `/api/v1/jobs/${scenario.jobId}`,
    `/api/v1/jobs/${scenario.jobId}/executions?limit=3`,
    '/api/v1/workflows',
    `/api/v1/workflows/${scenario.workflowId}`,
    `/api/v1/workflows/${scenario.workflowId}/executions?page=1&limit=2`,
    '/api/v1/triggers',
    '/api/v1/stats/executions?startDate=2025-05-01T00%3A00%3A00&endDate=2025-07-01T00%3A00%3A00',
  ]
  const answers = async () => {
    const all: string[] = []
    for (const question of questions) all.push(`${question} ${(await get(question)).text}`)
    return all
  }
  async function act({ change, which, name }: Step): Promise<void> {
    const ids = await idsOf()
    const jobId = ids[which % ids.length]
    const path = `/api/v1/jobs/${jobId}`
    if (change === 'wait') wall.moment += which * minute
    else if (change === 'setBack') emulator.clock.change({ now: testNow + which * minute })
    else if (change === 'create')
      await send('POST', '/api/v1/jobs', bodyOf([], { name: `${name}-${which}`, type: kind }))
    else if (change === 'rename') await send('PATCH', path, { name: `${name}-${which}` })
    else if (change === 'delete') await send('DELETE', path)
    else if (change === 'run') await send('POST', `${path}/executions`, { jobCondition: nodeCondition })
    else if (change === 'runFlow') await send('POST', `/api/v1/workflows/${scenario.workflowId}/executions`)
    else if (change === 'patch')
      await call(
        'PATCH',
        `/__admin/jobs/${jobId}`,
        json,
        JSON.stringify({ disabled: true, name: `${name}"가 ${which}` }),
      )
    else if (change === 'rejected') await send('POST', '/api/v1/jobs', { name: '' })
    else if (change === 'addTrigger') {
      triggers.push(
        (await send('POST', '/api/v1/triggers', { name, type: 'NONE', triggerRule: triggerRules.none })).body.triggerId,
      )
    } else await send('DELETE', `/api/v1/triggers/${triggers.pop() ?? scenario.triggerId}`)
  }
  for (const each of steps) {
    await answers()
    await act(each)
    const remembered = [await answers(), await answers()]
    await call('PUT', '/__admin/snapshots/now')
    await call('POST', '/__admin/snapshots/now/restore')
    const read = await answers()
    for (const all of remembered) assert.deepEqual(all, read, each.change)
  }
}
const json = { 'content-type': 'application/json' }

for (const edition of editionIds) {
  t.test(`keeps only responses that the tables confirm, in ${edition}`, async t => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), steps => comparison(t, edition, steps)),
      { numRuns: 2 },
    )
    await comparison(
      t,
      edition,
      changes.map((change, which) => ({ change, which, name: 'alpha' })),
    )
  })
}
