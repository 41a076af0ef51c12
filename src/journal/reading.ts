import { withTexts } from '../diagnosis/diagnosis.ts'
import type { Depth } from '../diagnosis/explainer.ts'
import { type Hide, hideSecrets } from '../diagnosis/secrets.ts'
import { authHeaderNames } from '../domain/auth-headers.ts'
import type { AcceptedNames } from '../domain/operation-names.ts'
import type { ActedFault } from '../faults/rule.ts'
import { type Difference, isWanted, nearest, type RequestFilter, type ResolvedFilter } from './filter.ts'
import type { Entry, Journal, KeptBody } from './journal.ts'

/** What to show of the requests that a filter finds. */
export interface RequestQuery extends RequestFilter {
  /** The newest so many; 100 when it is left out. */
  readonly limit?: number
  /** Shows signatures, keys and secrets, too. */
  readonly reveal?: boolean
}

/** A body in the journal. */
export interface SeenBody {
  readonly text: string
  /** Length of the whole in bytes, when `text` is only its beginning. */
  readonly cutFromBytes?: number
}

/** A recorded request as it is shown. */
export interface SeenRequest {
  readonly number: number
  /** ISO 8601, by the machine's clock. */
  readonly at: string
  readonly method: string
  readonly target: string
  /** Null: a path or method of no operation, or not answered yet. */
  readonly operation: string | null
  /** The account of the access key; null: none. */
  readonly account: string | null
  readonly accessKey: string | null
  /**
   * `passed`, or the name of the refusal. Without an answer: `reset` by a fault, `broken` when the caller hung up; null:
   * not answered yet.
   */
  readonly verdict: string | null
  /** Why it was refused, as the log says it. */
  readonly reason?: string
  /** The faults that acted on it, in their order. */
  readonly faults?: readonly ActedFault[]
  /** What was wrong with the signature. */
  readonly diagnosis?: object
  /** Null: not answered. */
  readonly status: number | null
  /** True when the connection ended before all of the answer had left: the caller hung up, or a fault cut it. */
  readonly broken?: boolean
  readonly durationMs: number | null
  readonly headers: Readonly<Record<string, string>>
  readonly body?: SeenBody
  /** As it was made; `faults` tell what became of it on its way out. */
  readonly answer: SeenBody | null
}

/** A request that was nearly the one that was looked for. */
export interface NearMiss {
  readonly differences: readonly Difference[]
  readonly request: SeenRequest
}

interface KnownKeys {
  readonly accessKey: string
  readonly secretKey: string
}

/** Shorter keys are parts of ordinary words; only headers that hold them are blotted out. */
const shortestHidden = 8

const confidential = /key|secret|token|signature|authorization|cookie|password/

const defaultLimit = 100
const mostNearMisses = 3

/** The first four characters of a text, which tell two keys apart and open nothing. */
const beginning = (text: string): string => (text.length < shortestHidden ? '...' : `${text.slice(0, 4)}...`)

const joined = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value : (value?.join(', ') ?? '')

const show = ({ start, length }: KeptBody, hide: (text: string) => string): SeenBody => {
  const text = hide(typeof start === 'string' ? start : new TextDecoder().decode(start))
  return start.length < length ? { text, cutFromBytes: length } : { text }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')

/** Replaces every text that gives something away. */
function hiding(words: ReadonlyMap<string, string>): (text: string) => string {
  const hidden = [...words.keys()].filter(word => word.length >= shortestHidden).sort((a, b) => b.length - a.length)
  if (hidden.length === 0) return text => text
  const pattern = new RegExp(hidden.map(escaped).join('|'), 'g')
  return text => text.replace(pattern, word => words.get(word) ?? '')
}

function verdictOf({ outcome, faults }: Entry): string | null {
  if (outcome === undefined) return null
  if (outcome.status !== undefined) return outcome.refused ?? 'passed'
  return faults?.some(({ kind }) => kind === 'reset') ? 'reset' : 'broken'
}

const asIs = (text: string): string => text

const both =
  (first: Hide, then: Hide): Hide =>
  text =>
    then(first(text))
const hideSecretsOf = (keys: readonly KnownKeys[]): Hide => hideSecrets(keys.map(({ secretKey }) => secretKey))

/** What an event tells of a request: no headers, bodies or diagnosis. */
export interface BriefRequest
  extends Pick<
    SeenRequest,
    'number' | 'at' | 'method' | 'target' | 'operation' | 'account' | 'verdict' | 'status' | 'durationMs'
  > {
  /** Whether the browser console of the emulator made it. */
  readonly console: boolean
}

/** The header by which the browser console marks its own calls. */
const consoleHeader = 'x-emulator-console'

/** An entry in short. Keys and secrets in the target are masked. */
function brief(entry: Entry, keys: readonly KnownKeys[]): BriefRequest {
  const { number, arrival, outcome } = entry
  const words = new Map(keys.map(({ accessKey }) => [accessKey, beginning(accessKey)]))
  return {
    number,
    at: new Date(arrival.at).toISOString(),
    method: arrival.method,
    target: both(hideSecretsOf(keys), hiding(words))(arrival.target),
    operation: outcome?.operation ?? null,
    account: outcome?.account ?? null,
    verdict: verdictOf(entry),
    status: outcome?.status ?? null,
    durationMs: outcome ? Math.round(outcome.durationMs * 1000) / 1000 : null,
    console: arrival.headers[consoleHeader] !== undefined,
  }
}

/** Turns an entry into what is shown; without `keys` nothing is held back. */
function seen(entry: Entry, keys: readonly KnownKeys[] | undefined, depth?: Depth): SeenRequest {
  const { number, arrival, faults, outcome, broken } = entry
  const { headers } = arrival
  const presentedKey = joined(headers[authHeaderNames.accessKey])
  const diagnosis = outcome?.explain?.(depth)
  const words = new Map<string, string>()
  for (const { accessKey } of keys ?? []) words.set(accessKey, beginning(accessKey))
  words.set(presentedKey, beginning(presentedKey))
  const signatures = [
    joined(headers[authHeaderNames.signature]),
    joined(headers[authHeaderNames.signatureV1]),
    String(diagnosis && Reflect.get(diagnosis, 'expectedSignature')),
  ]
  for (const signature of signatures) words.set(signature, beginning(signature))
  words.delete(String(undefined))
  const hide = keys ? both(hideSecretsOf(keys), hiding(words)) : asIs
  const shownHeaders = Object.entries(headers).map(([name, value]) => {
    const text = joined(value)
    return [name, keys && confidential.test(name) ? beginning(text) : hide(text)]
  })
  const { reason, sent, answer } = outcome ?? {}
  return {
    number,
    at: new Date(arrival.at).toISOString(),
    method: arrival.method,
    target: hide(arrival.target),
    operation: outcome?.operation ?? null,
    account: outcome?.account ?? null,
    accessKey: presentedKey === '' ? null : keys ? beginning(presentedKey) : presentedKey,
    verdict: verdictOf(entry),
    ...(reason !== undefined && { reason: hide(reason) }),
    ...(faults && { faults }),
    ...(diagnosis && {
      diagnosis: withTexts(diagnosis, hide),
    }),
    status: outcome?.status ?? null,
    ...(broken && { broken }),
    durationMs: outcome ? Math.round(outcome.durationMs * 1000) / 1000 : null,
    headers: Object.fromEntries(shownHeaders),
    ...(sent && { body: show(sent, hide) }),
    answer: answer ? show(answer, hide) : null,
  }
}

/** The journal as it is read: filtered, with what is confidential held back, diagnoses worked out here and now. */
export function journalReading(journal: Journal, keys: () => readonly KnownKeys[], names: AcceptedNames) {
  const resolved = <Filter extends RequestFilter>(filter: Filter): Filter & ResolvedFilter => ({
    ...filter,
    operations: filter.operation && names.get(filter.operation),
  })
  const wanted = (filter: RequestFilter) => {
    const looked = resolved(filter)
    return journal.entries().filter(entry => isWanted(entry, looked))
  }
  const heldBack = (reveal = false) => (reveal ? undefined : keys())
  return {
    /** The newest requests that the filter finds, the oldest of them first. */
    entries({ limit = defaultLimit, reveal, ...filter }: RequestQuery = {}): SeenRequest[] {
      const known = heldBack(reveal)
      return wanted(filter)
        .slice(-limit)
        .map(entry => seen(entry, known))
    },
    /** One request by its number, its diagnosis searched further than those of a list; undefined: not kept. */
    entry(number: number, reveal?: boolean): SeenRequest | undefined {
      const entry = journal.entry(number)
      return entry && seen(entry, heldBack(reveal), 'deep')
    },
    /** The number of the newest request; 0 before the first. */
    last: journal.last,
    /** The answered requests behind a number in short, the oldest first. */
    briefly: (since: number): BriefRequest[] => {
      const known = keys()
      return journal
        .entries()
        .filter(({ number, outcome }) => number > since && outcome !== undefined)
        .map(entry => brief(entry, known))
    },
    /** Tells of every answered request in short, from now on, until the function that it returns is called. */
    followBriefly: (tell: (request: BriefRequest) => void): (() => void) =>
      journal.listen(entry => tell(brief(entry, keys()))),
    /** How many there are, whatever the limit. */
    count: (filter: RequestFilter = {}): number => wanted(filter).length,
    /** How many fell out or were cleared. */
    dropped: journal.dropped,
    clear: journal.clear,
    /** The requests that come nearest to one that was not made, and in what they differ; none when it was made. */
    nearMisses({ limit = mostNearMisses, reveal, ...given }: RequestQuery): NearMiss[] {
      const filter = resolved(given)
      const entries = journal.entries().filter(({ number }) => number > (filter.since ?? 0))
      if (entries.some(entry => isWanted(entry, filter))) return []
      const known = heldBack(reveal)
      return nearest(entries, filter, limit).map(({ entry, differences }) => ({
        differences,
        request: seen(entry, known),
      }))
    },
    /** Tells of every answered request that the filter finds, from now on; gives the way to stop it. */
    follow({ reveal, limit: _all, ...given }: RequestQuery, tell: (request: SeenRequest) => void): () => void {
      const filter = resolved(given)
      return journal.listen(entry => {
        if (isWanted(entry, filter)) tell(seen(entry, heldBack(reveal)))
      })
    },
  }
}

export type JournalReading = ReturnType<typeof journalReading>
