export const changedParts = [
  'jobs',
  'executions',
  'workflows',
  'triggers',
  'faults',
  'stubs',
  'accounts',
  'clock',
  'all',
] as const
export const apiParts: readonly ChangedPart[] = ['jobs', 'executions', 'workflows', 'triggers']
export type ChangedPart = (typeof changedParts)[number]

/** That data has changed, by a call of the API, of the admin API or of the library. */
export interface Change {
  readonly what: readonly ChangedPart[]
  /** Name of the account; absent: of all, or of none. */
  readonly account?: string | undefined
}

export function changeFeed() {
  const listeners = new Set<(change: Change) => void>()
  return {
    tell(change: Change): void {
      for (const listener of listeners) listener(change)
    },
    /** Calls the listener at every change from now on, until the function that it returns is called. */
    listen(listener: (change: Change) => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export type ChangeFeed = ReturnType<typeof changeFeed>
