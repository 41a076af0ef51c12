import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { createResponseCache } from '../../src/http/response-cache.ts'

type Cache = ReturnType<typeof createResponseCache>

/** The length of the body that is held for a question; adds nothing to the cache. */
function held(cache: Cache, scope: string, version: number, question: string): number | undefined {
  try {
    return cache(scope, version, question, () => {
      throw new Error('not held')
    }).length
  } catch {
    return undefined
  }
}

t.test('drops a whole scope where its bodies alone make no room', async t => {
  const cache = createResponseCache(100)
  for (const question of ['1', '2', '3']) cache('old', 1, question, () => 'x'.repeat(20))
  cache('new', 1, '1', () => 'x'.repeat(90))
  for (const question of ['1', '2', '3']) t.equal(held(cache, 'old', 1, question), undefined)
  t.equal(held(cache, 'new', 1, '1'), 90)
})

t.test('makes a body once for each version of its scope', async t => {
  const cache = createResponseCache()
  let made = 0
  const ask = (scope: string, version: number) => cache(scope, version, 'who?', () => `${scope} ${version} ${++made}`)
  t.equal(ask('jobs', 1), 'jobs 1 1')
  t.equal(ask('jobs', 1), 'jobs 1 1')
  t.equal(ask('triggers', 1), 'triggers 1 2', 'another scope')
  t.equal(ask('jobs', 2), 'jobs 2 3', 'another version')
  t.equal(ask('triggers', 1), 'triggers 1 2', 'which drops nothing of another scope')
  t.equal(ask('jobs', 1), 'jobs 1 4', 'nothing of an earlier version is held')
})

t.test('does not keep a rejection', async t => {
  const cache = createResponseCache()
  const rejected = () => {
    throw new Error('rejected')
  }
  t.throws(() => cache('jobs', 1, 'q', rejected), /rejected/)
  t.equal(
    cache('jobs', 1, 'q', () => 'later'),
    'later',
  )
})

t.test('keeps long bodies as the bytes of their text', async t => {
  const cache = createResponseCache()
  for (const length of [0, 1, 16 * 1024, 16 * 1024 + 1, 100_000]) {
    const text = '가'.repeat(length)
    for (const _again of [1, 2]) t.equal(String(cache('jobs', 1, `q${length}`, () => text)), text)
  }
})

t.test('holds at most its capacity, and always the newest body that fits', async () => {
  const asked = fc.record({
    scope: fc.constantFrom('a', 'b', 'c'),
    id: fc.nat(12),
    length: fc.nat(400),
    newer: fc.nat(9),
  })
  fc.assert(
    fc.property(
      fc.array(asked, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 50, max: 1500 }),
      (all, capacity) => {
        const cache = createResponseCache(capacity)
        const versions: Record<string, number> = { a: 1, b: 1, c: 1 }
        const seen = new Set<string>()
        for (const { scope, id, length, newer } of all) {
          const question = `q${id}`
          if (newer === 0) versions[scope] = (versions[scope] ?? 0) + 1
          const body = cache(scope, versions[scope] ?? 0, question, () => 'x'.repeat(length))
          seen.add(`${scope} ${question}`)
          const cost = 2 * question.length + body.length
          assert.equal(held(cache, scope, versions[scope] ?? 0, question), cost <= capacity ? body.length : undefined)
          let total = 0
          for (const each of seen) {
            const [of = '', what = ''] = each.split(' ')
            const bytes = held(cache, of, versions[of] ?? 0, what)
            if (bytes !== undefined) total += 2 * what.length + bytes
          }
          assert.ok(total <= capacity, `${total} of ${capacity}`)
        }
      },
    ),
    { numRuns: 100 },
  )
})
