import t from 'tap'
import type { Assumption } from '../../src/api/assumption.ts'
import { assume, assumptions, inForce } from '../../src/api/assumptions.ts'

t.test('gives every assumption a default of its values, and a reason', async t => {
  for (const [name, entry] of Object.entries<Assumption>(assumptions)) {
    t.ok(Object.hasOwn(entry.values, entry.default), name)
    t.ok(Object.keys(entry.values).length > 1, `${name} has something to switch`)
    t.match(entry.question, /^(Q\d+|design)$/)
    t.match(entry.evidence, /\.$/)
  }
})

t.test('rejects an unknown name or value with the list of what is allowed', async t => {
  const names = Object.keys(assumptions).join(', ')
  for (const name of ['nameMach', '', 'constructor', '__proto__']) {
    const switches = Object.fromEntries([[name, 'exact']])
    t.throws(() => assume(switches), new RangeError(`no assumption is called "${name}"; allowed: ${names}`))
  }
  for (const value of ['Exact', '', 'toString']) {
    t.throws(
      () => assume({ nameMatch: value }),
      new RangeError(`assumption nameMatch cannot be "${value}"; allowed: substring, exact, prefix`),
    )
  }
})

t.test('reports that an assumption was removed', async t => {
  t.throws(() => assume({ oldOperations: 'serve' }), {
    name: 'RangeError',
    message: /^assumption oldOperations was removed: 2026-09 documents verifyJob/,
  })
})

t.test('lists every assumption in order, with the value in force', async t => {
  const list = inForce(assume({ count: 'page' }))
  t.same(
    list.map(({ name }) => name),
    Object.keys(assumptions),
  )
  for (const { name, value, default: usual, values } of list) {
    t.equal(value, name === 'count' ? 'page' : usual)
    t.ok(values.every(({ meaning }) => meaning !== ''))
  }
})
