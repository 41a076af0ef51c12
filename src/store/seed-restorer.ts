import type { Database } from './database.ts'
import { rebuildTable } from './table-rebuild.ts'

/** Leaves no trace of a table that never had a row. */
export const dropUnusedSequences = 'DELETE FROM sqlite_sequence WHERE seq = 0'

/** The tables whose row numbers are never used twice; a table comes after those that it refers to. */
export const tables = ['jobs', 'triggers', 'workflows', 'run_origins', 'runs', 'planned_fates'] as const

/** Which accounts: one, or all where it is absent. */
interface Which {
  readonly account: number | null
}

/** With this many new executions or more, their table is created anew. */
const manyNew = 20_000

const chosen = (column: string) => `(@account IS NULL OR ${column} = @account)`

const graphs = [
  `DELETE FROM job_graphs WHERE job_seq IN (
     SELECT seq FROM seeded_jobs job WHERE ${chosen('account_id')} AND NOT EXISTS (
       SELECT 1 FROM seeded_job_graphs graph WHERE graph.account_id = job.account_id AND job_seq = seq))`,
  `INSERT INTO job_graphs SELECT job_seq, description, nodes, condition FROM seeded_job_graphs
   WHERE ${chosen('account_id')} ON CONFLICT DO UPDATE
     SET description = excluded.description, nodes = excluded.nodes, condition = excluded.condition`,
]
// A copy without a count did not exist.
const counts = [
  `DELETE FROM run_counts WHERE (account_id, holder) IN (
     SELECT account_id, holder FROM seeded_run_counts WHERE runs IS NULL AND ${chosen('account_id')})`,
  `INSERT INTO run_counts SELECT account_id, holder, runs FROM seeded_run_counts
   WHERE runs IS NOT NULL AND ${chosen('account_id')} ON CONFLICT DO UPDATE SET runs = excluded.runs`,
]
const marked = `account_id IN (SELECT account_id FROM seeded_marks) AND ${chosen('account_id')}`
const owned = [
  `DELETE FROM job_counts WHERE jobs = 0 AND ${chosen('account_id')}`,
  `DELETE FROM sequences WHERE ${marked}`,
  `INSERT INTO sequences SELECT account_id, kind, drawn FROM seeded_sequences WHERE ${chosen('account_id')}`,
  `DELETE FROM credentials WHERE origin = 'seed' AND ${marked}`,
  // A key that was given to the emulator at its start counts before that of a fixture.
  `INSERT INTO credentials (account_id, access_key, secret_key, active, subscribed, origin)
   SELECT account_id, access_key, secret_key, active, subscribed, 'seed' FROM seeded_credentials
   WHERE ${chosen('account_id')} ON CONFLICT DO NOTHING`,
]
const clear = ['job_graphs', 'run_counts', ...tables].map(
  table => `DELETE FROM seeded_${table} WHERE ${chosen('account_id')}`,
)

/** Deletes new executions: one by one, or by creating their table anew where most of many are new, as after a long jump. */
function executionDropper(sql: Database['sql'], isNew: string) {
  const span = sql
    .prepare<[Which], number>(
      `SELECT coalesce(max(seq), 0) - (SELECT min(runs) FROM seeded_marks WHERE ${chosen('account_id')}) FROM runs`,
    )
    .pluck()
  const counted = sql.prepare<[Which], { added: number; total: number }>(
    `SELECT count(*) FILTER (WHERE ${isNew}) AS added, count(*) AS total FROM runs`,
  )
  const each = sql.prepare<[Which]>(`DELETE FROM runs WHERE ${isNew}`)
  const isMostlyNew = (which: Which) => {
    const { added = 0, total = 0 } = counted.get(which) ?? {}
    return added >= manyNew && 2 * added > total
  }
  return {
    run(which: Which): void {
      const rebuilds = (span.get(which) ?? 0) >= manyNew && isMostlyNew(which)
      if (rebuilds) rebuildTable(sql, 'runs', `(${isNew}) IS NOT TRUE`, which)
      else each.run(which)
    },
  }
}

/**
 * Resets one account, or all where it is `null`, to what was seeded; what was running then continues from `now`.
 * To be called inside a write.
 */
export function seedRestorer({ sql }: Database) {
  const columnsOf = (table: string) =>
    sql
      .prepare<[string], string>("SELECT name FROM pragma_table_info(?) WHERE name NOT IN ('seq', 'account_id')")
      .pluck()
      .all(table)
  // Each statement reads what was copied or is new, never what stayed: a plus keeps an index from being used.
  const isNew = (table: string) =>
    `seq > (SELECT min(${table}) FROM seeded_marks WHERE ${chosen('account_id')}) AND ${chosen('+account_id')}
       AND seq > (SELECT ${table} FROM seeded_marks mark WHERE mark.account_id = ${table}.account_id)`
  const dropNew = (table: string) => sql.prepare<[Which]>(`DELETE FROM ${table} WHERE ${isNew(table)}`)
  const putBack = (table: string) => {
    const columns = columnsOf(table)
    const names = columns.join(', ')
    return [
      sql.prepare<[Which]>(
        `UPDATE ${table} SET ${columns
          .filter(name => name !== 'id')
          .map(name => `${name} = was.${name}`)
          .join(', ')}
         FROM seeded_${table} was WHERE ${table}.seq = +was.seq AND ${chosen('was.account_id')}`,
      ),
      sql.prepare<[Which]>(
        `INSERT INTO ${table} (account_id, seq, ${names}) SELECT account_id, seq, ${names} FROM seeded_${table} was
         WHERE ${chosen('account_id')} AND NOT EXISTS (SELECT 1 FROM ${table} WHERE seq = was.seq)`,
      ),
    ]
  }
  const dropNewExecutions = executionDropper(sql, isNew('runs'))
  const steps = [
    ...tables.toReversed().map(table => (table === 'runs' ? dropNewExecutions : dropNew(table))),
    ...tables.flatMap(putBack),
    ...[...graphs, ...counts, ...owned, ...clear].map(step => sql.prepare<[Which]>(step)),
  ]
  // What was running at the time of seeding continues from there.
  const shift = (column: string) => `${column} = ${column} + iif(${column} > planted_at, @now - planted_at, 0)`
  const goOn = sql.prepare<[Which & { now: number }]>(
    `UPDATE runs SET ${['starts_at', 'ends_at', 'due_at'].map(shift).join(', ')} FROM seeded_marks mark
     WHERE runs.account_id = mark.account_id AND due_at IS NOT NULL AND queued_at <= planted_at AND planted_at < @now
       AND ${chosen('mark.account_id')}`,
  )
  const dropUnused = sql.prepare<[]>(dropUnusedSequences)

  return (account: number | null, now: number): void => {
    for (const step of steps) step.run({ account })
    goOn.run({ account, now })
    dropUnused.run()
  }
}
