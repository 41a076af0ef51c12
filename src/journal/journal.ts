import type { Depth } from '../diagnosis/explainer.ts'
import type { ApiErrorName } from '../domain/api-error.ts'
import type { ActedFault } from '../faults/rule.ts'

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

/** What became of a request. */
export interface Outcome {
  /** Absent: the connection ended before there was an answer. */
  readonly status?: number | undefined
  readonly durationMs: number
  /** Absent: passed and served. */
  readonly refused?: ApiErrorName | undefined
  /** The sentence of the log. */
  readonly reason?: string | undefined
  /** Works out why the request was rejected; `deep` where somebody asks about this request alone. */
  readonly explain?: ((depth?: Depth) => object) | undefined
  readonly operation?: string | undefined
  readonly account?: string | undefined
  readonly sent?: KeptBody | undefined
  readonly answer?: KeptBody | undefined
}

/** A request in the journal. It holds what was at hand anyway; everything else is worked out when somebody reads it. */
export interface Entry {
  readonly number: number
  readonly arrival: Arrival
  /** The faults that acted on it, in their order. */
  faults?: readonly ActedFault[]
  /** Absent as long as there is no answer. */
  outcome?: Outcome | undefined
  /** The connection ended before all of the answer had left. */
  broken?: true
  /** What it counts for in the limit of the whole. */
  size: number
}

/** What an entry costs beside its texts. */
const frame = 500

/** How often a diagnosis that is worked out holds the texts of its request, at most. */
const diagnosed = 8

const mostBytesByDefault = 16 * 1024 ** 2

/** Remembers the last requests: at most `capacity` of them, and at most about `mostBytes` bytes; the oldest go first. */
export function journal(capacity: number, mostBytes = mostBytesByDefault) {
  const slots: (Entry | undefined)[] = []
  const cleared = new Set<string>()
  const listeners = new Set<(entry: Entry) => void>()
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
    arrived(arrival: Arrival): Entry {
      const entry: Entry = { number: next, arrival, outcome: undefined, size: frame + arrival.length }
      if (next - oldest === capacity) dropOldest()
      slots[next % capacity] = entry
      kept += 1
      next += 1
      bytes += entry.size
      trim()
      return entry
    },
    /** Notes what became of a request; a second time when the connection broke while the answer left. */
    answered(entry: Entry, outcome: Outcome): void {
      const { size } = entry
      entry.outcome = outcome
      // Dropped or cleared while it was under way.
      if (at(entry.number) !== entry) return
      const { answer, sent, reason, explain } = outcome
      const texts = (answer?.start.length ?? 0) + (sent?.start.length ?? 0) + (reason?.length ?? 0)
      entry.size = frame + entry.arrival.length * (explain ? 1 + diagnosed : 1) + texts
      bytes += entry.size - size
      trim()
      for (const listener of listeners) listener(entry)
    },
    /** All that is kept, the oldest first. */
    entries(): Entry[] {
      const found: Entry[] = []
      for (let number = oldest; number < next; number++) {
        const entry = at(number)
        if (entry) found.push(entry)
      }
      return found
    },
    /** The request of a number, if it is kept. */
    entry(number: number): Entry | undefined {
      const entry = at(number)
      return entry?.number === number ? entry : undefined
    },
    /** The number of the newest request; 0 before the first. */
    last: () => next - 1,
    /** How many fell out or were cleared. */
    dropped: () => next - 1 - kept,
    /** Drops all, or all of one account. Numbers go on, so that nobody who asks for what is new is shown it twice. */
    clear(account?: string): void {
      if (account !== undefined) cleared.add(account)
      for (let number = oldest; number < next; number++) {
        if (account === undefined || at(number)?.outcome?.account === account) drop(number)
      }
      if (account === undefined) oldest = next
    },
    /** Whether the entries of an account were dropped: one that was removed is still a name that can be asked for. */
    hasCleared: (account: string): boolean => cleared.has(account),
    /** Tells of every answer from now on; gives the way to stop it. */
    listen(listener: (entry: Entry) => void): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export type Journal = ReturnType<typeof journal>
