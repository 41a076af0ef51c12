import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import {
  createProject,
  type Manager,
  managers,
  packageManagers,
  packTarball,
  repository,
  runIn,
} from '../support/package.ts'
import { run } from '../support/process.ts'

const name = 'ncp-dataflow-emulator'
/** `PACKAGE_MANAGERS=npm` narrows the matrix. */
const wanted = managers.filter(manager =>
  (process.env.PACKAGE_MANAGERS ?? managers.join()).split(',').includes(manager),
)
const node = process.versions.node.split('.')[0]
const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))

/** Uses what is loaded when needed, too: the generator and the pages of Swagger UI. */
const program = (load: string) => `${load}
async function main() {
  const emulator = await startEmulator({ generate: 3, fixtures: 'none' })
  const target = '/api/v1/jobs?limit=2&name=' + encodeURIComponent('')
  const headers = signRequest({ method: 'GET', target, ...emulator.credentials })
  const response = await fetch(emulator.url + target, { headers })
  const page = await fetch(emulator.url + '/__admin/docs/static/swagger-ui-bundle.js')
  const { count } = await response.json()
  await emulator.stop()
  console.log(JSON.stringify([response.status, count, page.status]))
}
main()
`
const systems = {
  import: { file: 'use.mjs', text: program(`import { signRequest, startEmulator } from '${name}'`) },
  require: { file: 'use.cjs', text: program(`const { signRequest, startEmulator } = require('${name}')`) },
}

const sizeOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)

type Row = Readonly<Record<string, boolean>>
const rows = new Map<Manager, Row>()
const tarball = packTarball(t)
const commands = packageManagers(t, wanted)

for (const [manager, { install, execute }] of commands) {
  t.test(`works when ${manager} has installed it`, async t => {
    const row: Record<string, boolean> = {}
    rows.set(manager, row)
    const project = createProject(t, manager)
    const { code, out, err } = install(project, tarball)
    row.install = t.equal(code, 0, code === 0 ? 'installs' : `${out}${err}`.slice(-3000))
    t.notMatch(`${out}${err}`, /EBADENGINE|node-gyp/, 'no warning about engines, nothing compiled')

    const bin = join(project, 'node_modules', '.bin', name)
    row.bin = t.equal(runIn(project, bin, ['version']).out.trim(), version, 'the bin')
    const [tool, ...args] = execute
    row.npx = t.equal(runIn(project, tool, [...args, name, 'version']).out.trim(), version, [...args, name].join(' '))

    for (const [system, { file, text }] of Object.entries(systems)) {
      writeFileSync(join(project, file), text)
      const used = runIn(project, process.execPath, [file])
      t.equal(used.err, '')
      row[system] = t.equal(`${used.code} ${used.out.trim()}`, '0 [200,3,200]', system)
    }

    const emulator = run(t, [bin, '--port', '0'])
    const url = await emulator.saw(/listens on (http:\S+)\n/)
    t.equal((await fetch(`${url}/__admin/health`)).status, 200)
    emulator.child.kill('SIGTERM')
    t.equal((await emulator.ended).code, 0, 'ends with exit code 0 after SIGTERM')
    if (manager === 'npm') {
      const megabytes = sizeOf(join(project, 'node_modules')) / 1e6
      t.ok(megabytes < 45, `installs ${megabytes.toFixed(1)} MB, at most 45`)
    }
  })
}

t.test('matches docs/compatibility.md', async t => {
  const path = join(repository, 'docs', 'compatibility.md')
  const titles: Record<Manager, string> = { npm: 'npm 11', pnpm: 'pnpm 10', yarn: 'yarn 1.22' }
  const columns = ['install', 'bin', 'npx', 'import', 'require']
  const lines = [...rows].map(([manager, row]) => {
    const cells = columns.map(column => (row[column] ? 'works' : 'fails'))
    return `| ${[node, titles[manager], ...cells].join(' | ')} |`
  })
  const page = readFileSync(path, 'utf8')
  if (process.env.WRITE_COMPATIBILITY) {
    const key = (line: string) => line.split('|').slice(1, 3).join('|')
    const table = page.split('\n').filter(line => /^\| \d+ \|/.test(line) && !lines.some(own => key(own) === key(line)))
    const text = page.replace(/(\| ---[ |-]*\|\n)(\| \d+ [^\n]*\n)*/, `$1${[...table, ...lines].sort().join('\n')}\n`)
    writeFileSync(path, text)
  } else for (const line of lines) t.ok(page.includes(`${line}\n`), line)
})
