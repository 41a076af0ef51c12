import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { answered, mistakes, moment, pair, pairs, sent } from '../../scripts/signature-page.ts'
import { assume } from '../../src/api/assumptions.ts'
import { textOf, visible } from '../../src/diagnosis/bytes.ts'
import { budgets, diagnose, type Known } from '../../src/diagnosis/diagnose.ts'
import { explainer, workPerSecond } from '../../src/diagnosis/explainer.ts'
import { emulator } from '../support/emulator.ts'

const readings = assume()
const rows = mistakes.flatMap(({ chapter, rows }) => rows.map(row => ({ ...row, title: `${chapter}: ${row.title}` })))
const secrets = pairs.map(({ secretKey }) => secretKey)
const sentence = /^[A-Zx].*[.)?]$/s

function assertNoSecret(value: unknown, hidden: readonly string[] = secrets): void {
  for (const secret of hidden) assert.ok(!JSON.stringify(value).includes(secret), 'a secret is shown')
}

t.test('names each mistake', async t => {
  for (const row of rows) {
    const diagnosis = answered(row)
    t.equal(diagnosis.verdict === 'explained' ? diagnosis.cause : diagnosis.verdict, row.cause, row.title)
    t.match(diagnosis.sentence, sentence)
    assertNoSecret(diagnosis)
  }
})

t.test('logs each mistake, and sends nothing of it', async t => {
  const lines: { readonly facts: { diagnosis?: { verdict: string; cause?: string } }; readonly text: string }[] = []
  const note = (facts: object, text: string) => lines.push({ facts, text })
  const log = { debug: note, info: note, warn: note, error: note }
  const { accessKey, secretKey } = pair
  const credential = pairs.map(each => ({ ...each, account: 'default', subscribed: true }))
  const { emulator: made, wall } = await emulator(t, { accessKey, secretKey, credential, moment, log })
  // inject() drops a bare question mark and escapes an apostrophe; a body is not there yet when the gateway judges.
  for (const row of rows.filter(({ body, target }) => body === undefined && !/\?$|'/.test(target ?? ''))) {
    // Another second, which may have its own diagnoses.
    wall.moment += 1000
    const { method, target, headers } = sent(row)
    const given = Object.entries(headers).filter(([, value]) => value !== undefined)
    const answer = await made.app.inject({
      method: method as 'GET',
      url: target,
      headers: Object.fromEntries(given) as Record<string, string>,
    })
    const line = lines.pop()
    const { verdict, cause } = line?.facts.diagnosis ?? {}
    t.equal(cause ?? verdict, row.deep ? 'unexplained' : row.cause, row.title)
    t.match(line?.text, /^rejected \(\w+\): .+ - [A-Zx]/s)
    assertNoSecret(line)
    t.equal(answer.statusCode, 401)
    t.match(
      answer.payload,
      /^\{"error":\{"errorCode":"200","message":"Authentication Failed","details":"[^"]{10,50}"\}\}$/,
    )
  }
})

// Made elsewhere, with other tools than these tests.
const target = '/api/v1/jobs'
const published = { accessKey: 'ncp_iam_TESTACCESSKEY0001', secretKey: 'ncp_iam_TESTSECRETKEY0001', active: true }
const hexOfFirst = '784edeb6bb1dbf26a22b19f3ab6586a70cac7e5eb918092df187e3b89c5d736f'
const vectors = [
  { cause: 'full-url', signature: 'k2eMfNG+asqIbD2zWPh+/BScZjo6aB3fEyHDUDcGJRw=' },
  { cause: 'method-case', signature: 'so4sT6Bwb7LlKoQf9n794sstnIOg5OcfuCrFBur1UZs=' },
  { cause: 'trailing-slash', signature: '4KQq65dzq6PaGAdURqSgb7zmTGRk9Vxy6Zgb8ThfLpY=' },
  { cause: 'crlf', signature: 'Rzy7mBqvXlIMS0N6ChmXGYVxm3fOfvy3EHU/KcNMaKI=' },
  { cause: 'trailing-newline', signature: 'e3mTQwoSSlVI67PlUi70CCxb9pCbrMCT5gTiQH8jPdE=' },
  { cause: 'access-key-left-out', signature: 'DNFdFHe6n/tRGh1aONwtI1Fr9i4PtQdzBcJni+HWUC0=' },
  { cause: 'hex-digest', signature: hexOfFirst },
  {
    cause: 'query-left-out',
    signature: 'eE7etrsdvyaiKxnzq2WGpwysfl65GAkt8YfjuJxdc28=',
    target: `${target}?page=0&limit=20`,
  },
  {
    cause: 'decoded-target',
    signature: 'Pf6rjawMsvIZiGvH8dQkfHxrlqQSNjp9wNPe7RT2hBU=',
    target: `${target}?name=%EC%9E%91%EC%97%85`,
  },
  { cause: 'api-key-line', signature: 'PUnKzIJ3T6xXjjlseXs90mRY0jobpQtf+Zk/S192J1E=', apiKey: 'TESTAPIKEY0001' },
  {
    cause: 'timestamp-in-seconds',
    signature: 'G1G0eN75KxwllrlrqArERUj55H3hrPbkAL4Pfxgh56o=',
    timestamp: '1763900000',
  },
]

t.test('explains signatures that other programs made', async t => {
  for (const { cause, signature, apiKey = '', timestamp = '1763900000000', ...vector } of vectors) {
    const headers = {
      'x-ncp-apigw-timestamp': timestamp,
      'x-ncp-iam-access-key': published.accessKey,
      'x-ncp-apigw-signature-v2': signature,
      'x-ncp-apigw-api-key': apiKey,
    }
    const presented = { method: 'GET', target: vector.target ?? target, headers }
    t.match(diagnose(presented, { pairs: () => [published], readings }).diagnosis, { verdict: 'explained', cause })
  }
})

const known = (more: Partial<Known> = {}): Known => ({ pairs: () => pairs, readings, now: moment, ...more })
const wrong = createHmac('sha256', 'nobody').update('nothing').digest('base64')
const manyPairs = Array.from({ length: 20_000 }, (_, at) => ({
  accessKey: `ncp_iam_KEY${at}`,
  secretKey: `ncp_iam_SECRET${at}`,
  active: true,
}))

t.test('says what it can of a request without a known mistake', async t => {
  const unexplained = { title: '', cause: '', secret: 'ncp_iam_SOMEOTHERSECRETKEY' }
  const { diagnosis } = diagnose(sent(unexplained), known())
  t.match(diagnosis, { verdict: 'unexplained', expectedText: `GET /api/v1/jobs\\n${moment}\\n${pair.accessKey}` })
  t.equal(diagnosis.expectedSignature, sent({ title: '', cause: '' }).headers['x-ncp-apigw-signature-v2'])
  t.same('compare' in diagnosis && diagnosis.compare.map(({ part }) => part), [
    'method',
    'target',
    'timestamp',
    'access key',
    'secret key',
    'algorithm',
    'anything else (host, body, other headers)',
  ])
  t.match(diagnose(sent({ title: '', cause: '' }), known()).diagnosis, { verdict: 'right' })
  const nobody = diagnose(sent({ title: '', cause: '' }), known({ pairs: () => [] })).diagnosis
  t.match(nobody, { cause: 'unknown-access-key', sentence: /configured: none\.$/ })
  const crowd = diagnose(sent({ title: '', cause: '' }), known({ pairs: () => manyPairs.slice(0, 7) })).diagnosis
  t.match(crowd.sentence, /KEY4 and 2 more\.$/)
})

t.test('follows the assumption about the edge of the window', async t => {
  const request = sent({ title: '', cause: '', timestamp: String(moment - 300_000) })
  t.match(diagnose(request, known()).diagnosis, { cause: 'clock-off' })
  t.match(diagnose(request, known({ readings: assume({ windowEdge: 'accept' }) })).diagnosis, { verdict: 'right' })
})

const long = (piece: string) => `/api/v1/jobs?${piece.repeat(14_000 / piece.length)}`

t.test('bounds the work of a diagnosis', async t => {
  const requests = [
    { title: 'short', target: '/api/v1/jobs', cut: true },
    { title: 'all orders of five parameters', target: '/api/v1/jobs?e=%EC%9E%91+a&d=4&c=3&b=2&a=1', cut: true },
    { title: 'thousands of parameters', target: long('a=%20&'), cut: true },
    { title: 'one long value', target: long('%EC%9E%91'), cut: true },
    { title: 'twenty thousand credentials', target: '/api/v1/jobs', pairs: manyPairs, cut: true },
    { title: 'an unknown key, a long target', target: long('a=%20&'), pairs: manyPairs, accessKey: 'ncp_iam_NOBODY' },
    { title: 'an unknown key among them', target: '/api/v1/jobs', pairs: manyPairs, accessKey: 'ncp_iam_NOBODY' },
  ]
  for (const { title, target, cut = false, ...more } of requests) {
    const configured = more.pairs ?? pairs
    const { accessKey = configured[0]?.accessKey ?? '' } = more
    const request = sent({ title, cause: '', target, accessKey, headers: { 'x-ncp-apigw-signature-v2': wrong } })
    const { diagnosis, work } = diagnose(request, known({ pairs: () => configured }))
    t.ok(work <= budgets.quick && work > 300, `${title}: ${work}`)
    t.equal(/cut short/.test(diagnosis.sentence), cut, title)
  }
})

/** CPU time of this process in milliseconds. */
function cpuMs(run: () => void): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Other programs make the CPU time of a run longer, never shorter. */
const undisturbed = (times: readonly number[]): number => Math.min(...times)

/** How much longer everything may take on a busy machine; the units of work are the exact bound. */
const busy = 3

/** A request that no mistake explains; another one for each number. */
const unexplainedRequest = (ms: number, target = '/api/v1/jobs') =>
  sent({ title: '', cause: '', target, timestamp: String(moment + ms), secret: 'ncp_iam_SOMEOTHERSECRETKEY' })

t.test('takes at most about 5 ms of CPU for a signature that it cannot explain', async t => {
  const twice = ['/api/v1/jobs?name=%C3%AC%C2%9E%C2%91', '/api/v1/jobs?name=%25EC%259E%2591']
  const korean = '/api/v1/jobs?name=%EC%9E%91%EC%97%85%201&page=0&limit=20'
  for (const target of ['/api/v1/jobs', korean, ...twice, long('a=%20&')]) {
    const times = Array.from({ length: 40 }, (_, ms) => {
      const request = unexplainedRequest(ms, target)
      return cpuMs(() => t.ok(diagnose(request, known()).work <= budgets.quick))
    })
    const ms = undisturbed(times.slice(20))
    t.ok(ms <= 5 * busy, `${ms} ms for ${target.slice(0, 50)}`)
  }
})

t.test('explains a flood within the work of a second, and the same request once', async t => {
  let now = moment
  let asked = 0
  const pairsAsked = () => {
    asked++
    return pairs
  }
  const explain = explainer({ pairs: pairsAsked, readings }, () => now)
  const flood = (ms: number) => explain(unexplainedRequest(ms))
  const first = flood(0)
  t.equal(flood(0), first, 'remembered')
  t.equal(asked, 1)
  const verdicts = Array.from({ length: 200 }, (_, ms) => flood(ms + 1).verdict)
  t.equal(verdicts[0], 'unexplained')
  t.equal(verdicts.at(-1), 'skipped')
  t.ok(asked <= workPerSecond / budgets.quick && asked > 2, `${asked} diagnoses`)
  t.match(flood(999), { verdict: 'skipped', sentence })
  now += 1000
  t.equal(flood(999).verdict, 'unexplained')
})

t.test('tells a right request as right to somebody who asks in the middle of a flood', async t => {
  const explain = explainer({ pairs: () => pairs, readings }, () => moment)
  for (let ms = 0; explain(unexplainedRequest(ms)).verdict !== 'skipped'; ms++);
  const right = sent({ title: '', cause: '', target: '/api/v1/jobs' })
  t.equal(explain(right, moment, 'deep').verdict, 'right')
  t.equal(explain(unexplainedRequest(1), moment, 'deep').verdict, 'skipped')
  t.equal(explain(right, moment).verdict, 'skipped', 'the gateway asks about rejected requests alone')
})

t.test('takes at most about 100 ms of CPU per second, however many requests are rejected', async t => {
  let now = moment
  const floods: { readonly title: string; readonly request: (nth: number) => ReturnType<typeof sent> }[] = [
    { title: 'unexplained', request: unexplainedRequest },
    { title: 'long targets', request: nth => unexplainedRequest(nth, long('a=%20&')) },
    { title: 'explained', request: nth => ({ ...unexplainedRequest(nth), target: `/api/v1/jobs?page=${nth}` }) },
    { title: 'the same request', request: () => unexplainedRequest(0) },
    { title: 'expired', request: nth => unexplainedRequest(nth - 400_000) },
  ]
  for (const { title, request } of floods) {
    const explain = explainer({ pairs: () => pairs, readings }, () => now)
    const requests = Array.from({ length: 2000 }, (_, nth) => request(nth))
    const seconds = Array.from({ length: 9 }, () => {
      now += 1000
      return cpuMs(() => {
        for (const each of requests) explain(each, moment)
      })
    })
    t.ok(undisturbed(seconds) <= 100 * busy, `${title}: ${undisturbed(seconds)} ms`)
  }
})

t.test('shows whole lines, with invisible characters written out', async t => {
  t.equal(visible('a\nb\r\tc\\n\u0000\u007f'), 'a\\nb\\r\\tc\\\\n\\x00\\x7f')
  t.equal(visible(textOf(Buffer.from('작업').toString('latin1'))), '작업')
  t.equal(visible('a'.repeat(2010)), `${'a'.repeat(2000)}…(10 more)`)
})

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', wrong, hexOfFirst, `"${wrong}"`),
)
const secret = fc.stringMatching(/^[!-~]{8,40}$/)
const method = fc.constantFrom('GET', 'POST', 'DELETE')

t.test('throws for no request, and shows no secret', async () => {
  const request = fc.record(
    {
      method,
      target: fc.string().map(text => `/${text}`),
      key: anyText,
      time: anyText,
      sign: anyText,
      host: anyText,
      secret,
    },
    { noNullPrototype: true },
  )
  fc.assert(
    fc.property(request, fc.nat(5), ({ method, target, key, time, sign, host, secret }, where) => {
      const put = (text: string, at: number) => (where === at ? `${text}${secret}${text}` : text)
      const headers = {
        'x-ncp-apigw-timestamp': put(where > 2 ? String(moment) : time, 0),
        'x-ncp-iam-access-key': where === 1 ? secret : where > 3 ? pair.accessKey : key,
        'x-ncp-apigw-signature-v2': put(sign, 2),
        host: put(host, 3),
        'x-ncp-apigw-api-key': put(host, 4),
      }
      const configured = [{ ...pair, secretKey: secret }]
      const { diagnosis, work } = diagnose(
        { method, target: put(target, 5), headers },
        known({ pairs: () => configured, body: put(target, 5) }),
      )
      assertNoSecret(diagnosis, [secret])
      assert.match(diagnosis.sentence, sentence)
      assert.ok(work <= budgets.quick)
    }),
    { numRuns: 60 },
  )
})

t.test('hides a secret that was signed in any place', async () => {
  const texts = [
    (secret: string) => `GET /api/v1/jobs\n${moment}\n${secret}`,
    (secret: string) => `GET /api/v1/jobs?key=${secret}\n${moment}\n${pair.accessKey}`,
  ]
  fc.assert(
    fc.property(secret, fc.constantFrom(...texts), (secret, text) => {
      const target = text(secret).slice(4).split('\n', 1).join('').replace('?', '?x=1&')
      const request = sent({ title: '', cause: '', target, secret, text: () => text(secret) })
      const { diagnosis } = diagnose(request, known({ pairs: () => [{ ...pair, secretKey: secret }] }))
      assertNoSecret(diagnosis, [secret])
    }),
    { numRuns: 60 },
  )
})
