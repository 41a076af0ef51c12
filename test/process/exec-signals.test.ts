import t, { type Test } from 'tap'
import { cli, descendants, onTerminal, run, sourceCli } from '../support/process.ts'

const sh = (script: string) => ['exec', '--fixtures', 'none', '--', '/bin/sh', '-c', script]

/** Whether a process still runs; one that only waits to be reaped does not. */
const runs = async (t: Test, pid: string) =>
  /^\S/.test((await run(t, ['ps', '-o', 'pid=', '--ppid', '0', '-p', pid]).ended).out.trim())

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  t.test(`passes ${signal} on to every process of an exec command, and leaves none`, async t => {
    const inner = 'sleep 300 & sleep 300 & echo started; wait'
    const running = cli(t, sh(`sh -c '${inner}'`), {}, signal === 'SIGTERM' ? sourceCli : undefined)
    await running.saw(/started/)
    const processes = descendants(running.child.pid ?? 0)
    t.ok(processes.length >= 3, `${processes.length} processes`)
    running.child.kill(signal)
    t.match(await running.ended, { code, err: '' })
    for (const pid of processes) t.notOk(await runs(t, String(pid)), `process ${pid} has ended`)
  })
}

t.test('lets the exec command handle a signal', async t => {
  const running = cli(t, sh('trap "echo cleaned; exit 3" TERM; echo started; while :; do sleep 0.1; done'))
  await running.saw(/started/)
  running.child.kill('SIGTERM')
  t.match(await running.ended, { code: 3, out: 'started\ncleaned\n' })
})

t.test('ends what the exec command leaves behind, even what ignores SIGTERM', async t => {
  const running = cli(t, sh(`sh -c 'trap "" TERM; exec sleep 300 >/dev/null 2>&1' & echo "left $!"`), {}, sourceCli)
  const pid = await running.saw(/left (\d+)\n/)
  t.match(await running.ended, { code: 0 })
  t.notOk(await runs(t, pid))
})

t.test('starts no exec command when told to stop before', async t => {
  const running = cli(t, ['exec', '--generate', '20000', '--', 'echo', 'started'], {}, sourceCli)
  const stop = setInterval(() => {
    // The handlers are there once Node has loaded our modules; a signal before that ends it by itself.
    running.child.kill('SIGTERM')
  }, 200)
  t.teardown(() => clearInterval(stop))
  const { code, signal, out } = await running.ended
  t.ok(code === 143 || signal === 'SIGTERM', String(code ?? signal))
  t.equal(out, '')
})

t.test('leaves Ctrl-C to the terminal, which signals the exec command itself', async t => {
  const command = [
    process.execPath,
    ...sourceCli,
    ...sh('trap "echo got it" INT; echo started; sleep 1; sleep 1; exit 5'),
  ]
  const running = onTerminal(t, command)
  await running.saw(/started/)
  running.child.stdin?.write('\x03')
  const { code, out } = await running.ended
  t.equal(code, 5)
  t.equal(out.match(/got it/g)?.length, 1, 'once')
})
