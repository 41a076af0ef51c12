import assert from 'node:assert'
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import type { OwnedCredential } from '../../src/domain/account.ts'
import { ApiError } from '../../src/domain/api-error.ts'
import { authenticate, type GatewayReadings, type Presented } from '../../src/gateway/authenticate.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'
import { sameSignature, sign } from '../../src/gateway/signature.ts'
import { rawQueryOf, signedTarget, targetFlaw } from '../../src/gateway/target.ts'
import { headersOf, type Vector, vectors } from '../support/vectors.ts'

const readings: GatewayReadings = {
  signatureV1: 'accept',
  signatureWinner: 'v2',
  windowEdge: 'refuse',
  timestampForm: 'invalid',
}

const knownKey =
  ({ accessKey, secretKey }: { accessKey: string; secretKey: string }) =>
  (key: string): OwnedCredential | undefined =>
    key === accessKey ? { accessKey, secretKey, accountId: 1, active: true, subscribed: true } : undefined

/** What the gateway calls a request, or `passed`. */
function verdict(presented: Presented, now: number, pair: { accessKey: string; secretKey: string }): string {
  try {
    authenticate(presented, now, knownKey(pair), readings)
    return 'passed'
  } catch (error) {
    assert(error instanceof ApiError)
    return error.code
  }
}

const judged = (vector: Vector, now: number) =>
  verdict({ method: vector.method, target: vector.target, headers: headersOf(vector) }, now, vector)

for (const vector of [...vectors.accepted, ...vectors.published]) {
  t.test(`accepts ${vector.id}: ${vector.description}`, async t => {
    t.equal(sign(vector, vector.secretKey), vector.signature)
    t.match(signRequest({ ...vector, timestamp: Number(vector.timestamp) }), headersOf(vector))
    t.equal(judged(vector, Number(vector.timestamp)), 'passed')
  })
}

for (const vector of vectors.refused) {
  t.test(`rejects ${vector.id}: ${vector.description}`, async t => {
    const { signedText, encoding, secretKey, signature, answer } = vector
    t.equal(createHmac('sha256', secretKey).update(signedText).digest(encoding), signature)
    t.equal(judged(vector, 1_763_900_000_000), answer === 'expired' ? 'timestampExpired' : 'credentialsInvalid')
  })
}

t.test('accepts a POST whatever its body, which is no part of a signature', async t => {
  const post = vectors.accepted.find(vector => vector.method === 'POST')
  t.ok(post)
  if (!post) return
  for (const length of ['0', '17']) {
    const headers = { ...headersOf(post), 'content-type': 'application/json', 'content-length': length }
    t.equal(verdict({ method: 'POST', target: post.target, headers }, Number(post.timestamp), post), 'passed')
  }
})

t.test('joins a header that came as a list, so that it matches nothing', async t => {
  const [vector] = vectors.accepted
  if (!vector) throw new Error('no vector')
  const twice = { ...headersOf(vector), 'x-ncp-apigw-signature-v2': [vector.signature, vector.signature] }
  const presented = { method: 'GET', target: vector.target, headers: twice }
  t.equal(verdict(presented, Number(vector.timestamp), vector), 'credentialsInvalid')
})

const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE')
const visible = fc.string({
  minLength: 1,
  maxLength: 40,
  unit: fc.integer({ min: 0x21, max: 0x7e }).map(c => String.fromCharCode(c)),
})
const target = visible.map(text => `/${text}`)
const moment = fc.integer({ min: 0, max: 4_102_444_800_000 })
const call = fc.record({ method, target, accessKey: visible, secretKey: visible, timestamp: moment })

t.test('accepts what signRequest signs, for any call and key', async () => {
  fc.assert(
    fc.property(call, fc.integer({ min: -299_999, max: 299_999 }), (call, drift) => {
      const { method, target, timestamp } = call
      assert.equal(verdict({ method, target, headers: signRequest(call) }, timestamp + drift, call), 'passed')
    }),
    { numRuns: 500 },
  )
})

t.test('rejects a signature with any one character changed', async () => {
  fc.assert(
    fc.property(call, fc.nat(43), fc.integer({ min: 1, max: 127 }), (call, place, change) => {
      const { method, target, timestamp } = call
      const signed = signRequest(call)
      const bytes = Buffer.from(signed['x-ncp-apigw-signature-v2'], 'latin1')
      bytes[place] = (bytes[place] ?? 0) ^ change
      const headers = { ...signed, 'x-ncp-apigw-signature-v2': bytes.toString('latin1') }
      assert.equal(verdict({ method, target, headers }, timestamp, call), 'credentialsInvalid')
    }),
    { numRuns: 500 },
  )
})

t.test('rejects a request with any other signed part changed', async () => {
  fc.assert(
    fc.property(call, fc.constantFrom('method', 'target', 'timestamp', 'secretKey'), (call, part) => {
      const signed = signRequest(call)
      const shown = { ...call, [part]: part === 'timestamp' ? call.timestamp + 1 : `${call[part]}x` }
      const headers = { ...signed, 'x-ncp-apigw-timestamp': String(shown.timestamp) }
      assert.equal(verdict({ ...shown, headers }, call.timestamp, shown), 'credentialsInvalid')
    }),
    { numRuns: 300 },
  )
})

t.test('compares a signature as a whole, whatever characters and length it has', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const bytes = (text: string) => Buffer.from(text, 'latin1')
      assert.equal(sameSignature(a, b), bytes(a).equals(bytes(b)))
      assert.equal(sameSignature(a, a), true)
    }),
  )
})

const flawed = ['/%', '/%e', '/%zz', '/a?b=%G0', '/?n=%FF', '/?n=%EC%9E', '/%C0%AF', '/?n=%ED%A0%80', '/a#b', '/#']
const sound = ['/', '/?', '/%20?%25', '/?n=%EC%9E%91', '/?n=%ec%9e%91', '/?n=%00', '*', '/?n=%F0%9F%98%80', '/a?b?c']
for (const target of flawed) t.type(targetFlaw(target), 'string', `${target} cannot be read`)
for (const target of sound) t.equal(targetFlaw(target), undefined, `${target} can be read`)

t.test('finds no flaw in a target of well-formed escapes', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text =>
      assert.equal(targetFlaw(`/?${encodeURIComponent(text)}`), undefined),
    ),
    { numRuns: 300 },
  )
})

const parts = [
  { received: '/api?x', signed: '/api?x', query: 'x' },
  { received: 'http://host/api?x=1?y', signed: '/api?x=1?y', query: 'x=1?y' },
  { received: 'HTTPS://u:p@[::1]:80/api', signed: '/api', query: '' },
  { received: 'http://host?x', signed: '?x', query: 'x' },
  { received: '/http://host/api', signed: '/http://host/api', query: '' },
  { received: '//api', signed: '//api', query: '' },
  { received: '*', signed: '*', query: '' },
]
for (const { received, signed, query } of parts) {
  t.test(`checks ${signed} of ${received}`, async t => {
    t.equal(signedTarget(received), signed)
    t.equal(rawQueryOf(signed), query)
  })
}
