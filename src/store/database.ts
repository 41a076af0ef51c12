import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import type BetterSqlite3 from 'better-sqlite3'
import type { DataKind } from '../domain/data-kind.ts'
import { migrations } from './migrations.ts'
import { SqliteModuleError, sqlite } from './sqlite.ts'
import { dataVersions } from './versions.ts'

/** `NCPD` in the header of a file says that it is ours. */
const applicationId = 0x4e435044

/** A database file that cannot be used; the message is one sentence for a person. */
export class DatabaseError extends Error {
  constructor(path: string, complaint: string) {
    super(`database ${path}: ${complaint}`)
    this.name = 'DatabaseError'
  }
}

/** The one connection of an emulator. Every change of data goes through `write`. */
export interface Database {
  readonly sql: BetterSqlite3.Database
  /** Runs `change` in one transaction; a nested call joins the outer one. */
  write<T>(change: () => T): T
  /** Grows with every write; equal versions mean equal data. */
  version(): number
  /** Says that a write changed data of a kind: every statement that does is followed by this. */
  touch(accountId: number, kind: DataKind): void
  /** Equal as long as no data of these kinds of the account has changed; writes that failed count as none. */
  versionOf(accountId: number, kinds: readonly DataKind[]): number
  /** Replaces all data by what `fill` writes, in one transaction. Foreign keys are not checked meanwhile. */
  replace(fill: () => void): void
  /** Calls `forget` when remembered rows may be gone: after a write that failed, a replacement, or `forget()`. */
  onRollback(forget: () => void): void
  /** To be called when a write changed rows of any account or kind, or deleted rows that somebody may remember. */
  forget(): void
  close(): void
}

/**
 * Looks at the first bytes of a file without opening it as a database, so that a foreign file stays untouched.
 * Offsets are those of the SQLite file format: user version at 60, application id at 68.
 */
function inspect(path: string): void {
  if (!existsSync(path)) return
  const found = statSync(path)
  if (found.isDirectory()) throw new DatabaseError(path, 'is a folder, a file is needed')
  if (!found.isFile()) throw new DatabaseError(path, 'is no plain file; name another one')
  const header = Buffer.alloc(100)
  const file = openSync(path, 'r')
  const length = readSync(file, header)
  closeSync(file)
  if (length > 0) inspectHeader(path, header.subarray(0, length))
}

function inspectHeader(path: string, header: Buffer): void {
  if (header.length < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    throw new DatabaseError(path, 'is not an SQLite file; name another one or delete it')
  }
  if (header.readUInt32BE(68) !== applicationId) {
    throw new DatabaseError(path, 'is an SQLite file of another program; name another one')
  }
  refuseNewer(path, header.readUInt32BE(60))
}

function refuseNewer(path: string, version: number): void {
  if (version <= migrations.length) return
  throw new DatabaseError(
    path,
    `was written by a newer version of this emulator (format ${version}, this one knows ${migrations.length}); update or name another file`,
  )
}

function migrate(sql: BetterSqlite3.Database, path: string): void {
  const version = Number(sql.pragma('user_version', { simple: true }))
  // The header in the file is behind when a newer emulator was killed: its log beside the file counts.
  refuseNewer(path, version)
  if (version === migrations.length) return
  sql
    .transaction(() => {
      for (const step of migrations.slice(version)) sql.exec(step)
      sql.pragma(`application_id = ${applicationId}`)
      sql.pragma(`user_version = ${migrations.length}`)
    })
    .immediate()
}

function open(path: string): BetterSqlite3.Database {
  const Sqlite = sqlite()
  const sql = new Sqlite(path, { timeout: 200 })
  try {
    // One emulator a file: what is answered from memory stays true only while nobody else writes.
    sql.pragma('locking_mode = EXCLUSIVE')
    sql.pragma('foreign_keys = ON')
    migrate(sql, path)
    // An exported snapshot knows where the clocks stood; a database in use has clocks of its own.
    sql.exec('DELETE FROM saved_clock')
    // Reads the schema, so that damage shows here.
    sql.prepare('SELECT count(*) FROM accounts').get()
    sql.pragma('journal_mode = WAL')
    sql.pragma('synchronous = FULL')
    // Sorting needs no folder to write to: the root file system of a container may be read-only.
    sql.pragma('temp_store = MEMORY')
    return sql
  } catch (error) {
    sql.close()
    throw error
  }
}

const complaintOf = (error: Error & { code?: string }): string => {
  if (error.code === 'SQLITE_BUSY') return 'is in use by another process; stop that one or name another file'
  if (error.code === 'SQLITE_CORRUPT' || error.code === 'SQLITE_NOTADB')
    return 'is damaged; name another file or delete it'
  return `cannot be opened for writing (${error.message}); check that the folder exists and is writable`
}

/**
 * Opens a copy of a whole database in memory and brings it to the newest format; throws a DatabaseError for what is
 * none of ours, damaged, or newer. The name is for the complaint.
 */
export function openSnapshot(name: string, image: Buffer): BetterSqlite3.Database {
  inspectHeader(name, image.subarray(0, 100))
  const copy = Buffer.from(image)
  // A copy of a file in WAL mode says so in its header, and memory has no log beside it.
  copy.fill(1, 18, 20)
  const Sqlite = sqlite()
  let sql: BetterSqlite3.Database | undefined
  try {
    sql = new Sqlite(copy)
    migrate(sql, name)
    const damage = [sql.pragma('quick_check', { simple: true }) !== 'ok', sql.prepare('PRAGMA foreign_key_check').get()]
    if (damage.some(Boolean)) throw new DatabaseError(name, 'is damaged')
    return sql
  } catch (error) {
    sql?.close()
    if (error instanceof Sqlite.SqliteError) throw new DatabaseError(name, 'is damaged')
    throw error
  }
}

/** Opens or makes a database and brings it to the newest format. `:memory:` keeps nothing. */
export function openDatabase(path: string): Database {
  let sql: BetterSqlite3.Database
  try {
    if (path !== ':memory:') inspect(path)
    sql = open(path)
  } catch (error) {
    if (error instanceof DatabaseError || error instanceof SqliteModuleError || !(error instanceof Error)) throw error
    throw new DatabaseError(path, complaintOf(error))
  }

  let version = 0
  const versions = dataVersions()
  const forgetters: (() => void)[] = []
  const dropRows = () => {
    for (const forget of forgetters) forget()
  }
  const forgetAll = () => {
    versions.touchAll()
    dropRows()
  }
  const changedRows = sql.prepare<[], number>('SELECT total_changes()').pluck()
  const transaction = sql.transaction((change: () => unknown) => change())
  function write<T>(change: () => T): T {
    version++
    const isOutermost = !sql.inTransaction
    const began = versions.begin()
    const before = changedRows.get()
    try {
      const result = transaction.immediate(change) as T
      if (isOutermost) versions.committed()
      return result
    } catch (error) {
      // What was read in between is undone, too.
      version++
      versions.rolledBack(began)
      if (changedRows.get() !== before) dropRows()
      throw error
    }
  }
  const tables = sql
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
  return {
    sql,
    write,
    replace(fill: () => void): void {
      // With the checks on, every row is looked for in every other table; off, most tables are emptied at one stroke.
      sql.pragma('foreign_keys = OFF')
      try {
        write(() => {
          // Counters first: what counts along while their rows go then finds nothing to do.
          for (const table of tables.all().reverse()) sql.exec(`DELETE FROM ${table}`)
          forgetAll()
          fill()
        })
      } finally {
        sql.pragma('foreign_keys = ON')
      }
    },
    onRollback: forget => void forgetters.push(forget),
    forget: forgetAll,
    version: () => version,
    touch: versions.touch,
    versionOf: versions.of,
    close: () => sql.close(),
  }
}
