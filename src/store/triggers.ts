import type BetterSqlite3 from 'better-sqlite3'
import type { Page } from '../domain/page.ts'
import type { Rule } from '../domain/schedule.ts'
import type { Trigger, TriggerKind, TriggerQuery } from '../domain/trigger.ts'
import type { Database } from './database.ts'
import { dateOrders, nameMatches, nameMatchOf, pager } from './paged.ts'

interface Row {
  seq: number
  account_id: number
  id: string
  name: string
  kind: TriggerKind
  rule: string
  created_at: number
  updated_at: number
}

const toTrigger = (row: Row): Trigger => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  rule: JSON.parse(row.rule) as Rule,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

interface Bound {
  accountId: number
  text: string | undefined
}

interface Statements {
  page: BetterSqlite3.Statement<[Bound & { size: number; offset: number }], Row>
  count: BetterSqlite3.Statement<[Bound], number>
  positions: BetterSqlite3.Statement<[Bound], number>
}

/** Triggers of all accounts. */
export function triggerStore({ sql, write, version }: Database) {
  const insert = sql.prepare<Omit<Row, 'seq'>>(
    `INSERT INTO triggers (account_id, id, name, kind, rule, created_at, updated_at)
     VALUES (@account_id, @id, @name, @kind, @rule, @created_at, @updated_at)`,
  )
  const byId = sql.prepare<[number, string], Row>('SELECT * FROM triggers WHERE account_id = ? AND id = ?')
  const bySeq = sql.prepare<[number], Row>('SELECT * FROM triggers WHERE seq = ?')
  const remove = sql.prepare<[number, string]>('DELETE FROM triggers WHERE account_id = ? AND id = ?')

  const prepared = new Map<string, Statements>()
  function statementsOf({ name, order }: TriggerQuery): Statements {
    const shape = `${nameMatchOf(name)} ${order}`
    const known = prepared.get(shape)
    if (known) return known
    const where = `account_id = @accountId AND ${nameMatches[nameMatchOf(name)]}`
    const made: Statements = {
      page: sql.prepare(
        `SELECT * FROM triggers WHERE ${where} ORDER BY ${dateOrders[order]} LIMIT @size OFFSET @offset`,
      ),
      count: sql.prepare<[Bound], number>(`SELECT count(*) FROM triggers WHERE ${where}`).pluck(),
      positions: sql
        .prepare<[Bound], number>(`SELECT seq FROM triggers WHERE ${where} ORDER BY ${dateOrders[order]}`)
        .pluck(),
    }
    prepared.set(shape, made)
    return made
  }

  const pageOf = pager(version)
  return {
    add: (accountId: number, trigger: Trigger) =>
      write(() => {
        insert.run({
          account_id: accountId,
          id: trigger.id,
          name: trigger.name,
          kind: trigger.kind,
          rule: JSON.stringify(trigger.rule),
          created_at: trigger.createdAt,
          updated_at: trigger.updatedAt,
        })
      }),
    find(accountId: number, id: string): Trigger | undefined {
      const row = byId.get(accountId, id)
      return row && toTrigger(row)
    },
    remove: (accountId: number, id: string) => write(() => remove.run(accountId, id).changes > 0),
    page(accountId: number, query: TriggerQuery): Page<Trigger> {
      const bound = { accountId, text: query.name?.text }
      const statements = statementsOf(query)
      const finder = {
        key: JSON.stringify([bound, nameMatchOf(query.name), query.order]),
        total: statements.count.get(bound) ?? 0,
        walk: (offset: number, size: number) => statements.page.all({ ...bound, offset, size }),
        positions: () => statements.positions.all(bound),
        row: (seq: number) => bySeq.get(seq),
      }
      return pageOf(query, finder, toTrigger)
    },
  }
}

export type TriggerStore = ReturnType<typeof triggerStore>
