import { report } from '../domain/problem.ts'
import { type Clock, lastMoment, type SkewedClock, type VirtualClock } from '../time/clock.ts'
import { formatKoreanLocal } from '../time/korean-date.ts'
import { day } from '../time/korean-time.ts'
import { ClockError, type ClockGoal, toAdvance } from './clock-input.ts'

/** Where the clocks stand. */
export interface ClockState {
  /** The simulation clock, ISO 8601 in Korean time with milliseconds. */
  readonly now: string
  /** The same in epoch milliseconds. */
  readonly epochMs: number
  readonly frozen: boolean
  /** Milliseconds that pass in one of the system clock while it is not frozen. */
  readonly rate: number
  /** The clock that timestamps of signatures are held against: the system's plus a skew. */
  readonly gateway: { readonly skewMs: number; readonly now: string }
}

/** Where the clocks stand after a change. */
export interface MovedClock extends ClockState {
  /** How many executions triggers and workflows made on the way. */
  readonly executions: number
}

/** What is to change; what is absent stays. */
export interface ClockChange {
  /** Follow the system clock again; goes with `gatewaySkewMs` only. */
  readonly system?: true
  /** The time to show, in epoch milliseconds. */
  readonly now?: number
  /** Milliseconds to go forward; not together with `now` or `until`. */
  readonly advance?: number
  /** Go forward as far as this needs; not together with `now` or `advance`. */
  readonly until?: ClockGoal
  readonly rate?: number
  readonly frozen?: boolean
  readonly gatewaySkewMs?: number
}

export interface ClockDeps {
  readonly clock: VirtualClock
  readonly gateway: SkewedClock
  /** Brings the data up to a time, a slice at each step. */
  readonly slices: (now: number) => Iterable<{ readonly reached: number; readonly executions: number }>
  readonly executions: {
    /** When the last of the executions under way ends, `undefined` while there are none. */
    readonly lastEnd: () => number | undefined
    /** When the execution of this id ends: 0 once it has, `undefined` where there is none. */
    readonly endOf: (jobExecutionId: string) => number | undefined
  }
}

const shown = (clock: Clock): string => `${formatKoreanLocal(clock.now())}+09:00`

/** How far `until` goes before it gives up: triggers may start the next execution before the last one ends, for ever. */
const farthest = 366 * day

/** Complains about a change whose members do not go together. */
function checkMembers({ system, now, advance, until, ...rest }: ClockChange): void {
  const goals = Object.entries({ now, advance, until }).filter(([, value]) => value !== undefined)
  if ([system, ...goals, ...Object.values(rest)].every(value => value === undefined)) {
    throw new ClockError('name what is to change: frozen, now, advance, until, rate, system or gatewaySkewMs')
  }
  if (goals.length > 1) throw new ClockError(`${goals.map(([name]) => name).join(' and ')}: one of them, not several`)
  if (system && (goals.length > 0 || rest.rate !== undefined || rest.frozen !== undefined)) {
    throw new ClockError(
      'system: follows the system clock, so now, advance, until, rate and frozen cannot be given with it',
    )
  }
}

/** Where the change leads, `undefined` where the clock goes on from where it is. */
function destination(clock: VirtualClock, { system, now, advance }: ClockChange): number | undefined {
  if (system) return clock.system()
  if (advance !== undefined) toAdvance(advance)
  const target = advance === undefined ? now : clock.now() + advance
  if (target !== undefined && (target < 0 || target > lastMoment)) {
    throw new ClockError(
      `${advance === undefined ? 'now' : 'advance'}: must lead to a time from 1970-01-01T09:00:00+09:00 to ${formatKoreanLocal(lastMoment)}+09:00`,
    )
  }
  return target
}

/** Moves the simulation clock and the data with it; each step of a move is one slice. */
function clockMoves({ clock, slices, executions }: Omit<ClockDeps, 'gateway'>) {
  /** Why moves that are under way must end; each holds the object that was current when it began. */
  let interruption: { reason?: string } = {}

  /** Brings data and clock up to a time and returns the number of executions that made. Each step is one slice. */
  function* moveTo(target: number): Generator<void, number, undefined> {
    const current = interruption
    let made = 0
    for (const { reached, executions } of slices(target)) {
      made += executions
      if (reached >= target) continue
      clock.set(reached)
      yield
      const { reason } = current
      if (reason) report({ problem: 'clockInterrupted', now: shown(clock), reason })
    }
    clock.set(target)
    return made
  }

  /** When the goal may be reached, `undefined` once it is. */
  function nextGoal(goal: ClockGoal): number | undefined {
    if (goal === 'idle') return executions.lastEnd()
    const { jobExecutionId } = goal
    const end = executions.endOf(jobExecutionId)
    if (end === undefined) report({ problem: 'unknown', kind: 'execution', id: jobExecutionId })
    return end === 0 ? undefined : end
  }

  function* moveUntil(goal: ClockGoal): Generator<void, number, undefined> {
    const limit = clock.now() + farthest
    let made = 0
    for (let next = nextGoal(goal); next !== undefined; next = nextGoal(goal)) {
      if (next > limit) {
        throw new ClockError(
          `until: executions are still under way after 366 days, the clock shows ${shown(clock)}; use advance instead`,
        )
      }
      made += yield* moveTo(Math.max(next, clock.now()))
      yield
    }
    return made
  }

  return {
    moveTo,
    moveUntil,
    nextGoal,
    /** Ends every move that is under way, where it is. */
    interrupt(reason: string): void {
      interruption.reason = reason
      interruption = {}
    },
  }
}

/** Moves both clocks, the data with them. */
export function clockControl({ clock, gateway, slices, executions }: ClockDeps) {
  const { moveTo, moveUntil, nextGoal, interrupt } = clockMoves({ clock, slices, executions })

  const state = (): ClockState => ({
    now: shown(clock),
    epochMs: clock.now(),
    frozen: clock.frozen,
    rate: clock.rate,
    gateway: { skewMs: gateway.skew, now: shown(gateway) },
  })

  /** Changes the clocks; others may be served at each step. */
  function* changing(asked: ClockChange): Generator<void, MovedClock, undefined> {
    const { system, until, rate, frozen, gatewaySkewMs } = asked
    checkMembers(asked)
    const target = destination(clock, asked)
    if (until) nextGoal(until)
    if (frozen !== undefined) clock.freeze(frozen)
    if (rate !== undefined) clock.run(rate)
    if (gatewaySkewMs !== undefined) gateway.skew = gatewaySkewMs
    let made = 0
    if (until) made = yield* moveUntil(until)
    else if (target !== undefined) made = yield* moveTo(target)
    else for (const { executions } of slices(clock.now())) made += executions
    if (system) clock.follow()
    return { ...state(), executions: made }
  }

  let queue: Promise<unknown> = Promise.resolve()

  return {
    state,
    /**
     * Changes the clocks and brings the data up to the time they then show, all before it returns.
     * Throws a ClockError, with nothing changed, for a change that is not possible.
     */
    change(asked: ClockChange): MovedClock {
      const steps = changing(asked)
      let step = steps.next()
      while (!step.done) step = steps.next()
      return step.value
    },
    /** The same, one change after the other, and others are served in between. */
    changeInSteps(asked: ClockChange, pause: () => Promise<void>): Promise<MovedClock> {
      const changed = queue.then(async () => {
        const steps = changing(asked)
        let step = steps.next()
        while (!step.done) {
          await pause()
          step = steps.next()
        }
        return step.value
      })
      queue = changed.catch(() => undefined)
      return changed
    },
    interrupt,
  }
}

export type ClockControl = ReturnType<typeof clockControl>
