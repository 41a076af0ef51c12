import type { JobService } from '../service/jobs.ts'
import type { Asked, Found, OperationName } from '../spec/operation.ts'

/** What the routes call, each by the name of its operation. */
export interface Services {
  readonly jobs: JobService
}

/** The meaning of every operation, for the account that asks. */
export type Handlers = {
  readonly [Name in OperationName]: (accountId: number, asked: Asked<Name>) => Found<Name>
}

export const handlers = ({ jobs }: Services): Handlers => ({
  getJobs: (accountId, asked) => jobs.list(accountId, asked),
})
