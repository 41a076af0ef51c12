import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { copyExamples, npmInstall, packTarball, runIn } from '../support/package.ts'

const examples = copyExamples(t)
const tarball = packTarball(t)

interface Counted {
  readonly numTotalTests: number
  readonly numPassedTests: number
}

/** What Jest and Vitest report as JSON. */
const inJson = (out: string) => {
  const { numTotalTests, numPassedTests }: Counted = JSON.parse(out.slice(out.indexOf('{')))
  return { total: numTotalTests, passed: numPassedTests }
}

const count = (text: string, pattern: RegExp) => Number(pattern.exec(text)?.[1])

const suites: {
  folder: string
  args: readonly string[]
  counts: (out: string) => { total: number; passed: number }
}[] = [
  { folder: 'vitest', args: ['--reporter=json'], counts: inJson },
  { folder: 'jest', args: ['--json'], counts: inJson },
  {
    folder: 'node-test',
    args: ['--test-reporter=tap'],
    counts: out => ({ total: count(out, /^# tests (\d+)$/m), passed: count(out, /^# pass (\d+)$/m) }),
  },
  {
    folder: 'tap',
    args: ['--reporter=tap'],
    counts: out => ({ total: count(out, /^ {4}1\.\.(\d+)$/m), passed: out.match(/^ {4}ok \d+ - /gm)?.length ?? 0 }),
  },
]

/** How many tests a folder holds, by their text. */
const written = (folder: string): number =>
  readdirSync(join(examples, folder))
    .filter(name => /\.test\.[cm]?js$/.test(name))
    .flatMap(name => readFileSync(join(examples, folder, name), 'utf8').match(/^(t\.)?test\(/gm) ?? []).length

for (const { folder, args, counts } of suites) {
  t.test(`passes every test of the example for ${folder}`, async t => {
    const cwd = join(examples, folder)
    npmInstall(t, cwd, [tarball])
    const { code, out, err } = runIn(cwd, 'npm', ['--silent', 'test', '--', ...args])
    t.equal(code, 0, code === 0 ? 'exit code' : `${out}${err}`.slice(-2000))
    const tests = written(folder)
    t.ok(tests >= 4)
    t.same(counts(out), { total: tests, passed: tests })
  })
}

t.test('runs in Jest as a CommonJS package, without a flag', async t => {
  const { code, err } = runIn(join(examples, 'jest'), process.execPath, ['node_modules/jest/bin/jest.js', 'in-process'])
  t.equal(code, 0, code === 0 ? 'exit code' : err.slice(-2000))
  t.match(err, /Tests: +2 passed, 2 total/)
})

const underFakeTimers = `
const { startEmulator } = require('ncp-dataflow-emulator')
test('starts, waits and stops under fake timers', async () => {
  jest.useFakeTimers()
  const emulator = await startEmulator({ faults: ['slow'] })
  const waiting = fetch(emulator.url + '/api/v1/jobs')
  expect((await waiting).status).toBe(401)
  await emulator.stop()
})`

t.test('runs in Jest under fake timers, installed before or after the import', async t => {
  const project = join(examples, 'jest', 'fake-timers')
  mkdirSync(project)
  writeFileSync(join(project, 'fake-timers.test.cjs'), underFakeTimers)
  for (const enableGlobally of [false, true]) {
    const config = {
      rootDir: project,
      transform: {},
      testMatch: ['<rootDir>/*.test.cjs'],
      fakeTimers: { enableGlobally },
    }
    const args = ['node_modules/jest/bin/jest.js', '--config', JSON.stringify(config)]
    const { code, err } = runIn(join(examples, 'jest'), process.execPath, args)
    t.equal(code, 0, code === 0 ? `enableGlobally: ${enableGlobally}` : err.slice(-2000))
  }
})
