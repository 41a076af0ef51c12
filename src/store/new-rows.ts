import type BetterSqlite3 from 'better-sqlite3'

/** From so many row numbers on, it is worth counting the rows to delete. */
const many = 20_000

interface Bound {
  readonly account: number | null
}

/** Deletes rows of a table: one by one, or at one stroke where few of many stay. */
export function rowDeleter(
  sql: BetterSqlite3.Database,
  table: string,
  { isDoomed, after }: { readonly isDoomed: string; readonly after: string },
) {
  const span = sql.prepare<[Bound], number>(`SELECT coalesce(max(seq), 0) - (${after}) FROM ${table}`).pluck()
  const each = sql.prepare<[Bound]>(`DELETE FROM ${table} WHERE seq > (${after}) AND ${isDoomed}`)
  const doomed = sql
    .prepare<[Bound], number>(`SELECT count(*) FROM ${table} WHERE seq > (${after}) AND ${isDoomed}`)
    .pluck()
  const rows = sql.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck()

  /** SQLite frees a table page by page when all rows go and no trigger waits for them. */
  function atOneStroke(bound: Bound): void {
    const triggers = sql
      .prepare<[string], { name: string; sql: string }>(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?",
      )
      .all(table)
    sql.exec(`CREATE TEMP TABLE kept AS SELECT * FROM ${table} LIMIT 0`)
    sql
      .prepare<[Bound]>(
        `INSERT INTO temp.kept SELECT * FROM ${table} WHERE seq <= (${after}) OR (${isDoomed}) IS NOT TRUE`,
      )
      .run(bound)
    for (const { name } of triggers) sql.exec(`DROP TRIGGER ${name}`)
    sql.exec(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM temp.kept; DROP TABLE temp.kept`)
    for (const trigger of triggers) sql.exec(trigger.sql)
  }

  /** `true`: many rows went. To be called inside a write. */
  return (bound: Bound): boolean => {
    if ((span.get(bound) ?? 0) >= many) {
      const gone = doomed.get(bound) ?? 0
      if (gone >= many && 2 * gone > (rows.get() ?? 0)) {
        atOneStroke(bound)
        return true
      }
    }
    each.run(bound)
    return false
  }
}
