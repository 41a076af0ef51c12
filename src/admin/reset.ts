import { Type } from '../schema/json-schema.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { accountIn, accountQuery, type ControlDeps } from './owner.ts'

export interface ResetDeps {
  readonly all: () => void
  /** Restores the seeded data of one account; returns its name. */
  readonly account: (accountId: number) => string
  /** Number of jobs afterwards, in this account or in all. */
  readonly jobs: (accountId?: number) => number
}

const jobsThen = Type.Integer({ description: 'Number of jobs afterwards.' })

export const resetEndpoint = (
  { all, account, jobs }: ResetDeps,
  accounts: Pick<ControlDeps, 'accounts' | 'defaultAccount'>,
): Endpoint =>
  endpoint({
    method: 'POST',
    path: '/reset',
    title: 'Restore the seeded data: everything with clocks, faults, stubs and journal, or one account',
    query: accountQuery,
    reply: Type.Union([
      Type.Closed({ reset: Type.Literal('all'), jobs: jobsThen }),
      Type.Closed({ reset: Type.Literal('account'), account: Type.String(), jobs: jobsThen }),
    ]),
    act({ query }) {
      if (Object.keys(query).length === 0) {
        all()
        return { reset: 'all', jobs: jobs() }
      }
      const accountId = accountIn(query, accounts)
      return { reset: 'account', account: account(accountId), jobs: jobs(accountId) }
    },
  })
