import { createPrivateKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:tls'
import t from 'tap'
import { madeCertificate } from '../../src/tls/certificate.ts'
import { addressBytes, identifier, sequence, time, utf8 } from '../../src/tls/der.ts'

const now = Date.UTC(2026, 10, 23, 12)
const day = 86_400_000

t.test('creates a certificate for every name of the emulator and of the real API', async t => {
  const { cert, key, ca } = madeCertificate(['Box.test', '192.0.2.7', '::ffff:10.0.0.1', 'a b', '*.x', '0.0.0.0'], now)
  const [own, root] = [new X509Certificate(cert), new X509Certificate(ca)]
  t.same(own.subjectAltName?.split(', '), [
    'DNS:localhost',
    'IP Address:127.0.0.1',
    'IP Address:0:0:0:0:0:0:0:1',
    'DNS:dataflow.apigw.ntruss.com',
    'DNS:dataflow.apigw.gov-ntruss.com',
    'DNS:dataflow.apigw.fin-ntruss.com',
    'DNS:Box.test',
    'IP Address:192.0.2.7',
    'IP Address:0:0:0:0:0:FFFF:A00:1',
    'IP Address:0.0.0.0',
  ])
  t.ok(own.checkPrivateKey(createPrivateKey(key)))
  t.ok(own.checkIssued(root))
  t.ok(own.verify(root.publicKey))
  t.ok(root.verify(root.publicKey))
  t.same([own.ca, root.ca], [false, true])
  t.match(own.publicKey.asymmetricKeyDetails, { namedCurve: 'prime256v1' })
  t.same(own.keyUsage, ['1.3.6.1.5.5.7.3.1'], 'a server, nothing else')
  t.equal(own.subject, 'CN=ncp-dataflow-emulator')
  t.match(root.subject, /^CN=ncp-dataflow-emulator CA [0-9a-f]{8}$/)
  for (const { validFrom, validTo } of [own, root]) {
    t.equal(Date.parse(validFrom), now - 2 * day)
    t.equal(Date.parse(validTo), now + 365 * day)
  }
})

t.test('creates new keys at every start', async t => {
  const [a, b] = [madeCertificate([], now), madeCertificate([], now)]
  const certificates = [a.cert, a.ca, b.cert, b.ca].map(pem => new X509Certificate(pem))
  t.equal(new Set(certificates.map(({ serialNumber }) => serialNumber)).size, 4)
  t.equal(new Set([a.key, b.key]).size, 2)
  t.notOk(certificates[0]?.verify(new X509Certificate(b.ca).publicKey))
})

t.test('satisfies a client that knows the CA under every name, and under no other', async t => {
  const { cert, key, ca } = madeCertificate(['box.test'], Date.now())
  const server = createServer({ cert, key }, socket => socket.end()).on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  const knock = (servername: string, trusted: string[]) =>
    new Promise<string>(resolve => {
      const socket = connect({ port, host: '127.0.0.1', servername, ca: trusted }, () => resolve('content'))
      socket.on('error', ({ code }: NodeJS.ErrnoException) => resolve(`${code}`)).on('end', () => socket.destroy())
    })
  for (const name of ['localhost', 'dataflow.apigw.ntruss.com', 'dataflow.apigw.fin-ntruss.com', 'box.test']) {
    t.equal(await knock(name, [ca]), 'content', name)
  }
  t.equal(await knock('ntruss.com', [ca]), 'ERR_TLS_CERT_ALTNAME_INVALID')
  t.equal(await knock('localhost', [madeCertificate([], Date.now()).ca]), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE')
})

t.test('writes DER as others do', async t => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  // The object identifiers are the examples of ITU-T X.690 and of Let's Encrypt's guide to ASN.1.
  t.equal(hex(identifier('2.999.3')), '0603883703')
  t.equal(hex(identifier('1.3.6.1.4.1.311.21.20')), '06092b0601040182371514')
  t.equal(hex(time(Date.UTC(2049, 11, 31, 23, 59, 59, 999))), hex(Buffer.from('\x17\x0d491231235959Z')))
  t.equal(hex(time(Date.UTC(2050, 0, 1))), hex(Buffer.from('\x18\x0f20500101000000Z')))
  for (const [length, head] of [
    [127, '0c7f'],
    [128, '0c8180'],
    [255, '0c81ff'],
    [256, '0c820100'],
    [1000, '0c8203e8'],
  ] as const) {
    t.ok(hex(utf8('a'.repeat(length))).startsWith(`${head}6161`), head)
  }
  t.equal(hex(sequence()), '3000')
  for (const [address, bytes] of [
    ['10.1.2.255', '0a0102ff'],
    ['::', '00000000000000000000000000000000'],
    ['2001:db8::7:1', '20010db8000000000000000000070001'],
    ['fe80::', 'fe800000000000000000000000000000'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ] as const) {
    t.equal(hex(addressBytes(address)), bytes, address)
  }
})
