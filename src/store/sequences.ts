import type { Database } from './database.ts'

/** How many of each kind an account has drawn, so that what is made after a restart differs from what was before. */
export function sequenceStore({ sql }: Database) {
  const drawn = sql
    .prepare<[number, string], number>('SELECT drawn FROM sequences WHERE account_id = ? AND kind = ?')
    .pluck()
  const set = sql.prepare<[number, string, number]>(
    'INSERT INTO sequences (account_id, kind, drawn) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET drawn = excluded.drawn',
  )
  return {
    drawn: (accountId: number, kind: string): number => drawn.get(accountId, kind) ?? 0,
    /** To be called inside a write. */
    set: (accountId: number, kind: string, last: number) => void set.run(accountId, kind, last),
  }
}

export type SequenceStore = ReturnType<typeof sequenceStore>
