import type { Database } from '../store/database.ts'
import type { SeededStore } from '../store/seeded.ts'
import type { Caller } from './caller.ts'
import type { Scheduling } from './scheduling.ts'

export interface ResetDeps {
  readonly database: Database
  readonly seeded: SeededStore
  readonly scheduling: Scheduling
  /** Puts the credentials of this start in place. */
  readonly admitStarted: () => void
}

/** Restores the data of the seed. */
export const resetService = ({ database, seeded, scheduling, admitStarted }: ResetDeps) => ({
  /** Everything, as if it had been seeded at `now`. */
  all: (now: number) =>
    database.write(() => {
      seeded.restoreAll(now)
      admitStarted()
      scheduling.planAll(now)
    }),
  /** One account; to be called with the data brought up to `now`. */
  account: ({ accountId, now }: Caller) =>
    database.write(() => {
      seeded.restore(accountId, now)
      scheduling.planAccount({ accountId, now })
    }),
})
