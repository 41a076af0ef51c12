import type { OperationReference } from '../domain/operation-names.ts'
import { pathOf } from '../gateway/target.ts'
import type { Entry } from './journal.ts'

/** What a recorded request must be; what is left out may be anything. */
export interface RequestFilter {
  readonly method?: string
  /** Path as received, or path and query when there is a `?` in it; `*` stands for any characters. */
  readonly path?: string
  /** Name of an operation or its published title, such as `runJob` or `executeJob`. */
  readonly operation?: OperationReference
  /** A status, or a class of them such as `4xx`. */
  readonly status?: string | number
  /** Name of the account that the access key belongs to. */
  readonly account?: string
  /** Whether it was refused, by the gateway or by the service. */
  readonly refused?: boolean
  /** Whether the connection ended before all of the answer had left. */
  readonly broken?: boolean
  /** Id of a fault that acted on it. */
  readonly fault?: string
  /** Only requests with a greater number. */
  readonly since?: number
  /** Only requests with a smaller number. */
  readonly before?: number
}

/** A filter with the operations that its name of one stands for. */
export interface ResolvedFilter extends RequestFilter {
  readonly operations?: readonly string[] | undefined
}

/** In what a recorded request is not what was looked for. */
export interface Difference {
  readonly part: string
  readonly wanted: string | number | boolean
  /** Null: the request has none. */
  readonly found: string | number | boolean | null
}

/** Whether a text is one of a pattern's, in time that grows with the text alone. */
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

/** All in which an entry misses the filter, its number aside. */
export function differences({ arrival, faults = [], outcome, broken }: Entry, filter: ResolvedFilter): Difference[] {
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
  return missed
}

/** Whether an entry is one that is looked for. */
export const isWanted = (entry: Entry, filter: ResolvedFilter): boolean =>
  entry.number > (filter.since ?? 0) &&
  entry.number < (filter.before ?? Number.POSITIVE_INFINITY) &&
  differences(entry, filter).length === 0

/** How far a part of a path is from the wanted one: 0 the same, 1 nothing in common. */
function partDistance(wanted: string, found: string): number {
  if (fits(found, wanted)) return 0
  const [a, b] = [wanted.toLowerCase(), found.toLowerCase()]
  const longest = Math.max(a.length, b.length)
  const shortest = Math.min(a.length, b.length)
  let start = 0
  while (start < shortest && a[start] === b[start]) start += 1
  let end = 0
  while (end < shortest - start && a.at(-1 - end) === b.at(-1 - end)) end += 1
  // The right letters in the wrong case are still no match.
  return 0.1 + 0.9 * (1 - (start + end) / longest)
}

/** How much of one path must change to make it the other, in whole parts. */
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

/** The entries that come nearest to a filter that none fits, the nearest first, of equally near ones the newest. */
export function nearest(entries: readonly Entry[], filter: ResolvedFilter, most: number) {
  return entries
    .map(entry => {
      const missed = differences(entry, filter)
      return { entry, differences: missed, distance: missed.reduce((sum, one) => sum + weigh(one), 0) }
    })
    .sort((a, b) => a.distance - b.distance || b.entry.number - a.entry.number)
    .slice(0, most)
}
