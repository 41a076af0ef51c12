import { accountStore } from './accounts.ts'
import type { Database } from './database.ts'
import { executionStore } from './executions.ts'
import { jobStore } from './jobs.ts'
import { seededStore } from './seeded.ts'
import { sequenceStore } from './sequences.ts'
import { triggerStore } from './triggers.ts'
import { workflowStore } from './workflows.ts'

/** Every store of a database, its statements prepared. */
export const createStores = (database: Database) => ({
  database,
  accounts: accountStore(database),
  jobs: jobStore(database),
  executions: executionStore(database),
  triggers: triggerStore(database),
  workflows: workflowStore(database),
  sequences: sequenceStore(database),
  seeded: seededStore(database),
})

export type Stores = ReturnType<typeof createStores>
