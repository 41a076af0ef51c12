import { once } from 'node:events'
import https from 'node:https'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { defaults } from '../../src/config/options.ts'
import { type FaultRule, faultErrors } from '../../src/faults/rule.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'
import type { Waiting } from '../../src/http/delays.ts'
import { startEmulator } from '../../src/library/index.ts'
import { silentLog } from '../../src/log.ts'
import { newJob } from '../support/bodies.ts'
import { emulator, type Setting, type TestEmulator, testNow } from '../support/emulator.ts'
import { dial, talk } from '../support/socket.ts'

const jobs = '/api/v1/jobs'
const faultsPath = '/__admin/faults'
const json = { 'content-type': 'application/json' }
const refuse = (error: string, more = {}) => ({ effect: { kind: 'refuse', error, ...more } }) as FaultRule

/** Waits for nobody, and notes for how long it should have. */
function impatient(onWait: () => unknown = () => undefined): Waiting & { readonly waited: number[] } {
  const waited: number[] = []
  return {
    waited,
    wait(ms, then) {
      waited.push(ms)
      onWait()
      setImmediate(then)
    },
    hurry: () => undefined,
  }
}

/** An emulator whose faults are set through its control endpoints, without signatures. */
async function asked(t: Test, setting: Setting = {}) {
  const made = await emulator(t, setting)
  const ask = async (method: string, path = '', body?: unknown, headers: Record<string, string> = json) => {
    const payload = body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }
    const answer = await made.emulator.app.inject({
      method: method as 'GET',
      url: `${faultsPath}${path}`,
      ...(body === undefined ? {} : { headers }),
      ...payload,
    })
    const { statusCode: status, headers: got, payload: text } = answer
    return { status, headers: got, body: text === '' ? undefined : JSON.parse(text) }
  }
  return { ...made, ask }
}

t.test('adds, returns, replaces and deletes faults', async t => {
  const { ask, get } = await asked(t)
  t.match(await ask('GET'), { status: 200, body: { faults: [] } })
  const rule = { operation: 'getJobs', times: 1, ...refuse('rate', { retryAfter: 7 }) }
  const made = await ask('POST', '', rule)
  t.match(made, { status: 201, headers: { location: '/__admin/faults/f1' } })
  t.same(made.body, { id: 'f1', ...rule, matched: 0, applied: 0 })

  t.match(await get(jobs), { status: 429, headers: { 'retry-after': '7' } })
  const after = await get(jobs)
  t.equal(after.status, 200)
  t.notOk('retry-after' in after.headers)
  t.match((await ask('GET', '/f1')).body, { id: 'f1', matched: 2, applied: 1 })

  t.match(await ask('PUT', '/f1', refuse('endpoint-error')), { status: 200, body: { id: 'f1', matched: 0 } })
  t.equal((await get(jobs)).status, 503)
  t.match(await ask('POST', '', refuse('quota')), { status: 201, body: { id: 'f2' } })
  t.match((await ask('GET')).body, {
    faults: [
      { id: 'f1', applied: 1 },
      { id: 'f2', matched: 0 },
    ],
  })

  t.match(await ask('DELETE', '/f1'), { status: 204, body: undefined })
  t.equal((await get(jobs)).status, 429)
  t.match(await ask('DELETE'), { status: 204, body: undefined })
  t.match((await ask('GET')).body, { faults: [] })
  t.equal((await get(jobs)).status, 200)
})

t.test('rejects invalid faults with the reason and changes nothing', async t => {
  const { ask, emulator: made } = await asked(t, { faults: ['outage'] })
  const before = made.faults.list()
  const good = refuse('quota')
  for (const [method, path, body, status, detail] of [
    ['POST', '', {}, 400, /^effect: must be an object, is missing\.$/],
    ['POST', '', [good], 400, /^the rule: must be an object/],
    ['POST', '', 'null', 400, /^the body: must be a rule, was null$/],
    ['POST', '', { ...good, id: 'f7' }, 400, /^id: unknown member/],
    ['POST', '', { ...good, operation: 'listJobs' }, 400, /^operation: must be one of getJobs, /],
    ['POST', '', '{"effect":', 400, /./],
    ['PUT', '/f1', { effect: { kind: 'refuse', error: 'no' } }, 400, /^effect\.error: must be one of bad-target/],
    ['PUT', '/f1', 'x', 400, /./],
    ['PUT', '/f9', good, 404, /^unknown fault "f9"/],
    ['PUT', '', good, 405, /GET, HEAD, POST, DELETE/],
    ['GET', '/f9', undefined, 404, /^unknown fault "f9"/],
    ['DELETE', '/f9', undefined, 404, /^unknown fault "f9"/],
    ['PATCH', '/f1', {}, 405, /^PATCH is not defined here/],
  ] as const) {
    const answer = await ask(method, path, body)
    t.match(answer, {
      status,
      headers: { 'content-type': 'application/problem+json' },
      body: { type: 'about:blank', status, detail },
    })
  }
  t.equal((await ask('POST', '', good, { 'content-type': 'text/plain' })).status, 415)
  t.equal((await ask('POST', '', good, { ...json, origin: 'http://elsewhere.test' })).status, 403)
  t.same(made.faults.list(), before)
})

const gatewayRows: Readonly<Record<string, readonly [number, string, string, string?]>> = {
  'bad-target': [400, '100', 'Bad Request Exception', 'Query string is invalid.'],
  'bad-header': [400, '100', 'Bad Request Exception', 'Header is invalid.'],
  'unknown-url': [404, '300', 'Not Found Exception', 'URL not found.'],
  'body-too-large': [413, '430', 'Request Entity Too Large'],
  'credentials-missing': [401, '200', 'Authentication Failed', 'Authentication information are missing.'],
  'timestamp-expired': [401, '200', 'Authentication Failed', 'Expired timestamp.'],
  'credentials-invalid': [401, '200', 'Authentication Failed', 'Invalid authentication information.'],
  'not-subscribed': [401, '210', 'Permission Denied', 'A subscription to the API is required.'],
  'not-allowed': [401, '210', 'Permission Denied', 'This account is not allowed.'],
  'ip-not-allowed': [401, '210', 'Permission Denied', 'IP(127.0.0.1) not allowed.'],
  'ip-forbidden': [403, '230', 'Forbidden', 'IP(127.0.0.1) not allowed.'],
  quota: [429, '400', 'Quota Exceeded'],
  throttle: [429, '410', 'Throttle Limited'],
  rate: [429, '420', 'Rate Limited'],
  'endpoint-error': [503, '500', 'Endpoint Error'],
  'unknown-endpoint-domain': [503, '520', 'Unknown Endpoint Domain'],
  'endpoint-closed': [503, '530', 'Connection Closed By Endpoint'],
  'endpoint-timeout': [504, '510', 'Endpoint Timeout'],
  unexpected: [500, '900', 'Unexpected Error'],
}
const serviceRows: Readonly<Record<string, readonly [number, string]>> = {
  'bad-parameter': [400, 'bad-parameter'],
  'bad-state': [400, 'bad-state'],
  'not-found': [404, 'not-found'],
  'service-failed': [500, 'Internal Server Error'],
}

t.test('injects every error of the gateway and the service by its name', async t => {
  const { get, emulator: made } = await asked(t)
  const newest = await asked(t, { edition: '2026-09' })
  for (const [name, [status, errorCode, message, details = message]] of Object.entries(gatewayRows)) {
    made.faults.clear()
    made.faults.add(refuse(name))
    const { status: got, text, headers } = await get(jobs)
    t.equal(got, status, name)
    t.equal(text, JSON.stringify({ error: { errorCode, message, details } }))
    t.equal(headers['x-ncp-apigw-response-origin'], 'APIGW')
  }
  for (const [name, [status, word]] of Object.entries(serviceRows)) {
    const rule = refuse(name, { message: 'as asked for' })
    const error = { errorCode: String(status), message: word, details: 'as asked for' }
    for (const [one, body] of [
      [{ get, emulator: made }, { error }],
      [newest, { detail: 'as asked for', errorType: word }],
    ] as const) {
      one.emulator.faults.clear()
      one.emulator.faults.add(rule)
      const answer = await one.get(`${jobs}/AbCdEf123456`)
      t.match(answer, { status, headers: { 'x-ncp-apigw-response-origin': 'ENDPOINT' } }, name)
      t.same(answer.body, body)
    }
  }
  t.same([...Object.keys(gatewayRows), ...Object.keys(serviceRows)], Object.keys(faultErrors), 'none is left out')
})

t.test('returns real errors before injected ones, with their explanation', async t => {
  const said: string[] = []
  const log = {
    debug() {},
    warn() {},
    error() {},
    info: (_facts: object, sentence: string) => void said.push(sentence),
  }
  const { get } = await asked(t, { faults: ['outage'], log })
  t.equal((await get(jobs, { 'x-ncp-apigw-signature-v2': 'bm9wZQ==' })).status, 401)
  t.match(said.pop(), /^rejected \(credentialsInvalid\).* - /)
  t.equal((await get(`${jobs}x`)).status, 404)
  t.equal((await get(jobs)).status, 503)
  t.equal(said.pop(), 'rejected (endpointError): injected by the fault f1')
})

t.test('applies rules to one account or key only, also to requests without headers', async t => {
  const other = { accessKey: 'OTHER', secretKey: 'c-secret' }
  const fixtures = { accounts: [{ name: 'team', credentials: [other], jobs: [] }] }
  const theirs = signRequest({ method: 'GET', target: jobs, timestamp: testNow, ...other })
  const rules: FaultRule[] = [
    { account: 'team', ...refuse('quota') },
    { accessKey: 'OTHER', ...refuse('quota') },
  ]
  for (const auth of ['strict', 'off'] as const) {
    const { get, emulator: made } = await asked(t, { fixtures, auth })
    for (const rule of rules) {
      made.faults.clear()
      made.faults.add(rule)
      t.equal((await get(jobs)).status, 200)
      t.equal((await get(jobs, theirs)).status, 429, `${auth} ${JSON.stringify(rule)}`)
    }
  }
  const { get, emulator: made } = await asked(t, { auth: 'off' })
  made.faults.add({ account: 'default', effect: { kind: 'limit', requests: 1, error: 'throttle' } })
  const nobody = (key: string) => ({ 'x-ncp-iam-access-key': key })
  t.equal((await get(jobs, nobody('A'))).status, 200)
  t.equal((await get(jobs, nobody('B'))).status, 429, 'made-up keys share one count')
})

t.test('measures a limit by the gateway clock', async t => {
  const { get, wall } = await asked(t, { faults: ['rate'] })
  const statuses = async () => (await Promise.all(Array.from({ length: 11 }, () => get(jobs)))).map(one => one.status)
  const full = [...Array.from({ length: 10 }, () => 200), 429]
  t.same(await statuses(), full)
  t.match(await get(jobs), { status: 429, headers: { 'retry-after': '1' } })
  wall.moment += 1000
  t.same(await statuses(), full)
})

t.test('delays before the service is called, or before its response is sent', async t => {
  for (const [at, there] of [
    ['request', 0],
    ['answer', 1],
  ] as const) {
    const seen: (number | undefined)[] = []
    let made: TestEmulator | undefined
    const delays = impatient(() => seen.push(made?.emulator.jobs()))
    made = await asked(t, { delays })
    made.emulator.faults.add({ method: 'POST', effect: { kind: 'delay', time: 90_000, at } })
    const { status } = await made.call('POST', jobs, json, JSON.stringify(newJob('2025-03', 'a-job')))
    t.equal(status, 201)
    t.same(delays.waited, [90_000])
    t.same(seen, [there], at)
  }
})

t.test('delays a rejection without changing it', async t => {
  const delays = impatient()
  const { get, emulator: made } = await asked(t, { delays })
  made.faults.add({ effect: { kind: 'delay', time: 30_000 } })
  made.faults.add(refuse('endpoint-timeout'))
  t.equal((await get(jobs)).status, 504)
  t.equal((await get(jobs, { 'x-ncp-apigw-signature-v2': 'bm9wZQ==' })).status, 401)
  t.same(delays.waited, [30_000, 30_000])
})

const oneJob: Setting = { jobs: [{ name: 'a-job' }] }

t.test('sends a malformed body with its own length, in pieces where the rule says so', async t => {
  const delays = impatient()
  const { get, emulator: made } = await asked(t, { ...oneJob, delays })
  const whole = (await get(jobs)).text
  const sent = async (effect: FaultRule['effect']) => {
    made.faults.clear()
    made.faults.add({ effect })
    const { accessKey, secretKey } = { accessKey: 'ncp_iam_EMULATORACCESSKEY', secretKey: 'ncp_iam_EMULATORSECRETKEY' }
    const headers = signRequest({ method: 'GET', target: jobs, timestamp: testNow, accessKey, secretKey })
    return made.app.inject({ url: jobs, headers })
  }
  const bad = await sent({ kind: 'bad-json' })
  t.equal(bad.statusCode, 200)
  t.equal(bad.payload, `${whole.slice(0, -1)} `)
  t.equal(bad.headers['content-length'], String(whole.length))
  t.throws(() => JSON.parse(bad.payload))

  t.equal((await sent({ kind: 'drip', bytes: 10, every: 250 })).payload, whole)
  t.same(
    delays.waited,
    Array.from({ length: Math.ceil(whole.length / 10) - 1 }, () => 250),
  )
  for (const kind of ['reset', 'cut'] as const) {
    await t.rejects(sent(kind === 'reset' ? { kind } : { kind, bytes: 3 }), /destroyed/)
  }
})

t.test('resets, cuts and drips responses on the wire', async t => {
  const { emulator: made } = await asked(t, oneJob)
  const port = Number(new URL(await made.listen()).port)
  const request = () => {
    const headers = made.signedHeaders({ method: 'GET', target: jobs })
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    return `GET ${jobs} HTTP/1.1\r\nHost: x\r\n${lines.join('')}\r\n`
  }
  const sent = (effect: FaultRule['effect'], answers?: number) => {
    made.faults.clear()
    made.faults.add({ effect })
    return talk(t, port, request(), answers === undefined ? {} : { answers })
  }
  for (const at of ['request', 'answer'] as const) {
    await t.rejects(sent({ kind: 'reset', at }), { code: 'ECONNRESET' }, at)
  }
  for (const [bytes, got] of [
    [0, 0],
    [10, 10],
    [1e9, -1],
  ] as const) {
    const { answers, rest } = await sent({ kind: 'cut', bytes })
    t.same(answers, [])
    const [head = '', body = ''] = rest.split('\r\n\r\n')
    const length = Number(/content-length: (\d+)/.exec(head)?.[1])
    t.match(head, /^HTTP\/1\.1 200 /)
    t.equal(body.length, got < 0 ? length - 1 : got)
  }
  const { answers } = await sent({ kind: 'drip', bytes: 50, every: 1 }, 1)
  t.match(answers, [{ status: 200, text: /^\{"list":\[.*"limit":1000\}$/ }])
  t.match((await sent({ kind: 'delay', time: 1 }, 1)).answers, [{ status: 200 }])
  t.match((await sent({ kind: 'delay', time: 1, at: 'answer' }, 1)).answers, [{ status: 200 }])

  t.comment('a client that hangs up in the middle of a drip is left alone')
  made.faults.clear()
  made.faults.add({ effect: { kind: 'drip', bytes: 1, every: 1 } })
  const socket = dial(t, port)
  const arrived = once(socket, 'data')
  socket.write(request())
  await arrived
  const closed = new Promise(resolve => made.app.server.getConnections((_, open) => resolve(open)))
  socket.resetAndDestroy()
  t.ok(Number(await closed) > 0)
})

t.test('responds at once to delayed requests when the emulator stops', async t => {
  const { emulator: made } = await asked(t, oneJob)
  const port = Number(new URL(await made.listen()).port)
  const headers = made.signedHeaders({ method: 'GET', target: jobs })
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  made.faults.add({ effect: { kind: 'delay', time: 3_600_000 } })
  made.faults.add({ effect: { kind: 'drip', bytes: 40, every: 3_600_000 } })
  const answered = talk(t, port, `GET ${jobs} HTTP/1.1\r\nHost: x\r\n${lines.join('')}\r\n`, { answers: 1 })
  await once(made.app.server, 'request')
  await made.stop()
  t.match((await answered).answers, [{ status: 200 }])
})

t.test('sets faults through the library, and restores those of the start at a reset', async t => {
  const one = await startEmulator({ fixtures: 'none', faults: ['outage'] })
  t.teardown(() => one.stop())
  const status = async () => {
    const headers = signRequest({ method: 'GET', target: jobs, ...one.credentials })
    return (await one.inject({ url: jobs, headers })).statusCode
  }
  t.equal(await status(), 503)
  t.match(one.faults.list(), [{ id: 'f1', applied: 1 }])
  one.faults.clear()
  t.equal(await status(), 200)
  one.faults.add({ times: 1, effect: { kind: 'refuse', error: 'throttle' } })
  t.equal(await status(), 429)
  t.equal(await status(), 200)
  await one.reset()
  t.match(one.faults.list(), [{ id: 'f1', effect: { error: 'endpoint-error' }, applied: 0 }])
  t.equal(await status(), 503)
})

t.test('records in the journal which faults acted, and in the log what they did', async t => {
  const said: string[] = []
  const info = (_facts: object, sentence: string) => void said.push(sentence)
  const { get, emulator: made } = await asked(t, {
    ...oneJob,
    delays: impatient(),
    log: { ...silentLog, info, isLevelEnabled: () => true },
  })
  const { accessKey, secretKey } = defaults
  const headers = signRequest({ method: 'GET', target: jobs, timestamp: testNow, accessKey, secretKey })
  const ask = (rules: readonly FaultRule[]) => {
    made.faults.clear()
    for (const rule of rules) made.faults.add(rule)
    return made.app.inject({ url: jobs, headers }).catch(() => undefined)
  }
  await ask([])
  await ask([refuse('quota')])
  await ask([{ effect: { kind: 'delay', time: 5 } }, { effect: { kind: 'cut', bytes: 3 } }])
  await ask([{ effect: { kind: 'limit', requests: 1 } }, { method: 'POST', ...refuse('rate') }])
  await ask([{ effect: { kind: 'reset' } }])
  made.faults.clear()
  made.faults.add({ effect: { kind: 'delay', time: 0 } })
  await get(jobs, { 'x-ncp-apigw-signature-v2': 'bm9wZQ==' })
  t.match(made.journal.entries(), [
    { verdict: 'passed', status: 200, faults: undefined },
    { verdict: 'quotaExceeded', status: 429, faults: [{ id: 'f1', kind: 'refuse' }] },
    {
      verdict: 'passed',
      status: 200,
      faults: [
        { id: 'f2', kind: 'delay' },
        { id: 'f3', kind: 'cut' },
      ],
      answer: { text: /"count":1/ },
    },
    { verdict: 'passed', status: 200, faults: undefined },
    {
      verdict: 'reset',
      status: null,
      operation: 'getJobs',
      account: 'default',
      durationMs: Number,
      faults: [{ id: 'f6', kind: 'reset' }],
      answer: null,
    },
    { verdict: 'credentialsInvalid', status: 401, faults: [{ id: 'f7', kind: 'delay' }], diagnosis: {} },
  ])
  t.equal(made.journal.count({ fault: 'f3' }), 1)
  t.equal(made.journal.count({ fault: 'f9' }), 0)
  t.match(made.journal.nearMisses({ fault: 'f9', status: 429 }), [
    { differences: [{ part: 'fault', wanted: 'f9', found: 'f1' }] },
    {},
    {},
  ])
  t.same(
    said.filter(sentence => !sentence.includes('signature')),
    [
      'rejected (quotaExceeded): injected by the fault f1',
      'injected by faults: f2 (delay), f3 (cut)',
      'injected by faults: f6 (reset)',
    ],
  )
  const page = async (query: string) => made.app.inject(`/__admin/requests/count?${query}`)
  t.same((await page('fault=f2')).json(), { count: 1 })
  t.equal((await page('fault=all')).statusCode, 400)
})

t.test('starts with rules of the library user, and restores them at a reset', async t => {
  const rule: FaultRule = { operation: 'getJobs', times: 1, effect: { kind: 'refuse', error: 'quota' } }
  const one = await startEmulator({ fixtures: 'none', faults: ['outage', rule] })
  t.teardown(() => one.stop())
  const { add, list, get, replace, remove, clear } = one.faults
  t.match(list(), [{ effect: { error: 'endpoint-error' } }, rule])
  t.match(replace('f1', rule), { id: 'f1' })
  t.match(get('f1'), rule)
  t.ok(remove('f2'))
  clear()
  t.same(list(), [])
  add(rule)
  await one.reset()
  t.match(list(), [{ effect: { error: 'endpoint-error' } }, { matched: 0, ...rule }])
  const wrong = [
    [['chaos'], /^startEmulator: faults \["chaos"\]: must be one of flaky, slow/],
    [[{ operation: 'nope', ...refuse('quota') }], /^faults\.operation: must be one of getJobs/],
    [[5], /^faults: must be an object, was 5$/],
  ] as const
  for (const [faults, message] of wrong) {
    await t.rejects(startEmulator({ faults: faults as unknown as FaultRule[] }), { name: 'RangeError', message })
  }
})

t.test('closes, cuts and drips connections over TLS', async t => {
  const one = await startEmulator({ fixtures: 'none', tls: true })
  t.teardown(() => one.stop())
  const sent = (effect: FaultRule['effect']): Promise<string> => {
    one.faults.clear()
    one.faults.add({ effect })
    const headers = signRequest({ method: 'GET', target: jobs, ...one.credentials })
    return new Promise((resolve, reject) => {
      const call = https.get(`${one.url}${jobs}`, { rejectUnauthorized: false, agent: false, headers }, answer =>
        text(answer).then(resolve, reject),
      )
      call.on('error', reject)
    })
  }
  const whole = '{"list":[],"count":0,"page":0,"limit":1000}'
  t.equal(await sent({ kind: 'drip', bytes: 30, every: 1 }), whole)
  t.equal(await sent({ kind: 'bad-json' }), `${whole.slice(0, -1)} `)
  for (const effect of [{ kind: 'reset' }, { kind: 'reset', at: 'answer' }, { kind: 'cut', bytes: 5 }] as const) {
    await t.rejects(sent(effect), { code: 'ECONNRESET' }, JSON.stringify(effect))
  }
})
