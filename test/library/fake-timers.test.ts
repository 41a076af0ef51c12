import { fileURLToPath } from 'node:url'
import t from 'tap'
import { run } from '../support/process.ts'

const library = fileURLToPath(new URL('../../dist/index.js', import.meta.url))

interface Fakes {
  /** Statements that install the fakes. */
  readonly install: string
  /** They are installed before the package is loaded. */
  readonly beforeImport?: true
}

/** A program that installs timers that never fire, and uses an emulator; ends with 9 when that takes too long. */
const program = ({ install, beforeImport }: Fakes) => `
  import { once } from 'node:events'
  import { get } from 'node:http'
  import { mock } from 'node:test'
  setTimeout(() => process.reallyExit(9), 60_000).unref()
  const never = () => 0
  const load = () => import(${JSON.stringify(library)})
  const early = ${beforeImport ? 'undefined' : 'await load()'}
  ${install}
  const { signRequest, startEmulator } = early ?? (await load())
  const emulator = await startEmulator({ faults: ['slow'] })
  const headers = signRequest({ method: 'GET', target: '/api/v1/jobs', ...emulator.credentials })
  const [response] = await once(get(emulator.url + '/api/v1/jobs', { headers, agent: false }), 'response')
  response.resume()
  await once(response, 'end')
  await emulator.stop()
  process.stdout.write('status ' + response.statusCode)
`

const replaceGlobals =
  "for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']) globalThis[name] = never"
/** As Jest does it: a copy of `process` for the test, so that Node keeps its own nextTick. */
const replaceNextTick = 'globalThis.process = Object.create(process, { nextTick: { value: never } })'

const fakes: Readonly<Record<string, Fakes>> = {
  'mock timers of node:test': {
    install: "mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate', 'Date'], now: 1e12 })",
  },
  'globals that never call back': { install: `${replaceGlobals}; ${replaceNextTick}` },
  'fake timers of Jest that were installed before the import': {
    install: `never.clock = {}; ${replaceGlobals}; ${replaceNextTick}`,
    beforeImport: true,
  },
  'legacy fake timers of Jest that were installed before the import': {
    install: `never._isMockFunction = true; ${replaceGlobals}; ${replaceNextTick}`,
    beforeImport: true,
  },
}

for (const [title, fake] of Object.entries(fakes)) {
  t.test(`starts, waits and stops under ${title}`, async t => {
    const { out, err } = await run(t, [process.execPath, '--input-type=module', '-e', program(fake)]).ended
    t.equal(out, 'status 200', err)
  })
}
