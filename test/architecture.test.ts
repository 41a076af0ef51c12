import { readdirSync, readFileSync, statSync } from 'node:fs'
import t from 'tap'
import {
  fileOffences,
  longestFile,
  longestFunction,
  mayImport,
  sizeOffences,
  sourceOffences,
  testOffences,
} from './support/architecture.ts'

const root = new URL('../', import.meta.url)
const made = new Set(['node_modules', 'dist', 'coverage', '.git', '.tap'])

/** Every file below a folder of the repository by its path, but for what tools make. */
function filesIn(folder: string): [string, string][] {
  return readdirSync(new URL(folder, root)).flatMap(name => {
    if (made.has(name)) return []
    const path = `${folder}${name}`
    const url = new URL(path, root)
    return statSync(url).isDirectory() ? filesIn(`${path}/`) : [[path, readFileSync(url, 'utf8')]]
  })
}

const files = filesIn('')
const under = (folder: string) =>
  Object.fromEntries(files.filter(([path]) => path.startsWith(folder) && /\.tsx?$/.test(path)))

t.test('keeps the sources to the rules of imports, time and names', async t => {
  const sources = under('src/')
  t.ok(Object.keys(sources).length > 50)
  t.same(sourceOffences(sources), [])
  const parts = new Set(Object.keys(sources).map(path => path.split('/')[1]))
  const named = Object.entries(mayImport).flat(2)
  t.same(
    [...new Set(named)].filter(part => !parts.has(part)),
    [],
    'the table names only what there is',
  )
})

/** Files that are still to be cut; to be deleted from this list as that is done. */
const tooLong: readonly string[] = []

t.test('holds every function to 80 lines and every file to 400', async t => {
  const long = sizeOffences(under('src/'))
  t.same(
    long.filter(offence => !tooLong.some(path => offence.startsWith(`${path}:`))),
    [],
  )
  const cut = tooLong.filter(path => !long.some(offence => offence.startsWith(`${path}:`)))
  t.same(cut, [], 'the list of files to cut names only those')
})

t.test('finds long functions and files', async t => {
  const body = '  act()\n'
  const longest = `function a() {\n${body.repeat(longestFunction - 2)}}\n`
  const longer = `const a = {\n  b() {\n${body.repeat(longestFunction - 1)}  },\n}\n`
  t.same(sizeOffences({ 'src/a.ts': longest }), [])
  t.same(sizeOffences({ 'src/a.ts': longer }), ['src/a.ts: a function of 81 lines begins at line 2'])
  t.same(sizeOffences({ 'src/a.ts': '// a\n'.repeat(longestFile) }), [])
  t.same(sizeOffences({ 'src/a.ts': '// a\n'.repeat(longestFile + 1) }), ['src/a.ts: has 401 lines'])
})

t.test('leaves no test out', async t => {
  t.same(testOffences(under('test/')), [])
})

t.test('names no path or host of one machine', async t => {
  t.ok(files.length > 80)
  t.same(fileOffences(Object.fromEntries(files)), [])
})

const broken: { title: string; path: string; text: string; offence: RegExp }[] = [
  {
    title: 'api that meets store',
    path: 'src/api/a.ts',
    text: "import { a } from '../store/jobs.ts'",
    offence: /imports store/,
  },
  {
    title: 'store that meets api, for a type',
    path: 'src/store/a.ts',
    text: "import type { A } from '../api/a.ts'",
    offence: /imports api/,
  },
  {
    title: 'gateway that meets http',
    path: 'src/gateway/a.ts',
    text: "export const a = () => import('../http/app.ts')",
    offence: /imports http/,
  },
  {
    title: 'domain that needs anybody',
    path: 'src/domain/a.ts',
    text: "import { a } from '../entropy.ts'",
    offence: /imports entropy\.ts/,
  },
  {
    title: 'a type in passing',
    path: 'src/service/a.ts',
    text: "let a: import('../api/a.ts').A",
    offence: /imports api/,
  },
  {
    title: 'a file outside',
    path: 'src/api/a.ts',
    text: "import { a } from '../../test/a.ts'",
    offence: /outside src/,
  },
  {
    title: 'Fastify in a service',
    path: 'src/service/a.ts',
    text: "import type { FastifyReply } from 'fastify'",
    offence: /belongs to http and admin/,
  },
  {
    title: 'Fastify beyond types',
    path: 'src/emulator.ts',
    text: "import Fastify from 'fastify'",
    offence: /belongs to http and admin/,
  },
  {
    title: 'a plugin of Fastify',
    path: 'src/api/a.ts',
    text: "import a from '@fastify/swagger'",
    offence: /belongs to http and admin/,
  },
  {
    title: 'SQLite in a service',
    path: 'src/service/a.ts',
    text: "import a from 'better-sqlite3'",
    offence: /belongs to store/,
  },
  {
    title: 'faker in the store',
    path: 'src/store/a.ts',
    text: "import('@faker-js/faker')",
    offence: /belongs to seed/,
  },
  {
    title: 'Preact outside the console',
    path: 'src/admin/a.ts',
    text: "import { h } from 'preact'",
    offence: /belongs to console/,
  },
  {
    title: 'a console that runs code of the emulator',
    path: 'src/console/a.tsx',
    text: "import { sign } from '../gateway/signature.ts'",
    offence: /imports gateway/,
  },
  {
    title: 'code of the emulator that runs the console',
    path: 'src/admin/a.ts',
    text: "import { en } from '../console/words/en.ts'",
    offence: /imports console/,
  },
  { title: 'process', path: 'src/package.ts', text: 'export const a = process.env.A', offence: /touches process/ },
  {
    title: 'process, imported',
    path: 'src/package.ts',
    text: "import { env } from 'node:process'",
    offence: /belongs to cli/,
  },
  { title: 'the wall clock', path: 'src/service/a.ts', text: 'export const a = Date.now()', offence: /Date\.now/ },
  { title: 'the wall clock, handed on', path: 'src/http/a.ts', text: 'use(Date.now)', offence: /Date\.now/ },
  { title: 'the present', path: 'src/api/a.ts', text: 'export const a = new Date()', offence: /Date of the present/ },
  { title: 'a stop watch', path: 'src/http/a.ts', text: 'performance.now()', offence: /performance\.now/ },
  { title: 'dice', path: 'src/seed/a.ts', text: 'Math.random()', offence: /Math\.random/ },
  {
    title: 'dice of crypto',
    path: 'src/http/a.ts',
    text: "import { randomUUID } from 'node:crypto'",
    offence: /randomUUID/,
  },
  {
    title: 'an edition by name',
    path: 'src/http/a.ts',
    text: "if (edition === '2026-09') a()",
    offence: /edition 2026-09/,
  },
  { title: 'a default export', path: 'src/http/a.ts', text: 'export default 1', offence: /exports a default/ },
  {
    title: 'a default function',
    path: 'src/http/a.ts',
    text: 'export default function a() {}',
    offence: /exports a default/,
  },
  {
    title: 'a renamed default',
    path: 'src/http/a.ts',
    text: 'const a = 1\nexport { a as default }',
    offence: /exports a default/,
  },
  { title: 'a barrel', path: 'src/http/a.ts', text: "export * from './app.ts'", offence: /re-exports/ },
  {
    title: 'a file that imports itself',
    path: 'src/http/a.ts',
    text: "import './a.ts'",
    offence: /circle: src\/http\/a\.ts -> src\/http\/a\.ts/,
  },
]

for (const { title, path, text, offence } of broken) {
  t.test(`finds ${title}`, async t => t.match(sourceOffences({ [path]: text }).join('\n'), offence))
}

t.test('finds a circle of three', async t => {
  const circle = {
    'src/api/a.ts': "import { b } from './b.ts'",
    'src/api/b.ts': "import type { c } from './c.ts'",
    'src/api/c.ts': "import { a } from './a.ts'",
  }
  t.same(sourceOffences(circle), [
    'src/api/a.ts: stands in a circle: src/api/a.ts -> src/api/b.ts -> src/api/c.ts -> src/api/a.ts',
  ])
})

const sound = {
  'src/api/editions/2026-09/a.ts': "export const a = '2026-09'",
  'src/time/clock.ts': 'export const now = () => Date.now()',
  'src/emulator.ts': "import type { FastifyInstance } from 'fastify'\nimport { app } from './http/app.ts'",
  'src/http/app.ts':
    "// Date.now, process and '2026-09' in a comment\nimport Fastify from 'fastify'\nexport const app = new Date(0)",
  'src/domain/a.ts': 'export const a = (b: { process: number }) => b.process\nswitch (1) {\n  default:\n}',
}

t.test('accepts what is allowed', async t => {
  t.same(sourceOffences(sound), [])
  t.same(
    fileOffences({ 'docs/a.md': 'see /api/v1/jobs, src/work/a.ts, https://example.com/home/x and $HOME/work/a' }),
    [],
  )
})

t.test('finds tests that are left out', async t => {
  const texts = ["t.only('a')", "t.skip('a')", "t.todo('a')", "t.test('a', { skip: true }, b)"]
  for (const text of texts) t.equal(testOffences({ 'test/a.test.ts': text }).length, 1, text)
})

t.test('finds what is true on one machine only', async t => {
  const places = [
    ['', 'home', 'me'],
    ['', 'root', 'x'],
    ['', 'work', 'main'],
    ['..', 'shared', 'a.md'],
  ]
  const texts = [
    ...places.map(parts => parts.join('/')),
    ['registry', 'npmjs', 'org'].join('.'),
    `"${'resolved'}": "a"`,
  ]
  for (const text of texts) t.equal(fileOffences({ 'docs/a.md': `see ${text} there` }).length, 1, text)
})
