/** Tells the moment in epoch milliseconds. */
export interface Clock {
  now(): number
}

/** The wall clock of the machine: the only place that asks for it. */
export const systemClock: Clock = { now: () => Date.now() }

/**
 * A clock that follows another one until someone moves it.
 * The simulation dates records by it, so a month can pass in a millisecond.
 */
export class VirtualClock implements Clock {
  readonly #wall: Clock
  #rate = 1
  #shown: number
  #since: number

  constructor(wall: Clock, start: number = wall.now()) {
    this.#wall = wall
    this.#shown = start
    this.#since = wall.now()
  }

  now(): number {
    return Math.trunc(this.#shown + (this.#wall.now() - this.#since) * this.#rate)
  }

  /** Shows `moment` from now on, at the rate it had. */
  set(moment: number): void {
    this.#shown = moment
    this.#since = this.#wall.now()
  }
}

/** The clock of the signature window: the wall plus a skew in milliseconds, apart from the simulation. */
export const skewedClock = (wall: Clock, skew: number): Clock => ({ now: () => wall.now() + skew })

/** Elapsed milliseconds of the process, for durations that a person reads. */
export const stopwatch = (): (() => number) => {
  const start = performance.now()
  return () => performance.now() - start
}
