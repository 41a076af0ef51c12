import { type Asked, accountIn, type ControlParts } from './control.ts'

export interface ResetParts {
  /** Everything back to the seeded data. */
  readonly all: () => void
  /** One account back to what it was planted with; gives its name. */
  readonly account: (accountId: number) => string
  /** How many jobs there are then: in this account, or in all. */
  readonly jobs: (accountId?: number) => number
}

/** Back to the seeded data: all of it, or that of one account. */
export const resetEndpoint =
  ({ all, account, jobs }: ResetParts, accounts: Pick<ControlParts, 'accounts' | 'defaultAccount'>) =>
  ({ query }: Pick<Asked, 'query'>) => {
    if (Object.keys(query).length === 0) {
      all()
      return { reset: 'all', jobs: jobs() }
    }
    const accountId = accountIn(query, accounts)
    return { reset: 'account', account: account(accountId), jobs: jobs(accountId) }
  }
