import type BetterSqlite3 from 'better-sqlite3'
import type { Paging } from '../domain/page.ts'
import type { Condition } from './conditions.ts'

type Values = (string | number)[]

interface Statements {
  readonly there: BetterSqlite3.Statement<Values, number>
  readonly back: BetterSqlite3.Statement<Values, number>
  readonly all: BetterSqlite3.Statement<Values, number>
  readonly count: BetterSqlite3.Statement<Values, number>
}

/** The rows of a table that meet conditions, in one order, as row numbers. */
export interface RowList {
  /** Names the conditions and the order. */
  readonly key: string
  readonly walk: (size: number, offset: number) => number[]
  /** From the end, the last row first. */
  readonly walkBack: (size: number, offset: number) => number[]
  readonly all: () => readonly number[]
  readonly count: () => number
}

/** What a table is ordered by, each order the reverse of the other. */
export type Orders = Readonly<Record<Paging['order'], string>>

/** Lists rows of a table; statements are prepared once for each combination of conditions, whose values are bound. */
export function rowLists(sql: BetterSqlite3.Database, table: string, orders: Orders) {
  const prepared = new Map<string, Statements>()

  function statementsOf(where: string, order: Paging['order']): Statements {
    const known = prepared.get(`${order} ${where}`)
    if (known) return known
    const seqs = `SELECT seq FROM ${table} WHERE ${where} ORDER BY`
    const [there, back] = [orders[order], orders[order === 'newest' ? 'oldest' : 'newest']]
    const prepare = (text: string) => sql.prepare<Values, number>(text).pluck()
    const made = {
      there: prepare(`${seqs} ${there} LIMIT ? OFFSET ?`),
      back: prepare(`${seqs} ${back} LIMIT ? OFFSET ?`),
      all: prepare(`${seqs} ${there}`),
      count: prepare(`SELECT count(*) FROM ${table} WHERE ${where}`),
    }
    prepared.set(`${order} ${where}`, made)
    return made
  }

  return (conditions: readonly Condition[], order: Paging['order']): RowList => {
    const where = conditions.map(({ sql }) => sql).join(' AND ')
    const values = conditions.flatMap(({ values }) => values)
    const { there, back, all, count } = statementsOf(where, order)
    return {
      key: `${order} ${where} ${JSON.stringify(values)}`,
      walk: (size, offset) => there.all(...values, size, offset),
      walkBack: (size, offset) => back.all(...values, size, offset),
      all: () => all.all(...values),
      count: () => count.get(...values) ?? 0,
    }
  }
}
