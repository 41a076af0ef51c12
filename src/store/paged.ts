import type { NameFilter } from '../domain/job.ts'
import type { Page, Paging } from '../domain/page.ts'

/** Name filters as conditions on a column `name`; the text is bound, so `%` and `_` mean themselves. */
export const nameMatches = {
  none: 'name IS NOT NULL',
  substring: 'instr(name, @text) > 0',
  exact: 'name = @text',
  prefix: 'substr(name, 1, length(@text)) = @text',
  substringAnyCase: 'instr(lower(name), lower(@text)) > 0',
  exactAnyCase: 'lower(name) = lower(@text)',
  prefixAnyCase: 'substr(lower(name), 1, length(@text)) = lower(@text)',
}

/** Which of the conditions a filter asks for. */
export function nameMatchOf(name: NameFilter | undefined): keyof typeof nameMatches {
  if (!name) return 'none'
  return name.ignoreCase ? `${name.match}AnyCase` : name.match
}

/** Orders by the date of making, the same at every look. */
export const dateOrders = { newest: 'created_at DESC, id DESC', oldest: 'created_at, id' }

/** A page that starts behind this many rows is found by position instead of by walking there. */
const walkable = 500
/** How many orderings are remembered for pages found by position. */
const orderings = 8

/** How the rows of one query are found. */
interface Finder<Row> {
  /** Names the query: everything that chooses rows or their order. */
  readonly key: string
  readonly total: number
  readonly walk: (offset: number, size: number) => Row[]
  /** Row numbers of all matches in order. */
  readonly positions: () => readonly number[]
  readonly row: (seq: number) => Row | undefined
}

/**
 * Finds pages so that a late one costs about what the first does:
 * the order of all matches is remembered, as numbers, until the data changes.
 */
export function pager(version: () => number) {
  let orderedAt = version()
  let ordered = new Map<string, readonly number[]>()

  function positionsOf<Row>({ key, positions }: Finder<Row>): readonly number[] {
    if (orderedAt !== version()) {
      ordered = new Map()
      orderedAt = version()
    }
    const known = ordered.get(key)
    if (known) return known
    if (ordered.size >= orderings) ordered.clear()
    const made = positions()
    ordered.set(key, made)
    return made
  }

  return <Row, T>({ page, limit, size }: Paging, finder: Finder<Row>, present: (row: Row) => T): Page<T> => {
    const { total, walk, row } = finder
    const offset = page * size
    if (size === 0 || offset >= total) return { list: [], total, page, limit }
    const rows =
      offset <= walkable
        ? walk(offset, size)
        : positionsOf(finder)
            .slice(offset, offset + size)
            .map(row)
            .filter(found => found !== undefined)
    return { list: rows.map(present), total, page, limit }
  }
}
