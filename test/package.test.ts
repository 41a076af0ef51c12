import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { findPackageRoot, packageRoot, version } from '../src/package.ts'

t.test('finds its own folder and version', async t => {
  t.equal(packageRoot.href, new URL('../', import.meta.url).href)
  t.match(version(), /^\d+\.\d+\.\d+/)
})

t.test('finds the installed package when a bundler moved the module out of it', async t => {
  const project = mkdtempSync(join(tmpdir(), '프로젝트 '))
  t.teardown(() => rmSync(project, { recursive: true }))
  const installed = join(project, 'node_modules', 'ncp-dataflow-emulator')
  mkdirSync(installed, { recursive: true })
  mkdirSync(join(project, 'out'))
  writeFileSync(join(project, 'package.json'), '{"name":"consumer"}')
  writeFileSync(join(installed, 'package.json'), '{"name":"ncp-dataflow-emulator","version":"9.9.9"}')
  const bundle = pathToFileURL(join(project, 'out', 'bundle.mjs')).href
  t.equal(findPackageRoot(bundle).href, `${pathToFileURL(installed).href}/`)
})

t.test('fails where the package is not installed', async t => {
  const project = mkdtempSync(join(tmpdir(), 'project-'))
  t.teardown(() => rmSync(project, { recursive: true }))
  t.throws(() => findPackageRoot(pathToFileURL(join(project, 'out', 'bundle.mjs')).href), { code: 'MODULE_NOT_FOUND' })
})
