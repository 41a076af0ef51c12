import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import t from 'tap'
import { assume } from '../../src/api/assumptions.ts'
import { defaults } from '../../src/config/options.ts'
import { emulator as makeEmulator } from '../../src/emulator.ts'
import { silentLog } from '../../src/log.ts'
import { testNow } from '../support/emulator.ts'
import { day, hour } from '../support/flow.ts'

/** Three chains of two jobs behind hourly triggers; jumps are cut into slices of so many events. */
async function sliced(sliceBudget?: number) {
  const names = ['a', 'b', 'c']
  const fixtures = {
    jobs: names.flatMap(name => [{ name: `${name}-first` }, { name: `${name}-next` }]),
    triggers: names.map((name, index) => ({
      name: `${name}-hourly`,
      triggerRule: { type: 'RECURRING', interval: 'HOUR', time: `1${index}` } as const,
    })),
    workflows: names.map(name => ({
      name: `${name}-chain`,
      nodes: [
        { type: 'TRIGGER' as const, name: `${name}-hourly` },
        { type: 'JOB' as const, name: `${name}-first` },
        { type: 'JOB' as const, name: `${name}-next` },
      ],
    })),
  }
  const wall = { now: () => testNow }
  const config = { ...defaults, fixtures, assume: assume(), failureRate: 0.2, auth: 'off' as const }
  const made = await makeEmulator({ config, log: silentLog, wall, sliceBudget })
  const read = async (target: string) => (await made.app.inject({ url: target })).json()
  const content = async () => {
    const { list } = await read('/api/v1/jobs')
    const executions = list.map((job: { jobId: string }) => read(`/api/v1/jobs/${job.jobId}/executions`))
    return { list, executions: await Promise.all(executions), triggers: await read('/__admin/triggers?decisions=1000') }
  }
  return { ...made, read, content }
}

t.test('plays a jump in slices to the same data and decisions as in one go', async t => {
  const whole = await sliced(Number.POSITIVE_INFINITY)
  t.teardown(whole.stop)
  const { executions } = whole.clock.change({ advance: 3 * day })
  t.ok(executions > 300)
  const expected = await whole.content()
  for (const budget of [1, 7, 100]) {
    const cut = await sliced(budget)
    t.teardown(cut.stop)
    t.equal(cut.clock.change({ advance: 3 * day }).executions, executions)
    t.same(await cut.content(), expected, `slices of ${budget} events`)
  }
})

t.test('serves others during a jump, at the time reached', async t => {
  const made = await sliced(10)
  t.teardown(made.stop)
  let done = false
  const jump = made.clock.changeInSteps({ advance: 30 * day }, setImmediate).then(moved => {
    done = true
    return moved
  })
  const seen: number[] = []
  while (!done) {
    const { epochMs } = made.clock.state()
    seen.push(epochMs)
    assert.ok((await made.read('/api/v1/jobs')).list)
    await setImmediate()
  }
  t.ok(seen.length > 10)
  t.same(
    seen,
    seen.toSorted((a, b) => a - b),
    'the clock goes forward only',
  )
  t.equal((await jump).epochMs, testNow + 30 * day)
})

t.test('plays changes of the clock one after the other', async t => {
  const made = await sliced(10)
  t.teardown(made.stop)
  const moves = [day, day, hour].map(advance => made.clock.changeInSteps({ advance }, setImmediate))
  moves.push(made.clock.changeInSteps({ advance: -1 }, setImmediate))
  const [first, second, third, bad] = await Promise.allSettled(moves)
  const times = [first, second, third].map(move => (move?.status === 'fulfilled' ? move.value.epochMs - testNow : 0))
  t.same(times, [day, 2 * day, 2 * day + hour])
  t.match(bad, { status: 'rejected', reason: /^ClockError: advance: must not be negative/ })
})

t.test('ends a jump where it is when everything is reset or the emulator stops', async t => {
  const made = await sliced(10)
  const jump = () => made.clock.changeInSteps({ advance: 365 * day }, setImmediate)
  const before = await made.content()
  const interrupted = t.rejects(jump(), /clockInterrupted.*everything was reset/)
  for (let turn = 0; turn < 5; turn++) await setImmediate()
  made.reset()
  await interrupted
  t.equal(made.clock.state().epochMs, testNow)
  t.same(await made.content(), before)

  const stopped = t.rejects(jump(), /clockInterrupted.*the emulator is stopping/)
  for (let turn = 0; turn < 5; turn++) await setImmediate()
  await made.stop()
  await stopped
})
