import { report } from '../domain/problem.ts'
import { text } from '../schema/shape.ts'
import type { Caller } from '../service/caller.ts'
import type { ChangedPart } from '../service/changes.ts'
import type { ControlService } from '../service/control.ts'
import type { OverviewService } from '../service/overview.ts'
import { AdminError } from './problem.ts'

export interface AccountsByName {
  readonly named: (name: string) => number | undefined
  readonly ofKey: (accessKey: string) => number | undefined
  readonly names: () => readonly string[]
}

export interface ControlDeps {
  readonly control: ControlService
  readonly overview: OverviewService
  readonly accounts: AccountsByName
  readonly defaultAccount: string
  readonly present: () => number
  /** Runs a change in a transaction. */
  readonly write: <T>(change: () => T) => T
  /** Notifies listeners that data of an account has changed. */
  readonly changed: (accountId: number, what: readonly ChangedPart[]) => void
}

export const accountQuery = { account: text, accessKey: text }

/** The account with this name or access key; without either, the default account. */
export function accountIn(
  { account, accessKey }: { readonly account?: string; readonly accessKey?: string },
  { accounts, defaultAccount }: Pick<ControlDeps, 'accounts' | 'defaultAccount'>,
): number {
  if (account !== undefined && accessKey !== undefined) {
    throw new AdminError(400, 'account and accessKey: give one, not both')
  }
  const found = accessKey === undefined ? accounts.named(account ?? defaultAccount) : accounts.ofKey(accessKey)
  if (found !== undefined) return found
  return accessKey === undefined
    ? report({ problem: 'unknown', kind: 'account', id: account ?? defaultAccount, known: accounts.names() })
    : report({ problem: 'unknown', kind: 'access key', id: accessKey })
}

export function acting(deps: ControlDeps) {
  const { present, write, changed } = deps
  return {
    reading<T>(asked: Parameters<typeof accountIn>[0], act: (caller: Caller) => T): T {
      return act({ accountId: accountIn(asked, deps), now: present() })
    },
    /** Applies the state changes that are due, runs a change in the same transaction, and notifies listeners. */
    changing<T>(
      asked: Parameters<typeof accountIn>[0],
      act: (caller: Caller) => T,
      what: readonly ChangedPart[] = ['jobs', 'executions', 'workflows'],
    ): T {
      const accountId = accountIn(asked, deps)
      const done = write(() => act({ accountId, now: present() }))
      changed(accountId, what)
      return done
    },
  }
}
