import { setTimeout } from 'node:timers/promises'
import t from 'tap'
import { cli, sourceCli, start } from '../support/process.ts'

t.test('returns from health --wait when the emulator is ready, or when the time is over', async t => {
  const wait = (time: string, port: number, code?: readonly string[]) =>
    cli(t, ['health', '--wait', time, '--port', String(port)], {}, code).ended
  const { port, child, ended } = await start(t)
  child.kill('SIGTERM')
  await ended
  t.match(await wait('300ms', port, sourceCli), {
    code: 1,
    out: '',
    err: new RegExp(`^ncp-dataflow-emulator: no healthy emulator at http://127\\.0\\.0\\.1:${port} after 300ms: .+\n$`),
  })
  const waiting = wait('60s', port)
  const early = await Promise.race([waiting, setTimeout(500, 'waits')])
  t.equal(early, 'waits')
  await start(t, ['--port', String(port)])
  t.match(await waiting, { code: 0, out: /^\{"status":"ok".*\}\n$/, err: '' })
  t.match(await wait('soon', port), { code: 2, err: /^ncp-dataflow-emulator: --wait "soon": must be a time such as/ })
})
