import type { Database } from './database.ts'

/** The tables whose rows have numbers that are never used twice; who is referred to comes first. */
const tables = ['jobs', 'triggers', 'workflows', 'run_origins', 'runs', 'planned_fates'] as const

/** Which accounts: one, or all where it is absent. */
interface Which {
  readonly account: number | null
}

const chosen = (column: string) => `(@account IS NULL OR ${column} = @account)`

/**
 * Remembers what each account was planted with, so that a reset costs what has changed since.
 *
 * When an account has been planted, its mark notes how far the numbers of each table went: a row with a higher one is
 * new. Triggers of the database copy a row with a lower one to `seeded_…` before its first change. The graph of a job is
 * part of it: a change of the graph counts as one of the job. A count of runs has no number: there a copy without a
 * count says that it was not there. Credentials and the counts of drawn ids are few and are copied at once.
 * All of this is data like the rest: it is there after a restart, and as old as the rows are.
 */
export function seededStore({ sql, write, forget }: Database) {
  const columnsOf = (table: string) =>
    sql
      .prepare<[string], string>("SELECT name FROM pragma_table_info(?) WHERE name NOT IN ('seq', 'account_id')")
      .pluck()
      .all(table)

  const reached = (table: string) => `coalesce((SELECT seq FROM sqlite_sequence WHERE name = '${table}'), 0)`
  const unmark = sql.prepare<[number]>('DELETE FROM seeded_marks WHERE account_id = ?')
  const mark = sql.prepare<[string, number, number]>(
    `INSERT INTO seeded_marks (account_id, name, made, planted_at, ${tables.join(', ')})
     SELECT id, name, ?, ?, ${tables.map(reached).join(', ')} FROM accounts WHERE id = ?`,
  )
  const copyCredentials = sql.prepare<[number]>(
    `INSERT INTO seeded_credentials SELECT account_id, access_key, secret_key, active, subscribed
     FROM credentials WHERE account_id = ? AND origin = 'seed'`,
  )
  const copySequences = sql.prepare<[number]>(
    'INSERT INTO seeded_sequences SELECT account_id, kind, drawn FROM sequences WHERE account_id = ?',
  )
  const unmarked = sql
    .prepare<[], number>('SELECT id FROM accounts WHERE id NOT IN (SELECT account_id FROM seeded_marks)')
    .pluck()

  const dropLater = sql.prepare<[]>(
    "DELETE FROM accounts WHERE id NOT IN (SELECT account_id FROM seeded_marks WHERE made = 'start')",
  )
  const addGone = sql.prepare<[]>(
    'INSERT INTO accounts (id, name) SELECT account_id, name FROM seeded_marks WHERE true ON CONFLICT DO NOTHING',
  )

  // Each goes through what was noted or is new, never through what stayed: a plus keeps an index from being used.
  const dropNew = (table: string) =>
    sql.prepare<[Which]>(
      `DELETE FROM ${table} WHERE seq > (SELECT min(${table}) FROM seeded_marks WHERE ${chosen('account_id')})
         AND ${chosen('+account_id')}
         AND seq > (SELECT ${table} FROM seeded_marks mark WHERE mark.account_id = ${table}.account_id)`,
    )
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
  const graphs = [
    `DELETE FROM job_graphs WHERE job_seq IN (
       SELECT seq FROM seeded_jobs job WHERE ${chosen('account_id')} AND NOT EXISTS (
         SELECT 1 FROM seeded_job_graphs graph WHERE graph.account_id = job.account_id AND job_seq = seq))`,
    `INSERT INTO job_graphs SELECT job_seq, description, nodes, condition FROM seeded_job_graphs
     WHERE ${chosen('account_id')} ON CONFLICT DO UPDATE
       SET description = excluded.description, nodes = excluded.nodes, condition = excluded.condition`,
  ]
  // A count of nothing was not there.
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
  const steps = [
    ...tables.toReversed().map(dropNew),
    ...tables.flatMap(putBack),
    ...[...graphs, ...counts, ...owned, ...clear].map(step => sql.prepare<[Which]>(step)),
  ]
  // What was under way goes on from the moment of seeding, whenever that is.
  const shift = (column: string) => `${column} = ${column} + iif(${column} > planted_at, @now - planted_at, 0)`
  const goOn = sql.prepare<[Which & { now: number }]>(
    `UPDATE runs SET ${['starts_at', 'ends_at', 'due_at'].map(shift).join(', ')} FROM seeded_marks mark
     WHERE runs.account_id = mark.account_id AND due_at IS NOT NULL AND queued_at <= planted_at AND planted_at < @now
       AND ${chosen('mark.account_id')}`,
  )
  const rewind = tables.map(table =>
    sql.prepare<[]>(
      `UPDATE sqlite_sequence SET seq = (SELECT max(${table}) FROM seeded_marks) WHERE name = '${table}'`,
    ),
  )
  const dropUnused = sql.prepare<[]>('DELETE FROM sqlite_sequence WHERE seq = 0')

  function markAs(made: 'start' | 'later', accountId: number, now: number): void {
    unmark.run(accountId)
    mark.run(made, now, accountId)
    copyCredentials.run(accountId)
    copySequences.run(accountId)
  }
  function restore(account: number | null, now: number): void {
    for (const step of steps) step.run({ account })
    goOn.run({ account, now })
    dropUnused.run()
  }

  return {
    /** Takes what an account made by hand holds at `now` for what it was planted with. */
    mark: (accountId: number, now: number) => write(() => markAs('later', accountId, now)),
    /** The same for every account that has no mark yet: these come back whenever everything is reset. */
    markStarted: (now: number) =>
      write(() => {
        for (const accountId of unmarked.all()) markAs('start', accountId, now)
      }),
    /** Puts one account back; what was under way when it was planted goes on from `now`. Schedules are the caller's to plan. */
    restore: (accountId: number, now: number) =>
      write(() => {
        restore(accountId, now)
        forget()
      }),
    /** Puts every account of the start back, and takes those made later away. */
    restoreAll: (now: number) =>
      write(() => {
        dropLater.run()
        addGone.run()
        restore(null, now)
        for (const step of rewind) step.run()
        forget()
      }),
  }
}

export type SeededStore = ReturnType<typeof seededStore>
