export interface Paging {
  /** Counted from 0. */
  readonly page: number
  readonly limit: number
  /** How many elements a page holds; equal to `limit` unless a limit of 0 means all. */
  readonly size: number
  readonly order: 'newest' | 'oldest'
  readonly beyond: 'empty' | 'refuse'
  /** Whether the caller reads a long page in slices. */
  readonly sliced?: boolean
}

/** A list that is too long to be held at once. What is deleted before its slice is read is left out. */
export interface LongList<T> {
  readonly length: number
  readonly slices: () => Iterable<readonly T[]>
}

export interface Page<T> {
  readonly list: readonly T[]
  /** In the place of `list`, which is empty then; only where the query is `sliced`. */
  readonly long?: LongList<T> | undefined
  readonly total: number
  readonly page: number
  readonly limit: number
}

function* mapped<T, U>(slices: Iterable<readonly T[]>, map: (element: T) => U): Iterable<readonly U[]> {
  for (const slice of slices) yield slice.map(map)
}

/** The page with each element replaced; slices are mapped when they are read. */
export const mapPage = <T, U>({ list, long, ...page }: Page<T>, map: (element: T) => U): Page<U> => ({
  ...page,
  list: list.map(map),
  ...(long && { long: { length: long.length, slices: () => mapped(long.slices(), map) } }),
})
