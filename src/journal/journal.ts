import type { Depth, Explanation } from '../diagnosis/explainer.ts'
import type { ApiErrorName } from '../domain/api-error.ts'
import type { ActedFault } from '../faults/rule.ts'

export interface Arrival {
  /** Epoch milliseconds of the system clock; the simulation clock does not affect it. */
  readonly at: number
  /** Start time from a monotonic clock. */
  readonly began: number
  /** Empty if the request was not HTTP. */
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Number of characters of the whole body. */
  readonly length: number
}

/** The start of a body, and the length of the whole body. */
export interface KeptBody {
  readonly start: string | Uint8Array
  readonly length: number
}

export interface Outcome {
  /** Absent: the connection ended before a response. */
  readonly status?: number | undefined
  readonly durationMs: number
  /** Absent: not rejected. */
  readonly refused?: ApiErrorName | undefined
  /** The message of the log. */
  readonly reason?: string | undefined
  /** Computes why the request was rejected; `deep` searches longer, for a query about this request alone. */
  readonly explain?: ((depth?: Depth) => Explanation) | undefined
  readonly operation?: string | undefined
  readonly account?: string | undefined
  readonly sent?: KeptBody | undefined
  readonly answer?: KeptBody | undefined
}

/** A request in the journal. Stores what is available at no cost; everything else is computed when it is read. */
export interface Entry {
  readonly number: number
  readonly arrival: Arrival
  /** The faults that acted on it, in order. */
  faults?: readonly ActedFault[]
  /** The stub that responded; null: there were stubs, and none matched. */
  stub?: string | null
  /** Absent until there is a response. */
  outcome?: Outcome | undefined
  /** The connection ended before the whole response was sent. */
  broken?: true
  /** Estimated size in bytes. */
  size: number
}

/** Estimated size of an entry without its texts, in bytes. */
const frame = 500

/** Upper bound for how often a computed diagnosis contains the texts of its request. */
const diagnosed = 8

const mostBytesByDefault = 16 * 1024 ** 2

/** Keeps the last entries: at most `capacity`, and at most about `mostBytes` bytes; drops the oldest first. */
function createRing(capacity: number, mostBytes: number) {
  const slots: (Entry | undefined)[] = []
  let next = 1
  let oldest = 1
  let kept = 0
  let bytes = 0

  const at = (number: number): Entry | undefined => slots[number % capacity]

  function drop(number: number): void {
    const entry = at(number)
    if (entry === undefined) return
    bytes -= entry.size
    kept -= 1
    slots[number % capacity] = undefined
  }

  function dropOldest(): void {
    drop(oldest)
    oldest += 1
  }

  function trim(): void {
    while (next - oldest > capacity || (bytes > mostBytes && oldest < next)) dropOldest()
  }

  return {
    next: () => next,
    kept: () => kept,
    at,
    drop,
    add(entry: Entry): void {
      if (next - oldest === capacity) dropOldest()
      slots[next % capacity] = entry
      kept += 1
      next += 1
      bytes += entry.size
      trim()
    },
    /** To be called when the size of a kept entry has changed. */
    resized(by: number): void {
      bytes += by
      trim()
    },
    dropAll(): void {
      for (let number = oldest; number < next; number++) drop(number)
      oldest = next
    },
    entries(): Entry[] {
      const found: Entry[] = []
      for (let number = oldest; number < next; number++) {
        const entry = at(number)
        if (entry) found.push(entry)
      }
      return found
    },
  }
}

/** Keeps the last requests: at most `capacity`, and at most about `mostBytes` bytes; drops the oldest first. */
export function journal(capacity: number, mostBytes = mostBytesByDefault) {
  const ring = createRing(capacity, mostBytes)
  const cleared = new Set<string>()
  const listeners = new Set<(entry: Entry) => void>()

  return {
    recordRequest(arrival: Arrival): Entry {
      const entry: Entry = { number: ring.next(), arrival, outcome: undefined, size: frame + arrival.length }
      ring.add(entry)
      return entry
    },
    /** Records the outcome of a request; called again if the connection breaks while the response is sent. */
    recordResponse(entry: Entry, outcome: Outcome): void {
      const { size } = entry
      entry.outcome = outcome
      // The entry was dropped or cleared in the meantime.
      if (ring.at(entry.number) !== entry) return
      const { answer, sent, reason, explain } = outcome
      const texts = (answer?.start.length ?? 0) + (sent?.start.length ?? 0) + (reason?.length ?? 0)
      entry.size = frame + entry.arrival.length * (explain ? 1 + diagnosed : 1) + texts
      ring.resized(entry.size - size)
      for (const listener of listeners) listener(entry)
    },
    /** All entries, oldest first. */
    entries: ring.entries,
    /** The request with this number, if it is kept. */
    entry(number: number): Entry | undefined {
      const entry = ring.at(number)
      return entry?.number === number ? entry : undefined
    },
    /** The number of the newest request; 0 before the first. */
    last: () => ring.next() - 1,
    /** Number of entries that were dropped or cleared. */
    dropped: () => ring.next() - 1 - ring.kept(),
    /** Drops all entries, or those of one account. Numbers continue, so that nobody who follows the journal sees one twice. */
    clear(account?: string): void {
      if (account === undefined) ring.dropAll()
      else {
        cleared.add(account)
        for (const { number, outcome } of ring.entries()) if (outcome?.account === account) ring.drop(number)
      }
    },
    /** Whether entries of this account were cleared: the name of a removed account stays valid in filters. */
    hasCleared: (account: string): boolean => cleared.has(account),
    /** Calls the listener for every response from now on; returns a function that stops it. */
    listen(listener: (entry: Entry) => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export type Journal = ReturnType<typeof journal>
