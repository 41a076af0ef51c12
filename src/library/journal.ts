import { type FilterNames, requestParameters } from '../admin/journal.ts'
import type { Emulator } from '../emulator.ts'
import type { RequestFilter } from '../journal/filter.ts'
import type { NearMiss, RequestQuery, SeenRequest } from '../journal/reading.ts'
import { boolean, check, integer, object, type Shape, shape } from '../schema/shape.ts'
import { asRangeErrors } from './range-errors.ts'

/**
 * The requests to the emulated API, whatever their result; the last 1 000 unless the option `journal` is given.
 * A filter throws a RangeError for an unknown member, operation or account, because a typing error
 * must not look like a missing request.
 */
export interface RequestJournal {
  /**
   * The requests that match, oldest first: the newest 100 unless `limit` is given. Signatures, keys and secrets are
   * masked unless `reveal` is true. A pending request has no `status` and `verdict`.
   */
  entries(query?: RequestQuery): readonly SeenRequest[]
  /**
   * One request by its number, with the checks of the gateway and the difference of the signed texts in `diagnosis`,
   * searched further than in a list; undefined when it is not kept.
   */
  get(number: number, options?: { readonly reveal?: boolean | undefined }): SeenRequest | undefined
  /** Number of requests that match. */
  count(filter?: RequestFilter): number
  /** For a request that should have been made and was not: the three nearest requests, with their differences. */
  nearMisses(query: RequestQuery): readonly NearMiss[]
  /** Deletes all entries, or those of one account; numbers continue. */
  clear(account?: string): void
}

const largest = 1e15 - 1

/** The conversion of filter members that the admin endpoints read as text. */
const inCode = (names: FilterNames) => {
  const { status, ...same } = requestParameters(names)
  const numberOrText: Shape<string> = shape(status.schema, status.expected, (value, at) =>
    status.parse(typeof value === 'number' ? String(value) : value, at),
  )
  return object(
    {},
    {
      ...same,
      status: numberOrText,
      refused: boolean,
      broken: boolean,
      since: integer(0, largest),
      limit: integer(1, largest),
      reveal: boolean,
    },
  )
}

export function emulatorJournal({ journal, filterNames }: Pick<Emulator, 'journal' | 'filterNames'>): RequestJournal {
  const filters = inCode(filterNames)

  const checked = (query: RequestQuery): RequestQuery => asRangeErrors(() => check(filters, query))

  return {
    entries: (query = {}) => journal.entries(checked(query)),
    get: (number, { reveal } = {}) => journal.entry(number, reveal),
    count: (filter = {}) => journal.count(checked(filter)),
    nearMisses: query => journal.nearMisses(checked(query)),
    clear: account => journal.clear(checked(account === undefined ? {} : { account }).account),
  }
}
