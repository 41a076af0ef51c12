import { takeAccount } from '../admin/accounts.ts'
import type { Emulator } from '../emulator.ts'
import type { KeyPair } from '../gateway/sign-request.ts'
import type { Fixture } from '../seed/fixture-schema.ts'
import { inLibraryTerms } from './range-errors.ts'

/** Options of a new account; all are optional. */
export interface NewAccountOptions {
  /** 1 to 100 letters, digits, `_` and `-`. Ids generated in the account depend on its name. Default: a random name. */
  readonly name?: string | undefined
  /**
   * Initial data: the name of a bundled scenario or of a file in the `fixtures` folder (without its extension), or
   * the content of a fixture. Its `credentials` are ignored, its accounts rejected. Default: no data.
   */
  readonly fixtures?: string | Fixture | undefined
  /** Default: a new random key pair. */
  readonly credentials?: KeyPair | undefined
}

/** An account of a running emulator: an isolated namespace with its own keys. */
export interface EmulatorAccount {
  readonly name: string
  readonly credentials: KeyPair
  /**
   * The signature headers for a call at the current time of the gateway clock. `target` is path and query exactly as they
   * will be sent, percent-encoded, without scheme and host. Throws a RangeError if the account was removed.
   */
  sign(method: string, target: string): Readonly<Record<string, string>>
  /** Restores its initial data; clocks and other accounts are not affected. Rejects with a RangeError if it was removed. */
  reset(): Promise<void>
  /** Deletes the account and all its data; its credentials are rejected with 401 immediately. A second call does nothing. */
  remove(): Promise<void>
}

export function accountMaker({
  accounts,
  reset,
  signedHeaders,
}: Pick<Emulator, 'accounts' | 'reset' | 'signedHeaders'>) {
  const asked = async (options: object) => accounts.add(takeAccount(options))

  return async (options: NewAccountOptions = {}): Promise<EmulatorAccount> => {
    const made = await asked(options).catch(error => {
      throw inLibraryTerms(error)
    })
    const { name, credentials } = made
    const { accessKey } = credentials
    const isThere = () => accounts.list().some(account => account.accessKeys.includes(accessKey))
    return {
      name,
      credentials,
      sign(method, target) {
        const headers = signedHeaders({ method, target, accessKey })
        if (typeof headers === 'string') throw new RangeError(headers)
        return headers
      },
      async reset() {
        if (!isThere() || !reset(name)) throw new RangeError(`unknown account ${JSON.stringify(name)}`)
      },
      async remove() {
        if (isThere()) accounts.remove(name)
      },
    }
  }
}
