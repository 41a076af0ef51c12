export type Wait = (ms: number, then: () => void) => void

export interface Waiting {
  readonly wait: Wait
  /** Calls all pending callbacks now, and later ones immediately. Called when the server stops. */
  hurry(): void
}

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
