import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import type BetterSqlite3 from 'better-sqlite3'
import type { DataKind } from '../domain/data-kind.ts'
import { StorageError } from '../domain/storage-error.ts'
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

/** What takes the place of all data. */
export interface Content {
  /** So many rows that it is faster to build the indexes once they are there. */
  readonly isLarge: boolean
  /** Writes the rows; reads by a primary key or an id only, as other indexes may be missing. */
  readonly fill: () => void
  /** Writes what follows from the rows. */
  readonly finish: () => void
}

/** The one connection of an emulator. Every change of data goes through `write`. */
export interface Database {
  readonly sql: BetterSqlite3.Database
  /** Runs `change` in one transaction; a nested call joins the outer one, and its failure undoes both. */
  write<T>(change: () => T): T
  /** Grows with every write; equal versions mean equal data. */
  version(): number
  /** Says that a write changed data of a kind: every statement that does is followed by this. */
  touch(accountId: number, kind: DataKind): void
  /** Equal as long as no data of these kinds of the account has changed; writes that failed count as none. */
  versionOf(accountId: number, kinds: readonly DataKind[]): number
  /** Replaces all data, in one transaction. Foreign keys are not checked meanwhile. */
  replace(content: Content): void
  /** Calls `forget` when remembered rows may be gone: after a write that failed, a replacement, or `forget()`. */
  onRollback(forget: () => void): void
  /** To be called when a write changed rows of any account or kind, or deleted rows that somebody may remember. */
  forget(): void
  /** Gives space back where most of a large database is free. To be called outside a write. */
  compact(): void
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

/** A full disk, a limit of the file size, or a file that has become read-only. */
const isUnwritable = (error: unknown): error is Error =>
  error instanceof Error && /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/.test((error as { code?: string }).code ?? '')

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

/**
 * For a write of everything: pages of a file that were never there go to their place at once and not through the log
 * beside it, and the tree of an index stays in memory (64 MB) while rows come in the order of random ids.
 */
const largeWrite = 'PRAGMA journal_mode = DELETE; PRAGMA cache_size = -65536'
const usualWrite = 'PRAGMA journal_mode = WAL; PRAGMA shrink_memory'

/** Runs `fill` without the indexes that no constraint needs, and builds them then: sorting is faster than searching. */
function withoutIndexes(sql: BetterSqlite3.Database, fill: () => void): void {
  const indexes = sql
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL",
    )
    .all()
  for (const { name } of indexes) sql.exec(`DROP INDEX ${name}`)
  fill()
  for (const index of indexes) sql.exec(index.sql)
}

function replaceAll({ sql, write, forget }: Pick<Database, 'sql' | 'write' | 'forget'>, content: Content): void {
  const { isLarge, fill, finish } = content
  const tables = sql
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all()
  // With the checks on, every row is looked for in every other table; off, most tables are emptied at one stroke.
  sql.pragma('foreign_keys = OFF')
  const cacheSize = sql.pragma('cache_size', { simple: true })
  try {
    if (isLarge) sql.exec(largeWrite)
    write(() => {
      // Counters first: what counts along while their rows go then finds nothing to do.
      for (const table of tables.reverse()) sql.exec(`DELETE FROM ${table}`)
      forget()
      if (isLarge) withoutIndexes(sql, fill)
      else fill()
      finish()
    })
  } finally {
    if (isLarge) sql.exec(`${usualWrite}; PRAGMA cache_size = ${cacheSize}`)
    sql.pragma('foreign_keys = ON')
  }
}

/** With this many free pages of 4 KiB or more, it is worth rewriting the rest. */
const manyFreePages = 1_000

/** Gives free space back. A failure is no error: the data are right either way. */
function compact(sql: BetterSqlite3.Database): void {
  const number = (pragma: string) => Number(sql.pragma(pragma, { simple: true }))
  const free = number('freelist_count')
  if (free < manyFreePages || 2 * free < number('page_count')) return
  try {
    sql.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA shrink_memory')
  } catch (error) {
    if (!isUnwritable(error)) throw error
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
  /** What a write inside the running one threw. */
  let failure: { readonly error: unknown } | undefined
  const transaction = sql.transaction((change: () => unknown) => {
    failure = undefined
    const result = change()
    if (failure !== undefined) throw (failure as { readonly error: unknown }).error
    return result
  })
  /** Inside another write, without a savepoint of its own: what fails here undoes the outer write, even when somebody catches it. */
  function writeInside<T>(change: () => T): T {
    try {
      return change()
    } catch (error) {
      failure = { error }
      throw error
    }
  }
  function write<T>(change: () => T): T {
    version++
    if (sql.inTransaction) return writeInside(change)
    const began = versions.begin()
    const before = changedRows.get()
    try {
      const result = transaction.immediate(change) as T
      versions.committed()
      return result
    } catch (error) {
      // What was read in between is undone, too.
      version++
      versions.rolledBack(began)
      if (changedRows.get() !== before) dropRows()
      throw isUnwritable(error) ? new StorageError(path, error) : error
    }
  }
  return {
    sql,
    write,
    replace: content => replaceAll({ sql, write, forget: forgetAll }, content),
    onRollback: forget => void forgetters.push(forget),
    forget: forgetAll,
    compact: () => compact(sql),
    version: () => version,
    touch: versions.touch,
    versionOf: versions.of,
    close: () => sql.close(),
  }
}
