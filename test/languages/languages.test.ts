// Runs the examples of other languages with Debian's packages, each in an empty folder against the packed package.
import { cpSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { npmInstall, packTarball, repository, runIn, temporaryFolder } from '../support/package.ts'

const tarball = packTarball(t)

const jars = [
  'junit-jupiter-api',
  'junit-jupiter-engine',
  'junit-platform-commons',
  'junit-platform-engine',
  'junit-platform-launcher',
  'junit-platform-reporting',
  'junit-platform-console',
  'opentest4j',
  'apiguardian-api',
  'picocli',
].map(name => `/usr/share/java/${name}.jar`)
const classPath = ['classes', ...jars].join(':')
const exec = ['node_modules/.bin/ncp-dataflow-emulator', 'exec', '--fixtures', 'none', '--run-time', '100ms', '--']

const languages: { name: string; commands: readonly (readonly string[])[]; passed: RegExp }[] = [
  { name: 'pytest', commands: [['/usr/bin/python3', '-m', 'pytest']], passed: /^=+ 3 passed in /m },
  { name: 'go', commands: [['go', 'test', '-v', './...']], passed: /(?:--- PASS: .*\n[\s\S]*){3}\nok / },
  {
    name: 'junit',
    commands: [
      ['javac', '-encoding', 'UTF-8', '-d', 'classes', '-cp', classPath, 'DataFlow.java', 'DataFlowTest.java'],
      ['java', '-cp', classPath, 'org.junit.platform.console.ConsoleLauncher', '--scan-classpath', 'classes'],
    ],
    passed: /\[ +3 tests successful +\][\s\S]*\[ +0 tests failed +\]/,
  },
  { name: 'php', commands: [[...exec, 'php', 'dataflow.php']], passed: /^all checks passed\n$/ },
  { name: 'ruby', commands: [[...exec, 'ruby', 'dataflow.rb']], passed: /^all checks passed\n$/ },
]

/** The processes that run in a folder. */
function processesIn(cwd: string): string[] {
  return readdirSync('/proc').filter(name => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`).startsWith(cwd)
    } catch {
      return false // ended since it was listed, or not ours
    }
  })
}

for (const { name, commands, passed } of languages) {
  t.test(`passes the example for ${name} and leaves no process behind`, async t => {
    const cwd = temporaryFolder(t, name)
    npmInstall(t, cwd, ['--no-save', tarball])
    cpSync(join(repository, 'examples', name), cwd, { recursive: true })
    let out = ''
    for (const [program = '', ...args] of commands) {
      const result = runIn(cwd, program, args, { LC_ALL: 'C.UTF-8' })
      t.equal(
        result.code,
        0,
        `${program}: ${result.code === 0 ? 'exit code' : `${result.out}${result.err}`.slice(-2000)}`,
      )
      out = result.out
    }
    t.match(out, passed)
    t.same(processesIn(cwd), [])
  })
}
