import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { exitCodeOf, requestToSend, responseText } from '../../src/cli/call.ts'
import { readConfig } from '../../src/config/command-line.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'

const pair = { accessKey: 'k', secretKey: 's' }
const keys = ['--access-key', pair.accessKey, '--secret-key', pair.secretKey]
const asked = (words: readonly string[], env = {}) => requestToSend(readConfig(['call', ...words], env), env)

t.test('signs what it sends, wherever that goes', async t => {
  for (const [words, env, expected] of [
    [['get', '/a'], {}, { host: '127.0.0.1', port: 6270, target: '/a', secure: false }],
    [['GET', '/a?n=주 b'], {}, { target: '/a?n=%EC%A3%BC%20b' }],
    [['GET', '/a', '--port', '99', '--host', '::'], {}, { host: '::1', port: 99 }],
    [['GET', '/a', '--tls'], {}, { port: 6270, secure: true }],
    [['GET', '/a'], { DATAFLOW_URL: 'http://box:81' }, { host: 'box', port: 81 }],
    [['GET', '/a', '--port', '99'], { DATAFLOW_URL: 'http://box:81' }, { host: '127.0.0.1', port: 99 }],
    [['GET', '/a'], { DATAFLOW_URL: 'http://box:81', NCP_DATAFLOW_PORT: '99' }, { host: 'box', port: 81 }],
    [['GET', '/a', '--base-url', 'http://c'], { DATAFLOW_URL: 'http://box' }, { host: 'c', port: 80 }],
    [['GET', '/jobs', '--base-url', 'https://c/api/v1/'], {}, { port: 443, target: '/api/v1/jobs', secure: true }],
    [['GET', 'http://[::1]:5/a/../b'], { DATAFLOW_URL: 'http://box' }, { host: '::1', port: 5, target: '/a/../b' }],
  ] as const) {
    const request = asked([...words, ...keys], env)
    t.match(request, { method: 'GET', body: undefined, ...expected }, words.join(' '))
    const timestamp = Number(request.headers['x-ncp-apigw-timestamp'])
    t.match(request.headers, signRequest({ method: 'GET', target: request.target, timestamp, ...pair }))
    t.notOk('content-type' in request.headers)
  }
})

t.test('sends a body from the command line or a file, byte for byte', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'call-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const file = join(folder, '본문 1.json')
  writeFileSync(file, '{"name":"주문"}\n')
  for (const [data, body] of [
    ['{"name":"주문"}', '{"name":"주문"}'],
    [`@${file}`, '{"name":"주문"}\n'],
    ['', ''],
  ] as const) {
    const { body: sent, headers } = asked(['POST', '/a', '--data', data])
    t.equal(sent?.toString(), body)
    t.match(headers, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  }
})

t.test('offers the CA of --tls-ca-out for other machines', async t => {
  t.equal(asked(['GET', '/a']).ca(), undefined)
  const { ca } = asked(['GET', '/a', '--tls', '--tls-ca-out', '/no/such'])
  t.throws(ca, { name: 'UsageError', message: /^--tls-ca-out "\/no\/such": cannot read it/ })
})

t.test('sends the built-in key pair to loopback addresses alone, unless it is given', async t => {
  const builtIn = ['--access-key', 'ncp_iam_EMULATORACCESSKEY', '--secret-key', 'ncp_iam_EMULATORSECRETKEY']
  const env = { NCLOUD_ACCESS_KEY: builtIn[1], NCLOUD_SECRET_KEY: builtIn[3] }
  for (const url of ['http://localhost', 'http://LOCALHOST:1', 'http://127.9.9.9', 'http://127.1', 'http://[::1]:9']) {
    t.equal(asked(['GET', '/a', '--base-url', url]).headers['x-ncp-iam-access-key'], builtIn[1], url)
  }
  for (const url of ['http://dataflow:6270', 'http://10.0.0.1', 'http://127.0.0.1.nip.test', 'http://localhost.test']) {
    t.throws(() => asked(['GET', '/a', '--base-url', url]), {
      name: 'UsageError',
      message: /^call: the built-in key pair is used on this machine only; for \S+ give --access-key /,
    })
    t.ok(asked(['GET', '/a', '--base-url', url, ...builtIn]), `${url} by flags`)
    t.ok(asked(['GET', '/a', '--base-url', url], env), `${url} by the environment`)
  }
  for (const host of ['dataflow.apigw.ntruss.com', 'NTRUSS.com', 'a.b.ntruss.com.', 'ｎtruss.com']) {
    for (const words of [[], builtIn, keys]) {
      t.throws(() => asked(['GET', `https://${host}/a`, ...words]), {
        name: 'UsageError',
        message: /^call: does not send requests to the real API \(\S+\); give the URL of an emulator with --base-url$/,
      })
    }
  }
  t.ok(asked(['GET', 'http://notntruss.com/a', ...keys]))
})

t.test('rejects what cannot be sent', async t => {
  const urlForm = 'must be an http or https URL without user, query and fragment, such as http://127.0.0.1:6270'
  for (const [words, message] of [
    [['GET'], `call takes METHOD and TARGET, such as: call GET '/api/v1/jobs?page=0&limit=20'`],
    [['G T', '/a'], 'call: METHOD must be a word such as GET, got "G T"'],
    [['GET', 'a'], 'call: TARGET must be a path that starts with / or a whole URL with a path, got "a"'],
    [['GET', '/a#b'], 'call: TARGET must not have a #fragment, got "/a#b"; write a # in a value as %23'],
    [['GET', '/a', '--port', '0'], '--port 0: does not name a port; give the port that the emulator printed'],
    [['GET', '/a', '--data', '@/no/such'], /^--data "\/no\/such": cannot read it \(ENOENT/],
    [['GET', 'http://a/b', '--base-url', 'http://c'], /^--base-url "http:\/\/c": TARGET is a whole URL already/],
    ...['box:6270', 'ftp://a', 'http://', 'http://a?b', 'http://a#', 'http://u:p@a', 'http://a\\b', ''].map(
      url => [['GET', '/a', '--base-url', url], `--base-url ${JSON.stringify(url)}: ${urlForm}`] as const,
    ),
  ] as const) {
    t.throws(() => asked(words), { name: 'UsageError', message })
  }
  t.throws(() => asked(['GET', '/a'], { DATAFLOW_URL: 'box' }), { message: `DATAFLOW_URL "box": ${urlForm}` })
})

t.test('shows a response: its status line, then its body', async t => {
  const response = (status: number, reason: string, body: string) => ({ status, reason, body: Buffer.from(body) })
  t.equal(responseText(response(200, 'OK', '{"a":1}'), false), 'HTTP/1.1 200 OK\n{"a":1}')
  t.equal(responseText(response(200, 'OK', '{"a":1}'), true), 'HTTP/1.1 200 OK\n{\n  "a": 1\n}')
  t.equal(responseText(response(502, '', '<p>'), true), 'HTTP/1.1 502\n<p>')
  t.equal(responseText(response(204, 'No Content', ''), true), 'HTTP/1.1 204 No Content')
  t.same([200, 204, 301, 404, 429, 500, 599].map(exitCodeOf), [0, 0, 3, 4, 4, 5, 5])
})
