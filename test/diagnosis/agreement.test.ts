import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import fc from 'fast-check'
import t from 'tap'
import { assume } from '../../src/api/assumptions.ts'
import { explained } from '../../src/cli/explain.ts'
import { defaults } from '../../src/config/options.ts'
import { budgets } from '../../src/diagnosis/diagnose.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'
import { emulator, testNow } from '../support/emulator.ts'

const disabled = { accessKey: 'DISABLED-KEY', secretKey: 'a-secret-of-a-test', active: false, subscribed: true }
const unsubscribed = { accessKey: 'UNSUBSCRIBED', secretKey: 'b-secret-of-a-test', active: true, subscribed: false }
const { accessKey, secretKey } = defaults
const pairs = [{ accessKey, secretKey, active: true }, disabled, unsubscribed]

interface Sent {
  method: string
  target: string
  headers: [string, string][]
}

const [timestampName, keyName, signatureName] = [
  'x-ncp-apigw-timestamp',
  'x-ncp-iam-access-key',
  'x-ncp-apigw-signature-v2',
] as const
const names = [timestampName, keyName, signatureName]

const signed = (
  method: string,
  target: string,
  pair: { accessKey: string; secretKey: string },
  drift: number,
): Sent => ({
  method,
  target,
  headers: Object.entries(signRequest({ method, target, ...pair, timestamp: testNow + drift })),
})

const valid = fc
  .tuple(
    fc.constantFrom(
      ['GET', '/api/v1/jobs'],
      ['GET', '/api/v1/jobs?page=0&limit=20'],
      ['GET', '/api/v1/jobs?name=%EC%9E%91%EC%97%85%20a'],
      ['GET', '/api/v1/jobs/AbC123'],
      ['GET', '/api/v1/workflows?page=0'],
      ['DELETE', '/api/v1/jobs/AbC123'],
      ['GET', '/api/v1/triggers?x=1&name=a+b'],
    ),
    fc.constantFrom(0, 0, 0, -299_999, 299_999),
    fc.constantFrom(0, 0, 0, 0, 1, 2),
  )
  .map(([[method = '', target = ''], drift, pair]) => signed(method, target, pairs[pair] ?? disabled, drift))

/** Changes a copy of a request. */
type Mutation = (request: Sent) => Sent

const onHeader =
  (nth: number, change: (header: [string, string]) => [string, string][]): Mutation =>
  request => ({
    ...request,
    headers: request.headers.flatMap(header => (header[0] === names[nth] ? change(header) : [header])),
  })
const onTarget =
  (change: (target: string) => string): Mutation =>
  request => ({ ...request, target: change(request.target) })

const nth = fc.nat(2)
const odd = fc.constantFrom(' ', '\t', '\r', '\n', '\0', '\u007f', '"', ',', ', ', '%0A', '\u00a0', 'é', '=')
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  nth.map(at => onHeader(at, () => [])),
  nth.map(at => onHeader(at, header => [header, header])),
  fc
    .tuple(nth, fc.constantFrom('1', 'x', ''))
    .map(([at, value]) => onHeader(at, header => [header, [header[0], value]])),
  fc
    .tuple(nth, fc.constantFrom('', 'undefined', 'null', '0', '1763900000', '-1', '1e3'))
    .map(([at, value]) => onHeader(at, ([name]) => [[name, value]])),
  fc
    .tuple(nth, odd, fc.boolean())
    .map(([at, sign, behind]) => onHeader(at, ([name, value]) => [[name, behind ? value + sign : sign + value]])),
  nth.map(at => onHeader(at, ([name, value]) => [[name.toUpperCase(), value]])),
  nth.map(at => onHeader(at, ([name, value]) => [[`${name} x`, value]])),
  nth.map(at => onHeader(at, ([name, value]) => [[name, value.toLowerCase()]])),
  fc
    .constantFrom(-300_000, 300_000, -300_001, 1, 3_600_000)
    .map(off => onHeader(0, ([name, value]) => [[name, String(Number(value) + off)]])),
  fc.constant(onHeader(2, ([, value]) => [['x-ncp-apigw-signature-v1', value]])),
  fc
    .constantFrom('/', '?', '?a=%zz', '#x', ' x', '%FF', '&a=1', '작', '//', '/x', '%2F', '?a=b')
    .map(end => onTarget(target => target + end)),
  fc.constantFrom('/ncp', '/', '//', '/api').map(start => onTarget(target => start + target)),
  fc.constantFrom('jobs', 'v1', '/api', 'page', 'AbC123').map(word => onTarget(target => target.replace(word, ''))),
  fc.constant(onTarget(target => target.replace('%EC%9E%91', '작').replace('%20', ' '))),
  fc.constant(onTarget(target => target.toUpperCase())),
  fc.constantFrom('POST', 'PUT', 'HEAD', 'OPTIONS', 'PATCH', 'FOO').map(
    (method): Mutation =>
      request => ({ ...request, method }),
  ),
  fc.constantFrom('99999999999', '5').map(
    (length): Mutation =>
      request => ({ ...request, headers: [...request.headers, ['x-length', length]] }),
  ),
)

const anything: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'DELETE', 'TRACE', 'BAR'),
  target: fc
    .string({
      unit: fc.constantFrom('/', 'a', 'jobs', 'api', 'v1', '?', '&', '=', '%', '%41', '%C0', ' ', '#', '작', '{', '+'),
    })
    .map(text => `/${text}`),
  headers: fc.array(
    fc.tuple(
      fc.constantFrom(...names, 'x-other', 'x-ncp-apigw-signature-v1'),
      fc.constantFrom(
        '',
        'x',
        accessKey,
        String(testNow),
        'eE7etrsdvyaiKxnzq2WGpwysfl65GAkt8YfjuJxdc28=',
        'a\tb',
        'a\u0001b',
      ),
    ),
    { maxLength: 5 },
  ),
})

const mutated = fc
  .tuple(valid, fc.array(mutation, { minLength: 1, maxLength: 2 }))
  .map(([request, mutations]) => mutations.reduce((before, mutate) => mutate(before), request))
const request = fc.oneof(
  { weight: 2, arbitrary: mutated },
  { weight: 1, arbitrary: anything },
  { weight: 1, arbitrary: valid },
)

/** What the diagnosis says that the server responds. */
function predicted(diagnosis: Diagnosis): string {
  if (diagnosis.verdict === 'right') return 'passed'
  const failed = diagnosis.checks.find(({ outcome }) => outcome === 'failed')?.name
  const cause = diagnosis.verdict === 'explained' ? diagnosis.cause : ''
  if (failed === 'path') return cause === 'unknown-url' ? 'URL not found.' : 'invalid.'
  if (failed === 'time') return 'Expired timestamp.'
  if (failed === 'subscription') return 'A subscription to the API is required.'
  return ['headers-missing', 'api-key-scheme'].includes(cause)
    ? 'Authentication information are missing.'
    : 'Invalid authentication information.'
}

/** What the server responded. */
function verdictOf(response: string): string {
  const [head = '', body = ''] = response.split('\r\n\r\n')
  if (!/x-ncp-apigw-response-origin: APIGW/i.test(head)) return 'passed'
  const { details } = JSON.parse(body || '{"error":{"details":"URL not found."}}').error
  return /^(Query string|Header) is invalid/.test(details) ? 'invalid.' : details
}

/** Sends requests one after the other over a connection that is opened again where the server closes it. */
function client(port: number) {
  let socket: Socket | undefined
  let received = ''
  let done: (response: string) => void = () => undefined
  const isWhole = () => {
    const end = received.indexOf('\r\n\r\n')
    const length = /content-length: (\d+)/i.exec(received.slice(0, Math.max(end, 0)))?.[1]
    return end >= 0 && received.length >= end + 4 + Number(length ?? 0)
  }
  function open(): Socket {
    const opened = connect(port, '127.0.0.1')
    opened.setEncoding('latin1')
    opened.on('data', text => {
      if (socket === opened) received += text
      if (isWhole()) done(received)
    })
    opened.on('close', () => {
      if (socket !== opened) return
      socket = undefined
      done(received)
    })
    opened.on('error', () => undefined)
    return opened
  }
  return {
    send({ method, target, headers }: Sent): Promise<string> {
      const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`)
      return new Promise(resolve => {
        received = ''
        done = response => {
          done = () => undefined
          // A response to HEAD has a length and no body; one with "close" ends the connection.
          if (method === 'HEAD' || /connection: close/i.test(response)) {
            socket?.destroy()
            socket = undefined
          }
          resolve(response)
        }
        socket ??= open()
        socket.write(`${method} ${target} HTTP/1.1\r\nHost: x\r\n${lines.join('')}\r\n`)
      })
    },
    close: () => socket?.destroy(),
  }
}

t.test('gives by explain the verdict of the server, for any request', { timeout: 600_000 }, async t => {
  const { emulator: made } = await emulator(t, {
    fixtures: { credentials: [disabled, unsubscribed] },
    port: 0,
    journal: 0,
  })
  const { port } = new URL(await made.listen())
  const { send, close } = client(Number(port))
  t.teardown(close)
  const assumed = assume()
  const verdicts = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(request, async sent => {
      // HEAD has no body to tell the verdict by.
      if (sent.method === 'HEAD') return
      const verdict = verdictOf(await send(sent))
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
      const diagnosis = explained({
        ...sent,
        headers: sent.headers.map(([name, value]) => `${name}:${value}`),
        pairs,
        config: { edition: defaults.edition, assume: assumed },
        now: testNow,
        budget: budgets.quick / 8,
      })
      assert.equal(predicted(diagnosis), verdict, JSON.stringify([sent, diagnosis]))
    }),
    { numRuns: 10_000 },
  )
  t.ok((verdicts.get('passed') ?? 0) > 1000, 'many requests pass')
  t.equal(verdicts.size, 7, [...verdicts].join('; '))
})
