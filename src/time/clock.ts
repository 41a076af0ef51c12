/** The current time in epoch milliseconds. */
export interface Clock {
  now(): number
}

/** The system clock. No other code reads the system time. */
export const systemClock: Clock = { now: () => Date.now() }

/** The last millisecond of the year 9999 in Korea: later dates do not fit the format of responses. */
export const lastMoment = Date.UTC(9999, 11, 31, 14, 59, 59, 999)

/**
 * A clock that follows the system clock until it is set, frozen or given another rate.
 * It dates records of the simulation, so a test can skip a month in a millisecond.
 */
export class VirtualClock implements Clock {
  readonly #wall: Clock
  readonly #start: number | undefined
  #rate = 1
  #frozen = false
  #shown: number
  #since: number

  constructor(wall: Clock, start?: number) {
    this.#wall = wall
    this.#start = start
    this.#since = wall.now()
    this.#shown = start ?? this.#since
  }

  now(): number {
    const passed = this.#frozen ? 0 : (this.#wall.now() - this.#since) * this.#rate
    return Math.min(Math.trunc(this.#shown + passed), lastMoment)
  }

  get rate(): number {
    return this.#rate
  }

  get frozen(): boolean {
    return this.#frozen
  }

  /** Keeps the rate, and keeps a frozen clock frozen. */
  set(moment: number): void {
    this.#shown = moment
    this.#since = this.#wall.now()
  }

  /** Stops the clock, or resumes it from where it stopped. */
  freeze(frozen: boolean): void {
    this.set(this.now())
    this.#frozen = frozen
  }

  /** Advances `rate` milliseconds per millisecond of the system clock. */
  run(rate: number): void {
    this.set(this.now())
    this.#rate = rate
  }

  /** Resets the clock to the system time at rate 1. */
  follow(): void {
    this.#frozen = false
    this.#rate = 1
    this.set(this.#wall.now())
  }

  place({ moment, frozen, rate }: { moment: number; frozen: boolean; rate: number }): void {
    this.#frozen = frozen
    this.#rate = rate
    this.set(moment)
  }

  system(): number {
    return this.#wall.now()
  }

  /** The time that the clock would show after a restart. */
  beginning(): number {
    return this.#start ?? this.#wall.now()
  }

  restart(): void {
    this.follow()
    if (this.#start !== undefined) this.set(this.#start)
  }
}

/** The clock of the signature window: the system clock plus a skew in milliseconds, independent of the simulation clock. */
export class SkewedClock implements Clock {
  readonly #wall: Clock
  skew: number

  constructor(wall: Clock, skew: number) {
    this.#wall = wall
    this.skew = skew
  }

  now(): number {
    return this.#wall.now() + this.skew
  }
}

/** Returns a function that gives the elapsed milliseconds. */
export const stopwatch = (): (() => number) => {
  const start = performance.now()
  return () => performance.now() - start
}
