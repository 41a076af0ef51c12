import { createRequire } from 'node:module'
import type BetterSqlite3 from 'better-sqlite3'
import { nodeProblem, packageRoot } from '../package.ts'

/** The SQLite module of this installation cannot be loaded; the message says why and what repairs it. */
export class SqliteModuleError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SqliteModuleError'
  }
}

type SqliteModule = typeof BetterSqlite3

// `process` tells the version of Node; nothing that a user chooses is read here.
const { node } = process.versions

/**
 * The folder from which the module is looked up. better-sqlite3 13 crashes on Node 20, so a clone there uses version 12,
 * which `npm run prepare` installs in `node20/`. To end the support of Node 20, delete that folder,
 * scripts/install-node20.mjs and the first case here.
 */
const isNode20 = node.startsWith('20.')
const usual = isNode20 ? new URL('node20/', packageRoot) : packageRoot

/** Loads the module from a folder; throws a SqliteModuleError. */
export function loadSqlite(home = usual, problem = nodeProblem(node)): SqliteModule {
  if (problem !== undefined) throw new SqliteModuleError(problem)
  try {
    const loadNative = createRequire(home)
    // By its path on Node 20, so that a lookup never goes up to the version that crashes.
    const loaded: SqliteModule = isNode20 ? loadNative('./node_modules/better-sqlite3') : loadNative('better-sqlite3')
    // The native part is loaded with the first database.
    new loaded(':memory:').close()
    return loaded
  } catch (error) {
    const [reason = ''] = (error as Error).message.split('\n')
    throw new SqliteModuleError(
      `the native SQLite module better-sqlite3 cannot be loaded on Node ${node} (${process.platform} ${process.arch}): ${reason}; ` +
        'this happens after an installation without scripts, or by another version of Node; repair it with: npm rebuild better-sqlite3 ' +
        '(pnpm: pnpm approve-builds, then pnpm rebuild better-sqlite3; in a clone: npm ci), or delete node_modules and install again',
    )
  }
}

let known: SqliteModule | undefined

/** The SQLite module. Throws a SqliteModuleError where the installation lacks it. */
export function sqlite(): SqliteModule {
  known ??= loadSqlite()
  return known
}
