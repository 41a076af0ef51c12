import type { Credential } from '../domain/account.ts'
import { report } from '../domain/problem.ts'
import { type Entropy, newKeyPair, newRowNumber } from '../entropy.ts'
import type { AccountStore, AccountSummary } from '../store/accounts.ts'

type KeyPair = Pick<Credential, 'accessKey' | 'secretKey'>

export interface AccountRequest {
  readonly name?: string | undefined
  readonly credentials?: KeyPair | undefined
}

/** An account just made: the only time that its secret is told. */
export interface NewAccount {
  readonly name: string
  readonly credentials: KeyPair
  readonly jobs: number
}

export interface AccountDeps {
  readonly accounts: AccountStore
  readonly chance: Entropy
  readonly standing: string
}

/**
 * Accounts that come and go: each is a namespace of its own.
 *
 * Names and keys are drawn from one count that goes on for as long as the emulator lives. A reset or a removal does not
 * rewind it, so that nobody is given what a worker of before may still hold, and two workers never get the same.
 * What is drawn within an account (ids, the fate of executions) hangs on its name alone: whoever names an account sees the
 * same ids in every run of the suite, in whatever order the workers came.
 */
export function accountService({ accounts, chance, standing }: AccountDeps) {
  let count = 0

  const missing = (name: string): never =>
    report({ problem: 'unknown', kind: 'account', id: name, known: accounts.list().map(({ name }) => name) })

  /** The first of a count without end that is free. */
  function drawn<T>(draw: (count: number) => T, isFree: (one: T) => boolean): T {
    let one = draw(count)
    while (!isFree(one)) one = draw(++count)
    return one
  }
  const isFreeName = (name: string) => accounts.find(name) === undefined
  const isFreePair = ({ accessKey }: KeyPair) => accounts.credential(accessKey) === undefined

  function nameFor(given: string | undefined): string {
    if (given === undefined) return drawn(number => `account-${number}`, isFreeName)
    if (!isFreeName(given)) report({ problem: 'accountNameTaken', name: given })
    return given
  }

  function pairFor(given: KeyPair | undefined): KeyPair {
    if (given === undefined) return drawn(number => newKeyPair(chance.fork(`keys/${number}`)), isFreePair)
    if (!isFreePair(given)) {
      report({ problem: 'accessKeyTaken', accessKey: given.accessKey })
    }
    return given
  }

  function rowFor(name: string): number {
    const row = (attempt: number) => newRowNumber(chance.fork(`row/${name}/${attempt}`))
    let attempt = 0
    while (accounts.isThere(row(attempt))) attempt++
    return row(attempt)
  }

  const get = (name: string): AccountSummary => accounts.summary(name) ?? missing(name)

  return {
    list: accounts.list,
    get,
    /** Makes an account and lets `fill` put data into it. To be called inside a write: all of it is there or nothing. */
    add(asked: AccountRequest, fill: (account: { readonly id: number; readonly name: string }) => void): NewAccount {
      count++
      const name = nameFor(asked.name)
      const credentials = pairFor(asked.credentials)
      const id = rowFor(name)
      accounts.add(id, name)
      accounts.addCredential(name, { ...credentials, active: true, subscribed: true })
      fill({ id, name })
      return { name, credentials, jobs: get(name).jobs }
    },
    remove(name: string): void {
      const id = accounts.find(name) ?? missing(name)
      if (name === standing) report({ problem: 'defaultAccount', name })
      accounts.remove(id)
    },
  }
}
