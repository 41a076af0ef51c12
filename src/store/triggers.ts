import type BetterSqlite3 from 'better-sqlite3'
import type { Page } from '../domain/page.ts'
import type { Rule } from '../domain/schedule.ts'
import type { Trigger, TriggerKind, TriggerQuery } from '../domain/trigger.ts'
import type { Database } from './database.ts'
import { dateOrders, dateOrdersBack, nameMatches, nameMatchOf, pager } from './paged.ts'
import { rememberedRecords } from './records.ts'

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
  page: BetterSqlite3.Statement<[Bound & { size: number; offset: number }], number>
  pageBack: BetterSqlite3.Statement<[Bound & { size: number; offset: number }], number>
  count: BetterSqlite3.Statement<[Bound], number>
  positions: BetterSqlite3.Statement<[Bound], number>
}

/** Triggers of all accounts. */
export function triggerStore(database: Database) {
  const { sql, write, touch, versionOf } = database
  const insert = sql.prepare<Omit<Row, 'seq'>>(
    `INSERT INTO triggers (account_id, id, name, kind, rule, created_at, updated_at)
     VALUES (@account_id, @id, @name, @kind, @rule, @created_at, @updated_at)`,
  )
  const byId = sql.prepare<[number, string], Row>('SELECT * FROM triggers WHERE account_id = ? AND id = ?')
  const bySeq = sql.prepare<[number], Row>('SELECT * FROM triggers WHERE seq = ?')
  const remove = sql
    .prepare<[number, string], number>('DELETE FROM triggers WHERE account_id = ? AND id = ? RETURNING seq')
    .pluck()
  const records = rememberedRecords(database, seq => {
    const row = bySeq.get(seq)
    return row && toTrigger(row)
  })
  const pageOf = pager(records)

  const prepared = new Map<string, Statements>()
  function statementsOf({ name, order }: TriggerQuery): Statements {
    const shape = `${nameMatchOf(name)} ${order}`
    const known = prepared.get(shape)
    if (known) return known
    const where = `account_id = @accountId AND ${nameMatches[nameMatchOf(name)]}`
    const ordered = (order: string) => `SELECT seq FROM triggers WHERE ${where} ORDER BY ${order}`
    const [there, back] = [ordered(dateOrders[order]), ordered(dateOrdersBack[order])]
    const made: Statements = {
      page: sql
        .prepare<[Bound & { size: number; offset: number }], number>(`${there} LIMIT @size OFFSET @offset`)
        .pluck(),
      pageBack: sql
        .prepare<[Bound & { size: number; offset: number }], number>(`${back} LIMIT @size OFFSET @offset`)
        .pluck(),
      count: sql.prepare<[Bound], number>(`SELECT count(*) FROM triggers WHERE ${where}`).pluck(),
      positions: sql.prepare<[Bound], number>(there).pluck(),
    }
    prepared.set(shape, made)
    return made
  }

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
        touch(accountId, 'triggers')
      }),
    find(accountId: number, id: string): Trigger | undefined {
      const row = byId.get(accountId, id)
      return row && toTrigger(row)
    },
    remove: (accountId: number, id: string) =>
      write(() => {
        const seq = remove.get(accountId, id)
        if (seq === undefined) return false
        records.drop(seq)
        touch(accountId, 'triggers')
        return true
      }),
    page(accountId: number, query: TriggerQuery): Page<Trigger> {
      const bound = { accountId, text: query.name?.text }
      const statements = statementsOf(query)
      return pageOf(query, {
        key: JSON.stringify([bound, nameMatchOf(query.name), query.order]),
        version: versionOf(accountId, ['triggers']),
        total: statements.count.get(bound) ?? 0,
        walk: (size, offset) => statements.page.all({ ...bound, size, offset }),
        walkBack: (size, offset) => statements.pageBack.all({ ...bound, size, offset }),
        positions: () => statements.positions.all(bound),
      })
    },
  }
}

export type TriggerStore = ReturnType<typeof triggerStore>
