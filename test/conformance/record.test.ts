import assert from 'node:assert'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { assume } from '../../src/api/assumptions.ts'
import { type EditionId, editions } from '../../src/api/editions/editions.ts'
import { defaults } from '../../src/config/options.ts'
import { createPseudonyms } from '../../src/conformance/pseudonyms.ts'
import { fileNames, operationAt, recordTarget } from '../../src/conformance/record.ts'
import { redactedKeys } from '../../src/conformance/report.ts'
import { createSession, type Send, type TargetResponse } from '../../src/conformance/session.ts'
import type { Json } from '../../src/schema/json.ts'
import { indentedJson, readJson } from '../../src/schema/json.ts'
import { editionIds, flow } from '../support/flow.ts'

type Flow = Awaited<ReturnType<typeof flow>>

const assumed = assume()
const { accessKey, secretKey } = defaults

/** Reads an emulator of a test; `proxy` may change a response. */
function recorder({ emulator, wall }: Flow, edition: EditionId, proxy = (response: TargetResponse) => response) {
  const send: Send = async ({ method, target, headers }) => {
    const {
      statusCode: status,
      payload: text,
      headers: found,
    } = await emulator.app.inject({ method: method as 'GET', url: target, headers })
    return proxy({ status, text, headers: found as Record<string, string>, json: undefined })
  }
  const session = createSession({
    send,
    keys: { accessKey, secretKey },
    clock: wall,
    sleep: async () => {},
    pauseMs: 0,
    budget: 500,
  })
  return (targets?: readonly string[], keepData = true) =>
    recordTarget({ session, edition: editions[edition], assumed, keepData, ...(targets && { targets }) })
}

/** The pipeline of the README: a job, a trigger and a workflow that has fired. */
async function pipeline(t: Test, edition: EditionId) {
  const made = await flow(t, { edition })
  const ids = await made.wired({ type: 'RECURRING', interval: 'HOUR', time: '30' })
  made.emulator.clock.change({ advance: 3 * 3_600_000 })
  const targets = [
    '/api/v1/jobs?page=0&limit=20',
    `/api/v1/jobs/${ids.jobId}`,
    `/api/v1/jobs/${ids.jobId}/executions?limit=1`,
    `/api/v1/jobs/zzzzzzzzzzz0`,
    `/api/v1/workflows/${ids.workflowId}`,
    `/api/v1/triggers/${ids.triggerId}`,
    '/api/v1/jobs?limit=x',
  ].filter(target => operationAt(target, editions[edition], assumed))
  return { made, ids, targets }
}

for (const edition of editionIds) {
  t.test(`gives the recorded bytes in another emulator of ${edition}`, async t => {
    const { made, targets } = await pipeline(t, edition)
    const { exchanges } = await recorder(made, edition)(targets)
    t.same(
      exchanges.map(({ flaws }) => flaws),
      targets.map(() => []),
    )
    t.match(
      exchanges.map(({ status }) => status),
      [200, 200, 200, 404],
    )
    const other = await flow(t, { edition })
    for (const { stub } of exchanges) other.emulator.stubs.add(JSON.parse(indentedJson(stub)))
    for (const target of targets) {
      const [recorded, replayed] = [await made.get(target), await other.get(target)]
      t.equal(replayed.text, recorded.text, target)
      t.equal(replayed.status, recorded.status)
      t.equal(replayed.headers['content-type'], recorded.headers['content-type'])
    }
    t.equal((await other.get('/api/v1/jobs?page=0&limit=21')).body.count, 0)
  })

  t.test(`replaces the data of the account in ${edition}, and still gives what the documents say`, async t => {
    const { made, ids } = await pipeline(t, edition)
    const { exchanges, missing } = await recorder(made, edition)(undefined, false)
    t.same(missing, [])
    t.ok(exchanges.length > 6)
    const other = await flow(t, { edition })
    for (const { stub } of exchanges) other.emulator.stubs.add(JSON.parse(indentedJson(stub)))
    const texts = exchanges.map(({ stub }) => indentedJson(stub)).join('\n')
    for (const secret of [
      ...Object.values(ids),
      accessKey,
      secretKey,
      'some-job',
      'some-workflow',
      'some-trigger',
      'in/',
      'ncp_iam',
      'signature',
    ]) {
      t.notOk(texts.includes(secret), secret)
    }
    t.match(texts, /"COMPLETED"/)
    const again = await recorder(other, edition)(exchanges.map(({ target }) => target))
    t.same(again.exchanges, exchanges)
    const list = await other.get('/api/v1/jobs?page=0&limit=100')
    t.equal((await other.get(`/api/v1/jobs/${list.body.list[0].jobId}`)).body.name, list.body.list[0].name)
  })
}

t.test('says what the target has no data for', async t => {
  const { exchanges, missing } = await recorder(await flow(t, { edition: '2025-03' }), '2025-03')()
  t.match(missing, [/^getJob: the target shows no job$/])
  t.ok(exchanges.some(({ operation }) => operation === 'getJobs'))
})

const wrong: {
  readonly title: string
  readonly change: (text: string) => Partial<TargetResponse>
  readonly flaws: readonly RegExp[]
}[] = [
  {
    title: 'a member of another type',
    change: text => ({ text: text.replace(/"page":\d+/, '"page":"0"') }),
    flaws: [/^\/page must be of type integer, is string$/],
  },
  {
    title: 'a member that is not documented',
    change: text => ({ text: text.replace('{', '{"extra":1,') }),
    flaws: [/^\/extra is not a documented member$/],
  },
  {
    title: 'another status',
    change: text => ({ status: 203, text }),
    flaws: [/^the status is 203, documented is 200$/],
  },
  { title: 'no body', change: () => ({ text: '' }), flaws: [/^the body is empty$/] },
  {
    title: 'a body that is not JSON',
    change: () => ({ text: '<html>my-account</html>', headers: { 'content-type': 'text/html', 'retry-after': '7' } }),
    flaws: [
      /^the body is not JSON$/,
      /^header x-ncp/,
      /^header x-ncp/,
      /^header x-ncp/,
      /^header content-type has another form$/,
    ],
  },
  {
    title: 'an error of another form',
    change: () => ({ status: 418, text: '{"a":1}' }),
    flaws: [/is missing$/, /\/a is not a documented member$/],
  },
]

for (const { title, change, flaws } of wrong) {
  t.test(`reports ${title}`, async t => {
    const made = await flow(t, { edition: '2025-03' })
    let seen = 0
    const record = recorder(made, '2025-03', response => {
      seen += 1
      return seen === 1 ? response : { ...response, ...change(response.text) }
    })
    const { exchanges } = await record(['/api/v1/jobs?page=0&limit=7'], false)
    t.match(exchanges[0]?.flaws, flaws)
    t.equal(exchanges[0]?.flaws.length, flaws.length)
    t.notMatch(indentedJson(exchanges[0]?.stub), /my-account/)
  })
}

t.test('keeps no text of an account, whatever it looks like', async () => {
  const names = createPseudonyms(editions['2025-03'], assumed)
  const text = fc.stringMatching(/^[a-z][a-z0-9/_.:-]{5,30}qz$/)
  const member = fc.constantFrom('jobId', 'name', 'description', 'nrn', 'parameters', 'scriptPath')
  const leaf = fc.oneof(
    text,
    fc.array(text, { maxLength: 3 }),
    fc.dictionary(text, text, { maxKeys: 2, noNullPrototype: true }),
  )
  fc.assert(
    fc.property(fc.dictionary(member, leaf, { noNullPrototype: true }), given => {
      const shown = JSON.stringify(names.body(given as Json))
      const words = JSON.stringify(given).match(/[a-z0-9_.:-]+qz/g) ?? []
      for (const word of words) assert.ok(!shown.includes(word), `${word} in ${shown}`)
      assert.equal(JSON.stringify(names.body(given as Json)), shown)
    }),
  )
})

t.test('replaces ids, roles, paths and numbers by pseudonyms of the same form, the same each time', async t => {
  const { body, target } = createPseudonyms(editions['2025-03'], assumed)
  const shown = body({
    jobId: 'a1B2c3D4e5F6',
    nodes: [{ id: 12345678901, parentNodeIds: [12345678901] }, readJson('{"id":9007199254740993}')],
    nrn: 'nrn:PUB:IAM::1:Role/a',
    scriptPath: 'bucket/in',
    status: 'RUNNABLE',
    createdDate: '2025-06-01T00:00:00+09:00',
    disabled: false,
    count: 12,
    total: 123_456_789,
  })
  t.same(shown, {
    jobId: 'id0000000001',
    nodes: [{ id: 100_001, parentNodeIds: [100_001] }, { id: 100_002 }],
    nrn: 'nrn:PUB:IAM::0000000:Role/role-1',
    scriptPath: 'folder_0001/folder_0002',
    status: 'RUNNABLE',
    createdDate: '2025-06-01T00:00:00+09:00',
    disabled: false,
    count: 12,
    member_1: 100_003,
  })
  t.equal(
    target('/api/v1/jobs/a1B2c3D4e5F6?page=0&name=orders%20x', '/api/v1/jobs/{jobId}'),
    '/api/v1/jobs/id0000000001?page=0&name=name_0001',
  )
  t.equal(target('/api/v1/jobs', '/api/v1/jobs'), '/api/v1/jobs')
})

t.test('names files after targets, each once', async t => {
  const names = [
    '/api/v1/jobs?page=0&limit=20',
    '/api/v1/jobs',
    '/api/v1/JOBS',
    '/api/v1/jobs?',
    `/api/v1/jobs/${'x'.repeat(300)}`,
    '/api/v1/',
  ]
  t.same(fileNames(names.map(target => ({ target }))), [
    'jobs-page-0-limit-20.json',
    'jobs.json',
    'JOBS-2.json',
    'jobs-3.json',
    `jobs-${'x'.repeat(95)}.json`,
    'exchange.json',
  ])
})

t.test('hides keys wherever they are', async t => {
  t.equal(redactedKeys('a SECRET b ncp_iam_KEY', ['SECRET', 'x']), 'a [redacted] b [key]')
})
