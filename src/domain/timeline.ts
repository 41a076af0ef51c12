import { type AfterFailure, type Ended, type Release, releasedAt, type Step } from './firing.ts'
import { Heap } from './heap.ts'
import type { Run } from './run.ts'
import { nextAfter, type Rule, type ShortMonth } from './schedule.ts'

/** A trigger as it stands in a workflow, with all that it starts. */
export interface WiredTrigger {
  /** Names the pair of workflow and trigger, and orders what is due at the same moment. */
  readonly key: string
  readonly rule: Rule
  /** When it fires next, where that is known; else the first time after the beginning of the stretch. */
  readonly nextAt?: number | undefined
  readonly steps: readonly Step[]
}

/** That a wired trigger fired at a moment. */
export interface Fired {
  readonly key: string
  readonly firedAt: number
}

/** A firing with the runs it has so far, by job. */
interface OpenFiring extends Fired {
  readonly runs: ReadonlyMap<string, Run>
}

/** A job that is due to start, and why. */
export interface DueRun extends Release, Fired {}

/** Where things stand at the beginning of a stretch of time. */
export interface Standing {
  readonly triggers: readonly WiredTrigger[]
  /** At least the firings of which a run had not ended; more of them change nothing. */
  readonly open: readonly OpenFiring[]
  /** Firings that somebody asked for, in this stretch or at its beginning. Two at one moment need keys of their own. */
  readonly fired?: readonly Fired[]
}

export interface TimelineRules {
  readonly shortMonth: ShortMonth
  readonly afterFailure: AfterFailure
}

/** Steps by the job they wait for, those that wait for none under the empty text. */
type Followers = ReadonlyMap<string, readonly Step[]>

interface Firing extends Fired {
  readonly followers: Followers
  readonly ends: Map<string, Ended>
}

/** A step of a firing that is due; without a step, the firing itself, which may be that of a rule. */
interface Event {
  readonly at: number
  readonly firing: Firing
  readonly step?: Step
  readonly rule?: Rule
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

/**
 * Starts everything that triggers make due after `from` and not after `to`, in the order of time.
 * `begin` makes a due run, or gives `undefined` where the job cannot run at that moment.
 * It remembers one event a trigger and the firings on their way, however long the stretch is.
 */
export function unfold(
  { triggers, open, fired = [] }: Standing,
  from: number,
  to: number,
  { shortMonth, afterFailure }: TimelineRules,
  begin: (due: DueRun) => Run | undefined,
): void {
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
  const expectNext = (key: string, rule: Rule, after: number, nextAt?: number) => {
    const at = nextAt ?? nextAfter(rule, after, shortMonth)
    if (at !== undefined) expect({ at, firing: firingOf({ key, firedAt: at }), rule })
  }
  const releaseOf = ({ firedAt, ends }: Firing, step: Step) =>
    releasedAt(step, firedAt, jobId => ends.get(jobId), afterFailure)

  for (const { key, rule, nextAt } of triggers) expectNext(key, rule, from, nextAt)
  for (const one of fired) expect({ at: one.firedAt, firing: firingOf(one) })
  for (const one of open) {
    const firing = firingOf(one)
    for (const step of wired.get(one.key)?.steps ?? []) {
      const made = one.runs.get(step.jobId)
      const at = releaseOf(firing, step)
      if (made !== undefined) firing.ends.set(step.jobId, made)
      else if (at !== undefined && at > from) expect({ at, firing, step })
      else if (at !== undefined) firing.ends.set(step.jobId, { endsAt: at, end: 'skipped' })
    }
  }

  for (let event = events.pop(); event !== undefined; event = events.pop()) {
    const { at, firing, step, rule } = event
    const { key, firedAt, followers, ends } = firing
    if (rule !== undefined) expectNext(key, rule, at)
    if (step !== undefined) {
      ends.set(step.jobId, begin({ key, firedAt, jobId: step.jobId, at }) ?? { endsAt: at, end: 'skipped' })
    }
    for (const next of followers.get(step?.jobId ?? atOnce) ?? []) {
      const released = releaseOf(firing, next)
      if (released !== undefined) expect({ at: released, firing, step: next })
    }
  }
}
