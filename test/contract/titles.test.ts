import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { titleOffences } from '../support/titles.ts'

const root = new URL('../../', import.meta.url)

t.test('finds a verb at the start of every test title', async t => {
  const names = readdirSync(new URL('test/', root), { recursive: true, encoding: 'utf8' })
  const paths = names.filter(name => name.endsWith('.test.ts'))
  t.ok(paths.length > 120)
  for (const path of paths) t.same(titleOffences(path, readFileSync(new URL(`test/${path}`, root), 'utf8')), [])
})

/** In these texts `%` stands for a dollar sign. */
const rows: { text: string; offends: boolean }[] = [
  { text: "t.test('returns a page', f)", offends: false },
  { text: "t.test('saves, lists and deletes', f)", offends: false },
  { text: 't.test(`rejects %{title}`, f)', offends: false },
  { text: "t.test(`%{fits ? 'accepts' : 'rejects'} it`, f)", offends: false },
  { text: 'pattern.test(name)', offends: false },
  { text: "t.test('jobs of an account', f)", offends: true },
  { text: "t.test('Returns a page', f)", offends: true },
  { text: "t.test('this is right', f)", offends: true },
  { text: 't.test(`%{title} is rejected`, f)', offends: true },
  { text: "t.test(`%{fits ? 'accepts' : 'not'} it`, f)", offends: true },
  { text: 't.test(title, f)', offends: true },
]

for (const { text: written, offends } of rows) {
  const text = written.replaceAll('%', '$')
  t.test(`${offends ? 'rejects' : 'accepts'} ${text}`, async t => t.equal(titleOffences('a', text).length > 0, offends))
}
