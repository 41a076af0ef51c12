import type { ExecutionOrigin } from '../domain/execution.ts'
import type { Database } from './database.ts'

const remembered = 10_000

/** What many executions share (job, trigger, settings) is stored once, as an origin, and read and looked up once. */
export function executionOrigins({ sql, onRollback }: Database) {
  const seqOf = sql
    .prepare<[number, string], number>('SELECT seq FROM run_origins WHERE account_id = ? AND origin = ?')
    .pluck()
  const add = sql
    .prepare<[number, string], number>('INSERT INTO run_origins (account_id, origin) VALUES (?, ?) RETURNING seq')
    .pluck()
  const at = sql.prepare<[number], string>('SELECT origin FROM run_origins WHERE seq = ?').pluck()
  const remove = sql.prepare<[number]>('DELETE FROM run_origins WHERE seq = ?')

  let origins = new Map<number, ExecutionOrigin>()
  let seqs = new Map<string, number>()
  const forget = () => {
    origins = new Map()
    seqs = new Map()
  }
  onRollback(forget)

  return {
    at(seq: number): ExecutionOrigin {
      const known = origins.get(seq)
      if (known) return known
      if (origins.size >= remembered) origins.clear()
      const origin = JSON.parse(at.get(seq) ?? '{}') as ExecutionOrigin
      origins.set(seq, origin)
      return origin
    },
    /** The row number of an origin, made when it is new. To be called inside a write. */
    seqOf(accountId: number, origin: ExecutionOrigin): number {
      const text = JSON.stringify(origin)
      const key = `${accountId} ${text}`
      const known = seqs.get(key)
      if (known !== undefined) return known
      if (seqs.size >= remembered) seqs.clear()
      const seq = seqOf.get(accountId, text) ?? Number(add.get(accountId, text))
      seqs.set(key, seq)
      return seq
    },
    /** To be called inside a write. */
    remove(gone: readonly number[]): void {
      for (const seq of gone) remove.run(seq)
      // A row number that is free may be given to another origin.
      forget()
    },
  }
}

export type ExecutionOrigins = ReturnType<typeof executionOrigins>
