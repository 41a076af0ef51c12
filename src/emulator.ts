import { connectAdmin } from './admin/connect.ts'
import { adminEntrance } from './admin/entrance.ts'
import { acceptedNames } from './api/accepted-names.ts'
import { nodeChecker } from './api/body-parts.ts'
import { editions } from './api/editions/editions.ts'
import { vocabularyOf } from './api/routes.ts'
import { clientUrl } from './config/client-url.ts'
import { type Config, speaksTls, startedCredentials } from './config/config.ts'
import { isRoute } from './diagnosis/url.ts'
import { defaultAccount } from './domain/account.ts'
import { entropy } from './entropy.ts'
import { FaultRules } from './faults/faults.ts'
import type { FaultPreset, FaultRule } from './faults/rule.ts'
import { createApp } from './http/connect.ts'
import { type Waiting, waiting } from './http/delays.ts'
import { listener } from './http/listen.ts'
import { createObserver } from './http/observer.ts'
import { journal as createJournal } from './journal/journal.ts'
import type { Log } from './log.ts'
import type { Fixture } from './seed/fixture-schema.ts'
import { createSeeder } from './seed/seeder.ts'
import { changeFeed } from './service/changes.ts'
import { createLifecycle } from './service/lifecycle.ts'
import { settingsOf } from './service/rules.ts'
import { createServices } from './service/services.ts'
import { type Database, openDatabase } from './store/database.ts'
import { createStores, type Stores } from './store/stores.ts'
import { type InitialStub, Stubs } from './stubs/stubs.ts'
import { type Clock, SkewedClock, systemClock, VirtualClock } from './time/clock.ts'
import type { Identity } from './tls/identity.ts'

export interface EmulatorDeps {
  readonly config: Omit<Config, 'fixtures' | 'faults'> & {
    readonly fixtures: string | Fixture
    readonly faults: readonly (FaultPreset | FaultRule)[]
  }
  readonly log: Log
  readonly progress?: ((done: number, of: number) => void) | undefined
  /** The system clock, and waiting by timers; others in tests. */
  readonly wall?: Clock
  readonly delays?: Waiting
  /** How many events one transaction of a clock jump handles; fewer in tests. */
  readonly sliceBudget?: number | undefined
}

/** A whole emulator, seeded, not yet listening. */
export type Emulator = Awaited<ReturnType<typeof emulator>>

/** Creates the stores, services and servers of an emulator and connects them. */
export async function emulator(deps: EmulatorDeps) {
  const { config, wall = systemClock } = deps
  const tls = speaksTls(config) ? (await import('./tls/identity.ts')).identity(config, wall.now()) : undefined
  const database = openDatabase(config.db)
  return connected(deps, wall, database, tls).catch(error => {
    database.close()
    throw error
  })
}

/** What an emulator consists of without its servers. Nothing is seeded yet. */
function createCore(deps: EmulatorDeps, wall: Clock, stores: Stores, files: readonly InitialStub[]) {
  const { config, log, progress, sliceBudget } = deps
  const [edition, assumed] = [editions[config.edition], config.assume]
  const chance = entropy(config.seed)
  const clock = new VirtualClock(wall, config.now)
  const gatewayClock = new SkewedClock(wall, config.gatewaySkew)
  const operations = acceptedNames(edition, assumed)
  const changes = changeFeed()
  const journal = createJournal(config.journal)
  const faults = new FaultRules({
    ...{ chance: chance.fork('faults'), now: () => gatewayClock.now(), operations },
    ...{ changed: () => changes.tell({ what: ['faults'] }), initial: config.faults },
  })
  const vocabulary = vocabularyOf(config.edition, assumed)
  const stubs = new Stubs({
    ...{ operations, changed: () => changes.tell({ what: ['stubs'] }) },
    isServed: (method, path) => isRoute(method, path, vocabulary.routes),
    ...{ initial: files, edition: config.edition, warn: text => log.warn({ replay: config.replay }, text) },
  })
  const services = createServices({
    ...{ stores, chance, log, sliceBudget, settings: settingsOf(edition, assumed, config) },
    checkNodes: nodeChecker(edition, assumed),
  })
  const lifecycle = createLifecycle({
    ...{ options: config, stores, services, clock, gatewayClock, journal, changes, chance, defaultAccount },
    ...{ faults, stubs },
    admitStarted: () => stores.accounts.putStarted(startedCredentials(config, defaultAccount)),
  })
  const seeder = createSeeder({ options: config, stores, edition, assumed, progress, chance, log })
  return {
    ...{ edition, assumed, chance, clock, gatewayClock, operations, changes },
    ...{ journal, faults, vocabulary, stubs, services, lifecycle, seeder },
  }
}

async function connected(deps: EmulatorDeps, wall: Clock, database: Database, tls: Identity | undefined) {
  const { config, log, delays = waiting() } = deps
  const stores = createStores(database)
  const { accounts, jobs } = stores
  const files =
    config.replay === undefined ? [] : await (await import('./stubs/folder.ts')).readStubFolder(config.replay)
  const core = createCore(deps, wall, stores, files)
  const { edition, assumed, clock, operations, journal, services, lifecycle, seeder } = core
  // Exactly `--now` where it is given: the same seed then gives the same bytes.
  const startedAt = config.now ?? clock.now()
  if (!(await lifecycle.start(() => seeder.readAll(startedAt), startedAt))) {
    log.info({ db: config.db, jobs: jobs.total() }, 'the database holds data: fixtures and generator are not used')
  }
  const observer = createObserver({
    ...{ ...core.vocabulary, journal, operations, log, readings: assumed, capacity: config.journal },
    ...{ gatewayClock: core.gatewayClock, systemClock: wall, version: database.version },
    ...{ accountName: accounts.nameFor, credentials: accounts.credentials },
  })
  const given = { ...core, options: config, log, accountStore: accounts, defaultAccount }
  const adminDeps = connectAdmin({
    ...{ ...given, explain: observer.explain, journal: observer.reading, recorded: journal, startedAt: wall.now() },
    ...{ jobCount: jobs.total, write: database.write, readAccount: seeder.readAccount },
    document: async () => (await import('./http/document.ts')).openApiDocument(edition, assumed),
  })
  const fastify = createApp({ ...given, database, observer, delays, tls, admin: adminEntrance(adminDeps) })
  const listen = listener(fastify)
  await fastify.ready()
  return {
    ...{ app: fastify, faults: core.faults, stubs: core.stubs, triggers: services.triggerReport },
    ...{ reset: lifecycle.reset, clock: lifecycle.clocks, snapshots: lifecycle.snapshots },
    ...{ control: adminDeps.control, accounts: adminDeps.accounts, signedHeaders: adminDeps.signedHeaders },
    ...{ jobs: () => jobs.total(), journal: observer.reading },
    filterNames: { operations, isAccount: adminDeps.isAccount },
    /** The CA that was created for this start, in PEM; `undefined` without --tls. */
    ca: tls?.ca,
    /** The jobs of the account `default`, and how many other accounts hold. */
    jobTotals: () => jobs.totals(accounts.open(defaultAccount)),
    /** Listens, writes the certificate of the CA where an option asks for it, and returns the base URL. */
    async listen(): Promise<string> {
      const { address, port } = await listen(config)
      // Only now: an emulator that cannot listen must not replace the CA of the one that does.
      if (config.tlsCaOut && tls?.ca) (await import('./tls/files.ts')).writeCa(config.tlsCaOut, tls.ca)
      return clientUrl(address, port, tls !== undefined)
    },
    /** Stops accepting, finishes requests in flight, closes the database. */
    async stop(): Promise<void> {
      delays.hurry()
      lifecycle.clocks.interrupt('the emulator is stopping')
      await fastify.close()
      observer.detach()
      database.close()
    },
  }
}
