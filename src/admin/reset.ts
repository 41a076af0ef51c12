import { Type } from '../schema/json-schema.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { accountIn, accountQuery, type ControlParts } from './owner.ts'

export interface ResetParts {
  /** Everything back to the seeded data. */
  readonly all: () => void
  /** One account back to what it was planted with; gives its name. */
  readonly account: (accountId: number) => string
  /** How many jobs there are then: in this account, or in all. */
  readonly jobs: (accountId?: number) => number
}

const jobsThen = Type.Integer({ description: 'How many jobs there are then.' })

/** Back to the seeded data: all of it, or that of one account. */
export const resetEndpoint = (
  { all, account, jobs }: ResetParts,
  accounts: Pick<ControlParts, 'accounts' | 'defaultAccount'>,
): Endpoint =>
  endpoint({
    method: 'POST',
    path: '/reset',
    title: 'Go back to the seeded data: all of it with clocks, faults and journal, or that of one account',
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
