import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { openSession, targetUrl } from '../../src/cli/target.ts'
import { readConfig } from '../../src/config/command-line.ts'
import { checkTarget } from '../../src/conformance/session.ts'
import { startEmulator } from '../../src/library/index.ts'
import { cli } from '../support/process.ts'

/** The port of a server that listens until the test ends. */
async function portOf(test: Test, server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  test.teardown(() => server.close())
  return (server.address() as AddressInfo).port
}

const saying = (test: Test, listener: RequestListener) => portOf(test, createServer(listener))

/** A server that sends bytes that are no HTTP. */
const mumbling = (test: Test) =>
  portOf(
    test,
    createSocketServer(socket => socket.end('220 mail ready\r\n')),
  )

const html: RequestListener = (_request, response) =>
  void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in</title>')
const garbage: RequestListener = (_request, response) => void response.end('\u0000\u0001')
const busy: RequestListener = (_request, response) => void response.writeHead(429, { 'retry-after': '1' }).end('{}')

/** Runs a command to its end; it must say one sentence and nothing on standard output. */
async function refused(test: Test, args: readonly string[], sentence: RegExp): Promise<void> {
  const { code, err, out } = await cli(test, args).ended
  const lines = err.trimEnd().split('\n')
  test.equal(code, 2, err)
  test.equal(out, '')
  test.match(lines.at(-1), sentence)
  test.ok(lines.length <= 2, err)
}

t.test('ends compare with 2 and a sentence when it cannot run', async t => {
  const emulator = await startEmulator()
  const secure = await startEmulator({ tls: true })
  t.teardown(() => Promise.all([emulator.stop(), secure.stop()]))
  const { port: plainPort } = new URL(emulator.url)
  const { port: securePort } = new URL(secure.url)
  const own = ['--access-key', 'ncp_iam_OWN', '--secret-key', 'own']
  const local = (port: number | string) => `http://127.0.0.1:${port}`
  const cases: readonly (readonly [target: string, flags: readonly string[], sentence: RegExp])[] = [
    [local(await saying(t, html)), [], /: the target responds 200 with HTML; --target must name the API, such as/],
    [local(await saying(t, garbage)), [], /: the target responds 200 with something that is not JSON; --target must/],
    [local(await saying(t, busy)), [], /: the target responds 429 after 3 retries; try again later$/],
    [local(await mumbling(t)), [], /: no response: .*\(the target does not speak HTTP; is it an https:/],
    [local(9), [], /: no response: connect ECONNREFUSED 127\.0\.0\.1:9 \(nothing listens there\)$/],
    ['http://no-such-host.invalid', own, /: no response: .* \(the name of the target is not known\)$/],
    [emulator.url, own, /: the target rejects the keys \(401: ".+"\); check NCLOUD_ACCESS_KEY/],
    [emulator.url, ['--gateway-skew', '600000'], /: the clock of this machine is 10 minutes ahead of that of the/],
    [emulator.url, ['--gateway-skew', '-600000'], /: the clock of this machine is 10 minutes behind that of the/],
    [`https://127.0.0.1:${plainPort}`, [], /: no response: .*\(the target does not speak TLS .*is it an http:/],
    // 127.0.0.1 in a spelling that is not taken for the loopback, so that certificates count.
    [
      `https://[::ffff:127.0.0.1]:${securePort}`,
      own,
      /: no response: .*\(the certificate of the target is not trusted/,
    ],
    [
      'https://dataflow.apigw.ntruss.com',
      [],
      /compare: the built-in key pair is never sent to dataflow\.apigw\.ntruss/,
    ],
  ]
  await Promise.all(
    cases.map(([target, flags, sentence]) => refused(t, ['compare', '--target', target, ...flags], sentence)),
  )
})

t.test('ends pull with 2 and a sentence, and writes nothing', async t => {
  const cases: readonly (readonly [target: string, sentence: RegExp])[] = [
    [`http://127.0.0.1:${await saying(t, html)}`, /: the target responds 200 with HTML; .*; nothing was written$/],
    ['http://127.0.0.1:9', /: no response: .* \(nothing listens there\); nothing was written$/],
    ['https://dataflow.apigw.ntruss.com', /pull: the built-in key pair is never sent to dataflow\.apigw\.ntruss\.com/],
  ]
  const out = t.testdir()
  await Promise.all(
    cases.map(([target, sentence]) => refused(t, ['pull', '--target', target, '--out', `${out}/f.json`], sentence)),
  )
})

t.test('says before pull opens anything that the budget is too small', async t => {
  const emulator = await startEmulator()
  t.teardown(() => emulator.stop())
  const out = t.testdir()
  const { code, err } = await cli(t, ['pull', '--target', emulator.url, '--out', `${out}/f.json`, '--budget', '9'])
    .ended
  t.equal(code, 2)
  t.match(
    err,
    /the account needs (\d+) requests, the budget is 9; give --budget \1 or more, or fewer --executions; nothing/,
  )
  t.equal(emulator.journal.count({ operation: 'getJob' }), 0)
  t.same(readdirSync(out), [])
})

t.test('gives pseudonyms with which an emulator starts', async t => {
  const emulator = await startEmulator()
  t.teardown(() => emulator.stop())
  const file = `${t.testdir()}/f.json`
  const { code } = await cli(t, ['pull', '--target', emulator.url, '--out', file, '--pseudonymise']).ended
  t.equal(code, 0)
  const text = readFileSync(file, 'utf8')
  const jobs = emulator.jobs.list()
  for (const { name, jobId } of jobs) t.notOk(text.includes(`"${name}"`) || text.includes(jobId), name)
  const again = await startEmulator({ fixtures: file })
  t.teardown(() => again.stop())
  t.equal(again.jobs.list().length, jobs.length)
})

t.test('gives up on a target that does not respond in time', async t => {
  const port = await saying(t, () => {})
  const line = readConfig(['compare', '--target', `http://127.0.0.1:${port}`], {})
  const session = openSession(line, targetUrl(line), { budget: 5, timeoutMs: 100 })
  await t.rejects(checkTarget(session, '/api/v1/jobs'), {
    name: 'TargetError',
    message: 'no response: no response in 0.1 s',
  })
})

t.test('deletes what compare created when SIGINT ends it', async t => {
  for (const operation of ['createTrigger', 'createJob', 'createWorkflow', 'updateJob'] as const) {
    const emulator = await startEmulator({
      // Time for the signal to arrive between a creation and its response.
      faults: [{ operation, times: 1, effect: { kind: 'delay', time: 1500, at: 'answer' } }],
    })
    const { child, ended } = cli(t, ['compare', '--target', emulator.url, '--allow-writes'])
    while (emulator.journal.count({ operation }) === 0) await sleep(10)
    child.kill('SIGINT')
    const { code, err, out } = await ended
    t.equal(code, 2, operation)
    t.match(
      err,
      /Deleted what was created; the service may keep deleted jobs with status DELETED\.\n.*: interrupted\n$/,
    )
    t.equal(out, '')
    const left = [
      ...emulator.jobs.list().filter(({ status }) => status !== 'DELETED'),
      ...emulator.triggers.list(),
      ...emulator.workflows.list(),
    ]
    t.ok(left.length > 0)
    t.same(
      left.filter(({ name }) => name.startsWith('cmp_')),
      [],
      operation,
    )
    await emulator.stop()
  }
})
