import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { run } from '../support/process.ts'

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))
const example = (name: string) => path(`docs/examples/${name}`)

interface Counted {
  readonly numTotalTests: number
  readonly numPassedTests: number
}

/** What Jest and Vitest report as JSON. */
const inJson = (out: string) => {
  const { numTotalTests, numPassedTests }: Counted = JSON.parse(out)
  return { total: numTotalTests, passed: numPassedTests }
}

const count = (text: string, pattern: RegExp) => Number(pattern.exec(text)?.[1])

const suites: {
  folder: string
  args: readonly string[]
  counts: (out: string) => { total: number; passed: number }
}[] = [
  {
    folder: 'vitest',
    args: [path('node_modules/vitest/vitest.mjs'), 'run', '--root', example('vitest'), '--reporter=json'],
    counts: inJson,
  },
  {
    folder: 'jest',
    args: [
      '--experimental-vm-modules',
      path('node_modules/jest/bin/jest.js'),
      '--config',
      example('jest/jest.config.mjs'),
      '--json',
    ],
    counts: inJson,
  },
  {
    folder: 'node-test',
    args: ['--test', '--test-reporter=tap', example('node-test/jobs.test.mjs')],
    counts: out => ({ total: count(out, /^# tests (\d+)$/m), passed: count(out, /^# pass (\d+)$/m) }),
  },
  {
    folder: 'tap',
    args: [example('tap/jobs.test.mjs')],
    counts: out => ({ total: count(out, /^1\.\.(\d+)$/m), passed: out.match(/^ok \d+ - /gm)?.length ?? 0 }),
  },
]

/** How many tests a folder holds, by their text. */
const written = (folder: string): number =>
  readdirSync(example(folder))
    .filter(name => name.endsWith('.test.mjs'))
    .flatMap(name => readFileSync(example(`${folder}/${name}`), 'utf8').match(/^(t\.)?test\(/gm) ?? []).length

for (const { folder, args, counts } of suites) {
  t.test(`the example for ${folder} passes, every test of it`, async t => {
    // The test runner around this one is none of theirs, and neither is its coverage.
    const alone = { NODE_OPTIONS: '', _TAPJS_PROCESSINFO_COVERAGE_: '0' }
    const { code, out, err } = await run(t, [process.execPath, ...args], alone).ended
    t.equal(code, 0, code === 0 ? 'exit code' : `${out}${err}`.slice(-2000))
    const tests = written(folder)
    t.ok(tests >= 4)
    t.same(counts(out), { total: tests, passed: tests })
  })
}
