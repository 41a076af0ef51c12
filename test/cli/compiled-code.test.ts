import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import t, { type Test } from 'tap'
import { loadCompiled } from '../../src/cli/compiled-code.ts'

/** A program that tells how often it was run, and whether it can use its surroundings. */
const program = `
const { basename } = require('node:path')
exports.ran = globalThis.compiledCodeRan = (globalThis.compiledCodeRan ?? 0) + 1
exports.place = [basename(__filename), basename(__dirname), module.exports === exports].join()
exports.twice = number => number * 2
`

function setUp(t: Test, text = program) {
  const folder = t.testdir({
    app: { 'main.cjs': text },
    other: { 'main.cjs': text },
    cache: {},
    foreign: {},
    linked: {},
  })
  const cache = join(folder, 'cache')
  return {
    file: join(folder, 'app', 'main.cjs'),
    cache,
    load: (env: Record<string, string> = {}, sourceMaps = false, app = 'app', id = 'one') => {
      const { exports, keep } = loadCompiled(
        join(folder, app, 'main.cjs'),
        id,
        { NODE_COMPILE_CACHE: cache, ...env },
        sourceMaps,
      )
      return { keep, ...(exports as { ran: number; place: string; twice(number: number): number }) }
    },
    kept: () => readdirSync(cache).flatMap(name => readdirSync(join(cache, name)).map(file => join(cache, name, file))),
  }
}

t.test('runs a file as Node would, and keeps its code when told to', t => {
  const { load, kept } = setUp(t)
  const first = load()
  t.equal(first.place, 'main.cjs,app,true')
  t.equal(first.twice(21), 42)
  t.same(kept(), [])
  first.keep()
  const [file = ''] = kept()
  t.match(file, `${process.version}-${process.arch}-`)
  t.equal(statSync(file).mode & 0o777, 0o600)
  t.equal(load().twice(4), 8)
  t.end()
})

t.test('does not write code again that it has loaded, and replaces code that V8 rejects', t => {
  const { load, kept } = setUp(t)
  load().keep()
  const [file = ''] = kept()
  const second = load()
  writeFileSync(file, 'changed meanwhile')
  second.keep()
  t.equal(readFileSync(file, 'latin1'), 'changed meanwhile')
  // The same source at another place: this process has not compiled it there.
  const third = load({}, false, 'other')
  t.equal(third.place, 'main.cjs,other,true')
  third.keep()
  t.not(readFileSync(file, 'latin1'), 'changed meanwhile')
  t.end()
})

t.test('keeps the code of another source under another name', t => {
  const { load, file, kept } = setUp(t)
  load().keep()
  writeFileSync(file, program.replace('* 2', '* 3'))
  const changed = load({}, false, 'app', 'two')
  t.equal(changed.twice(5), 15)
  changed.keep()
  t.equal(kept().length, 2)
  t.end()
})

t.test('trusts no folder that another user can write to', t => {
  const { load, cache, kept } = setUp(t)
  load().keep()
  const [file = ''] = kept()
  const folder = join(file, '..')
  chmodSync(folder, 0o777)
  writeFileSync(file, 'not touched')
  const again = load()
  t.equal(again.twice(2), 4)
  again.keep()
  t.equal(readFileSync(file, 'latin1'), 'not touched')

  const linked = join(cache, '..', 'linked')
  symlinkSync('../foreign', join(linked, basename(folder)))
  load({ NODE_COMPILE_CACHE: linked }).keep()
  t.same(readdirSync(join(linked, '..', 'foreign')), [])
  t.end()
})

t.test('runs without a folder to keep code in', t => {
  const { load, file } = setUp(t)
  const loaded = load({ NODE_COMPILE_CACHE: file })
  t.equal(loaded.twice(3), 6)
  t.doesNotThrow(() => loaded.keep())
  t.end()
})

t.test('leaves a file to Node where code must not be kept', t => {
  const { load, kept } = setUp(t)
  for (const name of ['NODE_DISABLE_COMPILE_CACHE', 'NODE_V8_COVERAGE']) {
    const loaded = load({ [name]: '1' })
    t.equal(loaded.twice(3), 6)
    loaded.keep()
  }
  load({}, true).keep()
  t.same(kept(), [])
  t.end()
})
