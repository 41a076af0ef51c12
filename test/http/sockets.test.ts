import { once } from 'node:events'
import t, { type Test } from 'tap'
import { signRequest } from '../../src/gateway/sign-request.ts'
import { emulator } from '../support/emulator.ts'
import { dial, type Talk, talk, type WireAnswer } from '../support/socket.ts'
import { headersOf, vector } from '../support/vectors.ts'

const moment = 1_763_900_000_000
const jobs = '/api/v1/jobs'
const host = 'Host: anything.example\r\n'
const close = 'Connection: close\r\n'
const { accessKey, secretKey } = vector('P8')
const pair = { accessKey, secretKey }

const lines = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
const signed = (target = jobs, method = 'GET') => lines(signRequest({ method, target, timestamp: moment, ...pair }))
const signedGet = (target = jobs, more = close) => `GET ${target} HTTP/1.1\r\n${host}${signed(target)}${more}\r\n`

/** The one member of the body that tells these answers apart. */
const details = {
  target: [400, 'Query string is invalid.'],
  header: [400, 'Header is invalid.'],
  unknown: [404, 'URL not found.'],
  missing: [401, 'Authentication information are missing.'],
  invalid: [401, 'Invalid authentication information.'],
  tooLarge: [413, 'Request Entity Too Large'],
  passed: [200, undefined],
} as const
type Expected = keyof typeof details

interface Row {
  readonly title: string
  readonly bytes: string
  /** One for each answer, in order. */
  readonly expected: readonly Expected[]
  readonly talk?: Talk
}

const p8 = vector('P8')
const korean = Buffer.from(`${jobs}?name=작업`).toString('latin1')
const megabyte = 'a'.repeat(1_000_000)
const one = { answers: 1 }

const rows: readonly Row[] = [
  { title: 'a request line that is none', bytes: 'garbage\r\n\r\n', expected: ['header'] },
  { title: 'a request line without a target', bytes: 'GET\r\n\r\n', expected: ['header'] },
  { title: 'a request line without a version (HTTP/0.9)', bytes: `GET ${jobs}\r\n${host}\r\n`, expected: ['missing'] },
  { title: 'another version of HTTP', bytes: `GET ${jobs} HTTP/9.9\r\n${host}\r\n`, expected: ['header'] },
  { title: 'an unknown method', bytes: `FROB ${jobs} HTTP/1.1\r\n${host}\r\n`, expected: ['header'] },
  {
    title: 'the preface of HTTP/2',
    bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0',
    expected: ['header'],
  },
  { title: 'a TLS greeting', bytes: '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03', expected: ['header'] },
  { title: 'a header name with a space', bytes: `GET ${jobs} HTTP/1.1\r\n${host}x y: 1\r\n\r\n`, expected: ['header'] },
  { title: 'NUL in a header', bytes: `GET ${jobs} HTTP/1.1\r\n${host}x: a\0b\r\n\r\n`, expected: ['header'] },
  {
    title: 'a content-length that is no number',
    bytes: signedGet(jobs, 'Content-Length: ten\r\n'),
    expected: ['header'],
  },
  { title: 'headers of 20 kB', bytes: signedGet(jobs, `x: ${'a'.repeat(20_000)}\r\n`), expected: ['header'] },
  { title: 'headers of 1 MB', bytes: signedGet(jobs, `x: ${megabyte}\r\n`), expected: ['header'] },
  { title: 'a target of 1 MB', bytes: `GET ${jobs}?name=${megabyte} HTTP/1.1\r\n${host}\r\n`, expected: ['header'] },
  { title: 'a target of 1 MB without an end', bytes: `GET ${jobs}?name=${megabyte}`, expected: ['header'] },
  { title: 'a target of 8 MB', bytes: `GET ${jobs}?name=${megabyte.repeat(8)} HTTP/1.1\r\n\r\n`, expected: ['header'] },
  { title: 'no Host in HTTP/1.1', bytes: `GET ${jobs} HTTP/1.1\r\n${signed()}${close}\r\n`, expected: ['header'] },
  {
    title: 'no Host in HTTP/1.0, which has none',
    bytes: `GET ${jobs} HTTP/1.0\r\n${signed()}\r\n`,
    expected: ['passed'],
  },

  { title: 'NUL in the path', bytes: `GET ${jobs}\0 HTTP/1.1\r\n${host}\r\n`, expected: ['target'] },
  { title: 'NUL in the query', bytes: `GET ${jobs}?\0 HTTP/1.1\r\n${host}\r\n`, expected: ['target'] },
  { title: 'raw UTF-8, which no client may send', bytes: signedGet(korean), expected: ['target'] },
  { title: 'raw bytes that are not UTF-8', bytes: signedGet(`${jobs}?name=\xff`), expected: ['target'] },
  { title: 'raw bytes in the path', bytes: signedGet('/\xec\x9e\x91'), expected: ['target'] },
  { title: 'a target without a slash', bytes: signedGet('api/v1/jobs'), expected: ['target'] },
  { title: 'a fragment, which is for the client alone', bytes: signedGet(`${jobs}#frag`), expected: ['target'] },
  { title: 'a broken escape in a path', bytes: signedGet('/api/v1/%zz'), expected: ['target'] },
  { title: 'a broken escape in a query', bytes: signedGet(`${jobs}?name=%zz`), expected: ['target'] },

  {
    title: 'P8, a bare question mark',
    bytes: `GET ${p8.target} HTTP/1.1\r\n${host}${lines(headersOf(p8))}${close}\r\n`,
    expected: ['passed'],
  },
  { title: 'a question mark sent but not signed', bytes: signedGet().replace(jobs, `${jobs}?`), expected: ['invalid'] },
  { title: 'two slashes at the start', bytes: signedGet(`/${jobs}`), expected: ['unknown'] },
  { title: 'a slash at the end', bytes: signedGet(`${jobs}/`), expected: ['unknown'] },
  { title: 'dots in a path, which are not resolved', bytes: signedGet('/api/v1/x/../jobs'), expected: ['unknown'] },
  { title: 'other letter case', bytes: signedGet('/API/v1/jobs'), expected: ['unknown'] },
  { title: 'an escaped letter of the path', bytes: signedGet('/api/v1/j%6Fbs'), expected: ['passed'] },
  { title: 'a semicolon in the path', bytes: signedGet(`${jobs};x`), expected: ['unknown'] },
  { title: 'a query behind a semicolon', bytes: signedGet(`${jobs};x?page=0`), expected: ['unknown'] },
  {
    title: 'scheme and host in front, not signed',
    bytes: signedGet().replace(jobs, `http://dataflow.apigw.ntruss.com${jobs}`),
    expected: ['passed'],
  },
  {
    title: 'scheme and host in front, signed',
    bytes: signedGet(`http://dataflow.apigw.ntruss.com${jobs}`),
    expected: ['invalid'],
  },
  { title: 'scheme and host and no path', bytes: signedGet('http://dataflow.apigw.ntruss.com'), expected: ['unknown'] },
  { title: 'scheme without a host', bytes: signedGet(`http://${jobs}`), expected: ['target'] },

  { title: 'HEAD', bytes: signedGet().replace('GET', 'HEAD'), expected: ['unknown'], talk: { bodyless: true } },
  { title: 'OPTIONS', bytes: signedGet().replace('GET', 'OPTIONS'), expected: ['unknown'] },
  { title: 'OPTIONS *', bytes: signedGet('*').replace('GET', 'OPTIONS'), expected: ['unknown'] },
  { title: 'CONNECT', bytes: `CONNECT dataflow.apigw.ntruss.com:443 HTTP/1.1\r\n${host}\r\n`, expected: ['unknown'] },
  { title: 'an unknown expectation', bytes: signedGet(jobs, `Expect: something\r\n${close}`), expected: ['passed'] },
  {
    title: 'an offer of h2c, as Java makes it',
    bytes: signedGet(
      jobs,
      'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n',
    ),
    expected: ['passed'],
    talk: one,
  },

  { title: 'GET with a body', bytes: `${signedGet(jobs, `Content-Length: 5\r\n${close}`)}hello`, expected: ['passed'] },
  {
    title: 'GET with a chunked body',
    bytes: `${signedGet(jobs, `Transfer-Encoding: chunked\r\n${close}`)}5\r\nhello\r\n0\r\n\r\n`,
    expected: ['passed'],
  },
  {
    title: 'GET with a chunk that is none',
    bytes: `${signedGet(jobs, 'Transfer-Encoding: chunked\r\n')}zz\r\n`,
    expected: ['passed'],
  },
  {
    title: 'GET with a body of an impossible type',
    bytes: `${signedGet(jobs, `Content-Type: ;;\r\nContent-Length: 5\r\n${close}`)}hello`,
    expected: ['passed'],
  },
  {
    title: 'a JSON body that is none, to nowhere',
    bytes: `${signedGet('/nope', `Content-Type: application/json\r\nContent-Length: 5\r\n${close}`).replace('GET', 'POST')}hello`,
    expected: ['unknown'],
  },
  {
    title: '12 MB of body that nobody reads',
    bytes: `${signedGet(jobs, 'Content-Length: 12000000\r\n')}${megabyte.repeat(12)}`,
    expected: ['tooLarge'],
    talk: one,
  },
  {
    title: '8 MB of body behind a closing refusal',
    bytes: `GET ${jobs} HTTP/1.1\r\n${host}${close}Content-Length: 8000000\r\n\r\n${megabyte.repeat(8)}`,
    expected: ['missing'],
  },
  {
    title: 'a body announced and never sent',
    bytes: signedGet(jobs, 'Content-Length: 99999999999\r\n'),
    expected: ['tooLarge'],
    talk: one,
  },

  {
    title: 'two requests at once, in order',
    bytes: signedGet(jobs, '') + signedGet('/nope'),
    expected: ['passed', 'unknown'],
  },
  {
    title: 'two requests and no HTTP behind them',
    bytes: `${signedGet('/nope', '')}${signedGet(jobs, '')}garbage\r\n\r\n`,
    expected: ['unknown', 'passed', 'header'],
  },
  { title: 'no HTTP behind a request that closes', bytes: `${signedGet()}garbage\r\n\r\n`, expected: ['passed'] },
  {
    title: '1 500 query parameters',
    bytes: signedGet(`${jobs}?${Array.from({ length: 1500 }, (_, i) => `p${i}`).join('&')}`),
    expected: ['passed'],
  },
  {
    title: '2 000 query parameters',
    bytes: signedGet(`${jobs}?${Array.from({ length: 2000 }, () => 'p=1').join('&')}`),
    expected: ['passed'],
  },
  { title: '2 000 header lines', bytes: signedGet(jobs, `${'a: b\r\n'.repeat(1900)}${close}`), expected: ['passed'] },
  { title: 'empty lines before the request', bytes: `\r\n\r\n${signedGet()}`, expected: ['passed'] },
  {
    title: 'a timestamp given twice',
    bytes: signedGet(jobs, `x-ncp-apigw-timestamp: ${moment}\r\n${close}`),
    expected: ['invalid'],
  },
]

t.test('reports malformed HTTP over the wire', async t => {
  const { emulator: made } = await emulator(t, { port: 0, moment, ...pair })
  const { port } = new URL(await made.listen())
  const ask = (bytes: string, how?: Talk) => talk(t, Number(port), bytes, how)

  function expectAnswer(t: Test, answer: WireAnswer | undefined, expected: Expected, bodyless = false) {
    const [status, text] = details[expected]
    t.match(answer, {
      status,
      headers: {
        'content-type': 'application/json;charset=UTF-8',
        'x-ncp-apigw-response-origin': status === 200 ? 'ENDPOINT' : 'APIGW',
        'x-ncp-trace-id': /^[0-9a-z]{26}$/,
        'x-ncp-apigw-request-id': /^[0-9a-f-]{36}$/,
      },
    })
    if (!bodyless) t.match(JSON.parse(answer?.text ?? ''), text ? { error: { details: text } } : { count: 0 })
  }

  for (const { title, bytes, expected, talk: how = {} } of rows) {
    t.test(`responds to ${title} with ${expected.join(', ')}`, async t => {
      const { answers, rest } = await ask(bytes, how)
      t.equal(answers.length, expected.length)
      t.equal(rest, '')
      expected.forEach((name, i) => {
        expectAnswer(t, answers[i], name, how.bodyless)
      })
      t.equal(new Set(answers.map(answer => answer.headers['x-ncp-trace-id'])).size, answers.length)
    })
  }

  t.test('leaves a repeated parameter to the service to reject', async t => {
    const { answers } = await ask(signedGet(`${jobs}?limit=1&limit=2`))
    t.match(answers, [{ status: 400, headers: { 'x-ncp-apigw-response-origin': 'ENDPOINT' } }])
    t.match(JSON.parse(answers[0]?.text ?? ''), { error: { message: 'bad-parameter', details: /limit/ } })
  })

  for (const half of ['GET /api', signedGet().slice(0, -4), `${signedGet(jobs, 'Content-Length: 5\r\n')}he`]) {
    t.test(`serves others after a client leaves at ${JSON.stringify(half.slice(-12))}`, async t => {
      const socket = dial(t, Number(port))
      socket.on('error', () => {})
      await new Promise(resolve => socket.write(half, resolve))
      socket.resetAndDestroy()
      await once(socket, 'close')
      expectAnswer(t, (await ask(signedGet())).answers[0], 'passed')
    })
  }

  /** A body in chunks of 100 kB, without an announced length. */
  const chunked = (head: string, chunks: number) =>
    `${head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n${close}\r\n${`186a0\r\n${'a'.repeat(100_000)}\r\n`.repeat(chunks)}0\r\n\r\n`

  t.test('rejects a chunked body that becomes too long, and ends the connection', async t => {
    const post = `POST ${jobs} HTTP/1.1\r\n${host}${signed(jobs, 'POST')}`
    const { answers, rest } = await ask(chunked(post, 110))
    t.equal(rest, '')
    t.equal(answers.length, 1)
    expectAnswer(t, answers[0], 'tooLarge')
    t.equal(answers[0]?.headers.connection, 'close')

    const under = await ask(chunked(post, 1))
    t.match(
      under.answers,
      [{ status: 400, headers: { 'x-ncp-apigw-response-origin': 'ENDPOINT' } }],
      'read and refused',
    )

    const put = 'PUT /__admin/clock HTTP/1.1\r\nHost: localhost\r\n'
    const admin = await ask(chunked(put, 60))
    t.match(admin, { answers: [{ status: 413, headers: { 'content-type': 'application/problem+json' } }], rest: '' })
    t.match(JSON.parse(admin.answers[0]?.text ?? ''), { status: 413, title: 'Payload Too Large' })
    expectAnswer(t, (await ask(signedGet())).answers[0], 'passed')
  })

  t.test('responds to a client that ends in the middle of a request', async t => {
    const socket = dial(t, Number(port))
    socket.end('GET /api')
    const received: Buffer[] = []
    socket.on('data', chunk => received.push(chunk))
    await once(socket, 'close')
    t.match(Buffer.concat(received).toString(), /^HTTP\/1\.1 400 .*"errorCode":"100"/s)
  })
})
