import { type Assumed, inForce } from '../api/assumptions.ts'
import type { EditionTable } from '../api/edition.ts'
import type { AcceptedNames } from '../domain/operation-names.ts'
import type { Journal } from '../journal/journal.ts'
import { version } from '../package.ts'
import type { Lifecycle } from '../service/lifecycle.ts'
import type { Services } from '../service/services.ts'
import type { Clock } from '../time/clock.ts'
import type { AdminPluginDeps } from './admin.ts'
import { adminPrefix } from './prefix.ts'
import { createSigner, headersOf, type SignerDeps } from './signing.ts'

type Given = Pick<AdminPluginDeps, 'journal' | 'faults' | 'stubs' | 'changes' | 'explain' | 'log'>

interface AdminOptions {
  readonly auth: string
  readonly accessKey: string
  readonly host: string
  readonly allowedHosts: readonly string[]
  readonly adminToken: string | undefined
  readonly noAdmin: boolean
}

interface AccountLookup {
  readonly credential: SignerDeps['credentialOf']
  readonly find: (name: string) => number | undefined
  readonly ofKey: (accessKey: string) => number | undefined
  readonly names: () => readonly string[]
  readonly name: (accountId: number) => string | undefined
}

export interface AdminDeps extends Given {
  readonly options: AdminOptions
  readonly gatewayClock: SignerDeps['gatewayClock']
  readonly edition: EditionTable
  readonly assumed: Assumed
  readonly services: Services
  readonly lifecycle: Lifecycle
  readonly clock: Clock
  /** When the emulator started, by the system clock. */
  readonly startedAt: number
  readonly recorded: Pick<Journal, 'last' | 'hasCleared'>
  readonly operations: AcceptedNames
  readonly defaultAccount: string
  readonly accountStore: AccountLookup
  readonly jobCount: (accountId?: number) => number
  /** Reads the fixture of a new account; the result writes its data. */
  readonly readAccount: (fixtures: string | object) => Promise<(name: string, now: number) => void>
  readonly write: <T>(change: () => T) => T
  readonly document: () => Promise<string>
}

/** Runs a function at the first call and gives its result again afterwards. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

export function connectAdmin(
  deps: AdminDeps,
): AdminPluginDeps & { readonly signedHeaders: ReturnType<typeof headersOf> } {
  const { options, edition, services, lifecycle, clock, accountStore, recorded, faults, changes } = deps
  const document = once(deps.document)
  const sign = createSigner({ ...deps, credentialOf: accountStore.credential, accessKey: options.accessKey })
  return {
    ...deps,
    document,
    health: () => ({
      edition: edition.id,
      version: version(),
      jobs: deps.jobCount(),
      now: new Date(clock.now()).toISOString(),
    }),
    assumptions: () => inForce(deps.assumed),
    docs: once(async () => {
      const { docs } = await import('./docs.ts')
      return docs(`${adminPrefix}/docs`, await document())
    }),
    sign,
    /** The same for calls of the library. */
    signedHeaders: headersOf(sign),
    token: options.adminToken,
    healthOnly: options.noAdmin,
    // A name to listen on is a name to be called by.
    allowedHosts: [...options.allowedHosts, options.host.toLowerCase()],
    hello: () => ({
      boot: deps.startedAt.toString(36),
      version: version(),
      edition: edition.id,
      auth: options.auth,
      clock: lifecycle.clocks.state(),
      faults: faults.list().length,
      lastRequest: recorded.last(),
    }),
    clock: lifecycle.clocks,
    control: {
      control: services.control,
      overview: services.overview,
      changed: (accountId, what) => changes.tell({ what, account: accountStore.name(accountId) }),
      defaultAccount: deps.defaultAccount,
      accounts: { named: accountStore.find, ofKey: accountStore.ofKey, names: accountStore.names },
      present: lifecycle.settledNow,
      write: deps.write,
    },
    isAccount: name => accountStore.find(name) !== undefined || recorded.hasCleared(name),
    snapshots: lifecycle.snapshots,
    triggers: services.triggerReport,
    accounts: {
      list: lifecycle.listAccounts,
      get: lifecycle.getAccount,
      add: async ({ fixtures = 'none', ...asked }) => lifecycle.addAccount(asked, await deps.readAccount(fixtures)),
      remove: lifecycle.deleteAccount,
    },
    reset: { all: lifecycle.resetAll, account: lifecycle.resetAccount, jobs: deps.jobCount },
  }
}
