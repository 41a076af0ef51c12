import type BetterSqlite3 from 'better-sqlite3'

interface SchemaRow {
  readonly type: string
  readonly sql: string
}

/**
 * Drops a table and creates it again with the rows for which the condition `kept` with its `values` is true. SQLite deletes row by row where a table
 * has triggers or foreign keys; this takes a fraction of that when most rows go. Row numbers that were used stay used.
 *
 * To be called inside a write. No other table may refer to this one.
 */
export function rebuildTable(sql: BetterSqlite3.Database, table: string, kept: string, values: object): void {
  const schema = sql
    .prepare<[string], SchemaRow>(
      "SELECT type, sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type = 'table' DESC, rowid",
    )
    .all(table)
  const used = sql.prepare<[string], number>('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(table)
  const of = (wanted: string) => schema.filter(({ type }) => type === wanted)

  sql.prepare<[object]>(`CREATE TEMP TABLE kept AS SELECT * FROM ${table} WHERE ${kept}`).run(values)
  sql.exec(`DROP TABLE ${table}`)
  for (const create of of('table')) sql.exec(create.sql)
  sql.exec(`INSERT INTO ${table} SELECT * FROM temp.kept; DROP TABLE temp.kept`)
  for (const create of [...of('index'), ...of('trigger')]) sql.exec(create.sql)
  sql.prepare('DELETE FROM sqlite_sequence WHERE name = ?').run(table)
  if (used !== undefined) sql.prepare('INSERT INTO sqlite_sequence VALUES (?, ?)').run(table, used)
}
