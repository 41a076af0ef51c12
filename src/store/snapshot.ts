import type BetterSqlite3 from 'better-sqlite3'
import { type Database, DatabaseError, openSnapshot } from './database.ts'

/** Where the clocks stood. */
export interface SavedClock {
  /** Epoch milliseconds. */
  readonly moment: number
  readonly frozen: boolean
  readonly rate: number
  /** How far the gateway clock is ahead of the system clock, in milliseconds. */
  readonly skew: number
}

interface SchemaRow {
  type: string
  name: string
  sql: string
}

const schemaOf = (sql: BetterSqlite3.Database): SchemaRow[] =>
  sql
    .prepare<[], SchemaRow>('SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name')
    .all()

/** Copies of all data with the clocks, in the format of a database file. */
export function snapshotStore({ sql, write, forget }: Database) {
  /** The tables whose rows are copied; the numbers that were used come last, as rows count them up. */
  const tables = (schema: readonly SchemaRow[]): string[] => [
    ...schema
      .filter(({ type, name }) => type === 'table' && name !== 'saved_clock' && name !== 'sqlite_sequence')
      .map(({ name }) => name),
    'sqlite_sequence',
  ]

  function copyTable(from: BetterSqlite3.Database, table: string): void {
    sql.exec(`DELETE FROM ${table}`)
    // Whole numbers as they are: a column of any type would take a JavaScript number for a fraction.
    const read = from.prepare<[], unknown[]>(`SELECT * FROM ${table}`).raw().safeIntegers()
    const insert = sql.prepare(
      `INSERT INTO ${table} VALUES (${read
        .columns()
        .map(() => '?')
        .join(', ')})`,
    )
    for (const row of read.iterate()) insert.run(row)
  }

  return {
    take({ moment, frozen, rate, skew }: SavedClock): Buffer {
      const copy = openSnapshot('snapshot', sql.serialize())
      try {
        copy.prepare('INSERT INTO saved_clock VALUES (1, ?, ?, ?, ?)').run(moment, Number(frozen), rate, skew)
        return copy.serialize()
      } finally {
        copy.close()
      }
    },
    /** Where the clocks stood, `undefined` in a copy of a database file. Throws a DatabaseError for what cannot be put back. */
    clockOf(name: string, image: Buffer): SavedClock | undefined {
      const from = openSnapshot(name, image)
      try {
        if (JSON.stringify(schemaOf(from)) !== JSON.stringify(schemaOf(sql)))
          throw new DatabaseError(name, 'is damaged')
        const row = from
          .prepare<[], Omit<SavedClock, 'frozen'> & { frozen: number }>(
            'SELECT moment, frozen, rate, skew FROM saved_clock',
          )
          .get()
        return row && { ...row, frozen: row.frozen === 1 }
      } finally {
        from.close()
      }
    },
    /** Puts a copy in the place of all there is. */
    put(name: string, image: Buffer): void {
      const from = openSnapshot(name, image)
      sql.pragma('foreign_keys = OFF')
      try {
        write(() => {
          const schema = schemaOf(sql)
          // What follows from rows is in the copy, too.
          const triggers = schema.filter(({ type }) => type === 'trigger')
          for (const trigger of triggers) sql.exec(`DROP TRIGGER ${trigger.name}`)
          for (const table of tables(schema)) copyTable(from, table)
          for (const trigger of triggers) sql.exec(trigger.sql)
          forget()
        })
      } finally {
        sql.pragma('foreign_keys = ON')
        from.close()
      }
    },
  }
}

export type SnapshotStore = ReturnType<typeof snapshotStore>
