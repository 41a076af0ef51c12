import { type Clock, lastMoment, type SkewedClock, type VirtualClock } from '../time/clock.ts'
import { durationForm, durationOf } from '../time/duration.ts'
import { formatKoreanLocal } from '../time/korean-date.ts'
import { momentOrDay } from '../time/korean-time.ts'

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
  /** The moment to show, in epoch milliseconds. */
  readonly now?: number
  /** Milliseconds to go forward, or back when below 0; not together with `now`. */
  readonly advance?: number
  readonly rate?: number
  readonly frozen?: boolean
  readonly gatewaySkewMs?: number
}

/** A change of the clock that cannot be; the message says what can. */
export class ClockError extends RangeError {
  constructor(message: string) {
    super(message)
    this.name = 'ClockError'
  }
}

/** What a moment looks like. */
export const momentForm =
  'a date in ISO 8601 such as 2025-03-20T08:54:03+09:00 (Korean time without an offset) or epoch milliseconds'
/** What a distance in time looks like. */
export const distanceForm = `milliseconds or ${durationForm}`

/** The epoch milliseconds of a moment as callers give it, `undefined` when it is none. */
export function givenMoment(given: unknown): number | undefined {
  if (given instanceof Date) return givenMoment(given.getTime())
  const moment = typeof given === 'string' ? momentOrDay(given) : given
  return Number.isSafeInteger(moment) ? (moment as number) : undefined
}

/** The milliseconds of a distance as callers give it, `undefined` when it is none. */
export function givenDistance(given: unknown): number | undefined {
  const distance = typeof given === 'string' ? durationOf(given) : given
  return Number.isSafeInteger(distance) ? (distance as number) : undefined
}

const fastest = 1_000_000

/** Whether the clock can run at this rate. */
export const isRate = (rate: unknown): rate is number => typeof rate === 'number' && rate > 0 && rate <= fastest
/** What a rate looks like. */
export const rateForm = `a number above 0 and up to ${fastest}; to stop the clock, freeze it`

const largestSkew = 10_000_000_000_000

/** Whether the gateway clock can be this far off. */
export const isSkew = (skew: unknown): skew is number =>
  Number.isInteger(skew) && Math.abs(skew as number) <= largestSkew
/** What a skew looks like. */
export const skewForm = `whole milliseconds from -${largestSkew} to ${largestSkew}`

export interface ClockParts {
  readonly clock: VirtualClock
  readonly gateway: SkewedClock
  /** Brings the data up to a moment and tells how many executions that made; `back` when the clock showed a later one. */
  readonly settle: (now: number, back: boolean) => number
}

const shown = (clock: Clock): string => `${formatKoreanLocal(clock.now())}+09:00`

/** Moves both clocks, the data with them. */
export function clockControl({ clock, gateway, settle }: ClockParts) {
  const state = (): ClockState => ({
    now: shown(clock),
    epochMs: clock.now(),
    frozen: clock.frozen,
    rate: clock.rate,
    gateway: { skewMs: gateway.skew, now: shown(gateway) },
  })

  /** Where the change leads, `undefined` where the clock goes on from where it is. */
  function destination({ now, advance }: ClockChange): number | undefined {
    const moment = advance === undefined ? now : clock.now() + advance
    if (moment !== undefined && (moment < 0 || moment > lastMoment)) {
      throw new ClockError(
        `${advance === undefined ? 'now' : 'advance'}: must lead to a moment from 1970-01-01T09:00:00+09:00 to ${formatKoreanLocal(lastMoment)}+09:00`,
      )
    }
    return moment
  }

  return {
    state,
    /**
     * Changes the clocks and brings the data up to the moment they then show, all before it returns.
     * Throws a ClockError, with nothing changed, for a change that cannot be.
     */
    change(asked: ClockChange): MovedClock {
      const { system, now, advance, rate, frozen, gatewaySkewMs } = asked
      if (Object.values(asked).every(value => value === undefined)) {
        throw new ClockError('name what is to change: frozen, now, advance, rate, system or gatewaySkewMs')
      }
      if (now !== undefined && advance !== undefined) throw new ClockError('now and advance: one of them, not both')
      if (system && [now, advance, rate, frozen].some(value => value !== undefined)) {
        throw new ClockError('system: follows the system clock, so now, advance, rate and frozen cannot go with it')
      }
      const moment = destination(asked)
      const before = clock.now()
      if (system) clock.follow()
      if (frozen !== undefined) clock.freeze(frozen)
      if (rate !== undefined) clock.run(rate)
      if (moment !== undefined) clock.set(moment)
      if (gatewaySkewMs !== undefined) gateway.skew = gatewaySkewMs
      const executions = settle(clock.now(), clock.now() < before)
      return { ...state(), executions }
    },
  }
}

export type ClockControl = ReturnType<typeof clockControl>
