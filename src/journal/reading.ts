import { withTexts } from '../diagnosis/diagnosis.ts'
import type { Depth, Explanation } from '../diagnosis/explainer.ts'
import { type Hide, hideSecrets } from '../diagnosis/secrets.ts'
import { authHeaderNames } from '../domain/auth-headers.ts'
import type { AcceptedNames } from '../domain/operation-names.ts'
import type { ActedFault } from '../faults/rule.ts'
import { type Difference, isWanted, nearest, type RequestFilter, type ResolvedFilter } from './filter.ts'
import type { Entry, Journal, KeptBody } from './journal.ts'

export interface RequestQuery extends RequestFilter {
  /** The newest N; default 100. */
  readonly limit?: number
  /** Also shows signatures, keys and secrets. */
  readonly reveal?: boolean
}

export interface SeenBody {
  readonly text: string
  /** Length of the whole body in bytes, if `text` is only its start. */
  readonly cutFromBytes?: number
}

/** A recorded request as the journal shows it. */
export interface SeenRequest {
  readonly number: number
  /** ISO 8601, by the system clock. */
  readonly at: string
  readonly method: string
  readonly target: string
  /** Null: no operation has this path and method, or there is no response yet. */
  readonly operation: string | null
  /** The account of the access key; null: none. */
  readonly account: string | null
  readonly accessKey: string | null
  /**
   * `passed`, or the name of the rejection. Without a response: `reset` by a fault, `broken` if the client closed the connection;
   * null: no response yet.
   */
  readonly verdict: string | null
  /** Why it was rejected, as in the log. */
  readonly reason?: string
  /** The faults that acted on it, in order. */
  readonly faults?: readonly ActedFault[]
  /** Id of the stub that responded; null: no stub matched. Absent: there were none. */
  readonly stub?: string | null
  /** What was wrong with the signature. */
  readonly diagnosis?: Explanation
  /** Null: no response. */
  readonly status: number | null
  /** True if the connection ended before the whole response was sent, by the client or by a fault. */
  readonly broken?: boolean
  readonly durationMs: number | null
  readonly headers: Readonly<Record<string, string>>
  readonly body?: SeenBody
  /** As the emulator built it; `faults` says how it was changed when sent. */
  readonly answer: SeenBody | null
}

/** A request that nearly matches the filter. */
export interface NearMiss {
  readonly differences: readonly Difference[]
  readonly request: SeenRequest
}

interface KnownKeys {
  readonly accessKey: string
  readonly secretKey: string
}

/** Shorter keys may be part of ordinary words, so they are masked only in the headers that contain them. */
const shortestHidden = 8

const confidential = /key|secret|token|signature|authorization|cookie|password/

const defaultLimit = 100
const mostNearMisses = 3

/** Shows the first four characters: enough to distinguish two keys, too few to use one. */
const masked = (text: string): string => (text.length < shortestHidden ? '...' : `${text.slice(0, 4)}...`)

const joined = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value : (value?.join(', ') ?? '')

const show = ({ start, length }: KeptBody, hide: (text: string) => string): SeenBody => {
  const text = hide(typeof start === 'string' ? start : new TextDecoder().decode(start))
  return start.length < length ? { text, cutFromBytes: length } : { text }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')

/** Masks every confidential text. */
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
  /** Whether the emulator's browser console sent it. */
  readonly console: boolean
}

/** The header that the browser console adds to its own requests. */
const consoleHeader = 'x-emulator-console'

/** Keys and secrets in the target are masked. */
function brief(entry: Entry, keys: readonly KnownKeys[]): BriefRequest {
  const { number, arrival, outcome } = entry
  const words = new Map(keys.map(({ accessKey }) => [accessKey, masked(accessKey)]))
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

/** Converts an entry to its shown form; without `keys` nothing is masked. */
function seen(entry: Entry, keys: readonly KnownKeys[] | undefined, depth?: Depth): SeenRequest {
  const { number, arrival, faults, stub, outcome, broken } = entry
  const { headers } = arrival
  const presentedKey = joined(headers[authHeaderNames.accessKey])
  const diagnosis = outcome?.explain?.(depth)
  const words = new Map<string, string>()
  for (const { accessKey } of keys ?? []) words.set(accessKey, masked(accessKey))
  words.set(presentedKey, masked(presentedKey))
  const signatures = [
    joined(headers[authHeaderNames.signature]),
    joined(headers[authHeaderNames.signatureV1]),
    String(diagnosis && Reflect.get(diagnosis, 'expectedSignature')),
  ]
  for (const signature of signatures) words.set(signature, masked(signature))
  words.delete(String(undefined))
  const hide = keys ? both(hideSecretsOf(keys), hiding(words)) : asIs
  const shownHeaders = Object.entries(headers).map(([name, value]) => {
    const text = joined(value)
    return [name, keys && confidential.test(name) ? masked(text) : hide(text)]
  })
  const { reason, sent, answer } = outcome ?? {}
  return {
    number,
    at: new Date(arrival.at).toISOString(),
    method: arrival.method,
    target: hide(arrival.target),
    operation: outcome?.operation ?? null,
    account: outcome?.account ?? null,
    accessKey: presentedKey === '' ? null : keys ? masked(presentedKey) : presentedKey,
    verdict: verdictOf(entry),
    ...(reason !== undefined && { reason: hide(reason) }),
    ...(faults && { faults }),
    ...(stub !== undefined && { stub }),
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

/** Reads the journal: filters, masks confidential texts, and computes diagnoses on demand. */
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
    /** The newest requests that match the filter, oldest first. */
    entries({ limit = defaultLimit, reveal, ...filter }: RequestQuery = {}): SeenRequest[] {
      const known = heldBack(reveal)
      return wanted(filter)
        .slice(-limit)
        .map(entry => seen(entry, known))
    },
    /** One request by number, with a longer search for its diagnosis than in lists; undefined: not kept. */
    entry(number: number, reveal?: boolean): SeenRequest | undefined {
      const entry = journal.entry(number)
      return entry && seen(entry, heldBack(reveal), 'deep')
    },
    /** The number of the newest request; 0 before the first. */
    last: journal.last,
    /** The finished requests after this number in short form, oldest first. */
    briefly: (since: number): BriefRequest[] => {
      const known = keys()
      return journal
        .entries()
        .filter(({ number, outcome }) => number > since && outcome !== undefined)
        .map(entry => brief(entry, known))
    },
    /** Reports every finished request in short form until the returned function is called. */
    followBriefly: (tell: (request: BriefRequest) => void): (() => void) =>
      journal.listen(entry => tell(brief(entry, keys()))),
    /** Number of matching requests, without the limit. */
    count: (filter: RequestFilter = {}): number => wanted(filter).length,
    /** Number of entries that were dropped or cleared. */
    dropped: journal.dropped,
    clear: journal.clear,
    /** The requests nearest to one that was not made, with their differences; none if a request matches. */
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
    /** Reports every finished request that matches the filter; returns a function that stops it. */
    follow({ reveal, limit: _all, ...given }: RequestQuery, tell: (request: SeenRequest) => void): () => void {
      const filter = resolved(given)
      return journal.listen(entry => {
        if (isWanted(entry, filter)) tell(seen(entry, heldBack(reveal)))
      })
    },
  }
}

export type JournalReading = ReturnType<typeof journalReading>
