/** Calls back after so many milliseconds. */
export type Wait = (ms: number, then: () => void) => void

export interface Waiting {
  readonly wait: Wait
  /** Calls back everybody who waits, and from now on at once: the server stops. */
  hurry(): void
}

/** Waiting by timers of the machine; the only ones that a request can meet. */
export function waiting(): Waiting {
  const waiters = new Map<NodeJS.Timeout, () => void>()
  let hurried = false
  return {
    wait(ms, then) {
      if (hurried) {
        setImmediate(then)
        return
      }
      const timer = setTimeout(() => {
        waiters.delete(timer)
        then()
      }, ms)
      waiters.set(timer, then)
    },
    hurry() {
      hurried = true
      for (const [timer, then] of waiters) {
        clearTimeout(timer)
        setImmediate(then)
      }
      waiters.clear()
    },
  }
}
