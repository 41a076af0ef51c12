import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Copy, DockerfileParser, type Instruction, type JSONInstruction } from 'dockerfile-ast'
import t from 'tap'
import { parse } from 'yaml'
import { commands } from '../../src/config/commands.ts'
import { options } from '../../src/config/options.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const manifest = JSON.parse(read('package.json'))

/** What `npm ci` and `npm run build` put into the build stage. */
const made = ['dist', 'node_modules']

interface Step {
  readonly word: string
  readonly text: string
  readonly flags: readonly string[]
  readonly instruction: Instruction
}

/** The steps of each stage, without its FROM, and what that was. */
const stages: { readonly from: string; readonly steps: Step[] }[] = []
for (const instruction of DockerfileParser.parse(read('Dockerfile')).getInstructions()) {
  const word = instruction.getKeyword()
  const text = instruction.getArgumentsContent() ?? ''
  const flags = 'getFlags' in instruction ? (instruction as JSONInstruction).getFlags().map(String) : []
  if (word === 'FROM') stages.push({ from: text, steps: [] })
  else stages.at(-1)?.steps.push({ word, text, flags, instruction })
}
const [build, runtime] = stages
const stepsOf = (word: string, stage = runtime) => stage?.steps.filter(step => step.word === word) ?? []

/** The words of a command in exec form; a shell form is no JSON and throws. */
const execForm = (text: string): string[] => JSON.parse(text.replace(/^.*?(?=\[)/s, ''))

/** Docker's rule: the last line that matches a path, or a folder above it, decides. */
function isIgnored(path: string): boolean {
  const lines = read('.dockerignore').split('\n')
  const above = path.split('/').map((_, index, steps) => steps.slice(0, index + 1).join('/'))
  const last = lines.findLast(line => {
    const pattern = line.replace(/^!/, '')
    return pattern !== '' && !pattern.startsWith('#') && (pattern === '*' || above.includes(pattern))
  })
  return last !== undefined && !last.startsWith('!')
}

t.test('builds in two stages of one slim release', async t => {
  t.equal(stages.length, 2)
  t.match(build?.from, /^node:\d+-[a-z]+-slim AS build$/)
  t.equal(`${runtime?.from} AS build`, build?.from)
  const major = Number(/\d+/.exec(runtime?.from ?? '')?.[0])
  t.ok(major >= 24 && major % 2 === 0, 'an LTS line')
  const native = JSON.parse(read('package-lock.json')).packages['node_modules/better-sqlite3']
  t.equal(native.engines.node, '>=22', 'one that the native module supports')
})

t.test('installs in the build stage only, and compiles nothing', async t => {
  const runs = stepsOf('RUN', build).map(({ text }) => text)
  for (const text of runs) t.notMatch(text, /apt-get|g\+\+|python/)
  const [install] = stepsOf('RUN', build).filter(({ text }) => text.startsWith('npm ci'))
  t.match(install?.flags, [/^--mount=type=cache,target=\/root\/\.npm$/])
  t.equal(runs.at(-1), 'npm prune --omit=dev')
  for (const { text } of stepsOf('RUN')) t.notMatch(text, /npm|apt|curl|wget/)
  for (const script of runs.flatMap(text => /npm run (\w+)/.exec(text)?.[1] ?? [])) t.hasProp(manifest.scripts, script)
  for (const name of /npm rebuild ([\w -]+)/.exec(install?.text ?? '')?.[1]?.split(' ') ?? []) {
    t.hasProp(manifest.allowScripts, name)
  }
})

const copies = stages.flatMap(({ steps }) => steps.filter(({ word }) => word === 'COPY'))
for (const { instruction, flags, text } of copies) {
  t.test(`finds the sources of COPY ${text}`, async t => {
    const words = (instruction as Copy).getArguments().map(argument => argument.getValue())
    for (const source of words.slice(0, -1)) {
      if (flags.includes('--from=build')) {
        t.ok(made.includes(source.replace('/app/', '')), `${source} is made by the build stage`)
      } else {
        t.ok(existsSync(join(root, source)), `${source} exists`)
        t.notOk(isIgnored(source), `${source} is sent to the builder`)
      }
    }
  })
}

t.test('holds what the package ships, and what that needs', async t => {
  const held = stepsOf('COPY').flatMap(({ instruction }) =>
    (instruction as Copy).getArguments().map(argument => argument.getValue().replace('/app/', '')),
  )
  const shipped = manifest.files.filter((path: string) => !path.endsWith('.md'))
  for (const path of [...shipped, 'node_modules', 'package.json', 'LICENSE']) t.ok(held.includes(path), path)
})

t.test('ignores what must not reach the builder', async t => {
  for (const path of ['.git', 'node_modules', 'dist', 'test', 'coverage', '.env', 'data.db'])
    t.ok(isIgnored(path), path)
})

t.test('runs as a user other than root, on the documented port, with /data to write to', async t => {
  t.same(
    stepsOf('USER').map(({ text }) => text),
    ['node'],
  )
  t.same(
    stepsOf('EXPOSE').map(({ text }) => text),
    [String(options.port.default)],
  )
  t.same(
    stepsOf('VOLUME').map(({ text }) => text),
    ['/data'],
  )
  t.match(stepsOf('RUN')[0]?.text, /mkdir \/data && chown node:0 \/data && chmod 775 \/data/)
  const environment = stepsOf('ENV')
    .map(({ text }) => text)
    .join(' ')
  t.match(environment, `${options.host.env}=0.0.0.0`)
  t.notMatch(environment, /KEY|SECRET/)
})

for (const word of ['ENTRYPOINT', 'HEALTHCHECK']) {
  t.test(`writes ${word} in exec form and names what exists`, async t => {
    const [step] = stepsOf(word)
    const [program, file = '', command] = execForm(step?.text ?? '')
    t.equal(program, 'node')
    t.equal(file, manifest.bin[manifest.name])
    t.ok(existsSync(join(root, 'src', 'cli', 'main.ts')) && dirname(file) === 'dist', 'the bundle of src/cli/main.ts')
    if (word === 'HEALTHCHECK') t.ok(command === 'health' && Object.hasOwn(commands, command))
  })
}

t.test('matches the image in compose.yaml', async t => {
  const { services, volumes } = parse(read('compose.yaml'))
  const { environment, ...service } = services.dataflow
  t.match(service, { build: '.', read_only: true, cap_drop: ['ALL'], volumes: ['dataflow:/data'] })
  t.same(service.ports, [`127.0.0.1:${options.port.default}:${options.port.default}`])
  t.ok('dataflow' in volumes)
  const known = Object.values(options).map(({ env }) => env)
  for (const name of Object.keys(environment)) t.ok(known.includes(name), `${name} is an option`)
  t.match(environment.NCP_DATAFLOW_DB, /^\/data\//)
})
