import { findContradictions } from '../src/store/contradictions.ts'
import { openDatabase } from '../src/store/database.ts'

/** What is wrong in a database file that no emulator has open: damage, rows without their owners, contradictions. */
export function complaintsAbout(path: string): readonly string[] {
  const database = openDatabase(path)
  try {
    const damage = String(database.sql.pragma('integrity_check', { simple: true }))
    const orphans = database.sql.pragma('foreign_key_check') as readonly unknown[]
    return [
      ...(damage === 'ok' ? [] : [`integrity_check: ${damage}`]),
      ...orphans.slice(0, 5).map(orphan => `foreign_key_check: ${JSON.stringify(orphan)}`),
      ...findContradictions(database).map(({ account, subject, complaint }) => `${account}: ${subject} ${complaint}`),
    ]
  } finally {
    database.close()
  }
}
