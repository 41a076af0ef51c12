import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { fakePair } from '../../src/config/config.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'
import { cli, run, sourceCli, start } from '../support/process.ts'

const target = '/api/v1/jobs?page=0'
const explain = (...args: string[]) => ['explain', '--journal', ...args]

/** Sends a request whose query was not signed, and one that is right. */
async function callBoth(url: string): Promise<void> {
  for (const signed of ['/api/v1/jobs', target]) {
    const headers = signRequest({ method: 'GET', target: signed, ...fakePair })
    await (await fetch(`${url}${target}`, { headers })).text()
  }
}

t.test('explains the last rejected request and one by its number', async t => {
  const { url, port } = await start(t, ['--admin-token', 'open-sesame'])
  await callBoth(url)
  const flags = ['--port', String(port), '--admin-token', 'open-sesame']
  const asked = (...args: string[]) => cli(t, explain(...args), {}, sourceCli).ended
  const built = (...args: string[]) => cli(t, explain(...args)).ended
  t.match(await asked('last', ...flags), {
    code: 1,
    err: '',
    out: /^request 1: GET \/api\/v1\/jobs\?page=0\ncredentialsInvalid: .*\n\nexplained \(query-left-out\)\nYou signed the path without its query;/,
  })
  const { code, out } = await asked('1', '--json', ...flags)
  t.equal(code, 1)
  t.match(JSON.parse(out), { number: 1, verdict: 'credentialsInvalid', diagnosis: { cause: 'query-left-out' } })
  t.match(await built('2', ...flags), { code: 0, err: '', out: /^request 2: GET .*\npassed\n$/ })
  t.match(await asked('7', ...flags), { code: 1, out: '', err: /has no request 7 in its journal/ })
  t.match(await asked('last', ...flags.slice(0, 2)), { code: 1, out: '', err: /requires its --admin-token/ })
  t.match(await built('last', ...flags.slice(0, 2), '--admin-token', 'x'), {
    code: 1,
    err: /requires its --admin-token/,
  })
})

t.test('says when the journal holds nothing, is off, or nobody listens', async t => {
  const { url, port, child, ended } = await start(t)
  const asked = (port: number, code?: readonly string[]) =>
    cli(t, explain('last', '--port', String(port)), {}, code).ended
  t.match(await asked(port), { code: 1, out: '', err: /has no rejected request in its journal/ })
  await callBoth(url)
  child.kill('SIGTERM')
  await ended
  t.match(await asked(port, sourceCli), {
    code: 1,
    out: '',
    err: /emulator at http:.* could not be read: .*ECONNREFUSED/,
  })
  const off = await start(t, ['--journal', '0'])
  await callBoth(off.url)
  t.match(await asked(off.port), { code: 1, out: '', err: /has no rejected request .*is the journal off/ })
  const other = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1')
  t.teardown(() => other.close())
  await new Promise(resolve => other.once('listening', resolve))
  t.match(await asked((other.address() as AddressInfo).port, sourceCli), { code: 1, err: /responded with 200: hello/ })
})

t.test('reads the journal over TLS', async t => {
  const { port } = await start(t, ['--tls'])
  const headers = Object.entries(signRequest({ method: 'GET', target: '/api/v1/jobs', ...fakePair }))
  const given = headers.flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  await run(t, ['curl', '-sk', '--noproxy', '*', ...given, `https://127.0.0.1:${port}${target}`]).ended
  t.match(await cli(t, explain('last', '--tls', '--port', String(port)), {}, sourceCli).ended, {
    code: 1,
    err: '',
    out: /\(query-left-out\)/,
  })
})

t.test('rejects what --journal cannot be, and takes the start option from the environment alone', async t => {
  const asked = (args: readonly string[], code?: readonly string[], env = {}) => cli(t, args, env, code).ended
  t.match(await asked(explain('first'), sourceCli), {
    code: 2,
    err: /--journal "first": must be the number of a request, or last/,
  })
  t.match(await asked(explain('0')), { code: 2, err: /--journal "0": must be/ })
  t.match(await asked(explain('1', '--port', '0'), sourceCli), { code: 2, err: /--port 0: is any port/ })
  t.match(await asked(explain('1', '--body', 'x'), sourceCli), {
    code: 2,
    err: /takes no METHOD, TARGET, --header and --body/,
  })
  t.match(await asked(['start', '--journal', 'last']), { code: 2, err: /--journal/ })
  t.match(await asked(['explain', 'GET', '/a'], undefined, { NCP_DATAFLOW_JOURNAL: '5' }), {
    code: 1,
    out: /^explained/,
  })
})
