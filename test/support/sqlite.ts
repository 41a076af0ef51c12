import type BetterSqlite3 from 'better-sqlite3'
import { sqlite } from '../../src/store/sqlite.ts'

/** The SQLite module that the emulator uses, for looking into its files. */
export const Sqlite: typeof BetterSqlite3 = sqlite()
