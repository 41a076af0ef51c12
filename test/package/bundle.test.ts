import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Format } from 'esbuild'
import t from 'tap'
import { createProject, packageManagers, packTarball, runIn } from '../support/package.ts'

const tarball = packTarball(t)
const program = `import { signRequest, startEmulator } from 'ncp-dataflow-emulator'
startEmulator({ generate: 2 }).then(async emulator => {
  const target = '/api/v1/jobs?limit=2'
  const headers = signRequest({ method: 'GET', target, ...emulator.credentials })
  const response = await fetch(emulator.url + target, { headers })
  const page = await fetch(emulator.url + '/__admin/docs/static/index.css')
  console.log(response.status, (await response.json()).list.length, page.status)
  await emulator.stop()
})
`

// pnpm keeps better-sqlite3 where only the package that depends on it finds it.
for (const [manager, { install }] of packageManagers(t, ['npm', 'pnpm'])) {
  const project = createProject(t, `bundle ${manager}`)
  const { code, out, err } = install(project, tarball)
  t.equal(code, 0, code === 0 ? `installed by ${manager}` : `${out}${err}`)
  writeFileSync(join(project, 'main.mjs'), program)

  const formats: [Format, string][] = [
    ['esm', 'out/main.mjs'],
    ['cjs', 'out/main.cjs'],
  ]
  for (const [format, file] of formats) {
    for (const packages of ['bundle', 'external'] as const) {
      t.test(`runs in an esbuild bundle: ${manager}, ${format}, packages: ${packages}`, async t => {
        const { errors } = await build({
          absWorkingDir: project,
          entryPoints: ['main.mjs'],
          outfile: file,
          bundle: true,
          platform: 'node',
          format,
          packages,
          logLevel: 'silent',
        })
        t.same(errors, [])
        const used = runIn(project, process.execPath, [file])
        t.equal(used.err, '')
        t.equal(`${used.code} ${used.out.trim()}`, '0 200 2 200')
      })
    }
  }
}
