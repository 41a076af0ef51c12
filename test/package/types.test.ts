import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { createProject, npmInstall, packTarball, repository, runIn } from '../support/package.ts'

const name = 'ncp-dataflow-emulator'
const tsc = join(repository, 'node_modules', 'typescript', 'bin', 'tsc')
const project = createProject(t, 'types')
npmInstall(t, project, [packTarball(t)])

const use = `
export async function use(options: EmulatorOptions): Promise<number> {
  const emulator: RunningEmulator = await startEmulator({ ...options, edition: '2026-09', assume: { count: 'page' } })
  const headers = signRequest({ method: 'GET', target: '/api/v1/jobs', ...emulator.credentials })
  const response = await emulator.inject({ method: 'GET', url: '/api/v1/jobs', headers })
  await emulator.stop()
  return response.statusCode
}
// @ts-expect-error: no edition of this name
void startEmulator({ edition: '1999-01' })
// @ts-expect-error: no assumption of this name
void startEmulator({ assume: { nothing: 'x' } })
`
const imported = `import { type EmulatorOptions, type RunningEmulator, signRequest, startEmulator } from '${name}'\n`
const required = `import emulators = require('${name}')
const { signRequest, startEmulator } = emulators
type EmulatorOptions = emulators.EmulatorOptions
type RunningEmulator = emulators.RunningEmulator
`
writeFileSync(join(project, 'use.mts'), imported + use)
writeFileSync(join(project, 'use.cts'), required + use)
writeFileSync(join(project, 'use.ts'), imported + use)

const settings: { title: string; file: string; args: readonly string[] }[] = [
  { title: 'nodenext (.mts)', file: 'use.mts', args: ['--module', 'nodenext'] },
  { title: 'nodenext (.cts)', file: 'use.cts', args: ['--module', 'nodenext'] },
  { title: 'node16 (.mts)', file: 'use.mts', args: ['--module', 'node16'] },
  { title: 'node16 (.cts)', file: 'use.cts', args: ['--module', 'node16'] },
  { title: 'bundler', file: 'use.ts', args: ['--module', 'esnext', '--moduleResolution', 'bundler'] },
  { title: 'node10 with CommonJS', file: 'use.ts', args: ['--module', 'commonjs', '--moduleResolution', 'node10'] },
]

for (const { title, file, args } of settings) {
  t.test(`compiles under ${title}, without @types/node`, async t => {
    const strict = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'es2022', '--lib', 'es2022']
    const { code, out, err } = runIn(project, process.execPath, [tsc, ...strict, ...args, file])
    t.equal(code, 0, code === 0 ? 'exit code' : `${out}${err}`.slice(-2000))
  })
}
