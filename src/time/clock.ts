/** Tells the moment in epoch milliseconds. */
export interface Clock {
  now(): number
}

/** The wall clock of the machine: the only place that asks for it. */
export const systemClock: Clock = { now: () => Date.now() }

/** The last millisecond of the year 9999 in Korea: later dates do not fit into the form that replies have. */
export const lastMoment = Date.UTC(9999, 11, 31, 14, 59, 59, 999)

/**
 * A clock that follows another one until someone moves it.
 * The simulation dates records by it, so a month can pass in a millisecond.
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

  /** Shows `moment` from now on; frozen or not, at the rate it had. */
  set(moment: number): void {
    this.#shown = moment
    this.#since = this.#wall.now()
  }

  /** Stands still, or goes on from where it stood. */
  freeze(frozen: boolean): void {
    this.set(this.now())
    this.#frozen = frozen
  }

  /** Passes `rate` milliseconds in one of the wall clock. */
  run(rate: number): void {
    this.set(this.now())
    this.#rate = rate
  }

  /** Shows what the wall clock shows, and goes as it goes. */
  follow(): void {
    this.#frozen = false
    this.#rate = 1
    this.set(this.#wall.now())
  }

  /** Stands where it stood at another time. */
  place({ moment, frozen, rate }: { moment: number; frozen: boolean; rate: number }): void {
    this.#frozen = frozen
    this.#rate = rate
    this.set(moment)
  }

  /** What the wall clock shows. */
  system(): number {
    return this.#wall.now()
  }

  /** What it would show after a restart. */
  beginning(): number {
    return this.#start ?? this.#wall.now()
  }

  /** As it was when it was made: at its start, or with the wall clock. */
  restart(): void {
    this.follow()
    if (this.#start !== undefined) this.set(this.#start)
  }
}

/** The clock of the signature window: the wall plus a skew in milliseconds, apart from the simulation. */
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

/** Elapsed milliseconds of the process, for durations that a person reads. */
export const stopwatch = (): (() => number) => {
  const start = performance.now()
  return () => performance.now() - start
}
