import type { InjectOptions } from 'fastify'
import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { type AdminPluginDeps, admin } from '../../src/admin/admin.ts'
import { callerError } from '../../src/admin/guard.ts'
import { journal } from '../../src/journal/journal.ts'
import { journalReading } from '../../src/journal/reading.ts'
import { silentLog } from '../../src/log.ts'
import { changeFeed } from '../../src/service/changes.ts'
import { emulator, type Setting, testNow } from '../support/emulator.ts'
import { faultRules } from '../support/faults.ts'
import { stubsOf } from '../support/stubs.ts'

/** Asks an emulator for admin pages, unsigned, with the headers of no browser. */
async function asked(t: Test, setting: Setting = {}) {
  const made = await emulator(t, setting)
  const ask = async (method: string, url: string, headers: Record<string, string> = {}, payload?: string) => {
    const options: InjectOptions = {
      method: method as 'GET',
      url,
      headers,
      ...(payload === undefined ? {} : { payload }),
    }
    const { statusCode: status, headers: got, payload: text } = await made.emulator.app.inject(options)
    const body = String(got['content-type']).includes('json') && text !== '' ? JSON.parse(text) : undefined
    return { status, headers: got, text, body }
  }
  return { ...made, ask }
}

type Answered = Awaited<ReturnType<Awaited<ReturnType<typeof asked>>['ask']>>

/** Holds an answer against RFC 9457. */
function isProblem(t: Test, { status, headers, body }: Answered, expected: number, detail: RegExp) {
  t.equal(status, expected)
  t.equal(headers['content-type'], 'application/problem+json')
  t.same(Object.keys(body), ['type', 'title', 'status', 'detail'])
  t.match(body, { type: 'about:blank', title: /^[A-Z]/, status: expected, detail })
}

t.test('reports the health, without a body for HEAD', async t => {
  const { ask } = await asked(t, { edition: '2026-09', jobs: [{ name: 'one' }, { name: 'two' }] })
  const { status, headers, body } = await ask('GET', '/__admin/health')
  t.equal(status, 200)
  t.match(headers['content-type'], /^application\/json/)
  t.same(Object.keys(body), ['status', 'edition', 'version', 'jobs', 'now'])
  t.match(body, {
    status: 'ok',
    edition: '2026-09',
    version: /^\d+\.\d+\.\d+/,
    jobs: 2,
    now: new Date(testNow).toISOString(),
  })
  t.match(await ask('HEAD', '/__admin/health'), { status: 200, text: '' })
})

t.test('lists the assumptions with the values in force', async t => {
  const { ask } = await asked(t, { assume: { nameMatch: 'prefix' } })
  const { assumptions } = (await ask('GET', '/__admin/assumptions')).body
  const named = (name: string) => assumptions.find((one: { name: string }) => one.name === name)
  t.match(named('nameMatch'), { value: 'prefix', default: 'substring' })
  t.match(named('neverRun'), { value: 'omit', default: 'omit' })
})

t.test('returns the document of the edition in force', async t => {
  for (const edition of ['2023-10', '2025-03', '2026-09'] as const) {
    const { ask } = await asked(t, { edition })
    const { headers, body } = await ask('GET', '/__admin/openapi.json')
    t.match(headers['content-type'], /^application\/json/)
    t.match(body, { openapi: '3.1.0', info: { version: edition }, paths: { '/api/v1/jobs': { get: {} } } })
  }
})

t.test('serves the pages of the document without other hosts', async t => {
  const { ask } = await asked(t)
  for (const page of ['/__admin/docs', '/__admin/docs/']) {
    const { status, headers, text } = await ask('GET', page)
    t.equal(status, 200)
    t.match(headers['content-type'], /^text\/html/)
    t.match(headers['content-security-policy'], /default-src 'self';.*frame-ancestors 'none'/)
    t.notMatch(text, /(https?:)?\/\/[a-z0-9.]+/i, 'no address of another host in the page')
    const files = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file)
    t.ok(files.length >= 6)
    for (const file of files) {
      const found = await ask('GET', new URL(file, `http://localhost${page}`).pathname)
      t.equal(found.status, 200, file)
      t.match(found.headers['content-type'], /^(text|application|image)\/(css|javascript|png)/, file)
    }
  }
  const { text } = await ask('GET', '/__admin/docs/static/swagger-initializer.js')
  t.notMatch(text, /https?:\/\/(?!stackoverflow\.com)/, 'nor in what starts it, but for a comment')
  t.match((await ask('GET', '/__admin/docs/json')).body, { info: { description: /signs every call by itself/ } })
  t.notMatch((await ask('GET', '/__admin/openapi.json')).text, /signs every call by itself/)
})

t.test('returns 404 for unknown pages', async t => {
  const { ask } = await asked(t)
  for (const page of ['nope', 'static/nope.js', 'static/..%2f..%2fpackage.json', 'static/%2e%2e%2fpackage.json']) {
    isProblem(t, await ask('GET', `/__admin/docs/${page}`), 404, /no such page; see \/__admin\/docs/)
  }
})

t.test('signs a call that then passes', async t => {
  const keys = { accessKey: 'second', secretKey: 'secret', active: true, subscribed: true, account: 'default' }
  const { ask, emulator } = await asked(t, { jobs: [{ name: 'one' }], credential: [keys] })
  const json = { 'content-type': 'application/json' }
  for (const accessKey of [undefined, 'second']) {
    const call = { method: 'get', target: '/api/v1/jobs?page=0&name=%EC%9E%91', accessKey }
    const { status, body } = await ask('POST', '/__admin/sign', json, JSON.stringify(call))
    t.equal(status, 200)
    t.same(Object.keys(body), ['headers', 'signedText'])
    const { statusCode } = await emulator.app.inject({ method: 'GET', url: call.target, headers: body.headers })
    t.equal(statusCode, 200)
  }
})

const call = { method: 'GET', target: '/api/v1/jobs' }
const json = 'application/json'
const unsignable: { title: string; type?: string; body: unknown; status?: number; detail: RegExp }[] = [
  { title: 'null', body: null, detail: /^the body: must be an object, was null/ },
  { title: 'a list', body: [call], detail: /must be an object, was a list of 1/ },
  { title: 'a text', body: 'GET /api/v1/jobs', detail: /must be an object, was "GET/ },
  { title: 'an empty object', body: {}, detail: /^method: must be an HTTP method, is missing/ },
  { title: 'no target', body: { method: 'GET' }, detail: /^target: must be path and query .*, is missing/ },
  { title: 'a method that is no text', body: { ...call, method: 1 }, detail: /^method: must be an HTTP method, was 1/ },
  {
    title: 'an access key that is no text',
    body: { ...call, accessKey: null },
    detail: /^accessKey: must be a text, was null/,
  },
  {
    title: 'a member of another name',
    body: { ...call, accesKey: 'x' },
    detail: /^accesKey: unknown member \(did you mean accessKey\?\); allowed: method, target, accessKey/,
  },
  { title: 'a method with a space', body: { ...call, method: 'GET ' }, detail: /^method: .*"GET "/ },
  { title: 'a full URL', body: { ...call, target: 'http://localhost/api/v1/jobs' }, detail: /^target: .*first slash/ },
  { title: 'a target not encoded', body: { ...call, target: '/api/v1/jobs?name=작업' }, detail: /^target: .*encoded/ },
  { title: 'a target with a line end', body: { ...call, target: '/api\n' }, detail: /^target: / },
  { title: 'an unknown access key', body: { ...call, accessKey: 'nobody' }, detail: /unknown access key "nobody"/ },
  { title: 'broken JSON', body: '{"method":', type: json, detail: /JSON/ },
  { title: 'nothing as JSON', body: '', type: json, detail: /empty/i },
  { title: 'plain text', body: JSON.stringify(call), type: 'text/plain', status: 415, detail: /application\/json/ },
  {
    title: 'a form',
    body: 'method=GET',
    type: 'application/x-www-form-urlencoded',
    status: 415,
    detail: /application\/json/,
  },
  { title: 'two megabytes', body: { ...call, accessKey: 'x'.repeat(2 ** 21) }, status: 413, detail: /too large/ },
]

t.test('rejects what it cannot sign', async t => {
  const { ask } = await asked(t)
  for (const { title, type, body, status = 400, detail } of unsignable) {
    t.test(`rejects ${title}`, async t => {
      const text = type === undefined ? JSON.stringify(body) : String(body)
      isProblem(t, await ask('POST', '/__admin/sign', { 'content-type': type ?? json }, text), status, detail)
    })
  }
})

t.test('returns problem details for unknown paths', async t => {
  const { ask } = await asked(t)
  const absent: [string, string, string?][] = [
    ['GET', '/__admin'],
    ['GET', '/__admin/'],
    ['GET', '/__admin/nope?x=1'],
    ['GET', '/__admin/health/'],
    ['POST', '/__admin/nope', '{'],
    ['DELETE', '/__admin/a/b/c'],
  ]
  for (const [method, url, payload] of absent) {
    const answered = await ask(method, url, { 'content-type': json }, payload)
    isProblem(t, answered, 404, /^unknown endpoint .*; existing paths below \/__admin: \/health, /)
  }
})

t.test('lists the allowed methods', async t => {
  const { ask } = await asked(t)
  const others: [string, string, string][] = [
    ['POST', '/__admin/health', 'GET, HEAD'],
    ['DELETE', '/__admin/assumptions', 'GET, HEAD'],
    ['OPTIONS', '/__admin/openapi.json', 'GET, HEAD'],
    ['PUT', '/__admin/docs', 'GET, HEAD'],
    ['PATCH', '/__admin/docs/json', 'GET, HEAD'],
    ['GET', '/__admin/sign', 'POST'],
  ]
  for (const [method, url, allow] of others) {
    const answered = await ask(method, url, { 'content-type': 'text/xml' }, method === 'GET' ? undefined : '<a/>')
    isProblem(t, answered, 405, new RegExp(`^${method} is not defined here; allowed: ${allow}$`))
    t.equal(answered.headers.allow, allow)
  }
})

t.test('rejects a body that no endpoint reads', async t => {
  const { ask, get } = await asked(t, { jobs: [{ name: 'one' }] })
  const { jobId } = (await get('/api/v1/jobs')).body.list[0]
  await ask('PATCH', `/__admin/jobs/${jobId}`, { 'content-type': json }, '{"name":"two"}')
  const type = { 'content-type': json }
  const reset = await ask('POST', '/__admin/reset', type, '{"account":"other"}')
  isProblem(t, reset, 400, /^POST \/reset takes no body; its query parameters: account, accessKey$/)
  isProblem(t, await ask('DELETE', '/__admin/faults', type, '[1]'), 400, /^DELETE \/faults takes no body$/)
  t.equal((await get('/api/v1/jobs')).body.list[0].name, 'two')
  for (const empty of ['{}', 'null']) t.equal((await ask('POST', '/__admin/reset', type, empty)).status, 200)
  t.equal((await get('/api/v1/jobs')).body.list[0].name, 'one')
})

t.test('survives malformed targets', async t => {
  const { ask } = await asked(t)
  for (const target of ['%', '%zz', 'health?%', 'health?a=%ff', 'docs/%c3%28', 'docs/static/%', 'nope?%e0%a4']) {
    isProblem(t, await ask('GET', `/__admin/${target}`), 400, /./)
  }
  isProblem(t, await ask('GET', `/__admin/docs/${'x'.repeat(5000)}`), 404, /./)
})

t.test('logs a bug and returns 500 without its text', async t => {
  const logged: object[] = []
  const parts: AdminPluginDeps = {
    health: () => {
      throw new TypeError('the secret of the bug')
    },
    assumptions: () => [],
    document: async () => '',
    docs: async () => () => undefined,
    sign: () => '',
    explain: () => ({ verdict: 'skipped', sentence: '' }),
    changes: changeFeed(),
    hello: () => ({}),
    clock: {} as AdminPluginDeps['clock'],
    control: {} as AdminPluginDeps['control'],
    journal: journalReading(journal(1), () => [], new Map()),
    operations: new Map(),
    isAccount: () => false,
    faults: faultRules().rules,
    stubs: stubsOf().stubs,
    accounts: {} as AdminPluginDeps['accounts'],
    reset: {} as AdminPluginDeps['reset'],
    snapshots: {} as AdminPluginDeps['snapshots'],
    triggers: {} as AdminPluginDeps['triggers'],
    allowedHosts: [],
    token: undefined,
    healthOnly: false,
    log: { ...silentLog, error: facts => void logged.push(facts), isLevelEnabled: () => true },
  }
  const app = Fastify()
  app.register(admin(parts), { prefix: '/__admin' })
  const { statusCode: status, headers, payload: text } = await app.inject('/__admin/health')
  isProblem(t, { status, headers, text, body: JSON.parse(text) }, 500, /^bug in the emulator/)
  t.notMatch(text, /secret/)
  t.match(logged, [{ method: 'GET', target: '/__admin/health', err: { message: 'the secret of the bug' } }])
})

const callers: { title: string; headers: Record<string, string>; refused?: RegExp }[] = [
  { title: 'localhost', headers: { host: 'localhost' } },
  { title: 'localhost with a port', headers: { host: 'localhost:6270' } },
  { title: 'localhost in capitals', headers: { host: 'LOCALHOST:6270' } },
  { title: 'localhost as a full domain name', headers: { host: 'localhost.:6270' } },
  { title: 'a name below localhost', headers: { host: 'flow.localhost:6270' } },
  { title: '127.0.0.1', headers: { host: '127.0.0.1:6270' } },
  { title: 'an address of the network', headers: { host: '192.168.0.7:6270' } },
  { title: 'IPv6 loopback', headers: { host: '[::1]:6270' } },
  { title: 'IPv6 loopback without a port', headers: { host: '[::1]' } },
  { title: 'an allowed host', headers: { host: 'Emulator:6270' } },
  { title: 'the host it listens on', headers: { host: 'flow.internal:6270' } },
  { title: 'a foreign host', headers: { host: 'evil.example' }, refused: /--allowed-hosts evil\.example$/ },
  { title: 'a rebound host', headers: { host: 'evil.example:6270' }, refused: /--allowed-hosts evil\.example$/ },
  {
    title: 'a host that starts like loopback',
    headers: { host: '127.0.0.1.evil.example' },
    refused: /--allowed-hosts/,
  },
  {
    title: 'a host that ends like loopback',
    headers: { host: 'notlocalhost' },
    refused: /--allowed-hosts notlocalhost/,
  },
  { title: 'a name below an allowed host', headers: { host: 'a.emulator' }, refused: /--allowed-hosts a\.emulator/ },
  {
    title: 'a rebound full domain name',
    headers: { host: 'evil.example.:6270' },
    refused: /--allowed-hosts evil\.example/,
  },
  {
    title: 'loopback written as one number',
    headers: { host: '2130706433:6270' },
    refused: /--allowed-hosts 2130706433/,
  },
  { title: 'a user before the host', headers: { host: '127.0.0.1@evil.example' }, refused: /--allowed-hosts/ },
  { title: 'a bare IPv6 address', headers: { host: '::1' }, refused: /--allowed-hosts/ },
  { title: 'its own origin', headers: { host: 'localhost:6270', origin: 'http://localhost:6270' } },
  { title: 'its own origin behind TLS', headers: { host: 'localhost:6270', origin: 'https://localhost:6270' } },
  { title: 'its own origin in IPv6', headers: { host: '[::1]:6270', origin: 'http://[::1]:6270' } },
  {
    title: 'a foreign origin',
    headers: { origin: 'https://evil.example' },
    refused: /^the Origin "https:\/\/evil.*pages/,
  },
  {
    title: 'another port',
    headers: { host: 'localhost:6270', origin: 'http://localhost:3000' },
    refused: /^the Origin/,
  },
  {
    title: 'another name of this machine',
    headers: { host: '127.0.0.1:6270', origin: 'http://localhost:6270' },
    refused: /^the Origin/,
  },
  { title: 'the origin null', headers: { origin: 'null' }, refused: /^the Origin "null"/ },
  { title: 'a page from a file', headers: { origin: 'file://' }, refused: /^the Origin "file:/ },
  {
    title: 'an extension of the browser',
    headers: { origin: 'chrome-extension://abcdef' },
    refused: /^the Origin "chrome-extension:/,
  },
  {
    title: 'a foreign origin that ends like this one',
    headers: { host: 'localhost:6270', origin: 'http://evil.example@localhost:6270' },
    refused: /^the Origin/,
  },
  { title: 'an empty origin', headers: { origin: '' }, refused: /^the Origin ""/ },
  { title: 'a page of its own', headers: { 'sec-fetch-site': 'same-origin' } },
  { title: 'an address typed in', headers: { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' } },
  {
    title: 'a link on a foreign page',
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  },
  {
    title: 'a frame in a foreign page',
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
    refused: /Sec-Fetch-Site: cross-site/,
  },
  {
    title: 'a script of a foreign page',
    headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
    refused: /Sec-Fetch-Site: cross-site/,
  },
  {
    title: 'a page of another port that loads a style',
    headers: { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'style' },
    refused: /Sec-Fetch-Site: same-site/,
  },
  { title: 'an unknown Sec-Fetch-Site', headers: { 'sec-fetch-site': 'nearby' }, refused: /Sec-Fetch-Site: nearby/ },
  { title: 'an empty Sec-Fetch-Site', headers: { 'sec-fetch-site': '' }, refused: /Sec-Fetch-Site: / },
  { title: 'a foreign page', headers: { 'sec-fetch-site': 'cross-site' }, refused: /Sec-Fetch-Site: cross-site/ },
  { title: 'a page of another port', headers: { 'sec-fetch-site': 'same-site' }, refused: /Sec-Fetch-Site: same-site/ },
]

t.test('checks where a request comes from', async t => {
  const { ask, get } = await asked(t, { allowedHosts: ['emulator'], host: 'flow.internal' })
  const targets: [string, string, number][] = [
    ['GET', '/__admin/health', 200],
    ['GET', '/__admin/docs', 200],
    ['GET', '/%5F_admin/health', 200],
    ['GET', '/__admin/nope', 404],
  ]
  for (const { title, headers, refused } of callers) {
    t.test(`${refused ? 'rejects' : 'accepts'} ${title}`, async t => {
      for (const [method, url, status] of targets) {
        const answered = await ask(method, url, { host: 'localhost', ...headers })
        if (refused) isProblem(t, answered, 403, refused)
        else t.equal(answered.status, status, url)
      }
      t.equal((await get('/api/v1/jobs', { host: 'localhost', ...headers })).status, 200, 'the API is open to all')
    })
  }

  t.test('rejects a caller that names no host', async t => {
    const nobody = { method: 'GET', origin: undefined, site: undefined, mode: undefined, destination: undefined }
    t.match(callerError({ ...nobody, host: '' }, []), /--allowed-hosts NAME/)
  })

  t.test('rejects a form that a foreign page sends', async t => {
    const form = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    isProblem(t, await ask('POST', '/__admin/sign', form), 403, /Sec-Fetch-Site/)
  })

  t.test('guards every endpoint and method', async t => {
    const foreign = { 'content-type': json, origin: 'https://evil.example' }
    for (const [method, url] of await everyCall(ask)) {
      isProblem(t, await ask(method, url, foreign, method === 'GET' ? undefined : '{'), 403, /^the Origin/)
    }
  })
})

/** Every endpoint in every method, those it does not have too, as the emulator lists them. */
async function everyCall(ask: Awaited<ReturnType<typeof asked>>['ask'], headers: Record<string, string> = {}) {
  const { detail } = (await ask('GET', '/__admin/nope', headers)).body
  const paths = /existing paths below \/__admin: (.*)$/.exec(detail)?.[1]?.split(', ') ?? []
  return [...paths, '/nope'].flatMap(path =>
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map(method => [method, `/__admin${path}`] as const),
  )
}

const adminToken = 'let:me-in=='
const bearer = `Bearer ${adminToken}`
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`

const proofs: { title: string; authorization?: string; refused?: RegExp }[] = [
  { title: 'the token', authorization: bearer },
  { title: 'the token behind a scheme in small letters', authorization: `bearer ${adminToken}` },
  { title: 'the token as the password of nobody', authorization: basic(`:${adminToken}`) },
  { title: 'the token as the password of somebody', authorization: basic(`me:${adminToken}`) },
  { title: 'nothing', refused: /^the admin token is missing: .* Bearer TOKEN/ },
  { title: 'an empty header', authorization: '', refused: /^the admin token is missing/ },
  { title: 'a bare token', authorization: adminToken, refused: /^the admin token is missing/ },
  { title: 'a scheme alone', authorization: 'Bearer', refused: /^the admin token is missing/ },
  { title: 'another scheme', authorization: `Digest ${adminToken}`, refused: /^the admin token is missing/ },
  { title: 'another token', authorization: 'Bearer nope', refused: /^the admin token is wrong: / },
  { title: 'the start of the token', authorization: bearer.slice(0, -1), refused: /token is wrong/ },
  { title: 'more than the token', authorization: `${bearer}=`, refused: /token is wrong/ },
  { title: 'the token in capitals', authorization: `Bearer ${adminToken.toUpperCase()}`, refused: /token is wrong/ },
  { title: 'the token as a user', authorization: basic(`${adminToken}:`), refused: /token is wrong/ },
  { title: 'a password of its own', authorization: basic('me:nope'), refused: /token is wrong/ },
  { title: 'a user without a password', authorization: basic('nope'), refused: /^the admin token is missing/ },
  { title: 'what is no Base64', authorization: 'Basic %%%', refused: /^the admin token is missing/ },
]

t.test('checks the admin token', async t => {
  const logged: unknown[] = []
  const note = (...facts: unknown[]) => void logged.push(facts)
  const log = { ...silentLog, info: note, error: note, isLevelEnabled: () => true }
  const { ask, get } = await asked(t, { adminToken, log })
  for (const { title, authorization, refused } of proofs) {
    t.test(`${refused ? 'rejects' : 'accepts'} ${title}`, async t => {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
      for (const url of ['/__admin/assumptions', '/__admin/docs', '/%5F_admin/clock']) {
        const answered = await ask('GET', url, headers)
        if (!refused) t.equal(answered.status, 200, url)
        else {
          isProblem(t, answered, 401, refused)
          t.same(answered.headers['www-authenticate'], ['Bearer realm="ncp-dataflow-emulator /__admin"'])
          t.notMatch(answered.text, adminToken)
        }
      }
      t.equal((await ask('GET', '/__admin/health', headers)).status, 200, 'health is open')
      t.equal((await ask('HEAD', '/__admin/health', headers)).status, 200, 'in HEAD, too')
      t.equal((await get('/api/v1/jobs', headers)).status, 200, 'the API has keys of its own')
    })
  }

  t.test('requires the token before anything is read or returned', async t => {
    const calls = await everyCall(ask, { authorization: bearer })
    t.ok(calls.length > 60)
    for (const [method, url] of calls) {
      if (method === 'GET' && url === '/__admin/health') continue
      const body = method === 'GET' ? undefined : '{'
      isProblem(t, await ask(method, url, { 'content-type': json }, body), 401, /^the admin token is missing/)
    }
    const foreign = { authorization: bearer, origin: 'https://evil.example' }
    isProblem(t, await ask('GET', '/__admin/clock', foreign), 403, /^the Origin/)
  })

  t.test('makes a browser ask for the token, and signs with it', async t => {
    const { headers } = await ask('GET', '/__admin/docs', { accept: 'text/html,application/xml;q=0.9,*/*;q=0.8' })
    t.match(headers['www-authenticate'], [/^Basic realm="[^"]+", charset="UTF-8"$/, /^Bearer /])
    const person = { 'content-type': json, authorization: basic(`me:${adminToken}`) }
    const signed = await ask('POST', '/__admin/sign', person, JSON.stringify({ method: 'GET', target: '/api/v1/jobs' }))
    t.equal(signed.status, 200)
  })

  t.test('writes the token nowhere', async t => {
    await get('/api/v1/nope', { authorization: bearer })
    await get('/api/v1/jobs', { authorization: bearer, 'x-ncp-apigw-signature-v2': 'bm9wZQ==' })
    t.ok(logged.length >= 2)
    const journal = await ask('GET', '/__admin/requests', { authorization: bearer })
    const headers = journal.body.requests.map((one: { headers: object }) => Object.keys(one.headers))
    t.ok(headers.flat().includes('authorization'), 'the journal has seen it')
    const written = JSON.stringify([logged, journal.body])
    t.notMatch(written, adminToken)
    t.notMatch(written, basic(`me:${adminToken}`))
  })
})

t.test('serves only health without the control endpoints', async t => {
  for (const adminToken of [undefined, 'let-me-in']) {
    const { ask, get } = await asked(t, { noAdmin: true, adminToken })
    t.match(await ask('GET', '/__admin/health'), { status: 200, body: { status: 'ok' } })
    t.match(await ask('HEAD', '/__admin/health'), { status: 200, text: '' })
    isProblem(t, await ask('GET', '/__admin/health', { host: 'evil.example' }), 403, /--allowed-hosts/)
    const calls = await everyCall((await asked(t)).ask)
    const foreign = { 'content-type': json, origin: 'https://evil.example' }
    for (const [method, url] of calls) {
      if (method === 'GET' && url === '/__admin/health') continue
      const body = method === 'GET' ? undefined : '{'
      for (const headers of [{ 'content-type': json }, foreign]) {
        const answered = await ask(method, url, headers, body)
        t.equal(answered.status, 404, `${method} ${url}`)
        t.match(answered.body, { error: { errorCode: '300' } })
        t.equal(answered.headers['x-ncp-apigw-response-origin'], 'APIGW')
        t.notOk(answered.headers['www-authenticate'])
      }
    }
    t.match(await ask('GET', '/__admin/%zz'), { status: 400, body: { error: { errorCode: '100' } } })
    t.equal((await get('/api/v1/jobs')).status, 200)
  }
})

t.test('returns 404 for a malformed body to an unknown path, in the API too', async t => {
  const { call } = await emulator(t)
  const { status, body } = await call('POST', '/api/v1/nope', { 'content-type': json }, '{')
  t.equal(status, 404)
  t.match(body, { error: { errorCode: '300' } })
})
