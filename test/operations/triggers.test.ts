import t from 'tap'
import { complaintAt, editionIds, flow, minute, refusalOf, triggerRules } from '../support/flow.ts'

const id = /^[0-9A-Za-z]{12}$/
const shownRules = [
  triggerRules.none,
  triggerRules.hourly,
  triggerRules.daily,
  { type: 'RECURRING', interval: 'WEEK', time: '23:59', dayOfWeek: ['MONDAY', 'SUNDAY'] },
  { type: 'RECURRING', interval: 'MONTH', time: '00:00', dateOfMonth: '31' },
  { type: 'RECURRING', interval: 'MONTH', time: '10:00', dateOfMonth: '-1' },
]

for (const edition of editionIds) {
  const first = edition === '2023-10' ? '2025-06-01T00:00:00.000' : '2025-06-01T00:00:00+09:00'

  t.test(`creates, shows, lists and deletes a trigger, edition ${edition}`, async t => {
    const { send, done, wall } = await flow(t, { edition })
    const made = await send('POST', '/api/v1/triggers', {
      name: 'every_morning',
      type: 'SCHEDULED',
      triggerRule: triggerRules.daily,
    })
    t.equal(made.status, 201)
    const { triggerId } = made.body
    t.match(triggerId, id)
    const expected = {
      triggerId,
      name: 'every_morning',
      type: 'SCHEDULED',
      triggerRule: { type: 'RECURRING', interval: 'DAY', time: '10:00' },
      createdDate: first,
      updatedDate: first,
    }
    t.equal(made.text, JSON.stringify(expected), 'members in the published order')
    t.equal((await send('GET', `/api/v1/triggers/${triggerId}`)).text, made.text)

    wall.moment += minute
    const later = await done('POST', '/api/v1/triggers', { name: 'later', type: 'NONE', triggerRule: { type: 'NONE' } })
    const list = await done('GET', '/api/v1/triggers')
    t.strictSame(list, { list: [later, expected], count: 2, page: 0, limit: 1000 })
    for (const [query, ids] of [
      ['name=morning', [triggerId]],
      ['name=nothing', []],
      ['page=1&limit=1', [triggerId]],
      ['page=9', []],
      ['limit=0', []],
    ] as const) {
      const { list } = await done('GET', `/api/v1/triggers?${query}`)
      t.strictSame(
        list.map((one: { triggerId: string }) => one.triggerId),
        ids,
        query,
      )
    }

    const gone = await send('DELETE', `/api/v1/triggers/${triggerId}`)
    t.strictSame([gone.status, gone.text], [200, 'true'])
    for (const method of ['GET', 'DELETE']) {
      t.match(refusalOf(await send(method, `/api/v1/triggers/${triggerId}`)), {
        status: 404,
        word: 'not-found',
        details: `"${triggerId}"`,
      })
    }
  })

  t.test(`shows every rule as it was sent, without what does not apply, edition ${edition}`, async t => {
    const { done } = await flow(t, { edition })
    for (const triggerRule of shownRules) {
      const type = triggerRule.type === 'NONE' ? 'NONE' : 'SCHEDULED'
      const made = await done('POST', '/api/v1/triggers', {
        name: 'abc',
        type,
        triggerRule: { ...triggerRule, ...(type === 'NONE' ? { time: 'whatever' } : {}) },
      })
      t.equal(JSON.stringify(made.triggerRule), JSON.stringify(triggerRule))
    }
    for (const executionDate of ['2025-07-01T10:00:00', '2025-07-01T01:00:00Z', '2025-07-01T10:00:00.000+09:00']) {
      const { triggerRule } = await done('POST', '/api/v1/triggers', {
        name: 'abc',
        type: 'SCHEDULED',
        triggerRule: { type: 'ONE_TIME', executionDate },
      })
      const written = edition === '2023-10' ? '2025-07-01T10:00:00.000' : '2025-07-01T10:00:00+09:00'
      t.strictSame(triggerRule, { type: 'ONE_TIME', executionDate: written })
    }
  })

  t.test(`rejects what is no trigger, and says where, edition ${edition}`, async t => {
    const { send, done } = await flow(t, { edition })
    const longest = edition === '2023-10' ? 20 : 100
    const rule = (triggerRule: unknown, type = 'SCHEDULED') => ({ name: 'abc', type, triggerRule })
    const recurring = (more: object) => rule({ type: 'RECURRING', ...more })
    const bad = [
      [{ type: 'NONE', triggerRule: { type: 'NONE' } }, '/name'],
      [{ name: 'ab', type: 'NONE', triggerRule: { type: 'NONE' } }, '/name'],
      [{ name: 'a'.repeat(longest + 1), type: 'NONE', triggerRule: { type: 'NONE' } }, '/name'],
      [{ name: '-abc', type: 'NONE', triggerRule: { type: 'NONE' } }, '/name'],
      [{ name: 'a b c', type: 'NONE', triggerRule: { type: 'NONE' } }, '/name'],
      [{ name: 'abc', triggerRule: { type: 'NONE' } }, '/type'],
      [rule({ type: 'NONE' }, 'CRON'), '/type'],
      [{ name: 'abc', type: 'NONE' }, '/triggerRule'],
      [rule([], 'NONE'), '/triggerRule'],
      [rule({}), '/triggerRule/type'],
      [rule({ type: 'DAILY' }), '/triggerRule/type'],
      [rule({ type: 'NONE' }), '/triggerRule/type'],
      [rule(triggerRules.daily, 'NONE'), '/triggerRule/type'],
      [recurring({ time: '10:00' }), '/triggerRule/interval'],
      [recurring({ interval: 'YEAR', time: '10:00' }), '/triggerRule/interval'],
      [recurring({ interval: 'HOUR' }), '/triggerRule/time'],
      [recurring({ interval: 'HOUR', time: '60' }), '/triggerRule/time'],
      [recurring({ interval: 'HOUR', time: '10:00' }), '/triggerRule/time'],
      [recurring({ interval: 'DAY', time: '00' }), '/triggerRule/time'],
      [recurring({ interval: 'DAY', time: '24:00' }), '/triggerRule/time'],
      [recurring({ interval: 'DAY', time: 10 }), '/triggerRule/time'],
      [recurring({ interval: 'WEEK', time: '10:00' }), '/triggerRule/dayOfWeek'],
      [recurring({ interval: 'WEEK', time: '10:00', dayOfWeek: [] }), '/triggerRule/dayOfWeek'],
      [recurring({ interval: 'WEEK', time: '10:00', dayOfWeek: ['MONDAY', 'monday'] }), '/triggerRule/dayOfWeek/1'],
      [recurring({ interval: 'MONTH', time: '10:00' }), '/triggerRule/dateOfMonth'],
      [recurring({ interval: 'MONTH', time: '10:00', dateOfMonth: '32' }), '/triggerRule/dateOfMonth'],
      [recurring({ interval: 'MONTH', time: '10:00', dateOfMonth: '0' }), '/triggerRule/dateOfMonth'],
      [recurring({ interval: 'MONTH', time: '10:00', dateOfMonth: 1 }), '/triggerRule/dateOfMonth'],
      [rule({ type: 'ONE_TIME' }), '/triggerRule/executionDate'],
      [rule({ type: 'ONE_TIME', executionDate: '2025-02-30T10:00:00' }), '/triggerRule/executionDate'],
      [rule({ type: 'ONE_TIME', executionDate: 'tomorrow' }), '/triggerRule/executionDate'],
    ] as const
    for (const [body, pointer] of bad) {
      const { status, word, details } = refusalOf(await send('POST', '/api/v1/triggers', body))
      t.strictSame([status, word], [400, 'bad-parameter'], JSON.stringify(body))
      t.ok(details.startsWith(complaintAt(pointer)), `${pointer} is named in: ${details}`)
    }
    t.equal((await done('GET', '/api/v1/triggers')).count, 0, 'nothing was kept')
    const longestMade = { name: 'a'.repeat(longest), type: 'NONE', triggerRule: { type: 'NONE' } }
    t.equal((await send('POST', '/api/v1/triggers', longestMade)).status, 201)
  })
}

const event = { name: 'abc', type: 'EVENT', triggerRule: { type: 'NONE' } }
const eventRows = [
  ['2023-10', 'accept', 400],
  ['2025-03', 'accept', 201],
  ['2025-03', 'refuse', 400],
  ['2026-09', 'accept', 201],
  ['2026-09', 'refuse', 400],
] as const
for (const [edition, eventTrigger, status] of eventRows) {
  t.test(`responds to EVENT with ${status} under eventTrigger=${eventTrigger}, edition ${edition}`, async t => {
    const { send } = await flow(t, { edition, assume: { eventTrigger } })
    const answer = await send('POST', '/api/v1/triggers', event)
    t.equal(answer.status, status)
    if (status === 201) t.match(answer.body, { type: 'EVENT', triggerRule: { type: 'NONE' } })
    else t.match(refusalOf(answer).details, /^type: must be one of/)
  })
}

t.test('treats the path of a trigger without its id as unknown, or as the list', async t => {
  for (const edition of editionIds) {
    const strict = await flow(t, { edition })
    t.match(await strict.get('/api/v1/triggers/'), { status: 404, body: { error: { errorCode: '300' } } })
    const lenient = await flow(t, { edition, assume: { triggerIdInPath: 'optional' } })
    const triggerId = await lenient.trigger()
    t.match((await lenient.get('/api/v1/triggers/')).body, { list: [{ triggerId }], count: 1 })
  }
})

t.test('changes no trigger, and responds with the status that is assumed', async t => {
  const { send, trigger } = await flow(t)
  const triggerId = await trigger()
  for (const method of ['PUT', 'PATCH', 'POST']) {
    t.match(await send(method, `/api/v1/triggers/${triggerId}`, event), { status: 404 })
  }
  const other = await flow(t, { assume: { createStatus: '200', eventTrigger: 'accept' } })
  t.equal((await other.send('POST', '/api/v1/triggers', event)).status, 200)
})
