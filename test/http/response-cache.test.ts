import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { createResponseCache } from '../../src/http/response-cache.ts'
import { accountStore } from '../../src/store/accounts.ts'
import { openDatabase } from '../../src/store/database.ts'

type Memory = ReturnType<typeof createResponseCache>

/** What the memory holds for a question, without adding to it. */
function held(memory: Memory, question: string): number | undefined {
  try {
    return memory(question, () => {
      throw new Error('not held')
    }).length
  } catch {
    return undefined
  }
}

t.test('computes a response once while the data stays, and anew after every write', async t => {
  const database = openDatabase(':memory:')
  t.teardown(database.close)
  const accounts = accountStore(database)
  const memory = createResponseCache(database.version)
  let made = 0
  const ask = () =>
    memory('who?', () => {
      made++
      return JSON.stringify(database.sql.prepare('SELECT name FROM accounts ORDER BY id').pluck().all())
    })
  for (const [name, answer] of [
    ['a', '["a"]'],
    ['b', '["a","b"]'],
    ['c', '["a","b","c"]'],
  ] as const) {
    accounts.open(name)
    const before = made
    t.equal(ask(), answer)
    t.equal(ask(), answer)
    t.equal(made, before + 1)
  }
  t.throws(() =>
    database.write(() => {
      accounts.open('d')
      t.equal(ask(), '["a","b","c","d"]', 'within a write, what it wrote')
      throw new Error('undone')
    }),
  )
  t.equal(ask(), '["a","b","c"]', 'and not what was undone')
})

t.test('caches no rejection', async t => {
  const memory = createResponseCache(() => 1)
  const refuse = () => {
    throw new Error('refused')
  }
  t.throws(() => memory('q', refuse), /refused/)
  t.equal(
    memory('q', () => 'later'),
    'later',
  )
})

t.test('keeps long responses as the bytes of their text', async t => {
  const memory = createResponseCache(() => 1)
  for (const length of [0, 1, 16 * 1024, 16 * 1024 + 1, 100_000]) {
    const text = '가'.repeat(length)
    for (const _again of [1, 2]) t.equal(String(memory(`q${length}`, () => text)), text)
  }
})

t.test('holds no more than its capacity, and always the newest that fits', async () => {
  const questions = fc.array(fc.record({ id: fc.nat(12), length: fc.nat(400) }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(questions, fc.integer({ min: 50, max: 1500 }), (asked, capacity) => {
      const memory = createResponseCache(() => 1, capacity)
      const sizes = new Map<string, number>()
      for (const { id, length } of asked) {
        const question = `q${id}`
        const known = sizes.get(question)
        const body = memory(question, () => 'x'.repeat(length))
        if (body.length !== known) sizes.set(question, body.length)
        const cost = 2 * question.length + body.length
        assert.equal(held(memory, question), cost <= capacity ? body.length : undefined)
        let total = 0
        for (const each of sizes.keys()) {
          const bytes = held(memory, each)
          if (bytes !== undefined) total += 2 * each.length + bytes
        }
        assert.ok(total <= capacity, `${total} of ${capacity}`)
      }
    }),
    { numRuns: 100 },
  )
})
