import { connectAdmin } from './admin/connect.ts'
import { adminEntrance } from './admin/entrance.ts'
import { headersOf } from './admin/signing.ts'
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
import { type FaultPreset, type FaultRule, resolvePresets } from './faults/rule.ts'
import { app } from './http/app.ts'
import { connectApi } from './http/connect.ts'
import { type Waiting, waiting } from './http/delays.ts'
import { listener } from './http/listen.ts'
import { createObserver } from './http/observer.ts'
import { journal as createJournal } from './journal/journal.ts'
import type { Log } from './log.ts'
import { rejectFixture } from './seed/complaint.ts'
import type { Fixture } from './seed/fixture-schema.ts'
import { createSeeder } from './seed/seeder.ts'
import { changeFeed } from './service/changes.ts'
import { createLifecycle } from './service/lifecycle.ts'
import { settingsOf } from './service/rules.ts'
import { createServices } from './service/services.ts'
import { openDatabase } from './store/database.ts'
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
  /** Reports how many of the generated jobs are done. */
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
  try {
    return await connected(deps, wall, createStores(database), tls)
  } catch (error) {
    database.close()
    throw error
  }
}

/** What an emulator consists of without its servers. Nothing is seeded yet. */
function createCore(
  { config, log, progress, sliceBudget }: EmulatorDeps,
  wall: Clock,
  stores: Stores,
  files: readonly InitialStub[],
) {
  const { assume: assumed } = config
  const edition = editions[config.edition]
  const chance = entropy(config.seed)
  const clock = new VirtualClock(wall, config.now)
  const gatewayClock = new SkewedClock(wall, config.gatewaySkew)
  const operations = acceptedNames(edition, assumed)
  const changes = changeFeed()
  const journal = createJournal(config.journal)
  const faults = new FaultRules({
    ...{ chance: chance.fork('faults'), now: () => gatewayClock.now(), operations },
    ...{ changed: () => changes.tell({ what: ['faults'] }), initial: resolvePresets(config.faults) },
  })
  const vocabulary = vocabularyOf(config.edition, assumed)
  const stubs = new Stubs({
    ...{ operations, changed: () => changes.tell({ what: ['stubs'] }) },
    isServed: (method, path) => isRoute(method, path, vocabulary.routes),
    initial: files,
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

async function connected(deps: EmulatorDeps, wall: Clock, stores: Stores, tls: Identity | undefined) {
  const { config, log, delays = waiting() } = deps
  const { database, accounts, jobs } = stores
  const { replay } = config
  const files = replay === undefined ? [] : await (await import('./stubs/folder.ts')).readStubFolder(replay)
  const core = createCore(deps, wall, stores, files)
  const foreign = core.stubs.otherEditions(config.edition)
  if (foreign !== undefined) log.warn({ replay }, foreign)
  const { edition, assumed, clock, gatewayClock, operations, journal, services, lifecycle, seeder } = core
  // Exactly `--now` where it is given: the same seed then gives the same bytes.
  const startedAt = config.now ?? clock.now()
  if (!(await lifecycle.start(() => seeder.readAll(startedAt), startedAt))) {
    log.info({ db: config.db, jobs: jobs.total() }, 'the database holds data: fixtures and generator are not used')
  }

  const observer = createObserver({
    ...{ journal, capacity: config.journal, systemClock: wall, gatewayClock, operations, log, readings: assumed },
    ...{ accountName: accounts.nameFor, credentials: accounts.credentials, version: database.version },
    ...core.vocabulary,
  })
  const given = { ...core, options: config, log, accountStore: accounts, defaultAccount }
  const adminDeps = connectAdmin({
    ...{ ...given, explain: observer.explain, journal: observer.reading, recorded: journal, startedAt: wall.now() },
    ...{ credentialOf: accounts.credential, jobCount: jobs.total, write: database.write },
    addAccount: ({ fixtures = 'none', ...asked }) =>
      seeder
        .readAccount(fixtures)
        .then(fill => lifecycle.addAccount(asked, fill))
        .catch(rejectFixture),
    document: async () => (await import('./http/document.ts')).openApiDocument(edition, assumed),
  })
  const fastify = app(connectApi({ ...given, database, observer, delays, tls, admin: adminEntrance(adminDeps) }))
  const listen = listener(fastify)
  await fastify.ready()
  return {
    ...{
      app: fastify,
      faults: core.faults,
      stubs: core.stubs,
      triggers: services.triggerReport,
      snapshots: lifecycle.snapshots,
    },
    ...{ reset: lifecycle.reset, clock: lifecycle.clocks, control: adminDeps.control, accounts: adminDeps.accounts },
    signedHeaders: headersOf(adminDeps.sign),
    ...{ journal: observer.reading, filterNames: { operations, isAccount: adminDeps.isAccount } },
    /** The CA that was created for this start, in PEM; `undefined` without --tls. */
    ca: tls?.ca,
    jobs: () => jobs.total(),
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
