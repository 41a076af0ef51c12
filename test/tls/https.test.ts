import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { LookupFunction } from 'node:net'
import { join } from 'node:path'
import { connect } from 'node:tls'
import t from 'tap'
import { type EmulatorOptions, signRequest, startEmulator } from '../../src/library/index.ts'
import { madeCertificate } from '../../src/tls/certificate.ts'
import { askHttps } from '../support/https.ts'
import { talk } from '../support/socket.ts'

const target = '/api/v1/jobs?page=0&limit=1'
const many = 'a'.repeat(200_000)
/** A name server that knows one address. */
const lookup: LookupFunction = (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }])

const made = madeCertificate([], Date.now())
const other = madeCertificate([], Date.now())
const encrypted = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
}).privateKey
const traditional = '-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END EC PRIVATE KEY-----\n'

t.test('serves the whole emulator by HTTPS', async t => {
  const emulator = await startEmulator({ tls: true, fixtures: { jobs: [{ name: 'orders' }] } })
  t.teardown(() => emulator.stop())
  const { url, ca, credentials } = emulator
  t.match(url, /^https:\/\/127\.0\.0\.1:\d+$/)
  const { port } = new URL(url)
  const headers = () => signRequest({ method: 'GET', target, ...credentials })
  for (const host of ['127.0.0.1', 'localhost', 'dataflow.apigw.ntruss.com', 'dataflow.apigw.gov-ntruss.com']) {
    const answer = await askHttps(`https://${host}:${port}${target}`, { ca, lookup, headers: headers() })
    t.match(answer, { status: 200, text: '"name":"orders"' }, host)
  }
  t.match((await askHttps(url + target, { ca })).text, '"errorCode":"200"', 'signatures are checked as ever')
  await t.rejects(askHttps(url + target, { headers: headers() }), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })

  const docs = await askHttps(`${url}/__admin/docs`, { ca })
  t.match(docs, { status: 200, headers: { 'content-type': /^text\/html/ } })
  for (const [origin, status] of [
    [url, 200],
    ['https://evil.example', 403],
  ] as const) {
    t.match(await askHttps(`${url}/__admin/health`, { ca, headers: { origin } }), { status }, origin)
  }
})

t.test('reports malformed requests, beside and inside of TLS', async t => {
  const { url, ca, stop } = await startEmulator({ tls: true, fixtures: 'none' })
  t.teardown(() => stop())
  const port = Number(new URL(url).port)
  const { answers, rest } = await talk(t, port, `GET ${target} HTTP/1.1\r\nhost: x\r\n\r\n`)
  t.match(answers, [{ status: 400, text: 'this port speaks HTTPS; use an https:// URL\n' }])
  t.equal(answers[0]?.headers.connection, 'close')
  t.equal(rest, '')
  const greeting = await talk(t, port, '\x16\x03\x01\x00\x05nonono')
  t.equal(greeting.rest.slice(0, 2), '\x15\x03', 'a greeting that is none gets the alert of TLS')

  /** Everything that comes back for these bytes, sent inside of TLS. */
  const inside = (bytes: string) =>
    new Promise<string>((resolve, reject) => {
      let text = ''
      const socket = connect({ port, host: '127.0.0.1', ...(ca && { ca }) }, () => socket.write(bytes))
      socket.setEncoding('utf8').on('data', more => {
        text += more
      })
      socket.on('error', reject).on('end', () => {
        socket.end()
        resolve(text)
      })
    })
  const close = 'connection: close\r\n'
  for (const [bytes, status, code] of [
    ['garbage\r\n\r\n', 400, '100'],
    [`GET ${target} HTTP/1.1\r\n${close}\r\n`, 400, '100'],
    [`GET /api/v1/jobs?name=%E0%A4%A HTTP/1.1\r\nhost: x\r\n${close}\r\n`, 400, '100'],
    ['CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n', 404, '300'],
    [`POST /no HTTP/1.1\r\nhost: x\r\nexpect: what\r\n${close}content-length: 0\r\n\r\n`, 404, '300'],
    [`POST /api/v1/jobs HTTP/1.1\r\nhost: x\r\n${close}content-length: 99999999\r\n\r\n${many}`, 413, '430'],
  ] as const) {
    t.match(await inside(bytes), new RegExp(`^HTTP/1.1 ${status} [^]*"errorCode":"${code}"`), bytes.slice(0, 40))
  }
})

t.test('reads a certificate from files', async t => {
  const dir = t.testdir({ 'cert.pem': made.cert + made.ca, 'key.pem': made.key })
  const [tlsCert, tlsKey] = [join(dir, 'cert.pem'), join(dir, 'key.pem')]
  const emulator = await startEmulator({ tlsCert, tlsKey, fixtures: 'none' })
  t.teardown(() => emulator.stop())
  t.equal(emulator.ca, undefined)
  t.equal((await askHttps(`${emulator.url}/__admin/health`, { ca: made.ca })).status, 200)
})

const dir = t.testdir({
  'cert.pem': made.cert,
  'key.pem': made.key,
  'other.pem': other.key,
  'ca-first.pem': made.ca + made.cert,
  'bad-chain.pem': `${made.cert}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`,
  'encrypted.pem': encrypted,
  'traditional.pem': traditional,
  'notes.txt': 'nothing of this kind',
  kept: { 'ca.pem': 'the CA of another emulator' },
})
const path = (name: string) => join(dir, name)

const wrong: readonly [cert: string, key: string, says: RegExp][] = [
  ['none.pem', 'key.pem', /^--tls-cert .+none\.pem: cannot read it \(ENOENT.*\); give a PEM file$/],
  ['cert.pem', 'none.pem', /^--tls-key .+none\.pem: cannot read it \(ENOENT.*\); give a PEM file$/],
  ['notes.txt', 'key.pem', /^--tls-cert .+: contains no certificate in PEM/],
  ['cert.pem', 'notes.txt', /^--tls-key .+: contains no private key in PEM/],
  ['cert.pem', 'cert.pem', /^--tls-key .+: contains no private key in PEM/],
  ['cert.pem', 'other.pem', /^--tls-key .+other.pem: does not match the first certificate in --tls-cert .+cert.pem; /],
  ['ca-first.pem', 'key.pem', /the server certificate before its CA certificates$/],
  ['cert.pem', 'encrypted.pem', /^--tls-key (.+): is encrypted; decrypt it with: openssl pkey -in \1 -out plain\.pem$/],
  ['cert.pem', 'traditional.pem', /^--tls-key .+: is encrypted; decrypt it with/],
  ['bad-chain.pem', 'key.pem', /^--tls-cert .+: cannot be used \(.+\); create another one$/],
]

t.test('rejects files that cannot be used', async t => {
  for (const [cert, key, message] of wrong) {
    const start = () => startEmulator({ tlsCert: path(cert), tlsKey: path(key), db: path('never.db') })
    await t.rejects(start, { name: 'TlsError', message }, `${cert}, ${key}`)
  }
  t.notOk(existsSync(path('never.db')), 'nothing was started')
  const together: readonly [EmulatorOptions, string][] = [
    [{ tlsCert: 'c' }, '--tls-cert: needs --tls-key (NCP_DATAFLOW_TLS_KEY)'],
    [{ tlsKey: 'k', tls: true }, '--tls-key: needs --tls-cert (NCP_DATAFLOW_TLS_CERT)'],
    [{ tlsCaOut: 'ca' }, '--tls-ca-out: needs --tls (NCP_DATAFLOW_TLS), which makes the CA'],
    [
      { tlsCert: 'c', tlsKey: 'k', tls: true, tlsCaOut: 'ca' },
      '--tls-ca-out: has no effect with --tls-cert, which brings its own CA; remove one of the two',
    ],
    [{ tls: 'true' as never }, 'tls "true": must be true or false'],
  ]
  for (const [given, says] of together) {
    await t.rejects(startEmulator(given), { name: 'RangeError', message: `startEmulator: ${says}` })
  }
})

t.test('writes the CA to a file once the emulator listens', async t => {
  const tlsCaOut = path('kept/ca.pem')
  const before = readFileSync(tlsCaOut, 'utf8')
  const first = await startEmulator({ tls: true, tlsCaOut, fixtures: 'none' })
  t.teardown(() => first.stop())
  t.not(before, first.ca)
  t.equal(readFileSync(tlsCaOut, 'utf8'), first.ca)
  await t.rejects(startEmulator({ tls: true, tlsCaOut, port: Number(new URL(first.url).port) }), { code: 'EADDRINUSE' })
  t.equal(readFileSync(tlsCaOut, 'utf8'), first.ca, 'a start that fails leaves it alone')
  for (const [file, because] of [
    ['no/such/ca.pem', 'ENOENT'],
    ['kept', 'it is not a regular file'],
  ] as const) {
    await t.rejects(startEmulator({ tls: true, tlsCaOut: path(file) }), {
      name: 'CaFileError',
      message: new RegExp(
        `^--tls-ca-out .+: cannot write it \\(${because}.*\\); give a file in an existing, writable folder`,
      ),
    })
  }
  t.same(readdirSync(path('kept')), ['ca.pem'], 'no drafts are left')
})
