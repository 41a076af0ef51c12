import {
  type AfterFailure,
  type Blocked,
  type BlockingEnd,
  blockedAt,
  type Ended,
  type Release,
  releasedAt,
  type Step,
} from './firing.ts'
import { Heap } from './heap.ts'
import type { Lifetime } from './lifetime.ts'
import { nextAfter, type Rule, type ShortMonth } from './schedule.ts'

export interface WiredTrigger {
  /** Names the pair of workflow and trigger, and orders what is due at the same moment. */
  readonly key: string
  readonly rule: Rule
  /** When it fires next; absent for one that does not fire by itself. */
  readonly nextAt?: number | undefined
  readonly steps: readonly Step[]
}

export interface Fired {
  readonly key: string
  readonly firedAt: number
}

/** An execution of a firing; `ended` once its end has been noted, so that what waits for it has been decided. */
export interface FiringExecution extends Lifetime {
  readonly ended: boolean
}

/** A firing with the executions it has so far, by job. */
interface OpenFiring extends Fired {
  readonly executions: ReadonlyMap<string, FiringExecution>
}

export interface DueExecution extends Release, Fired {}

export interface Standing {
  readonly triggers: readonly WiredTrigger[]
  /** At least the firings with an execution whose end was not noted; more of them change nothing. */
  readonly open: readonly OpenFiring[]
  /** Firings that somebody asked for, in this stretch or at its beginning. Two at one moment need keys of their own. */
  readonly fired?: readonly Fired[]
}

export interface TimelineRules {
  readonly shortMonth: ShortMonth
  readonly afterFailure: AfterFailure
}

export interface Actions {
  readonly fire: (fired: Fired) => boolean
  /** Makes a due execution; `undefined` where the job may not run at that moment. */
  readonly begin: (due: DueExecution) => Lifetime | undefined
  /** A job that will not start, because of the end of the job before it. */
  readonly block: (due: DueExecution, parentId: string, end: BlockingEnd) => void
}

/** Steps by the job they wait for, those that wait for none under the empty text. */
type Followers = ReadonlyMap<string, readonly Step[]>

interface Firing extends Fired {
  readonly followers: Followers
  readonly ends: Map<string, Ended>
}

/** A step of a firing that is due or blocked; without a step, the firing itself, which may be that of a rule. */
interface Event {
  readonly at: number
  readonly firing: Firing
  readonly step?: Step
  readonly blocked?: Blocked | undefined
  readonly rule?: Rule | undefined
}

const atOnce = ''

function followersIn(steps: readonly Step[]): Followers {
  const followers = new Map<string, Step[]>()
  for (const step of steps) {
    for (const jobId of step.parentIds.length === 0 ? [atOnce] : step.parentIds) {
      const known = followers.get(jobId)
      if (known === undefined) followers.set(jobId, [step])
      else known.push(step)
    }
  }
  return followers
}

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** A total order, so that one moment goes the same way wherever time is cut. */
const inTime = (a: Event, b: Event): number =>
  a.at - b.at ||
  compareText(a.firing.key, b.firing.key) ||
  compareText(a.step?.jobId ?? atOnce, b.step?.jobId ?? atOnce) ||
  a.firing.firedAt - b.firing.firedAt

function timelineOf({ triggers, open, fired = [] }: Standing, to: number, rules: TimelineRules) {
  const events = new Heap(inTime)
  const wired = new Map(triggers.map(({ key, steps }) => [key, { steps, followers: followersIn(steps) }]))

  const firingOf = ({ key, firedAt }: Fired): Firing => ({
    key,
    firedAt,
    followers: wired.get(key)?.followers ?? new Map(),
    ends: new Map(),
  })
  const expect = (event: Event) => {
    if (event.at <= to) events.push(event)
  }
  const expectFiring = (key: string, rule: Rule, at: number | undefined) => {
    if (at !== undefined) expect({ at, firing: firingOf({ key, firedAt: at }), rule })
  }
  /** Expects a step where it is known when it starts, or that it never does. */
  function expectStep(firing: Firing, step: Step): void {
    const endOf = (jobId: string) => firing.ends.get(jobId)
    const blocked = blockedAt(step, endOf, rules.afterFailure)
    const at = blocked?.at ?? releasedAt(step, firing.firedAt, endOf, rules.afterFailure)
    if (at !== undefined) expect({ at, firing, step, blocked })
  }
  /** What was decided of a firing stays decided; the rest is expected. */
  function resume(one: OpenFiring): void {
    const firing = firingOf(one)
    const decided = new Set<string>()
    for (const step of wired.get(one.key)?.steps ?? []) {
      const { jobId, parentIds } = step
      const made = one.executions.get(jobId)
      if (made !== undefined) {
        firing.ends.set(jobId, made)
        if (made.ended) decided.add(jobId)
        continue
      }
      const endOf = (parentId: string) => firing.ends.get(parentId)
      const blocked = blockedAt(step, endOf, rules.afterFailure)
      const isDecided = blocked ? decided.has(blocked.parentId) : parentIds.every(parentId => decided.has(parentId))
      if (!isDecided) {
        expectStep(firing, step)
        continue
      }
      const at = blocked?.at ?? releasedAt(step, one.firedAt, endOf, rules.afterFailure) ?? one.firedAt
      firing.ends.set(jobId, { endsAt: at, end: blocked ? 'blocked' : 'skipped' })
      decided.add(jobId)
    }
  }

  for (const { key, rule, nextAt } of triggers) expectFiring(key, rule, nextAt)
  for (const one of fired) expect({ at: one.firedAt, firing: firingOf(one) })
  for (const one of open) resume(one)
  return { events, expectFiring, expectStep }
}

/**
 * Starts everything that triggers make due up to `to`, in the order of time, and returns the time up to which that was
 * done: `to`, or an earlier one once `budget` events were handled, never in the middle of a moment.
 * It remembers one event a trigger and the firings on their way, however long the stretch is.
 */
export function unfold(
  standing: Standing,
  to: number,
  rules: TimelineRules,
  { fire, begin, block }: Actions,
  budget = Number.POSITIVE_INFINITY,
): number {
  const { events, expectFiring, expectStep } = timelineOf(standing, to, rules)
  let handled = 0
  let reached = to
  for (let event = events.pop(); event !== undefined; event = events.pop()) {
    const { at, firing, step, blocked, rule } = event
    if (handled >= budget && at > reached) return reached
    const { key, firedAt, followers, ends } = firing
    handled++
    reached = at
    if (rule !== undefined) expectFiring(key, rule, nextAfter(rule, at, rules.shortMonth))
    if (step !== undefined) {
      const { jobId } = step
      // Known already where several jobs before it failed.
      if (ends.has(jobId)) continue
      const due = { key, firedAt, jobId, at }
      if (blocked === undefined) ends.set(jobId, begin(due) ?? { endsAt: at, end: 'skipped' })
      else {
        block(due, blocked.parentId, blocked.end)
        ends.set(jobId, { endsAt: at, end: 'blocked' })
      }
    } else if (!fire(firing)) continue
    for (const next of followers.get(step?.jobId ?? atOnce) ?? []) expectStep(firing, next)
  }
  return to
}
