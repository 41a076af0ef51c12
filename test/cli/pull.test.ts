import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { outputFile, replaceFile } from '../../src/cli/pull.ts'
import { readConfig } from '../../src/config/command-line.ts'
import { type RunningEmulator, signRequest, startEmulator } from '../../src/library/index.ts'
import { cli, sourceCli } from '../support/process.ts'

const folder = mkdtempSync(join(tmpdir(), 'pull-'))
t.teardown(() => rmSync(folder, { recursive: true }))

const pull = (test: Test, emulator: RunningEmulator, file: string, ...args: readonly string[]) =>
  cli(test, ['pull', '--target', emulator.url, '--out', join(folder, file), ...args], {}, sourceCli)

const started = async (test: Test, options: Parameters<typeof startEmulator>[0] = {}) => {
  const emulator = await startEmulator(options)
  test.teardown(() => emulator.stop())
  return emulator
}

const listOf = async ({ url, credentials }: RunningEmulator, list: string): Promise<unknown> => {
  const target = `/api/v1/${list}?page=0&limit=1000`
  const timestamp = Date.now()
  return (
    await fetch(url + target, { headers: { ...signRequest({ method: 'GET', target, timestamp, ...credentials }) } })
  ).json()
}

const temporaryFiles = () => readdirSync(folder).filter(name => name.endsWith('.tmp'))

t.test('writes a fixture that gives the same lists, from a target that fails now and then', async t => {
  const source = await started(t, {
    faults: [
      { after: 2, times: 1, effect: { kind: 'reset' } },
      { after: 5, times: 1, effect: { kind: 'refuse', error: 'rate', retryAfter: 1 } },
      { after: 8, times: 1, effect: { kind: 'refuse', error: 'unexpected' } },
      { after: 11, times: 1, effect: { kind: 'cut', bytes: 20 } },
      { after: 14, times: 1, effect: { kind: 'bad-json' } },
    ],
  })
  const { code, err, out } = await pull(t, source, 'a.json').ended
  t.equal(code, 0, err)
  t.match(err, /^Reads the account at 127\.0\.0\.1:\d+ \(edition 2025-03\): at most 10000 requests\. It only reads\.\n/)
  t.match(err, /\n\d+ jobs, 1 deleted job, \d+ triggers, \d+ workflows: \d+ more requests\n$/)
  t.match(out, /^wrote \S+a\.json: \d+ jobs, \d+ executions, \d+ triggers, \d+ workflows; \d+ requests sent\n$/)
  for (const { applied } of source.faults.list()) t.equal(applied, 1)
  t.same(temporaryFiles(), [])
  const restarted = await started(t, { fixtures: join(folder, 'a.json') })
  for (const target of ['jobs', 'triggers', 'workflows']) {
    t.same(await listOf(restarted, target), await listOf(source, target), target)
  }
})

t.test('says what is missing when a list is forbidden', async t => {
  const forbidden = { kind: 'refuse', error: 'ip-forbidden' } as const
  const source = await started(t, {
    faults: [
      { path: '/api/v1/workflows', effect: forbidden },
      { path: '/api/v1/jobs/job000000001', effect: forbidden },
    ],
    fixtures: {
      jobs: [{ jobId: 'job000000001', name: 'closed' }, { name: 'open' }],
      triggers: [{ name: 'by_hand' }],
      workflows: [{ name: 'flow', nodes: [{ type: 'TRIGGER', name: 'by_hand' }] }],
    },
  })
  const { code, err, out } = await pull(t, source, 'part.json').ended
  t.equal(code, 1)
  t.match(err, /warning: pull: missing: workflows: 403 \d+ [^\n]+\n/)
  t.match(err, /warning: pull: missing: 1 graphs and settings of jobs \(closed\): 403 /)
  t.match(out, /: 2 jobs, 0 executions, 1 trigger, 0 workflows;/)
  const restarted = await started(t, { fixtures: join(folder, 'part.json') })
  t.same(await listOf(restarted, 'jobs'), await listOf(source, 'jobs'))
})

t.test('writes nothing when it is interrupted, and keeps the file that was there', async t => {
  const source = await started(t, {
    faults: [{ operation: 'getJob', effect: { kind: 'delay', time: 60_000 } }],
  })
  writeFileSync(join(folder, 'kept.json'), 'before')
  const running = pull(t, source, 'kept.json', '--executions', '0')
  // A job is waited for.
  while (source.journal.count({ operation: 'getJob' }) === 0) await sleep(20)
  running.child.kill('SIGINT')
  const { code, err, out } = await running.ended
  t.equal(code, 2)
  t.match(
    err,
    /pull: 127\.0\.0\.1:\d+: interrupted, nothing was written; missing: (\d+) of \1 jobs and lists of executions\n/,
  )
  t.equal(out, '')
  t.equal(readFileSync(join(folder, 'kept.json'), 'utf8'), 'before')
  t.same(temporaryFiles(), [])
})

t.test('rejects a file that cannot be written before it reads anything', async t => {
  const file = (words: readonly string[]) => outputFile(readConfig(['pull', ...words], {}))
  t.throws(() => file([]), { name: 'UsageError', message: 'pull: needs --out FILE, such as fixture.json' })
  t.throws(() => file(['--out', join(folder, 'no', 'a.json')]), {
    message: /must be in a folder that exists and can be/,
  })
  mkdirSync(join(folder, 'sub'))
  t.throws(() => file(['--out', join(folder, 'sub')]), { message: /must be a file, is a folder/ })
  t.equal(file(['--out', join(folder, 'sub', 'a.json')]), join(folder, 'sub', 'a.json'))
  mkdirSync(join(folder, 'taken.json', 'x'), { recursive: true })
  t.throws(() => replaceFile(join(folder, 'taken.json'), 'text'), { message: /taken\.json": cannot be written: / })
  t.same(temporaryFiles(), [])
})
