import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { signRequest, startEmulator } from '../../src/library/index.ts'
import type { StubRule } from '../../src/stubs/rule.ts'
import { newJob } from '../support/bodies.ts'
import { controlled, isProblem } from '../support/control.ts'
import type { Setting } from '../support/emulator.ts'
import { askHttps } from '../support/https.ts'

const jobs = '/api/v1/jobs'
/** A list that no emulator of these tests gives by itself, in the shape of the API. */
const list = { list: [], count: 77, page: 0, limit: 20 }

/** An emulator and a client whose responses need not fit the document of the edition. */
async function stubbed(t: Test, setting: Setting = {}) {
  const made = await controlled(t, setting)
  const { app } = made.emulator
  const { accessKey, secretKey } = signingKeys
  const call = (method: string, target: string, more: { payload?: object; keys?: typeof signingKeys } = {}) => {
    const { payload, keys = { accessKey, secretKey } } = more
    const headers = signRequest({ method, target, timestamp: made.wall.moment, ...keys })
    return app.inject({ method: method as 'GET', url: target, headers, ...(payload && { payload }) })
  }
  const add = (stub: StubRule): string => made.emulator.stubs.add(stub).id
  return { ...made, add, call }
}
const signingKeys = { accessKey: 'ncp_iam_EMULATORACCESSKEY', secretKey: 'ncp_iam_EMULATORSECRETKEY' }

/** A folder of files, deleted with the test. */
function folderOf(t: Test, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'stubs-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

t.test('serves the endpoints of stubs', async t => {
  const { admin } = await controlled(t)
  const rule = { request: { method: 'GET', path: jobs }, response: { body: list }, times: 2 }
  const added = await admin('POST', '/stubs', rule)
  t.match(added, { status: 201, headers: { location: '/__admin/stubs/s1' }, body: { id: 's1', ...rule, applied: 0 } })
  t.same((await admin('GET', '/stubs')).body, { stubs: [added.body] })
  t.same((await admin('GET', '/stubs/s1')).body, added.body)
  t.equal((await admin('DELETE', '/stubs/s1')).status, 204)
  await admin('POST', '/stubs', rule)
  t.same((await admin('POST', '/stubs/reset')).body, { stubs: [] })
  await admin('POST', '/stubs', rule)
  t.equal((await admin('DELETE', '/stubs')).status, 204)
  t.same((await admin('GET', '/stubs')).body, { stubs: [] })
  for (const method of ['GET', 'DELETE']) {
    isProblem(t, await admin(method, '/stubs/s1'), 404, /^unknown stub "s1"; GET \/__admin\/stubs lists the stubs/)
  }
  for (const [body, detail] of [
    [
      { request: { pth: jobs }, response: {} },
      /^request\.pth: unknown member \(did you mean path\?\); allowed: method/,
    ],
    [{ request: { path: '/api/v1/job' }, response: {} }, /^request\.path: no operation of this edition has/],
    [{ request: { operation: 'x' }, response: {} }, /^request\.operation: must be one of getJobs/],
    [[], /^the stub: must be an object, was a list of 0/],
    ['{', /JSON/],
  ] as const) {
    isProblem(t, await admin('POST', '/stubs', body), 400, detail)
  }
})

t.test('responds by a stub to a signed request, and to no other', async t => {
  const { add, call, emulator, wall } = await stubbed(t)
  add({
    request: { target: `${jobs}?limit=20&page=0` },
    response: {
      status: 418,
      headers: { 'Retry-After': 7, 'x-ncp-apigw-response-origin': 'APIGW' },
      body: { tea: 'ÿ' },
    },
  })
  const answered = await call('GET', `${jobs}?page=0&limit=20`)
  t.equal(answered.statusCode, 418)
  t.equal(answered.payload, '{"tea":"ÿ"}')
  t.match(answered.headers, {
    'content-type': 'application/json;charset=UTF-8',
    'content-length': '12',
    'retry-after': '7',
    'x-ncp-apigw-response-origin': 'APIGW',
    'x-ncp-trace-id': /^[a-z0-9]{26}$/,
  })
  t.equal((await call('GET', `${jobs}?page=0&limit=21`)).statusCode, 200)
  t.equal((await emulator.app.inject({ url: `${jobs}?page=0&limit=20` })).statusCode, 401)
  wall.moment += 1
  const wrong = await call('GET', `${jobs}?page=0&limit=20`, { keys: { ...signingKeys, secretKey: 'wrong' } })
  t.equal(wrong.statusCode, 401)
  t.equal(emulator.stubs.get('s1')?.applied, 1)
})

t.test('changes no data where a stub responds, and reads the body of the request', async t => {
  const { add, call, api, emulator } = await stubbed(t)
  add({ request: { operation: 'createJob', body: { name: 'stubbed-*' } }, response: { status: 503, body: 'down' } })
  const create = (name: string) => call('POST', jobs, { payload: newJob('2025-03', name) })
  const answered = await create('stubbed-job')
  t.match(answered, { statusCode: 503, payload: 'down' })
  t.equal((await api('GET', '/jobs')).count, 0)
  t.equal((await create('other-job')).statusCode, 201)
  t.equal((await api('GET', '/jobs')).count, 1)
  t.equal(emulator.stubs.get('s1')?.applied, 1)
})

t.test('says in the journal which stub responded', async t => {
  const { add, call, admin } = await stubbed(t)
  await call('GET', jobs)
  add({ request: { query: { page: 1 } }, response: { body: list } })
  await call('GET', `${jobs}?page=1`)
  await call('GET', `${jobs}?page=2`)
  const { requests } = (await admin('GET', '/requests')).body
  t.same(
    requests.map(({ stub }: { stub?: string | null }) => stub),
    [undefined, 's1', null],
  )
  t.match(requests[1], { verdict: 'passed', operation: 'getJobs', status: 200, answer: { text: JSON.stringify(list) } })
  const numbers = async (filter: string) =>
    (await admin('GET', `/requests?stub=${filter}`)).body.requests.map(({ number }: { number: number }) => number)
  t.same([await numbers('s1'), await numbers('none'), await numbers('s9')], [[2], [3], []])
  t.match((await admin('GET', '/requests/near-misses?stub=s9&method=GET')).body.nearMisses[0], {
    differences: [{ part: 'stub', wanted: 's9', found: 'none' }],
  })
  isProblem(t, await admin('GET', '/requests?stub=x'), 400, /^stub: must be the id of a stub such as s1, or none/)
})

t.test('lets faults act before a stub and on its response', async t => {
  const waits: number[] = []
  const delays = {
    wait: (ms: number, then: () => void) => {
      waits.push(ms)
      setImmediate(then)
    },
    hurry: () => undefined,
  }
  const { add, call, emulator } = await stubbed(t, { delays })
  const { faults, stubs } = emulator
  add({ request: { target: jobs }, response: { body: list, delay: 250 } })
  faults.add({ times: 1, effect: { kind: 'refuse', error: 'rate' } })
  t.equal((await call('GET', jobs)).statusCode, 429)
  t.equal(stubs.get('s1')?.applied, 0)
  faults.add({ times: 1, effect: { kind: 'delay', time: 30, at: 'answer' } })
  t.equal((await call('GET', jobs)).json().count, 77)
  t.same(waits, [250, 30])
  faults.add({ times: 1, effect: { kind: 'bad-json' } })
  t.equal((await call('GET', jobs)).payload, `${JSON.stringify(list).slice(0, -1)} `)
  for (const effect of [
    { kind: 'cut', bytes: 5 },
    { kind: 'reset', at: 'answer' },
  ] as const) {
    faults.add({ times: 1, effect })
    await t.rejects(call('GET', jobs))
  }
  t.equal(stubs.get('s1')?.applied, 4)
})

t.test('sends responses without a body, also where a fault damages them', async t => {
  const { add, call, emulator } = await stubbed(t)
  for (const status of [200, 204, 304]) {
    add({ request: {}, response: { status } })
    for (const effect of [undefined, { kind: 'bad-json' }, { kind: 'drip', bytes: 1, every: 0 }] as const) {
      if (effect) emulator.faults.add({ times: 1, effect })
      const { statusCode, payload } = await call('GET', jobs)
      t.same([statusCode, payload], [status, ''])
    }
  }
})

t.test('keeps stubs of accounts apart', async t => {
  const { add, call, emulator, admin } = await stubbed(t)
  const accounts = await Promise.all(
    ['worker-1', 'worker-2'].map(async name => (await admin('POST', '/accounts', { name })).body),
  )
  const [one, two] = accounts
  add({ request: { account: 'worker-1', target: jobs }, response: { body: { by: 'account' } } })
  add({ request: { accessKey: two.accessKey, target: jobs }, response: { body: { by: 'key' } } })
  const by = async (keys: typeof signingKeys) => (await call('GET', jobs, { keys })).json().by
  t.same([await by(one), await by(two), await by(signingKeys)], ['account', 'key', undefined])
  await admin('POST', '/reset?account=worker-1')
  t.same([await by(one), await by(two)], [undefined, 'key'])
  await admin('DELETE', '/accounts/worker-2')
  t.same(emulator.stubs.list(), [])
})

t.test('responds without signature headers where they are not required', async t => {
  const { add, emulator } = await stubbed(t, { auth: 'off' })
  add({ request: { account: 'default' }, response: { body: 'open' } })
  t.equal((await emulator.app.inject({ url: jobs })).payload, 'open')
})

const yaml = `# The service is down while it is stopped.
name: stopped
request:
  method: POST
  path: /api/v1/jobs/*/executions
response:
  status: 503
  headers: { retry-after: 5 }
  body: { error: { errorCode: "500", message: Endpoint Error, details: 9007199254740993 } }
times: 2
`

t.test('replays the files of a folder, and has them back after a reset', async t => {
  const log: string[] = []
  const folder = folderOf(t, {
    'lists/jobs.json': JSON.stringify({ request: { target: jobs }, response: { body: list } }),
    'lists/exact.json': `\uFEFF{"request":{"target":"${jobs}?page=9"},"response":{"body":{"id":1234567890123456789,"n":1.5}}}`,
    'stopped.YML': yaml,
    'README.md': 'not a stub',
    '.hidden/x.json': '{',
    '.draft.json': '{',
  })
  const { call, admin, emulator } = await stubbed(t, {
    replay: folder,
    log: { debug() {}, warn() {}, error() {}, info: (_facts, sentence) => void log.push(sentence) },
  })
  t.match((await admin('GET', '/stubs')).body.stubs, [
    { id: 's3', file: 'stopped.YML', name: 'stopped', times: 2, applied: 0 },
    { id: 's2', file: 'lists/jobs.json' },
    { id: 's1', file: 'lists/exact.json', response: { body: '{"id":1234567890123456789,"n":1.5}' } },
  ])
  t.equal((await call('GET', jobs)).payload, JSON.stringify(list))
  t.equal((await call('GET', `${jobs}?page=9`)).payload, '{"id":1234567890123456789,"n":1.5}')
  const run = () => call('POST', `${jobs}/x/executions`, { payload: {} })
  const stopped = await run()
  t.match(stopped, { statusCode: 503, headers: { 'retry-after': '5' } })
  t.match(stopped.payload, /"details":9007199254740993\}/)
  await run()
  t.equal((await run()).statusCode, 400)
  t.match(log, ['no recording of this request; the emulator responds', /^rejected \(badParameter\)/])
  emulator.stubs.add({ request: {}, response: {} })
  await admin('POST', '/reset')
  t.match((await admin('GET', '/stubs')).body.stubs, [{ id: 's3', applied: 0 }, { id: 's2' }, { id: 's1' }])
  t.equal((await run()).statusCode, 503)
})

t.test('warns of recordings of another edition, and replays them', async t => {
  const stub = { request: { target: jobs }, response: { body: list } }
  const recorded = (edition: string) => JSON.stringify({ ...stub, recorded: { edition } })
  const started = async (files: Readonly<Record<string, string>>) => {
    const warned: string[] = []
    const log = { debug() {}, info() {}, error() {}, warn: (_: object, sentence: string) => void warned.push(sentence) }
    return { warned, ...(await stubbed(t, { replay: folderOf(t, files), edition: '2025-03', log })) }
  }
  const all = ['a', 'b', 'c', 'd'].map(name => [`${name}.json`, recorded('2026-09')])
  const { warned, call } = await started({ ...Object.fromEntries(all), 'own.json': recorded('2025-03') })
  t.equal((await call('GET', jobs)).payload, JSON.stringify(list))
  t.same(warned, [
    'recordings of an edition other than 2025-03: a.json (2026-09), b.json (2026-09), c.json (2026-09) and 1 more',
  ])
  t.same((await started({ 'own.json': recorded('2025-03'), 'hand.json': JSON.stringify(stub) })).warned, [])
})

t.test('rejects a folder that does not hold stubs', async t => {
  const start = (replay: string) => startEmulator({ replay }).then(emulator => emulator.stop())
  const good = JSON.stringify({ request: {}, response: {} })
  for (const [files, message] of [
    [{}, /: holds no \.json, \.yaml or \.yml file; "record" writes them/],
    [
      { 'a.json': '{"request": {}' },
      /^a\.json: is not JSON: line 1, column 15: expected "," or "}", found the end of the file$/,
    ],
    [
      { 'a.json': `{"request":{},"response":{"body":${'['.repeat(120)}${']'.repeat(120)}}}` },
      /^a\.json: nests deeper than 100 levels/,
    ],
    [{ 'b.yaml': 'request: [' }, /^b\.yaml: is not YAML: /],
    [{ 'b.yaml': '' }, /^b\.yaml: the stub: must be an object, was null$/],
    [
      { 'a.json': good, 'b/c.json': '{"request":{"path":"/x"},"response":{}}' },
      /^b\/c\.json: request\.path: no operation of this edition has any method "\/x"/,
    ],
    [
      { 'a.json': '{"request":{},"response":{"sttus":1}}' },
      /^a\.json: response\.sttus: unknown member \(did you mean status\?\); allowed: status, headers, body, delay$/,
    ],
    [{ 'a.json/b.json': good }, /^a\.json: cannot be read: EISDIR/],
  ] as const) {
    await t.rejects(start(folderOf(t, files as Record<string, string>)), { name: 'StubError', message })
  }
  await t.rejects(start(join(tmpdir(), 'no-such-folder')), {
    name: 'StubError',
    message: /no-such-folder: cannot be read: ENOENT/,
  })
})

t.test('takes the examples of docs/stubs.md', async t => {
  const page = readFileSync(new URL('../../docs/stubs.md', import.meta.url), 'utf8')
  const blocks = [...page.matchAll(/^```(yaml|json)\n(.*?)^```$/gms)]
  const files = blocks.map(([, ending, text = ''], index) => [`${index}.${ending}`, text])
  const { admin } = await stubbed(t, { replay: folderOf(t, Object.fromEntries(files)) })
  const [, posted = ''] = /-d '(\{"request".*?)'$/m.exec(page) ?? []
  t.equal((await admin('POST', '/stubs', posted)).status, 201)
  t.equal((await admin('GET', '/stubs')).body.stubs.length, 3)
})

t.test('adds stubs in a program, and replays over HTTPS', async t => {
  const folder = folderOf(t, { 'a.json': JSON.stringify({ request: { target: jobs }, response: { body: list } }) })
  const emulator = await startEmulator({ tls: true, replay: folder })
  t.teardown(() => emulator.stop())
  const { stubs, url, credentials, ca } = emulator
  const get = () =>
    askHttps(`${url}${jobs}`, { ca, headers: { ...signRequest({ method: 'GET', target: jobs, ...credentials }) } })
  t.same(JSON.parse((await get()).text), list)
  const added = stubs.add({ request: { method: 'GET' }, response: { status: 500, body: { id: 9007199254740993n } } })
  t.match(await get(), { status: 500, text: '{"id":9007199254740993}' })
  t.equal(stubs.get(added.id)?.applied, 1)
  t.equal(stubs.list().length, 2)
  t.equal(stubs.remove(added.id), true)
  stubs.clear()
  t.same(stubs.list(), [])
  stubs.reset()
  t.match(stubs.list(), [{ file: 'a.json' }])
  t.throws(() => stubs.add({} as StubRule), { name: 'RangeError', message: 'request: must be an object, is missing' })
})
