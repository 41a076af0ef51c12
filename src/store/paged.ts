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

/** Orders by creation date, always the same one for rows of the same date. */
export const dateOrders = { newest: 'created_at DESC, id DESC', oldest: 'created_at, id' }
/** The same orders from their ends. */
export const dateOrdersBack = { newest: dateOrders.oldest, oldest: dateOrders.newest }

/** So many rows are passed over at each request; beyond, the order is remembered when it is asked for again. */
const walkable = 500
/** How many orders are remembered. */
const orders = 8

/** How the rows of one query are found, as row numbers. */
interface Finder {
  /** Names the query: everything that chooses rows or their order. */
  readonly key: string
  /** Equal as long as the same rows match in the same order. */
  readonly version: number
  readonly total: number
  readonly walk: (size: number, offset: number) => number[]
  /** The same from the end, the last row first. */
  readonly walkBack: (size: number, offset: number) => number[]
  /** All matches in order. */
  readonly positions: () => readonly number[]
}

/**
 * Finds pages so that a late one costs about what the first does. A page is reached by passing over rows, from the end
 * that is nearer. One far from both is reached so once; when the same list is asked again, its order is remembered until it changes.
 */
export function pager<T>(records: { of(seqs: readonly number[]): T[] }) {
  let ordered = new Map<string, { readonly version: number; readonly positions?: readonly number[] }>()

  function remembered({ key, version, positions }: Finder): readonly number[] | undefined {
    const known = ordered.get(key)
    if (known?.version === version && known.positions) return known.positions
    if (ordered.size >= orders) ordered = new Map()
    const made = known?.version === version ? { version, positions: positions() } : { version }
    ordered.set(key, made)
    return 'positions' in made ? made.positions : undefined
  }

  function seqsOf(finder: Finder, length: number, before: number): readonly number[] {
    const after = finder.total - before - length
    const known = Math.min(before, after) > walkable ? remembered(finder) : undefined
    if (known) return known.slice(before, before + length)
    return before <= after ? finder.walk(length, before) : finder.walkBack(length, after).reverse()
  }

  return ({ page, limit, size }: Paging, finder: Finder): Page<T> => {
    const { total } = finder
    const before = page * size
    const length = Math.min(size, total - before)
    return { list: length > 0 ? records.of(seqsOf(finder, length, before)) : [], total, page, limit }
  }
}
