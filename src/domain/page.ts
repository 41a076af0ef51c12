/** Which part of a list is asked for. */
export interface Paging {
  /** Counted from 0. */
  readonly page: number
  /** What the reply says the limit was. */
  readonly limit: number
  /** How many elements a page holds; equal to `limit` unless a limit of 0 means all. */
  readonly size: number
  readonly order: 'newest' | 'oldest'
  /** What a page behind the last one is. */
  readonly beyond: 'empty' | 'refuse'
}

/** One page of a list, and how many there are on all pages. */
export interface Page<T> {
  readonly list: readonly T[]
  readonly total: number
  readonly page: number
  readonly limit: number
}
