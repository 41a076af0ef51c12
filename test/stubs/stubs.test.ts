import assert from 'node:assert'
import fc from 'fast-check'
import t from 'tap'
import { RawJson } from '../../src/schema/json.ts'
import type { StubSubject } from '../../src/stubs/match.ts'
import type { StubRule } from '../../src/stubs/rule.ts'
import { stubsOf } from '../support/stubs.ts'

const jobs = '/api/v1/jobs'
const response = { body: { list: [] } }

type Call = Partial<Omit<StubSubject, 'body' | 'account'>> & { readonly body?: string; readonly account?: string }

const subject = ({ body = '', account = 'default', ...more }: Call = {}): StubSubject => ({
  method: 'GET',
  path: jobs,
  operation: 'getJobs',
  accessKey: 'KEY',
  query: '',
  headers: {},
  ...more,
  account: () => account,
  body: () => body,
})

const matching: {
  readonly title: string
  readonly request: StubRule['request']
  readonly yes: readonly Call[]
  readonly no: readonly Call[]
}[] = [
  { title: 'any request', request: {}, yes: [{}, { method: 'POST' }], no: [] },
  {
    title: 'a method and a path',
    request: { method: 'GET', path: jobs },
    yes: [{}, { query: 'page=0' }],
    no: [{ method: 'POST' }, { path: `${jobs}/a` }],
  },
  {
    title: 'a path with stars',
    request: { path: '/api/*/jobs/**' },
    yes: [{ path: `${jobs}/a/executions/b` }],
    no: [{}, { path: '/api/v1/x/jobs/a' }],
  },
  {
    title: 'an operation by its name or title, an account, a key',
    request: { operation: 'getJobById', account: 'default', accessKey: 'KEY' },
    yes: [{ operation: 'getJob' }],
    no: [{}, { operation: 'getJob', account: 'other' }, { operation: 'getJob', accessKey: 'B' }],
  },
  {
    title: 'a target',
    request: { target: `${jobs}?page=0&name=a%20b&limit=20` },
    yes: [{ query: 'page=0&name=a%20b&limit=20' }, { query: 'limit=20&name=a+b&page=0' }],
    no: [
      {},
      { query: 'page=0&limit=20' },
      { query: 'page=0&name=a%20b&limit=20&status=RUNNING' },
      { query: 'page=0&page=0&name=a%20b&limit=20' },
      { query: 'page=0&name=a%20b&limit=20', path: `${jobs}/a` },
    ],
  },
  { title: 'a target without a query', request: { target: jobs }, yes: [{}], no: [{ query: 'page=0' }] },
  {
    title: 'a target with question marks in its query',
    request: { target: `${jobs}?name=a?b` },
    yes: [{ query: 'name=a?b' }, { query: 'name=a%3Fb' }],
    no: [{ query: 'name=a' }],
  },
  {
    title: 'the same parameter twice, in any order',
    request: { target: `${jobs}?status=B&status=A` },
    yes: [{ query: 'status=A&status=B' }],
    no: [{ query: 'status=A&status=A' }],
  },
  {
    title: 'query parameters',
    request: { query: { page: 0, name: 'orders-*', disabled: false, status: null } },
    yes: [
      { query: 'page=0&name=orders-daily&disabled=false&limit=5' },
      { query: 'page=1&page=0&name=orders-&disabled=false' },
    ],
    no: [
      { query: 'page=0&name=orders-a&disabled=false&status=' },
      { query: 'page=0&name=orders-a/b&disabled=false' },
      { query: 'name=orders-a&disabled=false' },
      { query: 'page=00&name=orders-a&disabled=false' },
    ],
  },
  {
    title: 'headers in any letter case',
    request: { headers: { 'X-Trace': '**/1', accept: null, 'x-many': 'b' } },
    yes: [{ headers: { 'x-trace': 'a/b/1', 'x-many': ['a', 'b'] } }],
    no: [
      {},
      { headers: { 'x-trace': 'a/1', accept: '*/*', 'x-many': 'b' } },
      { headers: { 'x-trace': '1', 'x-many': 'b' } },
    ],
  },
  {
    title: 'members of a body',
    request: { body: { name: 'a-*', type: 'VISUAL', nodes: [{ id: 1 }, {}], owner: null, isTemp: false } },
    yes: [
      { body: '{"name":"a-b","more":1,"type":"VISUAL","nodes":[{"id":1,"x":2},{"y":1}],"owner":null,"isTemp":false}' },
    ],
    no: [
      {},
      { body: 'no JSON' },
      { body: '[]' },
      { body: '{"name":"a-b","type":"VISUAL","nodes":[{"id":1}],"owner":null,"isTemp":false}' },
      { body: '{"name":"a-b","type":"VISUAL","nodes":{"0":{"id":1},"1":{}},"owner":null,"isTemp":false}' },
      { body: '{"name":1,"type":"VISUAL","nodes":[{"id":1},{}],"owner":null,"isTemp":false}' },
      { body: '{"name":"a-b","type":"VISUAL","nodes":[{"id":1},{}],"isTemp":false}' },
    ],
  },
  {
    title: 'numbers that JavaScript would round',
    request: { body: { id: new RawJson('9007199254740993') } },
    yes: [{ body: '{"id":9007199254740993}' }],
    no: [{ body: '{"id":9007199254740992}' }, { body: '{"id":1}' }],
  },
  {
    title: 'a bigint of a program',
    request: { body: { id: 9007199254740993n, small: 5n } },
    yes: [{ body: '{"id":9007199254740993,"small":5}' }],
    no: [{ body: '{"id":9007199254740992,"small":5}' }],
  },
  {
    title: 'the text of a body',
    request: { body: '**orders**' },
    yes: [{ body: 'x/orders' }],
    no: [{}, { body: 'x' }],
  },
]

for (const { title, request, yes, no } of matching) {
  t.test(`matches ${title}`, async t => {
    const { stubs } = stubsOf()
    const { id } = stubs.add({ request, response })
    for (const call of yes) t.equal(stubs.answer(subject(call))?.id, id, JSON.stringify(call))
    for (const call of no) t.equal(stubs.answer(subject(call)), undefined, JSON.stringify(call))
    t.equal(stubs.get(id)?.applied, yes.length)
  })
}

t.test('tries the lowest priority first, then the newest', async t => {
  const { stubs } = stubsOf()
  const add = (more: Partial<StubRule>) => stubs.add({ request: {}, response, ...more }).id
  const fallback = add({ priority: 9 })
  const first = add({})
  const second = add({ priority: 5, times: 1 })
  const urgent = add({ priority: 1, times: 2 })
  t.same(
    stubs.list().map(({ id }) => id),
    [urgent, second, first, fallback],
  )
  const answered = () => stubs.answer(subject())?.id
  t.same([answered(), answered(), answered(), answered()], [urgent, urgent, second, first])
  t.equal(stubs.remove(first), true)
  t.equal(answered(), fallback)
})

t.test('responds as often as it may, in the order of any priorities', async () => {
  const stub = fc.record(
    { priority: fc.integer({ min: 1, max: 4 }), times: fc.integer({ min: 1, max: 3 }) },
    { noNullPrototype: true },
  )
  fc.assert(
    fc.property(fc.array(stub, { maxLength: 8 }), given => {
      const { stubs } = stubsOf()
      const added = given.map(more => ({ ...more, id: stubs.add({ request: {}, response, ...more }).id }))
      const expected = added
        .map((one, index) => ({ ...one, index }))
        .sort((a, b) => a.priority - b.priority || b.index - a.index)
        .flatMap(({ id, times }) => Array.from({ length: times }, () => id))
      for (const id of [...expected, undefined]) assert.equal(stubs.answer(subject())?.id, id)
    }),
  )
})

t.test('brings the stubs of files back with their counts', async t => {
  const file = (name: string, rule: Partial<StubRule> = {}) => ({
    file: name,
    rule: { request: { target: jobs }, response, times: 1, ...rule },
  })
  const { stubs, told } = stubsOf([file('a.json'), file('b.yaml', { priority: 9 })])
  t.match(stubs.list(), [
    { id: 's1', file: 'a.json', times: 1, applied: 0 },
    { id: 's2', file: 'b.yaml', applied: 0 },
  ])
  stubs.answer(subject())
  const added = stubs.add({ request: {}, response })
  t.match(added, { id: 's3', applied: 0 })
  t.notOk('file' in added)
  stubs.remove('s2')
  stubs.reset()
  t.match(stubs.list(), [
    { id: 's1', applied: 0 },
    { id: 's2', applied: 0 },
  ])
  t.equal(stubs.list().length, 2)
  stubs.clear()
  t.equal(stubs.idle, true)
  t.equal(stubs.remove('s1'), false)
  t.equal(stubs.get('s1'), undefined)
  t.equal(told.changes, 4)
})

t.test('forgets the stubs of an account and its keys, and starts the counts of its files anew', async t => {
  const { stubs } = stubsOf([
    { file: 'a.json', rule: { request: { account: 'mine' }, response, times: 1 } },
    { file: 'b.json', rule: { request: { account: 'other' }, response, times: 1 } },
  ])
  for (const request of [{ account: 'mine' }, { accessKey: 'MINE' }, { account: 'other' }, {}]) {
    stubs.add({ request, response, priority: 9 })
  }
  for (const account of ['mine', 'other']) stubs.answer(subject({ account }))
  stubs.forget('mine', ['MINE'])
  t.match(stubs.list(), [{ id: 's2', applied: 1 }, { id: 's1', applied: 0 }, { id: 's6' }, { id: 's5' }])
})

t.test('sends JSON as compact text, texts as they are, and numbers with all digits', async t => {
  const { stubs } = stubsOf()
  const sent = (answer: StubRule['response']) => {
    const { id } = stubs.add({ request: {}, response: answer })
    const { id: by, ...found } = stubs.answer(subject()) ?? {}
    t.equal(by, id)
    return found
  }
  const usual = { status: 200, headers: {}, delay: 0 }
  t.same(sent({}), { ...usual, body: '' })
  t.same(sent({ body: { a: [1, 'b', null, true], gone: undefined } }), { ...usual, body: '{"a":[1,"b",null,true]}' })
  t.same(sent({ body: '<html>' }), { ...usual, body: '<html>' })
  t.same(sent({ body: null }), { ...usual, body: 'null' })
  t.same(sent({ body: { id: 2n ** 63n - 1n } }), { ...usual, body: '{"id":9223372036854775807}' })
  t.same(sent({ status: 503, headers: { 'Retry-After': 5 }, delay: 9, body: [] }), {
    status: 503,
    headers: { 'retry-after': 5 },
    delay: 9,
    body: '[]',
  })
  t.same(
    stubs
      .list()
      .map(({ response }) => response.body)
      .slice(1, 3),
    ['{"id":9223372036854775807}', null],
  )
})

t.test('gives stubs that can be added again', async t => {
  const { stubs } = stubsOf()
  for (const { request } of matching)
    stubs.add({ name: 'n', request, response, times: 2, priority: 3, recorded: { edition: 'e' } })
  for (const stub of stubs.list()) {
    const { id, applied, ...rule } = stub
    const { id: again, applied: none, ...same } = stubs.add(JSON.parse(JSON.stringify(rule)) as StubRule)
    t.same(same, rule)
  }
})

class Odd {}

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])

const invalid: readonly [rule: unknown, message: RegExp][] = [
  [undefined, /^the stub: must be an object, was undefined$/],
  [[], /^the stub: must be an object, was a list of 0$/],
  [{ request: {} }, /^response: must be an object, is missing$/],
  [{ response }, /^request: must be an object, is missing$/],
  [
    { request: {}, respnse: {} },
    /^respnse: unknown member \(did you mean response\?\); allowed: request, response, name, times/,
  ],
  [
    { request: { methd: 'GET' }, response },
    /^request\.methd: unknown member \(did you mean method\?\); allowed: method/,
  ],
  [
    { request: { method: 'get' }, response },
    /^request\.method: must be one of GET, POST, PUT, PATCH, DELETE, was "get"$/,
  ],
  [{ request: { path: 'api' }, response }, /^request\.path: must be a path of at most 200 visible/],
  [
    { request: { path: '/api/v1/job' }, response },
    /^request\.path: no operation of this edition has any method "\/api\/v1\/job"; unknown paths are a 404/,
  ],
  [
    { request: { method: 'DELETE', target: `${jobs}?a` }, response },
    /^request\.target: no operation of this edition has DELETE "\/api\/v1\/jobs"/,
  ],
  [
    { request: { target: 'jobs' }, response },
    /^request\.target: must be a path, with its query if it has one, percent-encoded, was "jobs"$/,
  ],
  [{ request: { target: `${jobs}?name=a b` }, response }, /^request\.target: must be/],
  [{ request: { target: `${jobs}#x` }, response }, /^request\.target: must be/],
  [{ request: { target: jobs, path: jobs }, response }, /^request\.path: goes without target, which says it all$/],
  [{ request: { target: jobs, query: {} }, response }, /^request\.query: goes without target/],
  [{ request: { operation: 'getJbs' }, response }, /^request\.operation: must be one of getJobs, createJob/],
  [
    { request: { query: { page: [0] } }, response },
    /^request\.query\.page: must be a text, a number, true, false or null, was a list of 1$/,
  ],
  [{ request: { query: 'page=0' }, response }, /^request\.query: must be an object, was "page=0"$/],
  [{ request: { headers: { 'a b': 'c' } }, response }, /^request\.headers\.a b: must have the name of a header$/],
  [{ request: { account: '' }, response }, /^request\.account: must be a text of 1 to 200 characters, was ""$/],
  [{ request: { body: () => 1 }, response }, /^request\.body: must be JSON, was a function$/],
  [{ request: {}, response: { status: 100 } }, /^response\.status: must be a whole number from 200 to 599, was 100$/],
  [
    { request: {}, response: { status: '200' } },
    /^response\.status: must be a whole number from 200 to 599, was "200"$/,
  ],
  [{ request: {}, response: { status: 204, body: '' } }, /^response\.body: a response 204 has none; leave it out$/],
  [
    { request: {}, response: { headers: { 'Content-Length': 1 } } },
    /^response\.headers\.Content-Length: belongs to the connection; leave it out$/,
  ],
  [
    { request: {}, response: { headers: { a: 'b\r\nc: d' } } },
    /^response\.headers\.a: must be a text of visible ASCII characters/,
  ],
  [
    { request: {}, response: { headers: { a: null } } },
    /^response\.headers\.a: must be a text of visible ASCII characters and spaces, or a number, was null$/,
  ],
  [
    { request: {}, response: { body: { a: new Odd() } } },
    /^response\.body\.a: must be JSON, was an object of a class$/,
  ],
  [{ request: {}, response: { body: [Number.NaN] } }, /^response\.body\.0: must be JSON, was a number$/],
  [{ request: {}, response: { body: nested(101) } }, /^response\.body[.0]+: must not nest deeper than 100 levels$/],
  [
    { request: {}, response: { delay: 3_600_001 } },
    /^response\.delay: must be a whole number from 0 to 3600000, was 3600001$/,
  ],
  [
    { request: {}, response: { boddy: 1 } },
    /^response\.boddy: unknown member \(did you mean body\?\); allowed: status, headers, body, delay$/,
  ],
  [{ request: {}, response, times: 0 }, /^times: must be a whole number from 1 to/],
  [{ request: {}, response, priority: 0 }, /^priority: must be a whole number from 1 to/],
  [{ request: {}, response, name: '' }, /^name: must be a text of 1 to 200 characters/],
  [{ request: {}, response, recorded: {} }, /^recorded\.edition: must be a text, is missing$/],
]

t.test('rejects an invalid stub and names the place', async t => {
  const { stubs, told } = stubsOf()
  for (const [rule, message] of invalid) {
    t.throws(() => stubs.add(rule as StubRule), { name: 'RangeError', message })
    t.throws(() => stubsOf([{ file: 'x.yaml', rule }]), {
      name: 'StubError',
      message: new RegExp(`^x\\.yaml: ${message.source.replace(/^\^/, '')}`),
    })
  }
  t.same([stubs.idle, told.changes], [true, 0])
})

t.test('holds 10 000 stubs', async t => {
  const { stubs } = stubsOf()
  for (let count = 0; count < 10_000; count++) stubs.add({ request: { target: `${jobs}/${count}` }, response: {} })
  t.throws(() => stubs.add({ request: {}, response: {} }), { message: 'there are 10000 stubs already; delete some' })
})
