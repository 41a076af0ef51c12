import type { Assumed } from '../api/assumptions.ts'
import type { EditionTable } from '../api/edition.ts'
import type { OwnedCredential } from '../domain/account.ts'
import type { Entropy } from '../entropy.ts'
import type { FaultRules } from '../faults/faults.ts'
import { apiParts, type ChangeFeed } from '../service/changes.ts'
import type { Services } from '../service/services.ts'
import type { Clock } from '../time/clock.ts'
import { type AppDeps, app } from './app.ts'
import type { Waiting } from './delays.ts'
import { handlers } from './handlers.ts'
import type { Observer } from './observer.ts'
import { createResponder } from './responder.ts'
import type { RouteDeps } from './routes.ts'

interface ApiDeps extends Pick<AppDeps, 'tls' | 'admin'> {
  readonly edition: EditionTable
  readonly assumed: Assumed
  /** The simulation clock. */
  readonly clock: Clock
  readonly gatewayClock: Clock
  readonly services: Services
  readonly faults: FaultRules
  readonly changes: ChangeFeed
  readonly chance: Entropy
  readonly observer: Observer
  readonly delays: Waiting
  readonly stubs: AppDeps['stubs']['stubs']
  readonly options: AppDeps['limits'] & {
    readonly bodyLimit: number
    readonly auth: string
    readonly replay: string | undefined
  }
  readonly database: { readonly write: <T>(change: () => T) => T; readonly versionOf: RouteDeps['versionOf'] }
  readonly accountStore: {
    readonly credential: (accessKey: string) => OwnedCredential | undefined
    readonly isThere: (accountId: number) => boolean
    readonly name: (accountId: number) => string | undefined
    readonly open: (name: string) => number
  }
  readonly defaultAccount: string
}

/** The server of the emulated API and, in front of it, of the control endpoints. */
export const createApp = (deps: ApiDeps) => app(connectApi(deps))

/** What the server of the emulated API needs, from the services of the emulator. */
function connectApi(deps: ApiDeps): AppDeps {
  const { edition, assumed, clock, gatewayClock, services, faults, changes, observer, options, accountStore } = deps
  const { log } = observer
  return {
    ...{ log, tls: deps.tls, limits: options, admin: deps.admin },
    routes: {
      ...{ edition, assumed, clock, handlers: handlers(services.operations) },
      ...{ settle: services.settling.settle, write: deps.database.write, versionOf: deps.database.versionOf },
      responder: createResponder(deps.chance.fork('trace'), observer.recorder),
      changed: accountId => changes.tell({ what: apiParts, account: accountStore.name(accountId) }),
    },
    gateway: {
      ...{ clock: gatewayClock, readings: assumed, bodyLimit: options.bodyLimit, explain: observer.explain },
      ...{ credentialOf: accountStore.credential, isAccount: accountStore.isThere },
      injection: { faults, wait: deps.delays.wait, accountNamed: accountStore.name, log },
      openAccountId: options.auth === 'off' ? () => accountStore.open(deps.defaultAccount) : undefined,
    },
    stubs: { stubs: deps.stubs, isReplay: options.replay !== undefined },
  }
}
