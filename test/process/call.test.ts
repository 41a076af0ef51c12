import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { cli, sourceCli, start } from '../support/process.ts'

t.test('creates a job with call, filters by a Korean name with a space, and reports a wrong id', async t => {
  const { port } = await start(t, ['--fixtures', 'none'])
  const call = (...words: string[]) => cli(t, ['call', ...words, '--port', String(port)]).ended
  const made = await call('POST', '/api/v1/jobs', '--data', '{"name":"orders","nodes":[]}')
  t.match(made, { code: 0, out: /^HTTP\/1\.1 201 Created\n\{"jobId":"\w+".*\}\n$/, err: '' })
  const found = await call('GET', '/api/v1/jobs?name=주문 적재')
  t.match(found, { code: 0, out: /^HTTP\/1\.1 200 OK\n\{.*"count":0,.*\}\n$/, err: '' })
  t.match(await call('GET', '/api/v1/jobs/nosuch'), { code: 4, out: /^HTTP\/1\.1 404 Not Found\n\{"error":/, err: '' })
})

/** A server that gives one answer to every request, and what it was asked. */
async function server(t: Test, status: number, headers: Readonly<Record<string, string>>, body?: string) {
  const targets: string[] = []
  const listening = createServer((request, response) => {
    targets.push(request.url ?? '')
    response.writeHead(status, headers)
    if (body === undefined) response.flushHeaders()
    else response.end(body)
  })
  await new Promise<void>(resolve => listening.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    listening.closeAllConnections()
    listening.close()
  })
  return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, targets, listening }
}

t.test('returns the class of a response as the exit code of call', async t => {
  for (const [status, code] of [
    [503, 5],
    [307, 3],
  ] as const) {
    const { url, targets } = await server(t, status, { location: '/elsewhere' }, 'sorry')
    const { code: got, out } = await cli(
      t,
      ['call', 'GET', '/a?n=한'],
      { DATAFLOW_URL: url },
      code === 3 ? sourceCli : undefined,
    ).ended
    t.equal(got, code)
    t.match(out, new RegExp(`^HTTP/1.1 ${status} .*\nsorry\n$`))
    t.same(targets, ['/a?n=%ED%95%9C'], 'one request, no redirect followed')
  }
})

t.test('reports in one line that call gets no response', async t => {
  const { url, listening } = await server(t, 200, { 'content-length': '5' })
  const cut = cli(t, ['call', 'GET', `${url}/a`], {}, sourceCli)
  listening.once('request', () => setTimeout(() => listening.closeAllConnections(), 100))
  t.match(await cut.ended, {
    code: 1,
    out: '',
    err: /^ncp-dataflow-emulator: call: no response from 127\.0\.0\.1:\d+: aborted\n$/,
  })
  listening.close()
  t.match(await cli(t, ['call', 'GET', `${url}/a`]).ended, {
    code: 1,
    err: /^ncp-dataflow-emulator: call: no response from 127\.0\.0\.1:\d+: connect ECONNREFUSED \S+\n$/,
  })
})

t.test('names the file that call cannot read for --tls-ca-out', async t => {
  const flags = ['--tls', '--tls-ca-out', '/no/such', '--access-key', 'k', '--secret-key', 's']
  t.match(await cli(t, ['call', 'GET', 'https://emulator.test/a', ...flags], {}, sourceCli).ended, {
    code: 2,
    err: /^ncp-dataflow-emulator: --tls-ca-out "\/no\/such": cannot read it/,
  })
})
