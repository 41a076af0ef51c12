import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { nodeProblem } from '../../src/package.ts'
import { loadSqlite } from '../../src/store/sqlite.ts'

const manifest = '{"name":"better-sqlite3","version":"13.0.0","main":"index.js"}'

t.test('says what repairs an installation without the native module', async t => {
  const broken = {
    'not installed': {},
    'without its native part': {
      'better-sqlite3': {
        'package.json': manifest,
        'index.js':
          "module.exports = function () { throw new Error('Could not locate the bindings file. Tried:\\n -> x') }",
      },
    },
  }
  for (const [title, node_modules] of Object.entries(broken)) {
    // Outside this repository, whose own node_modules would be found.
    const folder = mkdtempSync(join(tmpdir(), 'sqlite-'))
    t.teardown(() => rmSync(folder, { recursive: true }))
    for (const [name, files] of Object.entries(node_modules)) {
      mkdirSync(join(folder, 'node_modules', name), { recursive: true })
      for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, 'node_modules', name, file), text)
    }
    const home = pathToFileURL(`${folder}/`)
    t.throws(
      () => loadSqlite(home, undefined),
      {
        name: 'SqliteModuleError',
        message:
          /^the native SQLite module better-sqlite3 cannot be loaded on Node \d.*npm rebuild better-sqlite3 \(pnpm: [^\n]*$/,
      },
      title,
    )
  }
})

t.test('names the versions of Node that it needs, before anything is loaded', async t => {
  for (const node of ['14.21.3', '18.20.8', '20.20.0', '21.7.3', '22.12.0']) {
    const problem = nodeProblem(node, false)
    t.match(problem, new RegExp(`^Node ${node} is too old: Node 22\\.13 or later is needed [^\\n]+$`))
    t.throws(() => loadSqlite(undefined, problem), { name: 'SqliteModuleError', message: problem })
  }
  for (const node of ['22.13.0', '22.23.1', '24.0.0', '26.10.0']) t.equal(nodeProblem(node, false), undefined)
  t.equal(nodeProblem('20.20.0', true), undefined, 'a clone has a module for Node 20')
  t.match(nodeProblem('20.18.0', true), /^Node 20\.18\.0 is too old/)
  t.equal(nodeProblem(process.versions.node), undefined)
})
