import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { numberOf } from '../../src/cli/compare.ts'
import { targetUrl } from '../../src/cli/target.ts'
import { readConfig } from '../../src/config/command-line.ts'
import { startEmulator } from '../../src/library/index.ts'
import { cli, sourceCli } from '../support/process.ts'

const folder = mkdtempSync(join(tmpdir(), 'compare-'))
t.teardown(() => rmSync(folder, { recursive: true }))

const run = (test: Test, args: readonly string[]) => cli(test, ['compare', ...args], {}, sourceCli).ended

t.test('compares, reports and suggests', async t => {
  const emulator = await startEmulator({ assume: { count: 'page', pastEnd: 'refuse' } })
  const written = await startEmulator({ assume: { jobNames: 'unique', runStatus: '202' } })
  t.teardown(() => Promise.all([emulator.stop(), written.stop()]))
  const report = join(folder, 'report.md')
  const [table, suggested, flags, equal] = await Promise.all([
    run(t, ['--target', emulator.url, '--report', report]),
    run(t, ['--target', `${emulator.url}/api/v1`, '--suggest', '--json']),
    run(t, ['--target', emulator.url, '--suggest']),
    run(t, ['--target', written.url, '--json', '--allow-writes', '--allow-runs']),
  ])
  t.equal(table.code, 1)
  t.match(table.err, /^Compares 127\.0\.0\.1:\d+ with edition 2025-03: at most 500 requests\. It only reads\.\n$/)
  t.match(table.out, /^different {7}assumption\.count \(assumed\)\n {2}expected total: .*\n {2}seen {5}page: /)
  t.match(table.out, /\n\d+ as claimed, 2 different, \d+ not observable; \d+ requests sent\n$/)
  const text = readFileSync(report, 'utf8')
  t.match(text, /^# Comparison with edition 2025-03\n/)
  t.match(text, /\| `assumption\.pastEnd`: .* \| assumed \| empty: .* \| refuse: .* \|\n/)
  t.notMatch(text, /ncp_iam_|127\.0\.0\.1/)
  t.same(JSON.parse(suggested.out), { assume: { count: 'page', pastEnd: 'refuse' } })
  t.match(flags.out, /^--assume count=page\n--assume pastEnd=refuse\n$/)
  t.match(equal.err, /It creates objects and deletes them, and runs jobs, which costs money/)
  t.match(JSON.parse(equal.out), {
    edition: '2025-03',
    counts: { different: 2 },
    assume: { jobNames: 'unique', runStatus: '202' },
    left: [],
  })
})

t.test('ends with 2 when it cannot run, and follows no redirect', async t => {
  let followed = 0
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/elsewhere')) followed += 1
    response.writeHead(302, { location: '/elsewhere' }).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const { port } = server.address() as AddressInfo
  const [redirect, unreachable] = await Promise.all([
    run(t, ['--target', `http://127.0.0.1:${port}`]),
    run(t, ['--target', 'http://127.0.0.1:9', '--budget', '3']),
  ])
  t.equal(redirect.code, 2)
  t.match(redirect.err, /compare: 127\.0\.0\.1:\d+: the target redirects \(302\)/)
  t.equal(followed, 0)
  t.equal(unreachable.code, 2)
  t.match(unreachable.err, /compare: 127\.0\.0\.1:9: no response: connect ECONNREFUSED/)
})

t.test('sends the built-in keys nowhere else', async t => {
  const pair = ['--access-key', 'ncp_iam_EMULATORACCESSKEY', '--secret-key', 'ncp_iam_EMULATORSECRETKEY']
  const url = (words: readonly string[]) => targetUrl(readConfig(['compare', ...words], {}))
  const message = /^compare: the built-in key pair is never sent to \S+; set NCLOUD_ACCESS_KEY and NCLOUD_SECRET_KEY/
  for (const target of ['https://dataflow.apigw.ntruss.com', 'http://10.0.0.1', 'http://box:6270']) {
    for (const words of [[], pair]) {
      t.throws(() => url(['--target', target, ...words]), { name: 'UsageError', message })
    }
    t.equal(url(['--target', target, '--access-key', 'a', '--secret-key', 'b']).origin, target)
  }
  t.throws(() => url([]), { name: 'UsageError', message: /^compare: needs --target URL/ })
  t.throws(() => url(['--target', 'ftp://a']), {
    name: 'UsageError',
    message: /^--target "ftp:\/\/a": must be an http/,
  })
  t.throws(() => numberOf('budget', '0', 1), { message: '--budget "0": must be a whole number from 1 to 999999' })
})
