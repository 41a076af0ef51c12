import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { InjectOptions } from 'fastify'
import t, { type Test } from 'tap'
import type { FaultRule } from '../../src/faults/rule.ts'
import { type Arrival, journal } from '../../src/journal/journal.ts'
import { signRequest, startEmulator } from '../../src/library/index.ts'
import { emulator, type Setting, testNow } from '../support/emulator.ts'

const list = '/api/v1/jobs'

/** An emulator with an account of another, and a way to ask its admin endpoints. */
async function asked(t: Test, setting: Setting = {}) {
  const second = { accessKey: 'ncp_iam_SECOND', secretKey: 'second-secret', account: 'analytics' }
  const made = await emulator(t, { credential: [{ ...second, active: true, subscribed: true }], ...setting })
  const ask = async (target: string, method = 'GET') => {
    const options: InjectOptions = { method: method as 'GET', url: `/__admin/requests${target}` }
    const { statusCode: status, payload, headers } = await made.emulator.app.inject(options)
    return { status, type: headers['content-type'], body: payload === '' ? undefined : JSON.parse(payload) }
  }
  const asSecond = (target: string) =>
    made.get(target, signRequest({ method: 'GET', target, timestamp: testNow, ...second }))
  return { ...made, ask, asSecond }
}

const kafka = JSON.stringify({ name: 'from-the-test' })
const access = 'ncp_iam_EMULATORACCESSKEY'

/** Six requests of every kind. */
async function traffic(t: Test, setting: Setting = {}) {
  const made = await asked(t, { jobs: [{ name: 'one' }], ...setting })
  await made.get(`${list}?page=0`)
  await made.asSecond(`${list}?name=%EA%B0%80`)
  await made.get(`${list}?limit=x`)
  await made.get(list, { 'x-ncp-apigw-signature-v2': 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' })
  await made.get('/api/v1/nope')
  await made.call('POST', list, { 'content-type': 'application/json' }, kafka)
  return made
}

t.test('records requests, responses and reasons', async t => {
  const { ask, emulator } = await traffic(t)
  const { status, body } = await ask('')
  t.equal(status, 200)
  t.match(body, { count: 6, dropped: 0 })
  t.same(
    body.requests.map((one: Record<string, unknown>) => [
      one.number,
      one.method,
      one.target,
      one.operation,
      one.account,
      one.verdict,
      one.status,
    ]),
    [
      [1, 'GET', `${list}?page=0`, 'getJobs', 'default', 'passed', 200],
      [2, 'GET', `${list}?name=%EA%B0%80`, 'getJobs', 'analytics', 'passed', 200],
      [3, 'GET', `${list}?limit=x`, 'getJobs', 'default', 'badParameter', 400],
      [4, 'GET', list, 'getJobs', 'default', 'credentialsInvalid', 401],
      [5, 'GET', '/api/v1/nope', null, 'default', 'unknownUrl', 404],
      [6, 'POST', list, 'createJob', 'default', 'badParameter', 400],
    ],
  )
  const [served, , , wrong, , created] = body.requests
  t.match(served, { at: new Date(testNow).toISOString(), durationMs: Number, answer: { text: /^\{"list":\[/ } })
  t.match(wrong, { reason: /does not match/, diagnosis: { verdict: 'unexplained', expectedText: /^GET/ } })
  t.match(created, { body: { text: kafka }, answer: { text: /bad-parameter/ } })
  t.equal(emulator.journal.count(), 6, 'looking is not recorded')
})

t.test('masks keys and signatures unless they are to be revealed', async t => {
  const { ask, get } = await traffic(t)
  await get(`${list}?key=ncp_iam_EMULATORSECRETKEY`, { authorization: 'Bearer 0123456789' })
  await get(list, { 'x-ncp-iam-access-key': 'K' })
  const hidden = JSON.stringify((await ask('')).body)
  const wrong = /AAAAAAAAAAAA|EMULATOR|SECOND|second-secret|0123456789/
  t.notMatch(hidden, wrong)
  t.match(hidden, /"accessKey":"ncp_\.\.\."/)
  t.match(hidden, /key=\(secret key\)/)
  const { requests } = (await ask('?reveal=true')).body
  t.match(requests.at(-1), { accessKey: 'K' })
  t.match(requests.at(-2), { target: /EMULATORSECRETKEY/, headers: { authorization: 'Bearer 0123456789' } })
  t.match(requests[3], { accessKey: access, headers: { 'x-ncp-apigw-signature-v2': /^AAAA/ } })
  const { expectedSignature } = requests[3].diagnosis
  t.match(expectedSignature, /^.{43}=$/)
  t.notMatch(hidden, expectedSignature)
})

t.test('explains a rejected request at the time of its arrival', async t => {
  const { get, wall, ask } = await asked(t)
  await get(list, { 'x-ncp-apigw-timestamp': `${testNow - 10}` })
  wall.moment += 3_600_000
  t.match((await ask('')).body.requests, [{ diagnosis: { verdict: 'explained', cause: /timestamp/ } }])
  t.notMatch(JSON.stringify((await ask('')).body), /[eE]xpired/)
})

const filters: [string, number[]][] = [
  ['method=post', [6]],
  ['path=/api/v1/jobs', [1, 2, 3, 4, 6]],
  ['path=/api/v1/jobs%3Fpage=0', [1]],
  ['path=/api/*/nope', [5]],
  ['path=*jobs*', [1, 2, 3, 4, 6]],
  ['path=/api*v2*', []],
  ['path=/api/v1/jobs*jobs', []],
  ['path=/x*', []],
  ['operation=getJobs', [1, 2, 3, 4]],
  ['status=400', [3, 6]],
  ['status=4xx', [3, 4, 5, 6]],
  ['account=analytics', [2]],
  ['refused=true', [3, 4, 5, 6]],
  ['refused=false', [1, 2]],
  ['since=4', [5, 6]],
  ['limit=2', [5, 6]],
  ['limit=1&refused=true&operation=getJobs&account=default&status=400', [3]],
]

t.test('filters requests by every parameter', async t => {
  const { ask } = await traffic(t)
  for (const [query, numbers] of filters) {
    const { requests, count } = (await ask(`?${query}`)).body
    t.same(
      requests.map((one: { number: number }) => one.number),
      numbers,
      query,
    )
    if (!query.includes('limit')) t.equal(count, numbers.length)
    t.same((await ask(`/count?${query}`)).body, { count })
  }
})

const refused: [string, RegExp][] = [
  ['?pth=/a', /^unknown parameter "pth"; allowed: method, path, /],
  ['?toString=1', /^unknown parameter "toString"/],
  ['?method=GET&method=PUT', /^method: must be given once/],
  ['?method=G%20T', /^method: must be an HTTP method, was "G T"/],
  ['?path=api', /^path: must be a path/],
  ['?operation=getjobs', /^operation: must be one of getJobs, /],
  ['?status=600', /^status: must be a status/],
  ['?account=', /^account: must be the name/],
  ['?refused=yes', /^refused: must be true or false/],
  ['?fault=1', /^fault: must be the id of a fault such as f1/],
  ['?since=-1', /^since: must be a whole number from 0/],
  ['/count?limit=0', /^limit: must be a whole number from 1 /],
  ['/near-misses', /^Say which request is missed/],
  ['/stream?reveal=1', /^reveal: must be true or false/],
]

t.test('rejects an invalid filter', async t => {
  const { ask, get, emulator } = await asked(t)
  for (const [target, detail] of refused) {
    const { status, type, body } = await ask(target)
    t.equal(status, 400, target)
    t.equal(type, 'application/problem+json')
    t.match(body.detail, detail)
  }
  await get(list)
  t.match(await ask('?account=default&method=GET', 'DELETE'), {
    status: 400,
    body: { detail: /^unknown parameter "method"; allowed: account/ },
  })
  t.equal(emulator.journal.count(), 1, 'nothing is gone')
})

t.test('clears on request and at a reset, and continues the numbers', async t => {
  const { ask, get, emulator } = await traffic(t)
  t.match(await ask('', 'DELETE'), { status: 204, body: undefined })
  t.match((await ask('')).body, { requests: [], count: 0, dropped: 6 })
  await get(list)
  t.match((await ask('')).body, { requests: [{ number: 7 }] })
  await emulator.reset()
  t.equal(emulator.journal.count(), 0)
})

t.test('clears the requests of one account', async t => {
  const { ask, get, asSecond, emulator } = await traffic(t, { journal: 7 })
  const numbers = () => emulator.journal.entries().map(({ number }) => number)
  t.equal((await ask('?account=default', 'DELETE')).status, 204)
  t.same(numbers(), [2])
  t.equal(emulator.journal.dropped(), 5)
  for (let i = 0; i < 6; i++) await get(list)
  t.same(numbers(), [7, 8, 9, 10, 11, 12], 'the gap counts until it falls out')
  await asSecond(list)
  emulator.journal.clear('nobody')
  t.equal(emulator.journal.count(), 7)
  emulator.journal.clear('default')
  t.same(numbers(), [13])
  t.equal(emulator.journal.dropped(), 12)
})

const misses: { wanted: string; parts: string[]; nearest: number }[] = [
  { wanted: 'method=PUT&path=/api/v1/jobs', parts: ['method'], nearest: 6 },
  { wanted: 'method=GET&path=/api/v1/JOBS', parts: ['path'], nearest: 4 },
  { wanted: 'path=/api/v1/noppe', parts: ['path'], nearest: 5 },
  { wanted: 'path=/api/v1/jobs/17', parts: ['path'], nearest: 6 },
  { wanted: 'operation=createJob&status=201', parts: ['status'], nearest: 6 },
  { wanted: 'operation=getJobs&account=analytics&refused=true', parts: ['account'], nearest: 4 },
]

t.test('finds the near misses of a request that was not made', async t => {
  const { ask } = await traffic(t)
  for (const { wanted, parts, nearest } of misses) {
    const { count, nearMisses } = (await ask(`/near-misses?${wanted}`)).body
    t.equal(count, 0, wanted)
    t.equal(nearMisses.length, 3)
    t.same(
      nearMisses[0].differences.map(({ part }: { part: string }) => part),
      parts,
      wanted,
    )
    t.equal(nearMisses[0].request.number, nearest, wanted)
  }
  t.same((await ask('/near-misses?path=/api/v1/nope')).body, { count: 1, nearMisses: [] }, 'it was asked')
  t.same((await ask('/near-misses?status=500&since=6')).body.nearMisses, [])
  t.match((await ask('/near-misses?status=500&limit=1')).body.nearMisses, [
    { differences: [{ part: 'status', wanted: '500', found: 400 }], request: { accessKey: 'ncp_...' } },
  ])
})

t.test('keeps no request with a journal of 0', async t => {
  const { ask } = await traffic(t, { journal: 0 })
  t.same((await ask('')).body, { requests: [], count: 0, dropped: 0 })
})

t.test('keeps the last requests, by number and by size', async t => {
  const arrival: Arrival = { at: 0, began: 0, method: 'GET', target: '/a', headers: {}, length: 500 }
  const numbers = (kept: ReturnType<typeof journal>) => kept.entries().map(({ number }) => number)
  const outcome = { status: 200, durationMs: 0, answer: { start: 'x'.repeat(1000), length: 1000 } }

  const three = journal(3)
  const [first] = Array.from({ length: 5 }, () => three.recordRequest(arrival))
  t.same(numbers(three), [3, 4, 5])
  t.equal(three.dropped(), 2)
  if (first) three.recordResponse(first, outcome)
  t.same(numbers(three), [3, 4, 5], 'one that is gone does not come back')

  const small = journal(100, 4500)
  for (let i = 0; i < 5; i++) small.recordResponse(small.recordRequest(arrival), outcome)
  t.same(numbers(small), [4, 5])
  const sent = { start: new Uint8Array(3000), length: 3000 }
  small.recordResponse(small.recordRequest(arrival), { ...outcome, sent })
  t.same(numbers(small), [], 'one that alone is too large')
  small.recordRequest(arrival)
  t.same(numbers(small), [7])
})

t.test('limits the memory for huge targets and headers', async t => {
  const { emulator, get, wall } = await asked(t)
  const megabyte = 1024 ** 2
  const ask = (number: number) => {
    // Diagnoses are remembered for a second.
    wall.moment += 1000
    const huge = `${number}`.padEnd(megabyte, 'x')
    if (number % 2 > 0) return get(`${list}?a=${huge}`, { 'x-ncp-apigw-signature-v2': 'nope' })
    return get(list, { 'x-huge': huge })
  }
  for (let i = 0; i < 24; i++) await ask(i)
  const kept = emulator.journal.entries({ limit: 100 })
  t.ok(kept.length > 1, `${kept.length}`)
  t.ok(JSON.stringify(kept).length < 16 * megabyte)
  const refused = kept.at(-1)
  t.equal(refused?.target.length, megabyte + `${list}?a=`.length)
  t.match(refused?.diagnosis, { verdict: 'unexplained' })
})

t.test('keeps the start of a long body', async t => {
  const jobs = Array.from({ length: 200 }, (_, i) => ({ name: `job-${i}` }))
  const { ask, get, call } = await asked(t, { jobs })
  const { text } = await get(`${list}?limit=200`)
  const long = `"${'é'.repeat(20_000)}"`
  await call('POST', list, { 'content-type': 'application/json' }, long)
  const [whole, sent] = (await ask('')).body.requests
  t.ok(text.length > 16_384)
  t.same(whole.answer, { text: text.slice(0, 16_384), cutFromBytes: text.length })
  t.equal(sent.body.cutFromBytes, 40_002)
})

t.test('shows a request before its response', async t => {
  const running = await startEmulator({ fixtures: 'none' })
  t.teardown(() => running.stop())
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1')
  const answered = once(socket, 'data')
  const headers = Object.entries(signRequest({ method: 'POST', target: list, ...running.credentials }))
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.write(`POST ${list} HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n${lines}\r\n{`)
  // The admin's answer comes after what was sent before is read.
  while (running.journal.count() === 0) await fetch(`${running.url}/__admin/health`)
  t.match(running.journal.entries(), [{ method: 'POST', verdict: null, status: null, durationMs: null, answer: null }])
  t.same(running.journal.count({ status: '4xx' }), 0)
  socket.write('}')
  await answered
  t.match(running.journal.entries(), [{ verdict: 'badParameter', status: 400, body: { text: '{}' } }])
  socket.destroy()
})

t.test('records a request whose client disconnects', async t => {
  const running = await startEmulator({ fixtures: 'none' })
  t.teardown(() => running.stop())
  running.faults.add({ effect: { kind: 'delay', time: 600_000 }, times: 1 })
  const stream = await following(`${running.url}/__admin/requests/stream?broken=true`)
  await stream.holds(/^: every request/)
  const hasty = new AbortController()
  const headers = signRequest({ method: 'GET', target: list, ...running.credentials })
  const asked = fetch(running.url + list, { headers, signal: hasty.signal })
  // The admin's answer comes after what was sent before is read.
  while (running.journal.count() === 0) await fetch(`${running.url}/__admin/health`)
  hasty.abort()
  await t.rejects(asked)
  await stream.holds(/"broken":true/)
  await fetch(running.url + list)
  t.match(running.journal.entries({ broken: true }), [
    {
      number: 1,
      operation: 'getJobs',
      account: 'default',
      verdict: 'broken',
      status: null,
      broken: true,
      answer: null,
    },
  ])
  t.notHas(running.journal.entries({ broken: false })[0], { broken: true })
  t.equal(running.journal.count({ refused: false, broken: true }), 1)
  const again = await following(`${running.url}/__admin/requests/stream?since=0`)
  await again.holds(/id: 1\n(?:.|\n)*"verdict":"broken"(?:.|\n)*id: 2\n/)
  await running.stop()
  t.match(running.journal.entries({ limit: 2 }), [{ verdict: 'broken' }, {}], 'an answer to nobody is none')
})

const quiet = { verdict: 'passed', status: 200, answer: { text: /^\{"list":\[\]/ } }
const spoiled: { effect: FaultRule['effect']; noted: object; broken?: boolean }[] = [
  { effect: { kind: 'refuse', error: 'quota' }, noted: { verdict: 'quotaExceeded', status: 429, reason: /fault f1$/ } },
  { effect: { kind: 'delay', time: 1 }, noted: quiet },
  { effect: { kind: 'bad-json' }, noted: quiet },
  { effect: { kind: 'cut', bytes: 5 }, noted: quiet, broken: true },
  { effect: { kind: 'reset', at: 'answer' }, noted: quiet, broken: true },
  { effect: { kind: 'reset' }, noted: { verdict: 'reset', status: null, operation: 'getJobs' }, broken: true },
]

t.test('records what faults did', async t => {
  const running = await startEmulator({ fixtures: 'none' })
  t.teardown(() => running.stop())
  const stream = await following(`${running.url}/__admin/requests/stream?broken=true`)
  await stream.holds(/^: every request/)
  for (const [i, { effect, noted, broken = false }] of spoiled.entries()) {
    running.faults.add({ effect, times: 1 })
    const headers = signRequest({ method: 'GET', target: list, ...running.credentials })
    await fetch(running.url + list, { headers })
      .then(answer => answer.text())
      .catch(() => 'gone')
    if (broken) await stream.holds(new RegExp(`"number":${i + 1},.*"broken":true`))
    const [one, ...others] = running.journal.entries({ fault: `f${i + 1}`, broken })
    t.match(
      one,
      { ...noted, number: i + 1, faults: [{ id: `f${i + 1}`, kind: effect.kind }], account: 'default' },
      effect.kind,
    )
    t.same(others, [])
  }
  t.match(running.journal.nearMisses({ fault: 'f9', limit: 1 }), [{ differences: [{ part: 'fault', found: 'f6' }] }])
})

t.test('forgets the requests of a deleted account', async t => {
  const { emulator: made } = await asked(t)
  for (const name of ['a', 'b']) {
    const answer = await made.app.inject({ method: 'POST', url: '/__admin/accounts', payload: { name } })
    const { accessKey, secretKey } = answer.json()
    const headers = signRequest({ method: 'GET', target: list, timestamp: testNow, accessKey, secretKey })
    await made.app.inject({ url: list, headers })
  }
  t.match(made.journal.entries(), [{ account: 'a' }, { account: 'b' }])
  t.throws(() => made.accounts.remove('c'))
  t.equal(made.journal.count(), 2)
  made.accounts.remove('a')
  t.match(made.journal.entries(), [{ account: 'b' }])
})

t.test('records an incomplete request once', async t => {
  const running = await startEmulator({ fixtures: 'none' })
  t.teardown(() => running.stop())
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1')
  const headers = Object.entries(signRequest({ method: 'POST', target: list, ...running.credentials }))
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.end(`POST ${list} HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n${lines}\r\n{`)
  socket.resume()
  await once(socket, 'close')
  t.match(running.journal.entries(), [{ method: 'POST', verdict: String }])
  t.equal(running.journal.count(), 1)
})

t.test('records what is not HTTP', async t => {
  const running = await startEmulator({ fixtures: 'none' })
  t.teardown(() => running.stop())
  for (const text of [
    'GET\r\n\r\n',
    'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n',
    'GET /%zz HTTP/1.1\r\nhost: a\r\n\r\n',
  ]) {
    const socket = connect(Number(new URL(running.url).port), '127.0.0.1')
    socket.write(text)
    await once(socket, 'data')
    socket.destroy()
  }
  t.match(running.journal.entries({ refused: true }), [
    {
      method: 'GET',
      target: '',
      verdict: 'badHeader',
      status: 400,
      reason: /not HTTP/,
      account: null,
      accessKey: null,
    },
    { method: 'CONNECT', target: 'a:1', verdict: 'unknownUrl', status: 404 },
    { method: 'GET', target: '/%zz', verdict: 'badTarget', status: 400 },
  ])
  t.match(running.journal.nearMisses({ path: '/%zz', method: 'PUT' }), [{ differences: [{ part: 'method' }] }, {}, {}])
  running.journal.clear()
  t.equal(running.journal.count(), 0)
})

/** Opens a stream and gives what has come so far. */
async function following(url: string, headers: Record<string, string> = {}) {
  const [answer] = (await once(get(url, { headers, agent: false }), 'response')) as [IncomingMessage]
  let text = ''
  answer.setEncoding('utf8').on('data', (more: string) => {
    text += more
  })
  const holds = async (wanted: RegExp) => {
    while (!wanted.test(text)) await once(answer, 'data')
    return text
  }
  return { answer, holds }
}

t.test('streams new requests, and ends with the emulator', async t => {
  const running = await startEmulator({ fixtures: 'none' })
  t.teardown(() => running.stop())
  const stream = `${running.url}/__admin/requests/stream`
  const ask = (target: string) => fetch(running.url + target)
  const all = await following(stream)
  t.match(all.answer, { statusCode: 200, headers: { 'content-type': 'text/event-stream' } })
  await all.holds(/^: every request/)
  const some = await following(`${stream}?status=404&limit=1`)
  await some.holds(/^: every request/)
  await ask(list)
  await ask('/api/v1/nope')
  t.match(await all.holds(/id: 2/), /^: [^\n]+\n\nid: 1\nevent: request\ndata: \{"number":1,.*\}\n\nid: 2\n/)
  t.notMatch(await some.holds(/id: 2/), /id: 1/)
  const again = await following(stream, { 'last-event-id': '1' })
  t.notMatch(await again.holds(/id: 2/), /id: 1/)
  const since = await following(`${stream}?since=0`)
  await since.holds(/id: 1\n(?:.*\n)*id: 2\n/)

  const others = await Promise.all(Array.from({ length: 12 }, () => following(stream)))
  t.equal((await fetch(stream)).status, 503, 'no seventeenth')
  const left = others[0]?.answer
  left?.destroy()
  let status = 503
  while (status === 503) {
    const next = await following(stream)
    status = next.answer.statusCode ?? 0
  }
  t.equal(status, 200, 'room for another one')
  t.equal((await fetch(stream, { method: 'HEAD' })).status, 405)

  const ended = Promise.all([all, some, again].map(({ answer }) => once(answer, 'end')))
  await running.stop()
  await ended
})

t.test('disconnects a follower that does not read', async t => {
  const running = await startEmulator({ fixtures: 'none', generate: 40 })
  t.teardown(() => running.stop())
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1')
  socket.write('GET /__admin/requests/stream HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await once(socket, 'data')
  socket.pause()
  const gone = once(socket, 'close')
  const call = { method: 'GET', target: list, ...running.credentials } as const
  const headers = signRequest(call)
  for (let i = 0; i < 1500; i++) await running.inject({ url: list, headers })
  socket.resume()
  await gone
  t.equal((await running.inject({ url: list, headers })).statusCode, 200)
})
