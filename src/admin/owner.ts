import { report } from '../domain/problem.ts'
import { text } from '../schema/shape.ts'
import type { Caller } from '../service/caller.ts'
import type { ChangedPart } from '../service/changes.ts'
import type { ControlService } from '../service/control.ts'
import type { OverviewService } from '../service/overview.ts'
import { Complaint } from './problem.ts'

/** The accounts by their names and keys. */
export interface AccountsByName {
  readonly named: (name: string) => number | undefined
  readonly ofKey: (accessKey: string) => number | undefined
  readonly names: () => readonly string[]
}

export interface ControlParts {
  readonly control: ControlService
  readonly overview: OverviewService
  readonly accounts: AccountsByName
  readonly defaultAccount: string
  /** The moment, with the data brought up to it. */
  readonly present: () => number
  /** Runs a change: all of it or nothing. */
  readonly write: <T>(change: () => T) => T
  /** Tells those who watch that data of an account has changed. */
  readonly changed: (accountId: number, what: readonly ChangedPart[]) => void
}

/** How an endpoint says whose data it means. */
export const accountQuery = { account: text, accessKey: text }

/** Whose data is meant: the account of that name or key, else the default one. */
export function accountIn(
  { account, accessKey }: { readonly account?: string; readonly accessKey?: string },
  { accounts, defaultAccount }: Pick<ControlParts, 'accounts' | 'defaultAccount'>,
): number {
  if (account !== undefined && accessKey !== undefined) {
    throw new Complaint(400, 'account and accessKey: one of them, not both.')
  }
  const found = accessKey === undefined ? accounts.named(account ?? defaultAccount) : accounts.ofKey(accessKey)
  if (found !== undefined) return found
  return accessKey === undefined
    ? report({ problem: 'unknown', kind: 'account', id: account ?? defaultAccount, known: accounts.names() })
    : report({ problem: 'unknown', kind: 'access key', id: accessKey })
}

/** Ways to run an endpoint's action for the account that the query names. */
export function acting(parts: ControlParts) {
  const { present, write, changed } = parts
  return {
    /** Brings the data up to now and reads it. */
    reading<T>(asked: Parameters<typeof accountIn>[0], act: (caller: Caller) => T): T {
      return act({ accountId: accountIn(asked, parts), now: present() })
    },
    /** Brings the data up to now and changes it, in one transaction, and tells those who watch. */
    changing<T>(
      asked: Parameters<typeof accountIn>[0],
      act: (caller: Caller) => T,
      what: readonly ChangedPart[] = ['jobs', 'executions', 'workflows'],
    ): T {
      const accountId = accountIn(asked, parts)
      const done = write(() => act({ accountId, now: present() }))
      changed(accountId, what)
      return done
    },
  }
}
