import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { record } from '../../src/cli/record.ts'
import { readConfig } from '../../src/config/command-line.ts'
import { signRequest, startEmulator } from '../../src/library/index.ts'
import { cli, sourceCli } from '../support/process.ts'

const folder = mkdtempSync(join(tmpdir(), 'record-'))
t.teardown(() => rmSync(folder, { recursive: true }))

const run = (test: Test, args: readonly string[]) => cli(test, ['record', ...args], {}, sourceCli)

t.test('records the targets of flags, a file and a journal, which --replay gives again', async t => {
  const emulator = await startEmulator({ tls: true })
  const front = await startEmulator({ fixtures: 'none' })
  t.teardown(() => Promise.all([emulator.stop(), front.stop()]))
  const asked = '/api/v1/triggers?page=0&limit=5'
  const headers = { ...signRequest({ method: 'GET', target: asked, ...front.credentials }) }
  await fetch(front.url + asked, { headers })
  await fetch(`${front.url}/api/v1/nothing`)
  const list = join(folder, 'targets.txt')
  writeFileSync(list, '# lists\nGET /api/v1/workflows\r\n\n/api/v1/jobs?page=0&limit=3\n')
  const out = join(folder, 'some', 'recording')
  const flags = ['--get', '/api/v1/jobs?page=0&limit=3', '--targets', list, '--from-journal', front.url]
  const [named, every] = await Promise.all([
    run(t, ['--target', emulator.url, '--out', out, ...flags]).ended,
    run(t, ['--target', emulator.url, '--out', join(folder, 'every'), '--keep-data', '--json']).ended,
  ])
  t.same(
    [named.code, named.err],
    [0, `Records 3 targets of ${new URL(emulator.url).host} (edition 2025-03): at most 500 requests. It only reads.\n`],
  )
  const files = ['jobs-page-0-limit-3.json', 'triggers-page-0-limit-5.json', 'workflows.json']
  t.same(readdirSync(out).sort(), files)
  t.match(named.out, /^as documented {2}200 GET \/api\/v1\/jobs\?page=0&limit=3 -> jobs-page-0-limit-3\.json\n/)
  t.match(JSON.parse(readFileSync(join(out, files[0] ?? ''), 'utf8')), {
    request: { method: 'GET', target: '/api/v1/jobs?page=0&limit=3' },
    response: { body: { list: [{ jobId: /^id0000000/ }], page: 0, limit: 3 } },
    recorded: { edition: '2025-03' },
  })
  t.equal(every.code, 0)
  t.ok(JSON.parse(every.out).exchanges.length > 8)
  const replaying = await startEmulator({ replay: join(folder, 'every'), fixtures: 'none' })
  t.teardown(() => replaying.stop())
  const target = '/api/v1/jobs?page=0&limit=100'
  const sign = () => ({
    method: 'GET' as const,
    url: target,
    headers: { ...signRequest({ method: 'GET', target, ...emulator.credentials }) },
  })
  t.equal((await replaying.inject(sign())).body, (await emulator.inject(sign())).body)
})

t.test('reports what does not fit with 1, and leaves nothing when it cannot run or is interrupted', async t => {
  let hung = () => {}
  const hanging = new Promise<void>(resolve => {
    hung = resolve
  })
  const ofList = JSON.stringify({ list: [], count: 0, page: 0, limit: 100 })
  const server = createServer((request, response) => {
    const { url = '' } = request
    if (url.includes('limit=77')) return hung()
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(url.includes('limit=100') ? ofList : '{"secret-name":1}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const target = ['--target', `http://127.0.0.1:${(server.address() as AddressInfo).port}`]
  const file = join(folder, 'file')
  writeFileSync(file, '')
  mkdirSync(join(folder, 'taken', 'jobs-limit-5.json'), { recursive: true })
  const out = (name: string) => ['--out', join(folder, name)]
  const interrupted = run(t, [...target, ...out('none'), '--get', '/api/v1/jobs?limit=77'])
  const [different, unreachable] = await Promise.all([
    run(t, [...target, ...out('odd'), '--get', '/api/v1/jobs?limit=5']).ended,
    run(t, ['--target', 'http://127.0.0.1:9', ...out('none')]).ended,
    hanging.then(() => void interrupted.child.kill('SIGINT')),
  ])
  t.equal(different.code, 1)
  t.match(different.out, /^different {6}200 GET .*limit=5 -> jobs-limit-5\.json\n {2}\/list is missing\n/)
  for (const [{ code, err }, message] of [
    [unreachable, /record: 127\.0\.0\.1:9: no response: .*; nothing was written\n$/],
    [await interrupted.ended, /record: .*: interrupted; nothing was written\n$/],
  ] as const) {
    t.match(err, message)
    t.equal(code, 2)
  }
  for (const [args, message] of [
    [[...out('file'), '--get', '/api/v1/jobs?limit=5'], /^--out ".*file": cannot be written: EEXIST/],
    [[...out('taken'), '--get', '/api/v1/jobs?limit=5'], /^--out ".*taken": cannot be written: EISDIR/],
    [[], /^record: needs --out DIR, such as recordings$/],
    [
      [...out('none'), '--get', '/api/v1/job'],
      /^record: edition 2025-03 has no operation that reads "\/api\/v1\/job"; give/,
    ],
    [
      [...out('none'), '--targets', file],
      /^record: there is no target to read in what --get, --targets or --from-journal name$/,
    ],
    [
      [...out('none'), '--from-journal', 'http://127.0.0.1:9'],
      /^--from-journal .*: has no journal to read: connect ECONNREFUSED/,
    ],
    [[...out('none'), '--from-journal', target[1] ?? ''], /^--from-journal .*: has no journal to read: /],
  ] as const) {
    await t.rejects(record(readConfig(['record', ...target, ...args], {})), { name: 'UsageError', message })
  }
  t.same(readdirSync(join(folder, 'taken')), ['jobs-limit-5.json'])
  t.equal(existsSync(join(folder, 'none')), false)
})
