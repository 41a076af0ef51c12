import assert from 'node:assert'
import fc from 'fast-check'
import t from 'tap'
import { entropy, newId, newTraceId, newUuid } from '../src/entropy.ts'
import { SkewedClock, stopwatch, systemClock, VirtualClock } from '../src/time/clock.ts'

const moment = fc.integer({ min: 0, max: 4_102_444_800_000 })

t.test('starts a virtual clock at a given time and follows the system clock', async () => {
  fc.assert(
    fc.property(moment, moment, moment, moment, (start, before, after, set) => {
      const wall = { shown: before, now: () => wall.shown }
      const clock = new VirtualClock(wall, start)
      assert.equal(clock.now(), start)
      wall.shown = after
      assert.equal(clock.now(), start + after - before)
      clock.set(set)
      assert.equal(clock.now(), set)
      wall.shown += 1000
      assert.equal(clock.now(), set + 1000)
    }),
  )
})

t.test('shows the system time on a virtual clock without a start time', async t => {
  t.equal(new VirtualClock({ now: () => 17 }).now(), 17)
})

t.test('adds the skew to a skewed clock at all times', async t => {
  const wall = { shown: 1000, now: () => wall.shown }
  const clock = new SkewedClock(wall, -250)
  t.equal(clock.now(), 750)
  wall.shown = 5000
  t.equal(clock.now(), 4750)
})

t.test('reads the system clock of the machine', async t => {
  const before = Date.now()
  const shown = systemClock.now()
  t.ok(before <= shown && shown <= Date.now())
})

t.test('counts up with a stopwatch', async t => {
  const elapsed = stopwatch()
  const first = elapsed()
  t.ok(first >= 0)
  t.ok(elapsed() >= first)
})

t.test('draws the same from the same seed', async () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(50), (seed, label, draws) => {
      const used = entropy(seed)
      for (let i = 0; i < draws; i++) used.word()
      const fresh = entropy(seed)
      const words = (chance: ReturnType<typeof entropy>) => Array.from({ length: 5 }, () => chance.word())
      assert.deepEqual(words(used.fork(label)), words(fresh.fork(label)), 'a fork does not depend on draws')
      const again = entropy(seed)
      assert.deepEqual(words(fresh), words(again))
    }),
    { numRuns: 200 },
  )
})

t.test('draws numbers below their bound and ids of their form', async () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 1_000_000 }), (seed, bound) => {
      const chance = entropy(seed)
      const drawn = chance.below(bound)
      assert(Number.isInteger(drawn) && drawn >= 0 && drawn < bound)
      assert.match(newId(chance), /^[0-9A-Za-z]{12}$/)
      assert.match(newTraceId(chance), /^[0-9a-z]{26}$/)
      assert.match(newUuid(chance), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }),
    { numRuns: 300 },
  )
})

t.test('draws differently for different seeds and labels', async t => {
  const drawn = new Set(Array.from({ length: 2000 }, (_, i) => newId(entropy(`${i}`))))
  for (let i = 0; i < 2000; i++) drawn.add(newId(entropy('1').fork(`${i}`)))
  t.equal(drawn.size, 4000)
})
