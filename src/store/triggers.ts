import type { Rule } from '../domain/schedule.ts'
import type { Trigger, TriggerKind, TriggerQuery } from '../domain/trigger.ts'
import { nameCondition } from './conditions.ts'
import type { Database } from './database.ts'
import { dateOrders, pages } from './paged.ts'

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

/** Triggers of all accounts. */
export function triggerStore(database: Database) {
  const { sql, write } = database
  const insert = sql.prepare<Omit<Row, 'seq'>>(
    `INSERT INTO triggers (account_id, id, name, kind, rule, created_at, updated_at)
     VALUES (@account_id, @id, @name, @kind, @rule, @created_at, @updated_at)`,
  )
  const byId = sql.prepare<[number, string], Row>('SELECT * FROM triggers WHERE account_id = ? AND id = ?')
  const remove = sql
    .prepare<[number, string], number>('DELETE FROM triggers WHERE account_id = ? AND id = ? RETURNING seq')
    .pluck()
  const { page, changed } = pages<Row, Trigger>(database, {
    name: 'triggers',
    kind: 'triggers',
    orders: dateOrders,
    toRecord: toTrigger,
  })

  return {
    add: (accountId: number, trigger: Trigger) =>
      write(() => {
        const { lastInsertRowid } = insert.run({
          account_id: accountId,
          id: trigger.id,
          name: trigger.name,
          kind: trigger.kind,
          rule: JSON.stringify(trigger.rule),
          created_at: trigger.createdAt,
          updated_at: trigger.updatedAt,
        })
        changed(accountId, Number(lastInsertRowid))
      }),
    find(accountId: number, id: string): Trigger | undefined {
      const row = byId.get(accountId, id)
      return row && toTrigger(row)
    },
    remove: (accountId: number, id: string) =>
      write(() => {
        const seq = remove.get(accountId, id)
        if (seq !== undefined) changed(accountId, seq)
        return seq !== undefined
      }),
    page: (accountId: number, query: TriggerQuery) =>
      page(accountId, query.name ? [nameCondition(query.name)] : [], query),
  }
}

export type TriggerStore = ReturnType<typeof triggerStore>
