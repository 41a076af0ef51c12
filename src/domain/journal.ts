import type { RefusalName } from './refusal.ts'

/** A request as it came in. */
export interface Arrival {
  /** Epoch milliseconds of the machine's clock; the simulation does not move it. */
  readonly at: number
  /** Reading of a stop watch. */
  readonly began: number
  /** Empty for what was no HTTP. */
  readonly method: string
  /** As received. */
  readonly target: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** How many characters all of it has. */
  readonly length: number
}

/** The beginning of a body, and how long all of it is. */
export interface KeptBody {
  readonly start: string | Uint8Array
  readonly length: number
}

/** A fault that acted on a request. */
export interface ActedFault {
  readonly id: string
  /** What it does, such as `refuse` or `delay`. */
  readonly kind: string
}

/** What became of a request. */
export interface Outcome {
  /** Absent: its connection was reset on purpose, and nobody was asked. */
  readonly status?: number
  readonly durationMs: number
  /** Absent: passed and served. */
  readonly refused?: RefusalName | undefined
  /** The sentence of the log. */
  readonly reason?: string | undefined
  /** Works out why the gateway refused. */
  readonly explain?: (() => object) | undefined
  readonly operation?: string | undefined
  readonly account?: string | undefined
  readonly sent?: KeptBody | undefined
  readonly answer?: KeptBody
}

/** A request in the journal. It holds what was at hand anyway; everything else is worked out when somebody reads it. */
export interface Entry {
  readonly number: number
  readonly arrival: Arrival
  /** The faults that acted on it, in their order. */
  faults?: readonly ActedFault[]
  /** Absent as long as there is no answer. */
  outcome?: Outcome
  /** What it counts for in the limit of the whole. */
  size: number
}

/** What an entry costs beside its texts. */
const frame = 500

const mostBytesByDefault = 16 * 1024 ** 2

/** Remembers the last requests: at most `capacity` of them, and at most about `mostBytes` bytes; the oldest go first. */
export function journal(capacity: number, mostBytes = mostBytesByDefault) {
  const slots: (Entry | undefined)[] = []
  const listeners = new Set<(entry: Entry) => void>()
  let next = 1
  let oldest = 1
  let bytes = 0

  const at = (number: number): Entry | undefined => slots[number % capacity]

  function dropOldest(): void {
    bytes -= at(oldest)?.size ?? 0
    slots[oldest % capacity] = undefined
    oldest += 1
  }

  function trim(): void {
    while (next - oldest > capacity || (bytes > mostBytes && oldest < next)) dropOldest()
  }

  return {
    arrived(arrival: Arrival): Entry {
      const entry: Entry = { number: next, arrival, size: frame + arrival.length }
      if (next - oldest === capacity) dropOldest()
      slots[next % capacity] = entry
      next += 1
      bytes += entry.size
      trim()
      return entry
    },
    answered(entry: Entry, outcome: Outcome): void {
      entry.outcome = outcome
      // Dropped or cleared while it was under way.
      if (entry.number < oldest) return
      const more = (outcome.answer?.start.length ?? 0) + (outcome.sent?.start.length ?? 0)
      entry.size += more
      bytes += more
      trim()
      for (const listener of listeners) listener(entry)
    },
    /** All that is kept, the oldest first. */
    entries(): Entry[] {
      const kept: Entry[] = []
      for (let number = oldest; number < next; number++) {
        const entry = at(number)
        if (entry) kept.push(entry)
      }
      return kept
    },
    /** How many fell out or were cleared. */
    dropped: () => oldest - 1,
    /** Numbers go on, so that nobody who asks for what is new is shown it twice. */
    clear(): void {
      while (oldest < next) dropOldest()
    },
    /** Drops what one account asked for and was answered; it does not count as dropped. */
    forget(account: string): void {
      for (let number = oldest; number < next; number++) {
        const entry = at(number)
        if (entry?.outcome?.account !== account) continue
        bytes -= entry.size
        slots[number % capacity] = undefined
      }
    },
    /** Tells of every answer from now on; gives the way to stop it. */
    listen(listener: (entry: Entry) => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export type Journal = ReturnType<typeof journal>
