import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import t from 'tap'
import { assume } from '../../src/api/assumptions.ts'
import { operationsOf } from '../../src/api/edition.ts'
import { editionIds, editions } from '../../src/api/editions/editions.ts'
import { emulator } from '../support/emulator.ts'
import { refusalOf } from '../support/flow.ts'

const json = 'application/json'

/** What no operation takes for a body, and what the answer says of it. */
const bad = [
  { title: 'nothing', body: '', says: /./ },
  { title: 'no JSON', body: '{"name":', says: /line|expected|must/i },
  { title: 'bytes that are not UTF-8', body: Buffer.from([0x7b, 0xff, 0x7d]), says: /UTF-8/ },
  { title: 'a list', body: '[]', says: /must be an object/ },
  { title: 'a number', body: '1', says: /must be an object/ },
  { title: 'null', body: 'null', says: /must be an object/ },
  { title: 'an empty object', body: '{}', says: /is missing/ },
  { title: 'another prototype', body: '{"__proto__":{"name":"job","nodes":[]}}', says: /is missing/ },
  { title: 'a hundred thousand lists', body: '['.repeat(100_000), says: /deep/ },
  {
    title: 'text that says it is text',
    body: '{}',
    type: 'text/plain',
    says: /Content-Type must be application\/json/,
  },
  { title: 'a form', body: 'name=job', type: 'application/x-www-form-urlencoded', says: /Content-Type/ },
]

for (const id of editionIds) {
  t.test(`rejects bad bodies of ${id} in its shape, says why and changes nothing`, async t => {
    const {
      call,
      get,
      emulator: made,
    } = await emulator(t, {
      edition: id,
      fixtures: 'default',
      bodyLimit: 200_000,
    })
    const lists = async () =>
      Promise.all(['jobs', 'workflows', 'triggers'].map(async what => (await get(`/api/v1/${what}`)).text))
    const before = await lists()
    const [job, workflow] = await Promise.all(['jobs', 'workflows'].map(what => get(`/api/v1/${what}?limit=1`)))
    const path = (text: string) =>
      text.replace('{jobId}', job?.body.list[0].jobId).replace('{workflowId}', workflow?.body.list[0].workflowId)

    for (const [name, operation] of operationsOf(editions[id], assume())) {
      if (!operation.body) continue
      for (const { title, body, type = json, says } of bad) {
        if (
          operation.bodyOptional &&
          (body === '' || body.includes('{}') || body.includes('__proto__')) &&
          type === json
        )
          continue
        const answer = await call(operation.method, path(operation.path), { 'content-type': type }, body)
        t.equal(answer.status, 400, `${name}: ${title}`)
        t.match(answer.body.detail ?? answer.body.error.details, says, `${name}: ${title}`)
      }
      const large = ' '.repeat(200_001)
      const refused = await call(operation.method, path(operation.path), { 'content-type': json }, large)
      t.equal(refused.status, 413, `${name}: too large`)
    }
    t.same(await lists(), before)
    t.equal(made.jobs() > 0, true)
  })
}

t.test('reads a body without a Content-Type as JSON', async t => {
  const { call } = await emulator(t)
  const { status } = await call('POST', '/api/v1/jobs', { 'content-type': undefined }, plain)
  t.equal(status, 201)
})

const plain = '{"name":"job","nodes":[]}'
/** Zstandard is not in Node 20: the frame holds `plain`, stored. */
const zstd = Buffer.concat([Buffer.from('28b52ffd2019c90000', 'hex'), Buffer.from(plain)])

t.test('names the Content-Encoding of a compressed body, and ignores that of a plain one', async t => {
  const { call } = await emulator(t)
  const send = (encoding: string, body: string | Buffer) =>
    call('POST', '/api/v1/jobs', { 'content-encoding': encoding }, body)
  for (const [encoding, body] of [
    ['gzip', gzipSync(plain)],
    ['br', brotliCompressSync(plain)],
    ['deflate', deflateSync(plain)],
    ['deflate', deflateRawSync(plain)],
    ['zstd', zstd],
    ['gzip, br', brotliCompressSync(gzipSync(plain))],
    ['aws-chunked', `19\r\n${plain}\r\n0\r\n\r\n`],
  ] as const) {
    const { status, word, details } = refusalOf(await send(encoding, body))
    t.same([status, word], [400, 'Bad Request'], encoding)
    t.equal(
      details,
      `the body is compressed (Content-Encoding ${JSON.stringify(encoding)}): send it without, as plain JSON`,
    )
  }
  const unnamed = refusalOf(await send('identity', gzipSync(plain)))
  t.match(unnamed.details, /^the body is compressed \(gzip\)/)
  for (const encoding of ['identity', 'gzip', 'br']) {
    for (const body of [plain, `\ufeff \n${plain}`]) t.equal((await send(encoding, body)).status, 201, encoding)
  }
})

const oddTypes = [
  'json',
  ';;',
  '/',
  'application/',
  'text plain',
  'application/json; charset',
  '*/*',
  'text/html',
  'é/é',
]
const anyType = fc.oneof(
  fc.constantFrom(...oddTypes),
  fc.string({ maxLength: 20 }).filter(text => /^[\x21-\x7e]+$/.test(text)),
)

for (const edition of editionIds) {
  t.test(
    `ignores in ${edition} the Content-Type where there is no body, and rejects a wrong one where there is`,
    async t => {
      const { call } = await emulator(t, { edition })
      const operations = operationsOf(editions[edition], assume())
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...operations), anyType, async ([name, { method, path, body }], type) => {
          const target = path.replaceAll(/\{\w+\}/g, 'noSuchThing1')
          const without = await call(method, target)
          const typed = await call(method, target, { 'content-type': type })
          assert.deepEqual([typed.status, typed.text], [without.status, without.text], name)
          if (!body || /^application\/(\S+\+)?json(;|$)/i.test(type)) return
          const sent = await call(method, target, { 'content-type': type }, '{}')
          assert.equal(sent.headers['x-ncp-apigw-response-origin'], 'ENDPOINT')
          const { status, word, details } = refusalOf(sent)
          assert.deepEqual([status, word], [400, 'Bad Request'], name)
          assert.match(details, /^Content-Type must be application\/json, was /)
        }),
        { numRuns: 150, examples: operations.map(operation => [operation, 'json']) },
      )
    },
  )
}

t.test('reads a body of any Content-Type as JSON under contentType=ignore', async t => {
  const { call } = await emulator(t, { assume: { contentType: 'ignore' } })
  for (const type of oddTypes.slice(0, -1)) {
    const { status } = await call('POST', '/api/v1/jobs', { 'content-type': type }, '{"name":"job","nodes":[]}')
    t.equal(status, 201, type)
  }
})
