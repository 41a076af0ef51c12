// Sends random requests to emulators of all editions, and random content to what reads fixtures and options, and holds every
// outcome against what must always be true: no 5xx, a reply that fits its schema, the verdict of `explain`.
import { once } from 'node:events'
import { connect } from 'node:net'
import { parseArgs } from 'node:util'
import type { Test } from 'tap'
import { type EditionId, editionIds } from '../src/api/editions/editions.ts'
import { readConfig } from '../src/config/command-line.ts'
import { optionNames, options } from '../src/config/options.ts'
import { UsageError } from '../src/config/usage-error.ts'
import { signRequest } from '../src/gateway/sign-request.ts'
import { emulator, type TestEmulator, testNow } from '../test/support/emulator.ts'
import { type Random, random } from './random.ts'
import { apiCall, type Call, controlCall, fixtureOf, type Known, learn, nothingKnown, spoiled } from './traffic.ts'

const casesABatch = 500

const { values } = parseArgs({
  options: { seed: { type: 'string' }, cases: { type: 'string' }, batch: { type: 'string' } },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
const onlyBatch = values.batch === undefined ? undefined : Number(values.batch)
const batches = Math.ceil(Number(values.cases ?? 1_000_000) / casesABatch)

/** What the emulators of the tests need of a test: here they end with the process. */
const noTest = { teardown: () => undefined } as unknown as Test
const pair = { accessKey: 'ncp_iam_FUZZ', secretKey: 'ncp_iam_FUZZSECRET' }
const json = { 'content-type': 'application/json' }

interface Setting {
  readonly r: Random
  readonly edition: EditionId
  readonly made: TestEmulator
  readonly known: Known
  readonly port: number
}

/** What is being tried, for the report of a failure. */
let current: unknown

const expect = (claim: boolean, complaint: string) => {
  if (!claim) throw new Error(complaint)
}

/** An answer of an operation, right or spoiled in its headers, and what `explain` says of the same request. */
async function api({ r, edition, made, known }: Setting): Promise<void> {
  const call: Call = apiCall(r, edition, known)
  const signed = signRequest({ ...call, timestamp: made.wall.moment, ...pair })
  const headers = r.chance(0.1) ? spoiled(r, signed) : signed
  const sent = {
    ...Object.fromEntries(Object.keys(signed).map(name => [name, undefined])),
    ...headers,
    ...(call.body !== undefined && json),
  }
  current = { call, headers: sent }
  const { status, headers: got, body } = await made.call(call.method, call.target, sent, call.body)
  expect(status < 500, `answered ${status}`)
  expect(typeof got['x-ncp-trace-id'] === 'string', 'has no trace id')
  learn(known, body)
  if (!r.chance(0.1)) return
  const asked = JSON.stringify({ method: call.method, target: call.target, headers })
  const { body: told } = await made.call('POST', '/__admin/explain', json, asked)
  const passed = !(got['x-ncp-apigw-response-origin'] === 'APIGW' && status !== 413)
  expect(
    passed === (told.verdict === 'right'),
    `answered ${status}, but explain says ${JSON.stringify(told).slice(0, 300)}`,
  )
}

async function control({ r, made, known }: Setting): Promise<void> {
  const call = controlCall(r, known)
  current = { call }
  const { status, body } = await made.call(call.method, call.target, call.body === undefined ? {} : json, call.body)
  expect(status < 500, `answered ${status}`)
  learn(known, body)
}

/** A new account takes a fixture or names its mistake, and leaves nothing behind when it does. */
async function fixture({ r, made }: Setting): Promise<void> {
  const body = JSON.stringify({ name: 'fuzzed', fixtures: fixtureOf(r) })
  current = { body }
  const { status } = await made.call('POST', '/__admin/accounts', json, body)
  expect(status === 201 || status === 400, `answered ${status}`)
  const removed = await made.call('DELETE', '/__admin/accounts/fuzzed')
  expect(removed.status === (status === 201 ? 204 : 404), `created with ${status}, removed with ${removed.status}`)
}

const texts = [
  '',
  '0',
  '1',
  '-1',
  'true',
  'a:b',
  'a:b:c',
  'none',
  '1h5m',
  '99d',
  'x=y',
  'count=page',
  '1e3',
  '[::1]',
  '\u0000',
  '한글',
  '2025-06-01',
]
const content: readonly unknown[] = [...texts, 1, 0, -1, 1.5, true, null, [], {}, ['a', 'b'], [1], { a: 1 }, 2 ** 60]

/** The options are read, or the mistake is the user's. */
async function config({ r }: Setting): Promise<void> {
  const names = Array.from({ length: r.below(4) }, () => options[r.of(optionNames)])
  const argv = names
    .filter(() => r.chance(0.4))
    .flatMap(({ flag }) => (r.chance(0.8) ? [`--${flag}`, r.of(texts)] : [`--${flag}=${r.of(texts)}`]))
  const env = Object.fromEntries(names.filter(() => r.chance(0.4)).map(({ env }) => [env, r.of(texts)]))
  const file = r.chance(0.5)
    ? {
        path: 'c.yaml',
        content: r.chance(0.1) ? r.of(content) : Object.fromEntries(names.map(({ flag }) => [flag, r.of(content)])),
      }
    : undefined
  current = { argv, env, file }
  try {
    readConfig(argv, env, file)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
  }
}

const pieces = [
  'GET',
  'POST',
  ' ',
  '/api/v1/jobs',
  '/__admin/clock',
  '?a=1',
  ' HTTP/1.1',
  ' HTTP/9.9',
  '\r\n',
  '\n',
  '\r',
  '\0',
  'Host: a\r\n',
  'Content-Length: 3\r\n',
  'Content-Length: -1\r\n',
  'Transfer-Encoding: chunked\r\n',
  '3\r\nabc\r\n',
  '0\r\n\r\n',
  'abc',
  '\xff\xfe',
  'x-ncp-iam-access-key: k\r\n',
  ': \r\n',
  'Connection: close\r\n',
  'Upgrade: h2c\r\n',
  'Expect: 100-continue\r\n',
]

/** Bytes on a connection: whatever they are, what comes back is HTTP and no 5xx. */
async function wire({ r, port }: Setting): Promise<void> {
  const start = r.chance(0.7) ? 'GET /api/v1/jobs HTTP/1.1\r\n' : ''
  const bytes = start + Array.from({ length: r.below(12) }, () => r.of(pieces)).join('')
  current = { bytes }
  const socket = connect({ port, host: '127.0.0.1' })
  let received = ''
  socket.on('data', chunk => {
    received += chunk.toString('latin1')
  })
  socket.on('error', () => undefined)
  socket.end(Buffer.from(bytes, 'latin1'))
  await once(socket, 'close')
  for (const [line = '', status] of received.matchAll(/HTTP\/1\.1 (\d{3})[^\r]*/g))
    expect(Number(status) < 500, `answered ${line}`)
  expect(received === '' || received.startsWith('HTTP/1.1 '), `answered ${received.slice(0, 100)}`)
}

/** Each up to its share of the cases, beginning where the one before ends. */
const kinds = [
  { upTo: 0.7, run: api },
  { upTo: 0.84, run: control },
  { upTo: 0.87, run: fixture },
  { upTo: 0.89, run: wire },
  { upTo: 1, run: config },
]

function kindOf(r: Random) {
  const at = r.next()
  return kinds.find(({ upTo }) => at < upTo) ?? { run: config }
}

const emulators = new Map<EditionId, Promise<{ made: TestEmulator; port: number }>>()
function emulatorOf(edition: EditionId) {
  const start = async () => {
    const made = await emulator(noTest, { edition, port: 0, host: '127.0.0.1', fixtures: 'default', ...pair })
    return { made, port: Number(new URL(await made.emulator.listen()).port) }
  }
  const found = emulators.get(edition) ?? start()
  emulators.set(edition, found)
  return found
}

/** Returns how many cases failed. */
async function runBatch(batch: number): Promise<number> {
  const r = random(seed + batch * 7919)
  const edition = r.of(editionIds)
  const { made, port } = await emulatorOf(edition)
  made.emulator.reset()
  made.wall.moment = testNow
  const known = nothingKnown()
  for (const { jobId } of (await made.get('/__admin/jobs')).body.jobs) known.jobs.push(jobId)
  for (let number = 0; number < casesABatch; number++) {
    const { run } = kindOf(r)
    try {
      await run({ r, edition, made, known, port })
    } catch (error) {
      console.error(`FAILED ${run.name} ${edition}: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
      console.error(JSON.stringify(current))
      console.error(`again: npm run fuzz -- --seed ${seed} --batch ${batch}`)
      return 1
    }
  }
  return 0
}

const began = Date.now()
let failed = 0
const chosen = onlyBatch === undefined ? Array.from({ length: batches }, (_, batch) => batch) : [onlyBatch]
console.log(`${chosen.length * casesABatch} cases, seed ${seed}`)
for (const batch of chosen) {
  failed += await runBatch(batch)
  if (failed >= 10) break
  if (batch % 100 === 99)
    console.log(`${(batch + 1) * casesABatch} cases in ${Math.round((Date.now() - began) / 1000)} s`)
}
for (const started of emulators.values()) await (await started).made.emulator.stop()
console.log(`${failed} failed of ${chosen.length} batches, ${Math.round((Date.now() - began) / 1000)} s, seed ${seed}`)
process.exitCode = failed > 0 ? 1 : 0
