import { fileURLToPath } from 'node:url'
import t from 'tap'
import { run } from '../support/process.ts'

const library = fileURLToPath(new URL('../../dist/index.js', import.meta.url))

/** A program that loads the package, replaces the timers by ones that never fire, and uses an emulator. */
const program = (fake: string) => `
  import { once } from 'node:events'
  import { get } from 'node:http'
  import { mock } from 'node:test'
  import { signRequest, startEmulator } from ${JSON.stringify(library)}
  const never = () => 0
  ${fake}
  const emulator = await startEmulator({ faults: ['slow'] })
  const headers = signRequest({ method: 'GET', target: '/api/v1/jobs', ...emulator.credentials })
  const [response] = await once(get(emulator.url + '/api/v1/jobs', { headers, agent: false }), 'response')
  response.resume()
  await once(response, 'end')
  await emulator.stop()
  process.stdout.write('status ' + response.statusCode)
`

const fakes = {
  'mock timers of node:test':
    "mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate', 'Date'], now: 1e12 })",
  'globals that never call back':
    "for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']) globalThis[name] = never",
}

for (const [title, fake] of Object.entries(fakes)) {
  t.test(`starts, waits and stops under ${title}`, async t => {
    const { out, err } = await run(t, [process.execPath, '--input-type=module', '-e', program(fake)]).ended
    t.equal(out, 'status 200', err)
  })
}
