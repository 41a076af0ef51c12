import { takeAccount } from '../admin/accounts.ts'
import type { Emulator } from '../emulator.ts'
import type { KeyPair } from '../gateway/sign-request.ts'
import type { Fixture } from '../seed/fixture-schema.ts'
import { inLibraryTerms } from './range-errors.ts'

/** What a new account is to be; all of it may be left out. */
export interface NewAccountOptions {
  /** 1 to 100 letters, digits, `_` and `-`. The ids drawn within an account hang on its name. Default: one is drawn. */
  readonly name?: string | undefined
  /**
   * What it starts with: the name of a bundled scenario or of a file of the `fixtures` folder (without its ending), or
   * the content of a fixture. `credentials` in it are left out, further accounts refused. Default: no data.
   */
  readonly fixtures?: string | Fixture | undefined
  /** Default: a pair is drawn that no account of this emulator ever had. */
  readonly credentials?: KeyPair | undefined
}

/** An account of a running emulator: a namespace with keys of its own, which sees nothing of the others. */
export interface EmulatorAccount {
  readonly name: string
  readonly credentials: KeyPair
  /**
   * The signature headers for a call, made now by the gateway clock. `target` is path and query exactly as they will be
   * sent, percent-encoded, without scheme and host. Throws a RangeError when the account is gone.
   */
  sign(method: string, target: string): Readonly<Record<string, string>>
  /** Its data goes back to what it was made with; clocks and other accounts stay. Rejects with a RangeError when it is gone. */
  reset(): Promise<void>
  /** Takes it away with all that it holds; its credentials are a 401 at once. Nothing happens when it is gone already. */
  remove(): Promise<void>
}

/** Makes accounts as a test suite uses them. */
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
