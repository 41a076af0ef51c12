import type { Database } from './database.ts'
import { dropUnusedSequences, seedRestorer, tables } from './seed-restorer.ts'

/** Records what accounts hold when they have been seeded. */
function seedMarks({ sql }: Database) {
  const reached = (table: string) => `coalesce((SELECT seq FROM sqlite_sequence WHERE name = '${table}'), 0)`
  const unmark = sql.prepare<[number]>('DELETE FROM seeded_marks WHERE account_id = ?')
  const addMark = sql.prepare<[string, number, number]>(
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

  function mark(made: 'start' | 'later', accountId: number, now: number): void {
    unmark.run(accountId)
    addMark.run(made, now, accountId)
    copyCredentials.run(accountId)
    copySequences.run(accountId)
  }
  return {
    mark,
    markStarted(now: number): void {
      for (const accountId of unmarked.all()) mark('start', accountId, now)
    },
  }
}

/**
 * Remembers what each account was seeded with, so that a reset costs what has changed since.
 *
 * When an account has been seeded, its mark records the highest row number of each table: a row with a higher one is
 * new. Database triggers copy a row with a lower one to `seeded_…` before its first change. The graph of a job is
 * part of the job: a change of the graph counts as one of the job. A count of executions has no row number: there a copy
 * without a count says that it did not exist. Credentials and the counts of drawn ids are few and are copied at once.
 * All of this is stored like other data, so it survives a restart.
 */
export function seededStore(database: Database) {
  const { sql, write, forget } = database
  const marks = seedMarks(database)
  const restore = seedRestorer(database)

  const dropLater = sql.prepare<[]>(
    "DELETE FROM accounts WHERE id NOT IN (SELECT account_id FROM seeded_marks WHERE made = 'start')",
  )
  const addGone = sql.prepare<[]>(
    'INSERT INTO accounts (id, name) SELECT account_id, name FROM seeded_marks WHERE true ON CONFLICT DO NOTHING',
  )
  const rewind = [
    ...tables.map(
      table => `UPDATE sqlite_sequence SET seq = (SELECT max(${table}) FROM seeded_marks) WHERE name = '${table}'`,
    ),
    dropUnusedSequences,
  ].map(step => sql.prepare<[]>(step))

  return {
    /** Records what an account holds at `now` as what it was seeded with; it was created after the start. */
    mark: (accountId: number, now: number) => write(() => marks.mark('later', accountId, now)),
    /** The same for every account without a mark: these come back whenever everything is reset. */
    markStarted: (now: number) => write(() => marks.markStarted(now)),
    /** Resets one account; what was running when it was seeded continues from `now`. The caller plans the schedules. */
    restore: (accountId: number, now: number) =>
      write(() => {
        restore(accountId, now)
        forget()
      }),
    /** Resets every account of the start, and removes those created later. */
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
