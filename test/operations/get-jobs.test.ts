import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { type Assumed, type AssumptionName, assumptions } from '../../src/api/assumptions.ts'
import { type EditionId, editionIds } from '../../src/api/editions/editions.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'
import type { Fixture } from '../../src/seed/fixture-schema.ts'
import { type Answer, emulator, testNow } from '../support/emulator.ts'

type Jobs = NonNullable<Fixture['jobs']>

/** A job that ran and a younger one that did not. */
const two: Jobs = [
  {
    jobId: 'Ran000000001',
    name: 'orders-daily',
    type: 'SCRIPT',
    status: 'RUNNING',
    lastExecutionStatus: 'FAILED',
    lastExecutionDate: '2025-03-21T00:00:00Z',
    createdDate: '2025-03-20T08:54:03.999+09:00',
    updatedDate: '2025-03-20T00:00:00',
    maxConcurrentRuns: 3,
  },
  {
    jobId: 'New000000001',
    name: 'load_users',
    type: 'VISUAL',
    status: 'DRAFT',
    createdDate: '2025-12-31T15:00:00Z',
    disabled: true,
  },
]

const bodies: Record<EditionId, string> = {
  '2023-10':
    '{"list":[{"jobId":"New000000001","name":"load_users","type":"DATAFLOW","status":"DRAFT",' +
    '"createdDate":"2026-01-01T00:00:00.000","updatedDate":"2026-01-01T00:00:00.000","resourceId":"New000000001","disabled":true},' +
    '{"jobId":"Ran000000001","name":"orders-daily","type":"DATAFLOW","status":"RUNNING","lastExecutionStatus":"FAILED",' +
    '"createdDate":"2025-03-20T08:54:03.999","updatedDate":"2025-03-20T00:00:00.000","lastExecutionDate":"2025-03-21T09:00:00.000",' +
    '"resourceId":"Ran000000001","disabled":false}],"count":2,"page":0,"limit":1000}',
  '2025-03':
    '{"list":[{"jobId":"New000000001","name":"load_users","type":"DATAFLOW","status":"DRAFT",' +
    '"createdDate":"2026-01-01T00:00:00+09:00","updatedDate":"2026-01-01T00:00:00+09:00","resourceId":"New000000001","disabled":true},' +
    '{"jobId":"Ran000000001","name":"orders-daily","type":"DATAFLOW","status":"RUNNING","lastExecutionStatus":"FAILED",' +
    '"createdDate":"2025-03-20T08:54:03+09:00","updatedDate":"2025-03-20T00:00:00+09:00","lastExecutionDate":"2025-03-21T09:00:00+09:00",' +
    '"resourceId":"Ran000000001","disabled":false}],"count":2,"page":0,"limit":1000}',
  '2026-09':
    '{"list":[{"jobId":"New000000001","name":"load_users","type":"VISUAL","status":"READY","maxConcurrentRuns":1,' +
    '"createdDate":"2026-01-01T00:00:00+09:00","updatedDate":"2026-01-01T00:00:00+09:00","resourceId":"New000000001","disabled":true},' +
    '{"jobId":"Ran000000001","name":"orders-daily","type":"SCRIPT","status":"READY","maxConcurrentRuns":3,"lastExecutionStatus":"FAILED",' +
    '"createdDate":"2025-03-20T08:54:03+09:00","updatedDate":"2025-03-20T00:00:00+09:00","lastExecutionDate":"2025-03-21T09:00:00+09:00",' +
    '"resourceId":"Ran000000001","disabled":false}],"count":2,"page":0,"limit":1000}',
}

for (const edition of editionIds) {
  t.test(`responds in the bytes of ${edition}, whatever the machine's time zone`, async t => {
    const zone = process.env.TZ
    t.teardown(() => {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    })
    for (const TZ of ['America/New_York', 'Asia/Kolkata', 'UTC']) {
      process.env.TZ = TZ
      const { get } = await emulator(t, { edition, jobs: two })
      const { status, text, headers } = await get('/api/v1/jobs')
      t.equal(status, 200)
      t.equal(text, bodies[edition])
      t.equal(headers['content-type'], 'application/json;charset=UTF-8')
      t.equal(headers['x-ncp-apigw-response-origin'], 'ENDPOINT')
    }
  })
}

t.test('returns an empty list for an account without jobs', async t => {
  const { get } = await emulator(t)
  t.equal((await get('/api/v1/jobs')).text, '{"list":[],"count":0,"page":0,"limit":1000}')
})

/** A job of every status, names that trip substring matching, all made in the same second. */
const many: Jobs = [
  { jobId: 'id0000000001', name: 'load_all', status: 'RUNNABLE' },
  { jobId: 'id0000000002', name: 'load-all', status: 'RUNNING' },
  { jobId: 'id0000000003', name: 'LOAD_ALL', status: 'DELETED' },
  { jobId: 'id0000000004', name: 'loadXall', status: 'UNKNOWN' },
  { jobId: 'id0000000005', name: 'reload_all_v2', status: 'DRAFT' },
  { jobId: 'id0000000006', name: 'load', status: 'STOPPED' },
  { jobId: 'id0000000007', name: 'LoadAll', status: 'EDITING' },
]

/** The last digits of the ids that an answer lists, in its order. */
const listed = ({ body }: Answer): string => body.list.map(({ jobId }: { jobId: string }) => jobId.at(-1)).join('')

/** Filters with the jobs they find in editions that have a status; newest first means ties by id descending. */
const filters: [title: string, query: string, found: string][] = [
  ['no filter', '', '765421'],
  ['the empty name', '?name=', '765421'],
  ['a substring', '?name=load', '65421'],
  ['a substring inside', '?name=oad', '765421'],
  ['a name in capitals', '?name=Load', '7'],
  ['an underscore, which means itself', '?name=d_a', '51'],
  ['an escaped underscore', '?name=d%5Fa', '51'],
  ['a percent sign, which means itself', '?name=%25', ''],
  ['two percent signs', '?name=%25load%25', ''],
  ['a star', '?name=*', ''],
  ['a question mark', '?name=?', ''],
  ['an apostrophe', '?name=%27%20OR%201=1', ''],
  ['a backslash', '?name=%5C_', ''],
  ['a NUL', '?name=load%00', ''],
  ['a name in Korean', '?name=%EC%A3%BC%EB%AC%B8', ''],
  ['a space before the name', '?name=+load', ''],
  ['a name with nothing behind', '?name', '765421'],
  ['the empty status', '?status=', '765421'],
  ['RUNNABLE', '?status=RUNNABLE', '1'],
  ['RUNNING', '?status=RUNNING', '2'],
  ['DELETED', '?status=DELETED', '3'],
  ['UNKNOWN', '?status=UNKNOWN', '4'],
  ['DRAFT', '?status=DRAFT', '5'],
  ['STOPPED', '?status=STOPPED', '6'],
  ['EDITING', '?status=EDITING', '7'],
  ['name and status', '?status=DELETED&name=LOAD', '3'],
  ['name and status that exclude each other', '?status=DRAFT&name=LOAD', ''],
  ['parameters that the operation does not have', '?responseFormatType=json&size=3&Name=zzz&__proto__=1&=&&', '765421'],
]

t.test('filters by name and status', async t => {
  for (const edition of ['2023-10', '2025-03'] as const) {
    const { get } = await emulator(t, { edition, jobs: many })
    for (const [title, query, found] of filters) {
      const answer = await get(`/api/v1/jobs${query}`)
      t.equal(answer.status, 200, title)
      t.equal(listed(answer), found, `${edition}: ${title}`)
      t.equal(answer.body.count, found.length, title)
      t.equal((await get(`/api/v1/jobs${query}`)).text, answer.text, 'and again from memory')
    }
  }
})

t.test('ignores a status filter in 2026-09', async t => {
  const { get } = await emulator(t, { edition: '2026-09', jobs: many })
  for (const query of ['', '?status=DELETED', '?status=BOGUS', '?status=DRAFT&status=READY', '?status=']) {
    const answer = await get(`/api/v1/jobs${query}`)
    t.equal(listed(answer), '765421', query)
    t.ok(answer.body.list.every(({ status }: { status: string }) => status === 'READY'))
  }
  t.equal(listed(await get('/api/v1/jobs?name=d_a&status=RUNNABLE')), '51')
})

/** Texts that are no whole number in plain digits, as a query carries them. */
const noNumbers = [
  '',
  '-1',
  '-0',
  '+1',
  '%2B1',
  '1e3',
  '0x10',
  '1.0',
  '1,0',
  '1_000',
  '%201',
  '1%20',
  '1%0A',
  '1%00',
  'abc',
  'NaN',
  'Infinity',
  'null',
  '%D9%A1',
  '%EF%BC%91',
  '2147483648',
  '9007199254740993',
  '9'.repeat(400),
]

/** Queries that page, with what they list and echo. */
const pages: [query: string, found: string, page: number, limit: number][] = [
  ['?page=0&limit=1000', '765421', 0, 1000],
  ['?limit=2', '76', 0, 2],
  ['?limit=2&page=1', '54', 1, 2],
  ['?limit=2&page=2', '21', 2, 2],
  ['?limit=2&page=3', '', 3, 2],
  ['?limit=4&page=1', '21', 1, 4],
  ['?page=1', '', 1, 1000],
  ['?page=007&limit=0001', '', 7, 1],
  ['?page=2147483647&limit=2147483647', '', 2147483647, 2147483647],
  ['?limit=2147483647', '765421', 0, 2147483647],
  ['?p%61ge=1&limi%74=%34', '21', 1, 4],
]

for (const edition of editionIds) {
  t.test(`returns pages in ${edition}`, async t => {
    const { get } = await emulator(t, { edition, jobs: many })
    for (const [query, found, page, limit] of pages) {
      const answer = await get(`/api/v1/jobs${query}`)
      t.equal(answer.status, 200, query)
      t.equal(listed(answer), found, query)
      t.match(answer.body, { count: 6, page, limit }, query)
    }

    const detail = ({ body }: Answer): string => body.error?.details ?? body.detail
    for (const name of ['page', 'limit']) {
      for (const text of noNumbers) {
        const answer = await get(`/api/v1/jobs?${name}=${text}`)
        t.equal(answer.status, 400, `${name}=${text.slice(0, 30)}`)
        t.match(
          detail(answer),
          new RegExp(`^${name}: must be a whole number from \\d to 2147483647 in plain digits, was "`),
        )
        t.ok(detail(answer).length < 200, 'and does not repeat long texts')
        t.equal(answer.headers['x-ncp-apigw-response-origin'], 'ENDPOINT')
      }
      for (const repeated of [`${name}=1&${name}=1`, `${name}=1&x=2&${name}=`]) {
        t.equal(detail(await get(`/api/v1/jobs?${repeated}`)), `${name}: must be given once, was given 2 times`)
      }
    }
    t.match(detail(await get('/api/v1/jobs?name=a&name=b&name=c')), /^name: must be given once, was given 3 times$/)

    const zero = await get('/api/v1/jobs?limit=0')
    if (edition === '2026-09') {
      t.equal(detail(zero), 'limit: must be a whole number from 1 to 2147483647 in plain digits, was "0"')
    } else {
      t.equal(zero.text, '{"list":[],"count":6,"page":0,"limit":0}')
      t.equal((await get('/api/v1/jobs?limit=0&page=9')).text, '{"list":[],"count":6,"page":9,"limit":0}')
      for (const status of ['runnable', 'READY', 'RUNNABLE,RUNNING', 'RUNNABLE%20', 'constructor']) {
        t.match(
          detail(await get(`/api/v1/jobs?status=${status}`)),
          /^status: must be one of RUNNABLE, .*EDITING, was "/,
        )
      }
      t.match(detail(await get('/api/v1/jobs?status=DRAFT&status=DRAFT')), /^status: must be given once/)
    }
  })
}

t.test('responds to a repeated request from memory, and rejects a rejected one again', async t => {
  const { get } = await emulator(t, { jobs: two })
  for (const target of ['/api/v1/jobs?limit=1', '/api/v1/jobs?limit=x']) {
    const [first, second] = [await get(target), await get(target)]
    t.equal(second.text, first.text)
    t.equal(second.status, first.status)
    t.not(second.headers['x-ncp-trace-id'], first.headers['x-ncp-trace-id'])
  }
})

const details = 'limit: must be a whole number from 1 to 2147483647 in plain digits, was "x"'
const shapes = {
  error: (errorCode: string, text: string) =>
    JSON.stringify({ error: { errorCode, message: 'bad-parameter', details: text } }),
  detail: (_errorCode: string, text: string) => JSON.stringify({ detail: text, errorType: 'bad-parameter' }),
}
const shapeOf: Record<EditionId, keyof typeof shapes> = { '2023-10': 'error', '2025-03': 'error', '2026-09': 'detail' }

for (const edition of editionIds) {
  for (const errorBody of ['edition', 'error', 'detail'] as const) {
    for (const errorCode of ['status', 'word'] as const) {
      t.test(`sends a service error of ${edition}, body ${errorBody}, code ${errorCode}`, async t => {
        const { get } = await emulator(t, { edition, assume: { errorBody, errorCode } })
        const { status, text } = await get('/api/v1/jobs?limit=x')
        const shape = shapes[errorBody === 'edition' ? shapeOf[edition] : errorBody]
        const complaint = edition === '2026-09' ? details : details.replace('from 1', 'from 0')
        t.equal(status, 400)
        t.equal(text, shape(errorCode === 'status' ? '400' : 'bad-parameter', complaint))
      })
    }
  }
}

/** What a switched assumption makes of a query: the ids found, or the status of a refusal. */
interface Reading {
  readonly [query: string]: string | number
}

/** Every value of every assumption that decides which jobs a list shows. */
const readings: { [Name in AssumptionName]?: { [Value in Assumed[Name]]: Reading } } = {
  nameMatch: {
    substring: { '?name=oad_a': '51', '?name=load': '65421' },
    exact: { '?name=oad_a': '', '?name=load': '6', '?name=LOAD': '' },
    prefix: { '?name=oad_a': '', '?name=load': '6421', '?name=Load': '7' },
  },
  nameCase: {
    sensitive: { '?name=LOADALL': '', '?name=load_ALL': '' },
    insensitive: { '?name=LOADALL': '7', '?name=load_ALL': '51' },
  },
  statusValues: {
    one: { '?status=DRAFT,RUNNING': 400, '?status=DRAFT&status=RUNNING': 400 },
    many: {
      '?status=DRAFT,RUNNING': '52',
      '?status=DRAFT&status=RUNNING': '52',
      '?status=,DRAFT,': '5',
      '?status=,&status=': '765421',
      '?status=DRAFT,DELETED,DRAFT': '53',
      '?status=DRAFT,BOGUS': 400,
      '?status=DRAFT,EDITING&name=LOAD': '',
    },
  },
  statusCase: {
    exact: { '?status=draft': 400 },
    any: { '?status=draft': '5', '?status=Draft': '5', '?status=bogus': 400 },
  },
  unknownStatus: {
    refuse: { '?status=BOGUS': 400 },
    empty: { '?status=BOGUS': '', '?status=BOGUS&name=load': '' },
    ignore: { '?status=BOGUS': '765421', '?status=BOGUS&name=load': '65421' },
  },
  order: { newest: { '': '765421', '?limit=2&page=1': '54' }, oldest: { '': '124567', '?limit=2&page=1': '45' } },
  limitZero: { empty: { '?limit=0': '' }, all: { '?limit=0': '765421', '?limit=0&page=1': '' } },
  pastEnd: {
    empty: { '?limit=3&page=2': '', '?name=zzz&page=0': '' },
    refuse: { '?limit=3&page=2': 400, '?limit=3&page=1': '421', '?name=zzz&page=0': '', '?name=zzz&page=1': 400 },
  },
  listDeleted: {
    onDemand: { '': '765421', '?status=DELETED': '3' },
    always: { '': '7654321', '?status=DELETED': '3', '?name=LOAD_ALL': '3' },
    never: { '': '765421', '?status=DELETED': '' },
  },
  unknownParameter: {
    ignore: { '?size=1': '765421' },
    refuse: { '?size=1': 400, '?Page=1': 400, '?__proto__=1': 400, '?page=0&limit=9&name=&status=': '765421' },
  },
}

for (const [name, values] of Object.entries(readings)) {
  for (const [value, reading] of Object.entries<Reading>(values)) {
    t.test(`follows ${name}=${value}`, async t => {
      const { get } = await emulator(t, { jobs: many, assume: { [name]: value } })
      for (const [query, expected] of Object.entries(reading)) {
        const answer = await get(`/api/v1/jobs${query}`)
        t.equal(answer.status === 200 ? listed(answer) : answer.status, expected, query)
      }
    })
  }
}

/** Every value of every assumption that decides what a member holds: for the job that ran, and the one that did not. */
const members: { [Name in AssumptionName]?: { [Value in Assumed[Name]]: object } } = {
  count: { total: { count: 2 }, page: { count: 1 } },
  neverRun: {
    omit: { list: [{ lastExecutionStatus: undefined, lastExecutionDate: undefined }] },
    null: { list: [{ lastExecutionStatus: null, lastExecutionDate: null }] },
    ready: { list: [{ lastExecutionStatus: 'READY', lastExecutionDate: undefined }] },
  },
  disabled: { stored: { list: [{ disabled: true }] }, false: { list: [{ disabled: false }] } },
  resourceId: { same: { list: [{ resourceId: 'New000000001' }] }, own: { list: [{ resourceId: '100000000weN' }] } },
}

for (const [name, values] of Object.entries(members)) {
  for (const [value, expected] of Object.entries<object>(values)) {
    t.test(`follows ${name}=${value} in every edition`, async t => {
      for (const edition of editionIds) {
        const { get } = await emulator(t, { edition, jobs: two, assume: { [name]: value } })
        const { status, body } = await get('/api/v1/jobs?limit=1')
        t.equal(status, 200)
        t.match(body, expected)
      }
    })
  }
}

t.test('changes with the switches of the status filter nothing but the list in 2026-09', async t => {
  const { get } = await emulator(t, { edition: '2026-09', jobs: many, assume: { listDeleted: 'always' } })
  t.equal(listed(await get('/api/v1/jobs?status=DRAFT')), '7654321')
  const strict = await emulator(t, { edition: '2026-09', assume: { unknownParameter: 'refuse' } })
  t.equal(
    (await strict.get('/api/v1/jobs?status=')).body.detail,
    '"status": no such parameter; allowed: name, page, limit',
  )
})

t.test('tests every assumption that getJobs touches', async t => {
  const touching = Object.entries(assumptions).filter(([, { source }]) => source === 'analytics-dataflow-getjobs')
  for (const [name, { values }] of touching) {
    const tested = readings[name as AssumptionName] ?? members[name as AssumptionName] ?? {}
    t.same(Object.keys(tested).sort(), Object.keys(values).sort(), name)
  }
})

t.test('shows a key the jobs of its account, also for the same request', async t => {
  const keys = { accessKey: 'ncp_iam_OTHER001', secretKey: 'ncp_iam_OTHERSECRET' }
  const { get } = await emulator(t, {
    fixtures: {
      jobs: two,
      accounts: [{ name: 'other', credentials: [keys], jobs: [{ jobId: 'Ran000000001', name: 'theirs' }] }],
    },
  })
  const names = ({ body }: Answer) => body.list.map(({ name }: { name: string }) => name)
  const seen: [query: string, mine: string[], theirs: string[]][] = [
    ['', ['load_users', 'orders-daily'], ['theirs']],
    ['?name=theirs', [], ['theirs']],
    ['?name=orders', ['orders-daily'], []],
  ]
  for (const [query, mine, theirs] of [...seen, ...seen]) {
    const target = `/api/v1/jobs${query}`
    t.same(names(await get(target)), mine)
    t.same(names(await get(target, signRequest({ method: 'GET', target, timestamp: testNow, ...keys }))), theirs)
  }
})

t.test('returns pages that join to the whole list, for any limit, filter and order', async t => {
  const emulators = {
    newest: await emulator(t, { jobs: many }),
    oldest: await emulator(t, { jobs: many, assume: { order: 'oldest' } }),
  }
  const query = fc.record({
    order: fc.constantFrom('newest' as const, 'oldest' as const),
    limit: fc.integer({ min: 1, max: 9 }),
    name: fc.constantFrom('', 'load', 'all', 'd_a', 'zzz'),
    status: fc.constantFrom('', 'DRAFT', 'DELETED'),
  })
  await fc.assert(
    fc.asyncProperty(query, async ({ order, limit, name, status }) => {
      const { get } = emulators[order]
      const filter = `name=${name}&status=${status}`
      const whole = await get(`/api/v1/jobs?${filter}`)
      const laid: unknown[] = []
      for (let page = 0; page * limit < whole.body.count; page++) {
        const part = await get(`/api/v1/jobs?${filter}&page=${page}&limit=${limit}`)
        assert.equal(part.body.count, whole.body.count)
        laid.push(...part.body.list)
      }
      assert.deepEqual(laid, whole.body.list)
    }),
    { numRuns: 40 },
  )
})
