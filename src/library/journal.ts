import { type FilterNames, requestParameters } from '../admin/journal.ts'
import type { Emulator } from '../emulator.ts'
import type { RequestFilter } from '../journal/filter.ts'
import type { NearMiss, RequestQuery, SeenRequest } from '../journal/reading.ts'
import { boolean, check, integer, object, type Shape, shape } from '../schema/shape.ts'
import { asRangeErrors } from './range-errors.ts'

/**
 * The requests that the emulated API received, whatever became of them; the last 1 000 unless `journal` says otherwise.
 * A filter throws a RangeError that says what is allowed for an unknown member, operation or account: a typing error
 * must not look like a request that was never made.
 */
export interface RequestJournal {
  /**
   * What the filter finds, oldest first: the newest 100 unless `limit` says otherwise. Signatures, keys and secrets are
   * held back unless `reveal` is true. A request under way is there without `status` and `verdict`.
   */
  entries(query?: RequestQuery): readonly SeenRequest[]
  /** How many requests the filter finds. */
  count(filter?: RequestFilter): number
  /** For a request that should have been made and was not: the three nearest to it, and in what each differs. */
  nearMisses(query: RequestQuery): readonly NearMiss[]
  /** Forgets all of them, or all of one account; numbers go on. */
  clear(account?: string): void
}

const largest = 1e15 - 1

/** How a member of a filter is read that the control endpoints know as text. */
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

/** The journal as a test suite uses it. */
export function emulatorJournal({ journal, filterNames }: Pick<Emulator, 'journal' | 'filterNames'>): RequestJournal {
  const filters = inCode(filterNames)

  const checked = (query: RequestQuery): RequestQuery => asRangeErrors(() => check(filters, query))

  return {
    entries: (query = {}) => journal.entries(checked(query)),
    count: (filter = {}) => journal.count(checked(filter)),
    nearMisses: query => journal.nearMisses(checked(query)),
    clear: account => journal.clear(checked(account === undefined ? {} : { account }).account),
  }
}
