import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (name: string) => readFileSync(join(root, name), 'utf8')
const english = read('README.md')
const korean = read('README.ko.md')

/** What both languages must have in common: the shape of the page, its code and its links. */
const shapes: readonly { title: string; of: (page: string) => readonly (string | number)[] }[] = [
  { title: 'levels of headings', of: page => (page.match(/^#+ /gm) ?? []).map(mark => mark.length) },
  { title: 'code blocks', of: page => page.match(/^```[\s\S]*?^```$/gm) ?? [] },
  { title: 'rows of tables', of: page => (page.match(/^\|.*\|$/gm) ?? []).map(row => row.split(/(?<!\\)\|/).length) },
  {
    title: 'code in the first and last columns of tables',
    of: page => (page.match(/^\|.*\|$/gm) ?? []).flatMap(row => row.match(/`[^`]+`/g) ?? []),
  },
  { title: 'items of lists', of: page => (page.match(/^(\*|\d\.) /gm) ?? []).map(mark => mark) },
  {
    title: 'links to files',
    of: page => [...new Set(page.match(/\]\((?!#|http|README)[^)]+\)/g))].map(link => link).sort(),
  },
]

for (const { title, of } of shapes) {
  t.test(`finds the same ${title} in README.ko.md and README.md`, async t => {
    const same = (page: string) => of(page.replaceAll('-ko.png', '.png'))
    t.ok(same(english).length > 0)
    t.same(same(korean), same(english))
  })
}

t.test('keeps README.md at 12 kB at most', async t => t.ok(Buffer.byteLength(english) <= 12_000))

for (const page of ['README.md', 'README.ko.md', 'docs/README.md', 'SECURITY.md', 'CONTRIBUTING.md']) {
  t.test(`resolves every link of ${page} to a file`, async t => {
    const links = [...read(page).matchAll(/\]\((?!#|https?:)([^)#]+)[^)]*\)/g)].map(([, link = '']) => link)
    t.same(
      links.filter(link => !existsSync(join(root, dirname(page), link))),
      [],
    )
  })
}

t.test('finds every test that SECURITY.md names', async t => {
  const named = [...read('SECURITY.md').matchAll(/`(test\/[^`]+)`/g)].map(([, name = '']) => name)
  t.ok(named.length > 5)
  t.same(
    named.filter(name => !existsSync(join(root, name))),
    [],
  )
})
