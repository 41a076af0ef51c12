import type { DataKind } from '../domain/data-kind.ts'
import type { Page, Paging } from '../domain/page.ts'
import { type Condition, equal } from './conditions.ts'
import type { Database } from './database.ts'
import { rememberedRecords } from './records.ts'
import { type Orders, type RowList, rowLists } from './row-lists.ts'

/** By creation date, always the same order for rows of the same date. */
export const dateOrders: Orders = { newest: 'created_at DESC, id DESC', oldest: 'created_at, id' }

/** So many rows are passed over at each request; beyond, the order is remembered when it is asked for again. */
const walkable = 500
/** Longer pages are read in slices where the caller takes them so. */
const longestHeld = 1000
/** How many rows a slice has: a few milliseconds. */
const slice = 200
/** How many orders are remembered: each is as long as its list. */
const rememberedOrders = 8
const rememberedCounts = 1000

/** Remembers what was found out about a list until the data changes. */
function remembered<T>(capacity: number) {
  const known = new Map<string, { readonly version: number; readonly value: T }>()
  return {
    get(key: string, version: number): T | undefined {
      const found = known.get(key)
      return found?.version === version ? found.value : undefined
    },
    set(key: string, version: number, value: T): T {
      if (known.size >= capacity) known.clear()
      known.set(key, { version, value })
      return value
    },
  }
}

/** A table that pages are read from. */
interface PagedTable<Row, T> {
  readonly name: 'jobs' | 'runs' | 'workflows' | 'triggers'
  readonly kind: DataKind
  readonly orders: Orders
  readonly toRecord: (row: Row) => T
}

/**
 * The fast path of every list. A page is a list of row numbers, which SQLite reads from an index alone, and their
 * records are mostly remembered. The count is remembered until data of this kind changes. A late page costs about what the
 * first does: it is reached from the nearer end, and where both are far for the second time, the order of the whole list is remembered.
 */
export function pages<Row, T>(database: Database, { name, kind, orders, toRecord }: PagedTable<Row, T>) {
  const { sql, touch, versionOf, onRollback } = database
  const bySeq = sql.prepare<[number], Row>(`SELECT * FROM ${name} WHERE seq = ?`)
  const records = rememberedRecords(seq => {
    const row = bySeq.get(seq)
    return row && toRecord(row)
  })
  onRollback(records.clear)
  const listOf = rowLists(sql, name, orders)
  const counts = remembered<number>(rememberedCounts)
  const positions = remembered<readonly number[] | 'asked once'>(rememberedOrders)
  const kinds = [kind]

  function positionsOf({ key, all }: RowList, version: number): readonly number[] | undefined {
    const known = positions.get(key, version)
    if (known !== undefined && known !== 'asked once') return known
    const made = positions.set(key, version, known === undefined ? 'asked once' : all())
    return made === 'asked once' ? undefined : made
  }

  function* slicesOf(seqs: readonly number[]): Iterable<readonly T[]> {
    for (let at = 0; at < seqs.length; at += slice) yield records.of(seqs.slice(at, at + slice), false)
  }

  return {
    /** A page of the rows of an account; `counted` replaces counting them. */
    page(
      accountId: number,
      conditions: readonly Condition[],
      { page, limit, size, order, sliced = false }: Paging,
      counted?: () => number,
    ): Page<T> {
      const list = listOf([equal('account_id', accountId), ...conditions], order)
      const version = versionOf(accountId, kinds)
      const total = counts.get(list.key, version) ?? counts.set(list.key, version, (counted ?? list.count)())
      const before = page * size
      const length = Math.min(size, total - before)
      if (length <= 0) return { list: [], total, page, limit }

      const after = total - before - length
      const known = Math.min(before, after) > walkable ? positionsOf(list, version) : undefined
      const seqs =
        known?.slice(before, before + length) ??
        (before <= after ? list.walk(length, before) : list.walkBack(length, after).reverse())
      return sliced && length > longestHeld
        ? { list: [], long: { length, slices: () => slicesOf(seqs) }, total, page, limit }
        : { list: records.of(seqs), total, page, limit }
    },
    /** To be called when a row was added, has changed or is gone. */
    changed(accountId: number, seq: number): void {
      records.drop(seq)
      touch(accountId, kind)
    },
    /** To be called when any number of rows of an account are gone. */
    removed(accountId: number): void {
      records.clear()
      touch(accountId, kind)
    },
  }
}

export type Pages<Row, T> = ReturnType<typeof pages<Row, T>>
