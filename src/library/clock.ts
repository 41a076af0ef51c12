import {
  acceptedDuration,
  acceptedGoal,
  acceptedMoment,
  acceptedRate,
  acceptedSkew,
  ClockError,
  isRate,
  isSkew,
  toAdvance,
  toClockGoal,
  toMoment,
} from '../service/clock-input.ts'
import type { ClockControl, ClockState, MovedClock } from '../service/clocks.ts'
import { asRangeErrors } from './range-errors.ts'

/**
 * The clocks of a running emulator. Every change applies all state changes that are due by then before it returns:
 * executions have progressed, triggers have fired. Setting the clock back undoes nothing: ended executions stay ended,
 * and running ones continue when the clock reaches their times again.
 * An invalid change throws a RangeError and changes nothing.
 */
export interface EmulatorClock {
  state(): ClockState
  /** Stops the simulation clock. */
  freeze(): MovedClock
  /** Continues from the time at which it was stopped. */
  resume(): MovedClock
  /** Sets the simulation clock to a Date, epoch milliseconds, or ISO 8601 (Korean time without an offset). */
  set(moment: Date | number | string): MovedClock
  /** Advances by milliseconds or a duration such as `90s`, `5m`, `1h5m`, `1d`, `P1DT12H`. To set it back, use `set`. */
  advance(time: number | string): MovedClock
  /**
   * Advances until the execution with this id has ended, or with `idle` until no execution of any account is in
   * progress. Throws a RangeError for an unknown execution, and if the goal is not reached within 366 days.
   */
  advanceUntil(goal: 'idle' | string | { readonly jobExecutionId: string }): MovedClock
  /** Milliseconds that pass per millisecond of the system clock. */
  rate(rate: number): MovedClock
  /** Follows the system clock again. */
  system(): MovedClock
  /** Sets the offset of the gateway clock, which checks signature timestamps, from the system clock in milliseconds. */
  gatewaySkew(milliseconds: number): MovedClock
}

function checked<T>(value: T | undefined, name: string, form: string): T {
  if (value === undefined) throw new ClockError(`${name}: must be ${form}`)
  return value
}

export function emulatorClock({ state, change }: ClockControl): EmulatorClock {
  return {
    state,
    freeze: () => change({ frozen: true }),
    resume: () => change({ frozen: false }),
    set: moment => change({ now: checked(toMoment(moment), 'set', acceptedMoment) }),
    advance: time => change({ advance: checked(toAdvance(time), 'advance', acceptedDuration) }),
    advanceUntil: goal =>
      asRangeErrors(() => change({ until: checked(toClockGoal(goal), 'advanceUntil', acceptedGoal) })),
    rate: rate => change({ rate: checked(isRate(rate) ? rate : undefined, 'rate', acceptedRate) }),
    system: () => change({ system: true }),
    gatewaySkew: skew =>
      change({ gatewaySkewMs: checked(isSkew(skew) ? skew : undefined, 'gatewaySkew', acceptedSkew) }),
  }
}
