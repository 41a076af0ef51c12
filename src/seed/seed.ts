import type { Credential } from '../domain/account.ts'
import type { Job } from '../domain/job.ts'
import type { AccountStore } from '../store/accounts.ts'
import type { Database } from '../store/database.ts'
import type { JobStore } from '../store/jobs.ts'

/** What an account starts with. */
export interface SeedAccount {
  readonly name: string
  readonly credentials: readonly Credential[]
  readonly jobs: Iterable<Job>
}

export interface SeedStores {
  readonly database: Database
  readonly accounts: AccountStore
  readonly jobs: JobStore
}

/** Writes seed data in one transaction: all of it or nothing. */
export function plant({ database, accounts, jobs }: SeedStores, seed: readonly SeedAccount[]): void {
  database.write(() => {
    for (const account of seed) {
      const id = accounts.open(account.name)
      for (const credential of account.credentials) accounts.addCredential(account.name, credential)
      jobs.addAll(id, account.jobs)
    }
  })
}
