import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { fakePair } from '../../src/config/config.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'
import { madeCertificate } from '../../src/tls/certificate.ts'
import { cli, run, sourceCli, start } from '../support/process.ts'

const target = '/api/v1/jobs?page=0&limit=1'
const real = 'dataflow.apigw.ntruss.com'

/** A client whose host stands in its code; the name leads here as a hosts entry would lead it. */
const hardCoded = `
  import https from 'node:https'
  const [port, headers] = process.argv.slice(1)
  const lookup = (name, options, found) => found(null, [{ address: '127.0.0.1', family: 4 }])
  https.get('https://${real}:' + port + '${target}', { headers: JSON.parse(headers), lookup }, answer => answer.pipe(process.stdout))
`

t.test('serves a client with the host of the real API in its code', async t => {
  const ca = join(t.testdir(), "it's ca.pem")
  const { child, url, port, ended } = await start(t, ['--tls', '--tls-ca-out', ca])
  t.equal(url, `https://127.0.0.1:${port}`)
  t.match(readFileSync(ca, 'utf8'), /^-----BEGIN CERTIFICATE-----\n/)
  const headers = signRequest({ method: 'GET', target, ...fakePair })

  const resolve = ['--resolve', `${real}:${port}:127.0.0.1`]
  const given = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const curl = [
    'curl',
    '-sS',
    '--noproxy',
    '*',
    '--cacert',
    ca,
    ...resolve,
    ...given,
    `https://${real}:${port}${target}`,
  ]
  t.match(await run(t, curl).ended, { code: 0, out: '"count":19', err: '' })

  t.match(
    await run(
      t,
      curl.filter(word => word !== '--cacert' && word !== ca),
    ).ended,
    { code: 60, out: '' },
  )

  const words = [process.execPath, '--input-type=module', '-e', hardCoded, String(port), JSON.stringify(headers)]
  t.match(await run(t, words, { NODE_EXTRA_CA_CERTS: ca }).ended, { code: 0, out: '"count":19', err: '' })
  t.match(await run(t, words).ended, { code: 1, err: /UNABLE_TO_VERIFY_LEAF_SIGNATURE/ })

  for (const flags of [['--tls', '--tls-ca-out', ca], ['--tls']]) {
    const { out } = await cli(t, ['sign', 'GET', target, '--curl', '--port', String(port), ...flags]).ended
    t.match(await run(t, ['/bin/sh', '-c', `${out.trim()} -sS`]).ended, { code: 0, out: '"count":19' }, out)
  }

  const asked = ['health', '--port', String(port)]
  t.match(await cli(t, [...asked, '--tls'], {}, sourceCli).ended, { code: 0, out: /^\{"status":"ok"/, err: '' })
  t.match(await cli(t, asked, { NCP_DATAFLOW_TLS: '1', NCP_DATAFLOW_HOST: '0.0.0.0' }).ended, { code: 0, err: '' })
  t.match(await cli(t, asked).ended, {
    code: 1,
    err: /no healthy emulator at http:.*: unexpected response, status 400\n$/,
  })
  // 127.0.0.1 in a spelling that is not taken for the loopback, and that no version of Node takes for 127.0.0.1.
  const elsewhere = [...asked, '--host', '::ffff:127.0.0.1', '--tls']
  t.match(await cli(t, elsewhere).ended, { code: 1, err: /unable to verify the first certificate/ })
  t.match(await cli(t, [...elsewhere, '--tls-ca-out', ca]).ended, { code: 1, err: /altnames/ })

  child.kill('SIGTERM')
  t.match(await ended, {
    code: 0,
    out: `ncp-dataflow-emulator listens on ${url}\n`,
    err: /no TLS connection: .* alert unknown ca; the client must trust the CA of this emulator/,
  })
})

t.test('serves a certificate of your own', async t => {
  const { cert, key } = madeCertificate([], Date.now())
  const dir = t.testdir({ 'cert.pem': cert, 'key.pem': key })
  const env = { NCP_DATAFLOW_TLS_CERT: join(dir, 'cert.pem'), NCP_DATAFLOW_TLS_KEY: join(dir, 'key.pem') }
  const { url, port } = await start(t, [], env)
  t.match(url, /^https:/)
  t.match(await cli(t, ['health', '--port', String(port)], env).ended, { code: 0, err: '' })
})

t.test('reports in one line why it cannot serve HTTPS, and what to do', async t => {
  const { cert } = madeCertificate([], Date.now())
  const dir = t.testdir({ 'cert.pem': cert, 'key.pem': madeCertificate([], Date.now()).key })
  const files = ['--tls-cert', join(dir, 'cert.pem'), '--tls-key', join(dir, 'key.pem')]
  const failures: readonly [args: readonly string[], code: number, says: RegExp][] = [
    [files, 2, /^--tls-key .+: does not match the first certificate in --tls-cert .+; give a matching pair/],
    [files.slice(0, 2), 2, /^--tls-cert: needs --tls-key \(NCP_DATAFLOW_TLS_KEY\)$/],
    [['--tls', '--tls-ca-out', dir], 1, /^--tls-ca-out .+: cannot write it \(it is not a regular file\); give a file/],
  ]
  for (const [args, code, says] of failures) {
    const end = await cli(t, ['--port', '0', ...args]).ended
    t.match(end, { code, out: '' }, end.err)
    t.match(end.err, /^ncp-dataflow-emulator: [^\n]+\n$/, 'one line')
    t.match(end.err.slice('ncp-dataflow-emulator: '.length).trimEnd(), says)
  }
})
