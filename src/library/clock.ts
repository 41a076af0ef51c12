import {
  type ClockControl,
  ClockError,
  type ClockState,
  distanceForm,
  givenAdvance,
  givenGoal,
  givenMoment,
  goalForm,
  isRate,
  isSkew,
  type MovedClock,
  momentForm,
  rateForm,
  skewForm,
} from '../service/clocks.ts'
import { asRangeErrors } from './range-errors.ts'

/**
 * The clocks of a running emulator. Every change brings the data up to the moment that is then shown before it
 * returns: executions have moved on, triggers have fired. Setting the clock back undoes nothing:
 * what has ended stays ended, and what is under way goes on when the clock gets there.
 * What is not possible throws a RangeError, with nothing changed.
 */
export interface EmulatorClock {
  /** Where the clocks stand. */
  state(): ClockState
  /** The simulation clock stands still. */
  freeze(): MovedClock
  /** It goes on from where it stood. */
  resume(): MovedClock
  /** It shows this moment: a Date, epoch milliseconds, or ISO 8601 (Korean time without an offset). */
  set(moment: Date | number | string): MovedClock
  /** It goes forward by milliseconds or a text such as `90s`, `5m`, `1h5m`, `1d`, `P1DT12H`. To set it back, use `set`. */
  advance(time: number | string): MovedClock
  /**
   * It goes forward until the execution of this id has ended, or with `idle` until no execution of any account is under
   * way. Throws a RangeError for an unknown execution, and when that is not reached within 366 days.
   */
  advanceUntil(goal: 'idle' | string | { readonly jobExecutionId: string }): MovedClock
  /** So many milliseconds pass in one of the system clock. */
  rate(rate: number): MovedClock
  /** It follows the system clock again. */
  system(): MovedClock
  /** The gateway clock, which judges timestamps of signatures, is so many milliseconds ahead of the system clock. */
  gatewaySkew(milliseconds: number): MovedClock
}

function checked<T>(value: T | undefined, name: string, form: string): T {
  if (value === undefined) throw new ClockError(`${name}: must be ${form}`)
  return value
}

/** The clocks as a test suite uses them. */
export function emulatorClock({ state, change }: ClockControl): EmulatorClock {
  return {
    state,
    freeze: () => change({ frozen: true }),
    resume: () => change({ frozen: false }),
    set: moment => change({ now: checked(givenMoment(moment), 'set', momentForm) }),
    advance: time => change({ advance: checked(givenAdvance(time), 'advance', distanceForm) }),
    advanceUntil: goal => asRangeErrors(() => change({ until: checked(givenGoal(goal), 'advanceUntil', goalForm) })),
    rate: rate => change({ rate: checked(isRate(rate) ? rate : undefined, 'rate', rateForm) }),
    system: () => change({ system: true }),
    gatewaySkew: skew => change({ gatewaySkewMs: checked(isSkew(skew) ? skew : undefined, 'gatewaySkew', skewForm) }),
  }
}
