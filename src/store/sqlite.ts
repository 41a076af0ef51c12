import { createRequire } from 'node:module'
import type BetterSqlite3 from 'better-sqlite3'
import { packageRoot } from '../package.ts'

/**
 * The SQLite module, looked up from this package's own folder. better-sqlite3 13 crashes on Node 20, so a clone there
 * uses version 12, which `npm run prepare` installs in `node20/`. To end the support of Node 20, delete that folder,
 * scripts/install-node20.mjs and the first case here.
 */
// `process` tells the version of Node; nothing that a user chooses is read here.
const home = process.versions.node.startsWith('20.') ? new URL('node20/', packageRoot) : packageRoot

export const Sqlite: typeof BetterSqlite3 = createRequire(home)('better-sqlite3')
