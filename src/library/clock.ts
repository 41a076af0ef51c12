import {
  type ClockControl,
  ClockError,
  type ClockState,
  distanceForm,
  givenDistance,
  givenMoment,
  isRate,
  isSkew,
  type MovedClock,
  momentForm,
  rateForm,
  skewForm,
} from '../service/clocks.ts'

/**
 * The clocks of a running emulator. Every change brings the data up to the moment that is then shown before it
 * returns: executions have moved on, triggers have fired. Going back is allowed and undoes nothing.
 * What cannot be throws a RangeError, with nothing changed.
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
  /** It goes forward by milliseconds or a text such as `90s`, `5m`, `1h`, `1d`, `P1DT12H`; back by a number below 0. */
  advance(time: number | string): MovedClock
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
    advance: time => change({ advance: checked(givenDistance(time), 'advance', distanceForm) }),
    rate: rate => change({ rate: checked(isRate(rate) ? rate : undefined, 'rate', rateForm) }),
    system: () => change({ system: true }),
    gatewaySkew: skew => change({ gatewaySkewMs: checked(isSkew(skew) ? skew : undefined, 'gatewaySkew', skewForm) }),
  }
}
