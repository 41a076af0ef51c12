import t from 'tap'
import { redacted } from '../../src/conformance/report.ts'
import {
  BudgetError,
  checkTarget,
  createSession,
  type Send,
  type SessionDeps,
  TargetError,
} from '../../src/conformance/session.ts'
import { compareEmulator, everything, idsWith } from '../support/conformance.ts'

const keys = { accessKey: 'k', secretKey: 's' }

function sessionWith(send: Send, more: Partial<SessionDeps> = {}) {
  const time = { now: 1_000_000, slept: [] as number[] }
  const made = createSession({
    send,
    keys,
    clock: { now: () => time.now },
    sleep: async ms => {
      time.slept.push(ms)
      time.now += ms
    },
    pauseMs: 0,
    budget: 100,
    ...more,
  })
  return { made, time }
}

const responding =
  (status: number, text: string, headers = {}): Send =>
  async () => ({ status, text, headers })

const failing =
  (message: string, code?: string): Send =>
  () =>
    Promise.reject(Object.assign(new Error(message), code && { code }))

t.test('says why a target cannot be compared with', async t => {
  const error = (details: string) => JSON.stringify({ error: { errorCode: '200', message: 'm', details } })
  for (const [send, message] of [
    [responding(200, '<html>'), /^the target responds 200 with HTML; --target must name the API/],
    [responding(502, 'x'), /^the target responds 502 after 3 retries; try again later$/],
    [responding(429, '{}', { 'retry-after': '2' }), /^the target responds 429 after 3 retries/],
    [responding(200, ''), /with an empty body/],
    [responding(200, '\u0000garbage'), /with something that is not JSON/],
    [
      responding(302, '', { location: 'http://elsewhere' }),
      /^the target redirects \(302\); redirects are not followed/,
    ],
    [
      responding(401, error('Invalid authentication information.'), { date: new Date(1_000_000).toUTCString() }),
      /rejects the keys \(401: "Invalid authentication information\."\); check NCLOUD_ACCESS_KEY/,
    ],
    [
      responding(401, error('Expired timestamp.'), { date: new Date(400_000).toUTCString() }),
      /^the clock of this machine is 10 minutes ahead of that of the target/,
    ],
    [responding(401, '', { date: new Date(1_600_000).toUTCString() }), /is 10 minutes behind/],
    [responding(401, ''), /rejects the keys \(401: "no reason"\)/],
    [responding(500, '{}'), /^the target responds 500 to \/api\/v1\/jobs; nothing can be compared$/],
    [failing('something else'), /^no response: something else$/],
    [
      failing('certificate has expired', 'CERT_HAS_EXPIRED'),
      /^no response: .* \(the certificate .* is not trusted; NODE_/,
    ],
    [failing('self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'), /the certificate of the target is not trusted/],
    [failing('unable to verify', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'), /the certificate of the target is not trusted/],
    [failing('names differ', 'ERR_TLS_CERT_ALTNAME_INVALID'), /the certificate of the target is not trusted/],
    [failing('wrong version number', 'EPROTO'), /does not speak TLS as expected; is it an http:/],
    [failing('packet length too long', 'ERR_SSL_PACKET_LENGTH_TOO_LONG'), /is it an http:/],
    [failing('Parse Error', 'HPE_INVALID_CONSTANT'), /does not speak HTTP; is it an https:/],
    [failing('getaddrinfo', 'ENOTFOUND'), /the name of the target is not known/],
    [failing('connect', 'ECONNREFUSED'), /nothing listens there/],
  ] as const) {
    const { made } = sessionWith(send)
    await t.rejects(checkTarget(made, '/api/v1/jobs'), { name: 'TargetError', message })
  }
})

t.test('keeps to the rate and the budget', async t => {
  const { made, time } = sessionWith(responding(200, '{}'), { pauseMs: 500, budget: 3 })
  await made.ask({ target: '/a' })
  await made.get('/b')
  await made.get('/b')
  await made.ask({ target: '/c' })
  t.same(time.slept, [500, 500])
  t.equal(made.sent(), 3)
  await t.rejects(made.ask({ target: '/d' }), new BudgetError(3))
  await made.ask({ target: '/d', always: true })
})

/** Responds with each of these in turn, then with 200; `reset` is no response. */
const inTurn = (...turns: readonly (number | 'reset')[]): Send => {
  const left = [...turns]
  return async () => {
    const turn = left.shift() ?? 200
    if (turn === 'reset') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
    return { status: turn, text: '{}', headers: {} }
  }
}

t.test('sends a GET again after any failure when it has patience', async t => {
  const { made, time } = sessionWith(inTurn(429, 500, 'reset', 503), { patience: 4 })
  t.equal((await made.ask({ target: '/a' })).status, 200)
  t.same(time.slept, [500, 1000, 2000, 4000])
  t.equal(made.sent(), 5)
  let damaged = 0
  const cut: Send = async () => {
    damaged += 1
    return { status: 200, text: damaged === 1 ? '{"list":[' : '{}', headers: {} }
  }
  t.same((await sessionWith(cut, { patience: 1 }).made.ask({ target: '/a' })).json, {})
  const worn = sessionWith(inTurn('reset', 'reset', 'reset'), { patience: 2 })
  await t.rejects(worn.made.ask({ target: '/a' }), { name: 'TargetError', message: 'no response: socket hang up' })
  t.equal((await sessionWith(inTurn(500, 500, 500), { patience: 2 }).made.ask({ target: '/a' })).status, 500)
  await t.rejects(sessionWith(inTurn(429, 429, 429), { patience: 2 }).made.ask({ target: '/a' }), {
    message: 'the target responds 429 after 2 retries; try again later',
  })
})

t.test('sends nothing again that may have changed something', async t => {
  for (const turn of ['reset', 500] as const) {
    const { made } = sessionWith(inTurn(turn), { patience: 4 })
    await made.ask({ method: 'POST', target: '/a' }).catch((error: Error) => t.equal(error.name, 'TargetError'))
    t.equal(made.sent(), 1)
  }
})

t.test('waits as long as Retry-After says, a minute at most', async t => {
  for (const [given, waited] of [
    ['7', 7000],
    [new Date(1_005_000).toUTCString(), 5000],
    ['3600', 60_000],
    ['soon', 500],
    ['0', 500],
  ] as const) {
    let count = 0
    const { made, time } = sessionWith(async () => {
      count += 1
      return { status: count === 1 ? 429 : 200, text: '{}', headers: { 'retry-after': given } }
    })
    await made.ask({ target: '/a' })
    t.same(time.slept, [waited], given)
  }
})

t.test('ends waits and reading requests at once when it is interrupted', async t => {
  const stop = new AbortController()
  const ended = (signal: AbortSignal | undefined) =>
    new Promise<never>((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason))
      setImmediate(() => stop.abort())
    })
  const reading = sessionWith(({ signal }) => ended(signal), { signal: stop.signal })
  await t.rejects(reading.made.ask({ target: '/a' }), { name: 'InterruptedError' })
  await t.rejects(reading.made.ask({ target: '/a' }), { name: 'InterruptedError' })
  t.equal(reading.made.sent(), 1)
  const again = new AbortController()
  const waiting = sessionWith(responding(503, ''), {
    signal: again.signal,
    sleep: async (_ms, signal) => {
      again.abort()
      throw signal?.reason
    },
  })
  await t.rejects(waiting.made.ask({ target: '/a' }), { name: 'InterruptedError' })
  const broken = sessionWith(responding(503, ''), { sleep: () => Promise.reject(new Error('no timers')) })
  await t.rejects(broken.made.ask({ target: '/a' }), { message: 'no timers' })
})

t.test('says which claims the budget left out', async t => {
  const { compare } = await compareEmulator(t, { budget: 30 })
  const comparison = await compare()
  t.equal(comparison.sent, 30)
  t.same(idsWith(comparison, 'different'), [])
  t.match(comparison.findings.at(-1), { verdict: 'not observable', seen: 'the budget of 30 requests is used up' })
})

t.test('deletes what it created when it is interrupted, wherever that is', async t => {
  for (const writes of [1, 2, 3, 4, 9, 14]) {
    const stop = new AbortController()
    let count = 0
    const { compare, session } = await compareEmulator(t, {
      allowed: everything,
      signal: stop.signal,
      proxy: send => async request => {
        if (request.method === 'POST' && !request.target.endsWith('/verify')) count += 1
        if (count === writes) stop.abort()
        const response = await send(request)
        // The response to a creation is lost.
        if (count === writes && request.method === 'POST' && writes === 4) throw new Error('connection lost')
        return response
      },
    })
    await t.rejects(compare(), { name: writes === 4 ? 'TargetError' : 'InterruptedError' })
    for (const kind of ['jobs', 'workflows', 'triggers']) {
      const { json } = await session.ask({ target: `/api/v1/${kind}?page=0&limit=1000`, always: true })
      const { list } = json as { list: { name: string }[] }
      t.ok(list.length > 0)
      t.same(
        list.filter(({ name }) => name.startsWith('cmp_')),
        [],
        `${kind} after ${writes} creations`,
      )
    }
  }
})

t.test('hides what belongs to an account', async t => {
  t.equal(
    redacted('job a1B2c3D4e5F6 of ncp_iam_KEY at 10.1.2.3 with nrn:PUB:IAM::1:Role/r, key SECRET', ['SECRET']),
    'job [id] of [key] at [address] with [nrn], key [redacted]',
  )
  t.ok(new TargetError('x') instanceof Error)
})
