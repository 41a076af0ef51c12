import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { type AfterFailure, firing, plan, type WorkflowNode } from '../../src/domain/firing.ts'
import { Heap } from '../../src/domain/heap.ts'
import { drawFate, type Lifetime, lifetimeOf } from '../../src/domain/lifetime.ts'
import { momentsBetween, nextAfter, type Rule } from '../../src/domain/schedule.ts'
import {
  type Actions,
  type DueExecution,
  type Fired,
  type FiringExecution,
  unfold,
  type WiredTrigger,
} from '../../src/domain/timeline.ts'
import { entropy } from '../../src/entropy.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Korean midnight. */
const start = Date.UTC(2025, 4, 31, 15)

interface Row extends DueExecution {
  readonly execution: Lifetime
}

interface World {
  readonly triggers: readonly WiredTrigger[]
  readonly afterFailure: AfterFailure
  /** How many executions of one job there may be at a time. */
  readonly atATime: number
  /** The longest an execution takes; longer than an hour, it meets the next one. */
  readonly longest: number
}

/** A firing may always happen, and nobody is told of what does not. */
const only = (begin: Actions['begin']): Actions => ({ fire: () => true, begin, block: () => undefined })

/** The database of these tests: rows that are written once, and what a settle needs to know, read from them. */
function emulated({ triggers, afterFailure, atATime, longest }: World) {
  const rows: Row[] = []
  const decided: string[] = []
  let settled = start
  let refused = 0

  function begin(due: DueExecution): Lifetime | undefined {
    assert.ok(due.at >= (rows.at(-1)?.at ?? start), 'runs begin in the order of time')
    const active = rows.filter(({ jobId, execution }) => jobId === due.jobId && execution.endsAt > due.at)
    if (active.length >= atATime) {
      refused++
      decided.push(`${due.key} ${due.firedAt} ${due.jobId} ${due.at} busy`)
      return undefined
    }
    const settings = { waiting: { from: 0, to: minute }, duration: { from: 0, to: longest }, failureRate: 0.2 }
    const rules = { timeoutEnd: 'failed', timeoutZero: 'unlimited' } as const
    const chance = entropy(`${due.key}/${due.firedAt}/${due.jobId}`)
    const execution = lifetimeOf(due.at, drawFate(chance, settings, { timeoutMinutes: 0 }, rules))
    rows.push({ ...due, execution })
    decided.push(`${due.key} ${due.firedAt} ${due.jobId} ${due.at}`)
    return execution
  }
  const block: Actions['block'] = (due, parentId, ended) =>
    void decided.push(`${due.key} ${due.firedAt} ${due.jobId} ${due.at} ${parentId} ${ended}`)

  return {
    rows,
    refused: () => refused,
    decided,
    /** Settles in one go, or in slices of so many events. */
    settle(now: number, fired: readonly Fired[] = [], budget?: number) {
      for (let reached = -1; reached < now; ) {
        const known = new Map<string, { key: string; firedAt: number; executions: Map<string, FiringExecution> }>()
        for (const { key, firedAt, jobId, execution } of rows) {
          const one = known.get(`${key} ${firedAt}`) ?? { key, firedAt, executions: new Map() }
          known.set(`${key} ${firedAt}`, one)
          one.executions.set(jobId, { ...execution, ended: execution.endsAt <= settled })
        }
        const open = [...known.values()].filter(({ executions }) =>
          [...executions.values()].some(({ ended }) => !ended),
        )
        const planned = triggers.map(trigger => ({ ...trigger, nextAt: nextAfter(trigger.rule, settled) }))
        const standing = { triggers: planned, open, fired }
        reached = unfold(
          standing,
          now,
          { shortMonth: 'skip', afterFailure },
          { fire: () => true, begin, block },
          budget,
        )
        settled = reached
      }
    },
  }
}

const job = (id: string, ...parentIds: string[]): WorkflowNode => ({ id, kind: 'job', parentIds })
const shapes: WorkflowNode[][] = [
  [job('a', 'T')],
  [job('b', 'T')],
  [job('a', 'T'), job('b', 'a'), job('c', 'b')],
  [job('c', 'T'), job('d', 'c'), job('e', 'c'), job('f', 'd', 'e')],
]
const rules: Rule[] = [
  { every: 'hour', minute: 0 },
  { every: 'hour', minute: 30 },
  { every: 'day', minuteOfDay: 600 },
  { every: 'once', at: start + 10 * hour },
  { every: 'never' },
]
const someWorld: fc.Arbitrary<World> = fc.record({
  triggers: fc
    .array(fc.tuple(fc.constantFrom(...shapes), fc.constantFrom(...rules)), { maxLength: 5 })
    .map(wires => wires.map(([nodes, rule], i) => ({ key: `w${i}`, rule, steps: plan(nodes, 'T') }))),
  afterFailure: fc.constantFrom('stop', 'continue'),
  atATime: fc.constantFrom(1, 2, 99),
  longest: fc.constantFrom(0, 20 * minute, 3 * hour),
})
const end = start + 2 * day

t.test('gives the same executions for any way of cutting a stretch of time', async t => {
  let refused = 0
  fc.assert(
    fc.property(
      someWorld,
      fc.array(fc.nat(2 * day), { maxLength: 6 }),
      fc.array(fc.nat(), { maxLength: 3 }),
      (world, cuts, picks) => {
        const whole = emulated(world)
        whole.settle(end)
        const moments = whole.rows.flatMap(({ at, execution }) => [at, execution.endsAt])
        // At any moment, and exactly at starts and ends, where one moment holds several events.
        const edges = [
          ...cuts.map(cut => start + cut),
          ...picks.flatMap(pick => moments[pick % (moments.length + 1)] ?? []),
        ]
        const pieces = emulated(world)
        for (const edge of edges.filter(at => at < end).sort((a, b) => a - b)) pieces.settle(edge)
        pieces.settle(end)
        assert.deepEqual(pieces.rows, whole.rows)
        assert.deepEqual(pieces.decided, whole.decided)
        const slices = emulated(world)
        slices.settle(end, [], 1 + cuts.length)
        assert.deepEqual(slices.rows, whole.rows)
        assert.deepEqual(slices.decided, whole.decided)
        refused += whole.refused()
      },
    ),
    { numRuns: 100 },
  )
  t.ok(refused > 0, 'some jobs were busy')
})

t.test('gives the executions of each firing by itself where no job is busy', async () => {
  fc.assert(
    fc.property(someWorld, world => {
      const free = { ...world, atATime: Number.POSITIVE_INFINITY }
      const { rows, settle } = emulated(free)
      settle(end)
      const executions = new Map(
        rows.map(({ execution, ...due }) => [JSON.stringify([due.key, due.firedAt, due.jobId]), execution]),
      )
      const alone = free.triggers.flatMap(({ key, rule, steps }) =>
        [...momentsBetween(rule, start, end)].flatMap(firedAt =>
          firing(
            steps,
            firedAt,
            ({ jobId }) => executions.get(JSON.stringify([key, firedAt, jobId])),
            free.afterFailure,
          )
            .filter(({ at }) => at <= end)
            .map(({ jobId, at }) => `${key} ${firedAt} ${jobId} ${at}`),
        ),
      )
      assert.deepEqual(
        rows.map(({ key, firedAt, jobId, at }) => `${key} ${firedAt} ${jobId} ${at}`).sort(),
        alone.sort(),
      )
    }),
    { numRuns: 50 },
  )
})

const chain = plan([job('a', 'T'), job('b', 'a')], 'T')
const byHand: WiredTrigger = { key: 'w', rule: { every: 'never' }, steps: chain }
const world: World = { triggers: [byHand], afterFailure: 'continue', atATime: 1, longest: 0 }

t.test('starts a manual firing at once, with its children when executions take no time', async t => {
  const begun: string[] = []
  const begin = ({ jobId, at }: DueExecution) => {
    begun.push(`${jobId}@${at - start}`)
    return lifetimeOf(at, { waiting: 0, duration: 0, end: 'completed' })
  }
  const standing = { triggers: [byHand], open: [], fired: [{ key: 'w', firedAt: start }] }
  unfold(standing, start, { shortMonth: 'skip', afterFailure: 'stop' }, only(begin))
  t.strictSame(begun, ['a@0', 'b@0'])
})

t.test('continues a manual firing in later steps', async t => {
  const { rows, settle } = emulated({ ...world, longest: hour })
  settle(start + 5)
  settle(start + 5, [{ key: 'w', firedAt: start + 5 }])
  t.strictSame(
    rows.map(({ jobId }) => jobId),
    ['a'],
  )
  settle(end)
  t.strictSame(
    rows.map(({ jobId }) => jobId),
    ['a', 'b'],
  )
  t.equal(rows[1]?.at, rows[0]?.execution.endsAt)
})

t.test('orders steps that are due at the same time by their firings', async t => {
  const begun: string[] = []
  const twoOClock = start + 2 * hour
  const execution = { queuedAt: start, startsAt: start, endsAt: twoOClock, end: 'completed', ended: false } as const
  const executions = new Map([['a', execution]])
  const open = [start + hour, start].map(firedAt => ({ key: 'w', firedAt, executions }))
  const begin = (due: DueExecution) => {
    begun.push(`${due.jobId} of ${(due.firedAt - start) / hour}`)
    return lifetimeOf(due.at, { waiting: 0, duration: 0, end: 'completed' })
  }
  unfold({ triggers: [byHand], open }, end, { shortMonth: 'skip', afterFailure: 'stop' }, only(begin))
  t.strictSame(begun, ['b of 0', 'b of 1'])
})

t.test('starts nothing for firings of a deleted workflow', async t => {
  const execution = { ...lifetimeOf(start, { waiting: 0, duration: hour, end: 'completed' }), ended: false }
  const gone = {
    triggers: [],
    open: [{ key: 'w', firedAt: start, executions: new Map([['a', execution]]) }],
    fired: [{ key: 'w', firedAt: start }],
  }
  const begun: DueExecution[] = []
  const begin = (due: DueExecution) => {
    begun.push(due)
    return execution
  }
  unfold(gone, end, { shortMonth: 'skip', afterFailure: 'stop' }, only(begin))
  t.strictSame(begun, [])
})

t.test('returns the content of a heap in order, pushed and popped in any way', async () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(50), { nil: undefined })), acts => {
      const heap = new Heap<number>((a, b) => a - b)
      const sorted: number[] = []
      for (const act of acts) {
        if (act === undefined) assert.equal(heap.pop(), sorted.shift())
        else {
          heap.push(act)
          sorted.push(act)
          sorted.sort((a, b) => a - b)
        }
      }
    }),
  )
})
