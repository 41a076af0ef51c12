import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')

interface Locked {
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly hasInstallScript?: boolean
}

const locked = (path: string): readonly (readonly [string, Locked])[] =>
  Object.entries(JSON.parse(read(path)).packages as Record<string, Locked>).filter(([name]) => name !== '')

t.test('names for each protection in SECURITY.md a test that exists', async t => {
  const rows = [...read('SECURITY.md').matchAll(/^\| (?!Protection|---)(.+?) \| (.+?) \|$/gm)]
  t.ok(rows.length >= 12)
  for (const [, claim = '', tests = ''] of rows) {
    const named = [...tests.matchAll(/`([^`]+)`(?: \("([^"]+)"\))?/g)]
    t.ok(named.length > 0, `names a test: ${claim}`)
    for (const [, path = '', title] of named) {
      t.ok(existsSync(new URL(path, root)), `${path}: ${claim}`)
      if (title !== undefined) t.ok(read(path).includes(title), `${path} has "${title}"`)
    }
  }
})

t.test('locks every package to a hash, and to no registry', async t => {
  for (const path of ['package-lock.json', 'node20/package-lock.json']) {
    const packages = locked(path)
    t.ok(packages.length > 0)
    t.same(
      packages
        .filter(([, { integrity = '' }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity))
        .map(([name]) => name),
      [],
    )
    t.same(
      packages.filter(([, { resolved }]) => resolved !== undefined).map(([name]) => name),
      [],
    )
  }
})

t.test(
  'installs better-sqlite3 and what it needs, and runs no install script of theirs on Node 22 and later',
  async t => {
    const manifest = JSON.parse(read('package.json'))
    t.same(Object.keys(manifest.dependencies), ['better-sqlite3'])
    t.same(
      ['preinstall', 'install', 'postinstall'].filter(name => name in manifest.scripts),
      [],
      'the package has none of its own',
    )
    const production = locked('package-lock.json').filter(([, { dev, devOptional }]) => !dev && !devOptional)
    t.ok(production.length > 0)
    for (const [name, { hasInstallScript }] of production) {
      t.notOk(hasInstallScript, name)
      const { scripts = {} } = JSON.parse(read(`${name}/package.json`))
      t.same(
        ['preinstall', 'install', 'postinstall'].filter(script => script in scripts),
        [],
        name,
      )
    }
  },
)
