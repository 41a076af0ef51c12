import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import {
  type AfterFailure,
  firing,
  plan,
  type Release,
  releasedAt,
  type WorkflowNode,
} from '../../src/domain/firing.ts'
import {
  canceledAt,
  drawFate,
  endedAt,
  executionEnds,
  type Fate,
  type FateSettings,
  type Lifetime,
  lifetimeOf,
  runningMinutes,
  startedAt,
  stateAt,
  waitingMinutes,
} from '../../src/domain/lifetime.ts'
import { entropy } from '../../src/entropy.ts'

const second = 1000
const minute = 60 * second

const plainExecution: Lifetime = { queuedAt: 0, startsAt: 2 * minute, endsAt: 5 * minute + 59_999, end: 'completed' }
const never = { started: undefined, ended: undefined, waiting: undefined, running: undefined }
const lives: { title: string; execution: Lifetime; now: number; seen: Record<string, unknown> }[] = [
  { title: 'at its creation', execution: plainExecution, now: 0, seen: { state: 'ready', ...never } },
  { title: 'before its start', execution: plainExecution, now: 2 * minute - 1, seen: { state: 'ready', ...never } },
  {
    title: 'at its start',
    execution: plainExecution,
    now: 2 * minute,
    seen: { ...never, state: 'running', started: 2 * minute, waiting: 2 },
  },
  {
    title: 'before its end',
    execution: plainExecution,
    now: plainExecution.endsAt - 1,
    seen: { ...never, state: 'running', started: 2 * minute, waiting: 2 },
  },
  {
    title: 'at its end',
    execution: plainExecution,
    now: plainExecution.endsAt,
    seen: { state: 'completed', started: 2 * minute, waiting: 2, ended: plainExecution.endsAt, running: 3 },
  },
  {
    title: 'that takes no time at all',
    execution: { queuedAt: 7, startsAt: 7, endsAt: 7, end: 'failed' },
    now: 7,
    seen: { state: 'failed', started: 7, waiting: 0, ended: 7, running: 0 },
  },
  {
    title: 'canceled in the queue, before the cancellation',
    execution: canceledAt(plainExecution, minute),
    now: minute - 1,
    seen: { state: 'ready', ...never },
  },
  {
    title: 'canceled in the queue, long after',
    execution: canceledAt(plainExecution, minute),
    now: 99 * minute,
    seen: { ...never, state: 'canceled', ended: minute },
  },
  {
    title: 'canceled while running',
    execution: canceledAt(plainExecution, 4 * minute),
    now: 99 * minute,
    seen: { state: 'canceled', started: 2 * minute, waiting: 2, ended: 4 * minute, running: 2 },
  },
  {
    title: 'canceled too late',
    execution: canceledAt(plainExecution, plainExecution.endsAt),
    now: 99 * minute,
    seen: { state: 'completed', started: 2 * minute, waiting: 2, ended: plainExecution.endsAt, running: 3 },
  },
]

for (const { title, execution, now, seen } of lives) {
  t.test(`shows an execution that ${title}`, async t => {
    t.strictSame(
      {
        state: stateAt(execution, now),
        started: startedAt(execution, now),
        ended: endedAt(execution, now),
        waiting: waitingMinutes(execution, now),
        running: runningMinutes(execution, now),
      },
      { ...never, ...seen },
    )
  })
}

const exactly = (time: number) => ({ from: time, to: time })
const fates: { title: string; settings?: Partial<FateSettings>; minutes?: number; fate: Fate }[] = [
  { title: 'completes', fate: { waiting: second, duration: 10 * minute, end: 'completed' } },
  { title: 'fails', settings: { failureRate: 1 }, fate: { waiting: second, duration: 10 * minute, end: 'failed' } },
  {
    title: 'completes in exactly its timeout',
    minutes: 10,
    fate: { waiting: second, duration: 10 * minute, end: 'completed' },
  },
  { title: 'is cut off by its timeout', minutes: 9, fate: { waiting: second, duration: 9 * minute, end: 'failed' } },
  {
    title: 'has the common timeout instead of none',
    settings: { duration: exactly(361 * minute) },
    minutes: 0,
    fate: { waiting: second, duration: 360 * minute, end: 'failed' },
  },
]

for (const { title, settings, minutes = 360, fate } of fates) {
  t.test(`draws an execution that ${title}`, async t => {
    const drawn = { waiting: exactly(second), duration: exactly(10 * minute), failureRate: 0, ...settings }
    const rules = { timeoutEnd: 'failed', timeoutZero: 'default' } as const
    t.strictSame(drawFate(entropy('any'), drawn, { timeoutMinutes: minutes }, rules), fate)
  })
}

t.test('applies the assumptions on how a timeout ends and what a timeout of zero is', async t => {
  const settings = { waiting: exactly(0), duration: exactly(1000 * minute), failureRate: 0 }
  const rules = { timeoutEnd: 'canceled', timeoutZero: 'unlimited' } as const
  const draw = (timeoutMinutes: number) => drawFate(entropy('any'), settings, { timeoutMinutes }, rules)
  t.strictSame(draw(1), { waiting: 0, duration: minute, end: 'canceled' })
  t.strictSame(draw(0), { waiting: 0, duration: 1000 * minute, end: 'completed' })
})

t.test('draws outcomes that fill their ranges, fail at their rate, and repeat for the same seed', async t => {
  const settings = { waiting: { from: 3, to: 5 }, duration: { from: 10, to: 11 }, failureRate: 0.25 }
  const rules = { timeoutEnd: 'failed', timeoutZero: 'default' } as const
  const draw = (seed: number, over: Partial<FateSettings> = {}) =>
    drawFate(entropy(`fate ${seed}`), { ...settings, ...over }, { timeoutMinutes: 360 }, rules)
  const drawn = Array.from({ length: 2000 }, (_, seed) => draw(seed))
  t.strictSame(new Set(drawn.map(({ waiting }) => waiting)), new Set([3, 4, 5]))
  t.strictSame(new Set(drawn.map(({ duration }) => duration)), new Set([10, 11]))
  const failed = drawn.filter(({ end }) => end === 'failed').length
  t.ok(failed > 400 && failed < 600, `${failed} of 2000 failed`)
  t.strictSame(draw(17), drawn[17])
  t.equal(draw(17, { waiting: { from: 0, to: 900 } }).duration, drawn[17]?.duration)
})

const someFate: fc.Arbitrary<Fate> = fc.record(
  { waiting: fc.nat(300_000), duration: fc.nat(900_000), end: fc.constantFrom(...executionEnds) },
  { noNullPrototype: true },
)

t.test('moves an execution only forward, canceled or not', async () => {
  const order = ['ready', 'running', 'completed', 'failed', 'canceled']
  fc.assert(
    fc.property(someFate, fc.option(fc.nat(2_000_000)), fc.array(fc.nat(2_000_000)), (fate, cancel, moments) => {
      const whole = lifetimeOf(0, fate)
      const execution = cancel === null ? whole : canceledAt(whole, cancel)
      const states = moments.sort((a, b) => a - b).map(now => order.indexOf(stateAt(execution, now)))
      assert.deepEqual(states, [...states].sort())
      assert.ok(new Set(states.filter(state => state > 1)).size <= 1)
      assert.equal(stateAt(execution, execution.endsAt), execution.end)
      if (cancel !== null) assert.ok(endedAt(execution, cancel) !== undefined)
    }),
  )
})

const trigger = (id: string): WorkflowNode => ({ id, kind: 'trigger', parentIds: [] })
const job = (id: string, ...parentIds: string[]): WorkflowNode => ({ id, kind: 'job', parentIds })

const plans: { title: string; nodes: WorkflowNode[]; of?: string; steps: string[] }[] = [
  { title: 'one job behind its trigger', nodes: [trigger('T'), job('a', 'T')], steps: ['a'] },
  { title: 'a trigger alone', nodes: [trigger('T')], steps: [] },
  { title: 'no nodes', nodes: [], steps: [] },
  {
    title: 'a chain told backwards',
    nodes: [job('a', 'b'), job('b', 'c'), job('c', 'T'), trigger('T')],
    steps: ['c', 'b<c', 'a<b'],
  },
  {
    title: 'a diamond',
    nodes: [trigger('T'), job('d', 'c', 'b'), job('c', 'a'), job('b', 'a'), job('a', 'T')],
    steps: ['a', 'b<a', 'c<a', 'd<b,c'],
  },
  { title: 'a job without parents', nodes: [trigger('T'), job('a', 'T'), job('b')], steps: ['a', 'b'] },
  { title: 'a parent named twice', nodes: [trigger('T'), job('a', 'T'), job('b', 'a', 'a')], steps: ['a', 'b<a'] },
  {
    title: 'only what hangs on the trigger asked for',
    nodes: [trigger('T'), trigger('U'), job('a', 'T'), job('b', 'U'), job('c', 'a', 'b'), job('d', 'b')],
    steps: ['a', 'c<a'],
  },
  {
    title: 'the other trigger',
    nodes: [trigger('T'), trigger('U'), job('a', 'T'), job('b', 'U'), job('c', 'a', 'b'), job('d', 'b')],
    of: 'U',
    steps: ['b', 'c<b', 'd<b'],
  },
  {
    title: 'no cycle, nor what is behind it',
    nodes: [trigger('T'), job('a', 'T'), job('b', 'a', 'c'), job('c', 'b'), job('d', 'c'), job('e', 'T', 'e')],
    steps: ['a'],
  },
  { title: 'nothing behind an unknown node', nodes: [trigger('T'), job('a', 'X')], steps: [] },
]

for (const { title, nodes, of = 'T', steps } of plans) {
  t.test(`plans ${title}`, async t => {
    const planned = plan(nodes, of).map(({ jobId, parentIds }) =>
      [jobId, ...(parentIds.length > 0 ? [parentIds.join()] : [])].join('<'),
    )
    t.strictSame(planned, steps)
  })
}

const diamond = plan([trigger('T'), job('a', 'T'), job('b', 'a'), job('c', 'a'), job('d', 'b', 'c')], 'T')
const firings: {
  title: string
  after?: AfterFailure
  ends?: Record<string, Lifetime['end']>
  busy?: string
  executions: string[]
}[] = [
  { title: 'each child when its last parent has ended', executions: ['a@1000', 'b@1010', 'c@1010', 'd@1030'] },
  { title: 'nothing behind a failed parent', ends: { a: 'failed' }, executions: ['a@1000'] },
  {
    title: 'nothing behind two parents of which one was canceled',
    ends: { b: 'canceled' },
    executions: ['a@1000', 'b@1010', 'c@1010'],
  },
  {
    title: 'children of a failed parent where the workflow goes on',
    after: 'continue',
    ends: { a: 'failed' },
    executions: ['a@1000', 'b@1010', 'c@1010', 'd@1030'],
  },
  {
    title: 'nothing behind a canceled parent, even where the workflow goes on',
    after: 'continue',
    ends: { a: 'canceled' },
    executions: ['a@1000'],
  },
  { title: 'nothing behind a busy job', busy: 'c', executions: ['a@1000', 'b@1010'] },
  {
    title: 'children of a busy job where the workflow goes on',
    after: 'continue',
    busy: 'c',
    executions: ['a@1000', 'b@1010', 'd@1020'],
  },
]

for (const { title, after = 'stop', ends = {}, busy, executions } of firings) {
  t.test(`starts by a firing ${title}`, async t => {
    const durations: Record<string, number> = { a: 10, b: 10, c: 20, d: 10 }
    const executionAt = ({ jobId, at }: Release): Lifetime | undefined =>
      jobId === busy
        ? undefined
        : lifetimeOf(at, { waiting: 0, duration: durations[jobId] ?? 0, end: ends[jobId] ?? 'completed' })
    t.strictSame(
      firing(diamond, 1000, executionAt, after).map(({ jobId, at }) => `${jobId}@${at}`),
      executions,
    )
  })
}

/** Nodes of which each has parents among those before it, so there is no cycle. */
const someNodes: fc.Arbitrary<WorkflowNode[]> = fc
  .array(fc.array(fc.nat(99), { maxLength: 3 }), { maxLength: 12 })
  .map(parents => [
    trigger('T'),
    ...parents.map((picks, i) =>
      job(`j${i}`, ...picks.map(pick => (pick % (i + 1) === i ? 'T' : `j${pick % (i + 1)}`))),
    ),
  ])
const shuffled = (nodes: WorkflowNode[]) =>
  fc.shuffledSubarray(nodes, { minLength: nodes.length, maxLength: nodes.length })

/** An execution drawn from the seed, the job and the moment alone: a fifth of the jobs are busy. */
function drawnExecution({ jobId, at }: Release): Lifetime | undefined {
  const chance = entropy(`run/${jobId}/${at}`)
  if (chance.below(5) === 0) return undefined
  const settings = { waiting: { from: 0, to: 9 }, duration: { from: 0, to: 99 }, failureRate: 0.3 }
  return lifetimeOf(
    at,
    drawFate(chance, settings, { timeoutMinutes: 0 }, { timeoutEnd: 'failed', timeoutZero: 'default' }),
  )
}

t.test('evaluates a firing independently of the order of nodes and of evaluation', async () => {
  const nodesTwice = someNodes.chain(nodes => fc.tuple(fc.constant(nodes), shuffled(nodes), fc.nat()))
  fc.assert(
    fc.property(nodesTwice, fc.constantFrom<AfterFailure>('stop', 'continue'), ([nodes, mixed, at], after) => {
      const whole = firing(plan(nodes, 'T'), at, drawnExecution, after)
      assert.deepEqual(firing(plan(mixed, 'T'), at, drawnExecution, after), whole)

      // Each step on its own, from the last to the first, asking for its parents again and again.
      const steps = new Map(plan(nodes, 'T').map(step => [step.jobId, step]))
      const releaseOf = (jobId: string): number | undefined => {
        const step = steps.get(jobId)
        return step && releasedAt(step, at, endOf, after)
      }
      const endOf = (jobId: string) => {
        const released = releaseOf(jobId)
        if (released === undefined) return undefined
        return drawnExecution({ jobId, at: released }) ?? { endsAt: released, end: 'skipped' as const }
      }
      for (const jobId of [...steps.keys()].reverse()) {
        const released = releaseOf(jobId)
        const execution = released === undefined ? undefined : drawnExecution({ jobId, at: released })
        const expected = execution === undefined ? undefined : { jobId, at: released, execution }
        assert.deepEqual(
          whole.find(one => one.jobId === jobId),
          expected,
        )
      }
    }),
  )
})

t.test('gives the same firing when it is evaluated in pieces', async () => {
  fc.assert(
    fc.property(someNodes, fc.nat(1000), fc.nat(400), (nodes, at, cut) => {
      const steps = plan(nodes, 'T')
      const whole = firing(steps, at, drawnExecution, 'stop')
      // What is known at the cut: the executions created by then. The rest is computed from these alone.
      const known = new Map(whole.filter(one => one.at <= at + cut).map(one => [one.jobId, one.execution]))
      const rest = firing(
        steps,
        at,
        release => (release.at <= at + cut ? known.get(release.jobId) : drawnExecution(release)),
        'stop',
      )
      assert.deepEqual(rest, whole)
    }),
  )
})

t.test('plans and fires 10 000 nodes in a row', async t => {
  const row = Array.from({ length: 10_000 }, (_, i) => job(`j${i}`, i === 0 ? 'T' : `j${i - 1}`))
  const executions = firing(
    plan([trigger('T'), ...row.reverse()], 'T'),
    0,
    ({ at }) => lifetimeOf(at, { waiting: 1, duration: 1, end: 'completed' }),
    'stop',
  )
  t.equal(executions.at(-1)?.at, 2 * 9_999)
})
