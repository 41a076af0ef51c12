export interface Paging {
  /** Counted from 0. */
  readonly page: number
  readonly limit: number
  /** How many elements a page holds; equal to `limit` unless a limit of 0 means all. */
  readonly size: number
  readonly order: 'newest' | 'oldest'
  readonly beyond: 'empty' | 'refuse'
}

export interface Page<T> {
  readonly list: readonly T[]
  readonly total: number
  readonly page: number
  readonly limit: number
}
