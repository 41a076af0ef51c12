import type { OperationReference } from '../domain/operation-names.ts'
import { pathOf } from '../gateway/target.ts'
import type { Entry } from './journal.ts'

/** Conditions on a recorded request; an absent member matches any request. */
export interface RequestFilter {
  readonly method?: string
  /** Path as received, or path and query if it contains `?`; `*` matches any characters. */
  readonly path?: string
  /** Name of an operation or its published title, such as `runJob` or `executeJob`. */
  readonly operation?: OperationReference
  /** A status, or a class such as `4xx`. */
  readonly status?: string | number
  /** Name of the account that owns the access key. */
  readonly account?: string
  /** Whether the gateway or the service rejected it. */
  readonly refused?: boolean
  /** Whether the connection ended before the whole response was sent. */
  readonly broken?: boolean
  /** Id of a fault that acted on it. */
  readonly fault?: string
  /** Id of the stub that responded, or `none`: there were stubs, and none matched. */
  readonly stub?: string
  /** Only requests with a greater number. */
  readonly since?: number
  /** Only requests with a smaller number. */
  readonly before?: number
}

/** A filter whose operation name is resolved to operations. */
export interface ResolvedFilter extends RequestFilter {
  readonly operations?: readonly string[] | undefined
}

/** A member in which a recorded request differs from the filter. */
export interface Difference {
  readonly part: string
  readonly wanted: string | number | boolean
  /** Null: the request has no such value. */
  readonly found: string | number | boolean | null
}

/** Whether a text matches a pattern, in time linear in the text. */
function fits(text: string, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*')
  const last = others.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let from = first.length
  for (const part of others) {
    const found = text.indexOf(part, from)
    if (found < 0) return false
    from = found + part.length
  }
  return text.length - last.length >= from && text.endsWith(last)
}

const pathIn = (target: string, wanted: string): string => (wanted.includes('?') ? target : pathOf(target))

const inClass = (status: number | null, wanted: string | number): boolean =>
  /^[1-5]xx$/.test(String(wanted))
    ? String(status).startsWith(String(wanted).slice(0, 1))
    : String(status) === String(wanted)

/** All members in which an entry differs from the filter, except its number. */
export function differences(
  { arrival, faults = [], stub, outcome, broken }: Entry,
  filter: ResolvedFilter,
): Difference[] {
  const missed: Difference[] = []
  const compare = <Wanted extends Difference['wanted']>(
    part: string,
    wanted: Wanted | undefined,
    found: Difference['found'],
    same: (wanted: Wanted) => boolean = wanted => wanted === found,
  ) => {
    if (wanted !== undefined && !same(wanted)) missed.push({ part, wanted, found })
  }
  const { method, path, operation, operations = [], status, account, refused, fault } = filter
  const answered = outcome?.status ?? null
  compare('method', method?.toUpperCase(), arrival.method)
  const asked = pathIn(arrival.target, path ?? '')
  compare('path', path, asked, wanted => fits(asked, wanted))
  const served = outcome?.operation ?? null
  compare('operation', operation, served, () => served !== null && operations.includes(served))
  compare('status', status, answered, wanted => inClass(answered, wanted))
  compare('account', account, outcome?.account ?? null)
  compare('refused', refused, outcome?.refused !== undefined)
  compare('broken', filter.broken, broken === true)
  compare('fault', fault, faults[0]?.id ?? null, wanted => faults.some(({ id }) => id === wanted))
  const responded = stub === null ? 'none' : (stub ?? null)
  compare('stub', filter.stub, responded)
  return missed
}

export const isWanted = (entry: Entry, filter: ResolvedFilter): boolean =>
  entry.number > (filter.since ?? 0) &&
  entry.number < (filter.before ?? Number.POSITIVE_INFINITY) &&
  differences(entry, filter).length === 0

/** Distance of two path segments, from 0 (equal) to 1 (nothing in common). */
function partDistance(wanted: string, found: string): number {
  if (fits(found, wanted)) return 0
  const [a, b] = [wanted.toLowerCase(), found.toLowerCase()]
  const longest = Math.max(a.length, b.length)
  const shortest = Math.min(a.length, b.length)
  let start = 0
  while (start < shortest && a[start] === b[start]) start += 1
  let end = 0
  while (end < shortest - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  // A difference in letter case is still a difference.
  return 0.1 + 0.9 * (1 - (start + end) / longest)
}

/** Edit distance of two paths, in segments. */
function pathDistance(wanted: string, found: string): number {
  const parts = (path: string) => path.split(/[/?&]/).slice(0, 50)
  const others = parts(found)
  let row = [0, ...others.map((_, i) => i + 1)]
  for (const [i, part] of parts(wanted).entries()) {
    const below = [i + 1]
    for (const [j, other] of others.entries()) {
      const [corner = 0, above = 0, left = 0] = [row[j], row[j + 1], below[j]]
      below.push(Math.min(above + 1, left + 1, corner + partDistance(part, other)))
    }
    row = below
  }
  return row.at(-1) ?? 0
}

const weigh = ({ part, wanted, found }: Difference): number =>
  part === 'path' ? pathDistance(String(wanted), String(found)) : 1

/** The entries with the fewest differences from the filter, nearest first, then newest first. */
export function nearest(entries: readonly Entry[], filter: ResolvedFilter, most: number) {
  return entries
    .map(entry => {
      const missed = differences(entry, filter)
      return { entry, differences: missed, distance: missed.reduce((sum, one) => sum + weigh(one), 0) }
    })
    .sort((a, b) => a.distance - b.distance || b.entry.number - a.entry.number)
    .slice(0, most)
}
