import type { EditionTable } from '../api/edition.ts'
import { checkTarget, type Session, TargetError } from '../conformance/session.ts'
import { fitted } from './fit.ts'
import { type Draft, fixtureOf } from './fixture-of.ts'
import type { Missing } from './missing.ts'
import { pseudonymised } from './pseudonymise.ts'
import { type Lists, type Progress, readAccount, readLists, requestsFor } from './read-account.ts'
import { createReader } from './read-lists.ts'

export interface PullOptions {
  readonly session: Session
  readonly edition: EditionTable
  /** How many executions of each job and each workflow are taken over, the newest ones. */
  readonly executions: number
  readonly pseudonymise: boolean
  /** The most requests to send, retries included; the session keeps to it. */
  readonly budget: number
  /** Told what the lists hold and how many requests are to come; throws to end the pull. */
  readonly counted: (lists: Lists, requests: number) => Promise<void>
  readonly progress: Progress
}

export interface Pulled {
  readonly fixture: Draft
  readonly missing: readonly Missing[]
  /** Requests that were sent. */
  readonly sent: number
}

/**
 * Reads an account and makes it a fixture that an emulator of the edition starts with. Throws a TargetError when nothing can
 * be read or the target stops responding, and an InterruptedError.
 */
export async function pullAccount(options: PullOptions): Promise<Pulled> {
  const { session, edition, executions, pseudonymise, budget, counted, progress } = options
  const { path } = edition.operations.getTriggers ?? {}
  await checkTarget(session, `${path}?page=0&limit=1`, { cannot: 'nothing can be pulled', forbidden: 'pass' })
  const reader = createReader(session, edition)
  const lists = await readLists(reader)
  const { jobs, triggers, workflows } = lists
  const [first] = reader.missing
  if (first && jobs.length + triggers.length + workflows.length === 0) {
    throw new TargetError(`no list can be read (${first.what}: ${first.reason}); nothing can be pulled`)
  }
  const requests = requestsFor(lists, executions)
  const needed = session.sent() + requests
  if (needed > budget) {
    throw new TargetError(
      `the account needs ${needed} requests, the budget is ${budget}; give --budget ${needed} or more, or fewer --executions`,
    )
  }
  await counted(lists, requests)
  const account = await readAccount(reader, lists, executions, progress)
  const description = `Pulled from a target of edition ${edition.id}${pseudonymise ? ', pseudonymised' : ''}`
  const plain = fixtureOf(account, description)
  const { fixture, missing } = await fitted(
    pseudonymise ? pseudonymised(plain, edition) : plain,
    edition,
    session.now(),
  )
  return { fixture, missing: [...reader.missing, ...missing], sent: session.sent() }
}
