import type { FastifyInstance } from 'fastify'
import type { AccountsParts } from './admin/accounts.ts'
import { admin, adminPrefix } from './admin/admin.ts'
import { opensHome } from './admin/console.ts'
import type { SignRequest } from './admin/general.ts'
import type { FilterNames } from './admin/journal.ts'
import type { ControlParts } from './admin/owner.ts'
import { problem } from './admin/problem.ts'
import { acceptedNames } from './api/accepted-names.ts'
import { inForce } from './api/assumptions.ts'
import { asApiErrors } from './api/body.ts'
import { bodyParts } from './api/body-parts.ts'
import { editions } from './api/editions/editions.ts'
import { vocabularyOf } from './api/routes.ts'
import { clientUrl } from './config/client-url.ts'
import { type Config, speaksTls } from './config/config.ts'
import { explainer } from './diagnosis/explainer.ts'
import { hideSecrets } from './diagnosis/secrets.ts'
import { defaultAccount } from './domain/account.ts'
import { ApiError } from './domain/api-error.ts'
import { entropy } from './entropy.ts'
import { FaultRules } from './faults/faults.ts'
import { type FaultPreset, type FaultRule, faultPresets } from './faults/rule.ts'
import { signCall } from './gateway/sign-request.ts'
import { app } from './http/app.ts'
import { type Waiting, waiting } from './http/delays.ts'
import { handlers } from './http/handlers.ts'
import { listener } from './http/listen.ts'
import { createRecorder } from './http/recorder.ts'
import { createResponder } from './http/responder.ts'
import { secretFreeLog } from './http/secret-free-log.ts'
import { journal } from './journal/journal.ts'
import { type JournalReading, journalReading } from './journal/reading.ts'
import type { Log } from './log.ts'
import { version } from './package.ts'
import { readJson } from './schema/json.ts'
import { warnOfContradictions } from './seed/check.ts'
import { FixtureError } from './seed/complaint.ts'
import type { Fixture } from './seed/fixture-schema.ts'
import { isBundled, readAccount, readFixtures } from './seed/fixtures.ts'
import { plant, type SeedAccount, type SeedTimes } from './seed/seed.ts'
import { type AskedAccount, accountService, type NewAccount } from './service/accounts.ts'
import { type ChangedPart, changeFeed } from './service/changes.ts'
import { type ClockControl, clockControl, type MovedClock } from './service/clocks.ts'
import { controlService } from './service/control.ts'
import { decisionHistory } from './service/decisions.ts'
import { executionService } from './service/executions.ts'
import { idMaker } from './service/ids.ts'
import { jobService } from './service/jobs.ts'
import { launcher } from './service/launcher.ts'
import { hindrances } from './service/may-run.ts'
import { overviewService } from './service/overview.ts'
import { resetService } from './service/reset.ts'
import type { Settings } from './service/rules.ts'
import { scheduling } from './service/scheduling.ts'
import { settling } from './service/settle.ts'
import { type SnapshotService, snapshotService } from './service/snapshots.ts'
import { statsService } from './service/stats.ts'
import { type TriggerReport, triggerReport } from './service/trigger-report.ts'
import { triggerService } from './service/triggers.ts'
import { workflowService } from './service/workflows.ts'
import { accountStore } from './store/accounts.ts'
import { openDatabase } from './store/database.ts'
import { type JobTotals, jobStore } from './store/jobs.ts'
import { runStore } from './store/runs.ts'
import { seededStore } from './store/seeded.ts'
import { sequenceStore } from './store/sequences.ts'
import { imaging } from './store/snapshot.ts'
import { imageFolder } from './store/snapshot-folder.ts'
import { triggerStore } from './store/triggers.ts'
import { workflowStore } from './store/workflows.ts'
import { type Clock, SkewedClock, stopwatch, systemClock, VirtualClock } from './time/clock.ts'

/** What an emulator is made of beside its options. */
export interface EmulatorParts {
  readonly config: Omit<Config, 'fixtures' | 'faults'> & {
    readonly fixtures: string | Fixture
    readonly faults: readonly (FaultPreset | FaultRule)[]
  }
  readonly log: Log
  /** Tells how many of the generated jobs are done. */
  readonly progress?: ((done: number, of: number) => void) | undefined
  /** The wall clock; another one in tests. */
  readonly wall?: Clock
  /** How many events one transaction of a jump handles; fewer in tests. */
  readonly sliceBudget?: number | undefined
  /** Waiting by timers; another one in tests. */
  readonly delays?: Waiting
}

/** An account that is to be made. */
export interface AccountToMake extends AskedAccount {
  /** The name of a fixture, or its content; absent: no data. */
  readonly fixtures?: string | Fixture | undefined
}

/** A whole emulator, wired and seeded, not yet listening. */
export interface Emulator {
  readonly app: FastifyInstance
  readonly clock: ClockControl
  /** What goes wrong on purpose. */
  readonly faults: FaultRules
  readonly control: ControlParts
  /** The CA that was made for this start, in PEM; absent without --tls. */
  readonly ca: string | undefined
  /** How many jobs all accounts hold. */
  jobs(): number
  /** The jobs of the account `default`, and how many there are elsewhere. */
  jobTotals(): JobTotals
  /** Accounts that come and go. What cannot be throws a ApiError; nothing is half made. */
  readonly accounts: AccountsParts
  /** The signature headers for a call, made now. */
  signedHeaders(asked: SignRequest): Readonly<Record<string, string>> | string
  /** The requests of the emulated API. */
  readonly journal: JournalReading
  /** The names that a filter of the journal may use. */
  readonly filterNames: FilterNames
  /**
   * Listens, writes the certificate of the CA where that is asked for, and gives the base URL.
   * The data is there before the port is.
   */
  listen(): Promise<string>
  readonly snapshots: SnapshotService
  readonly triggers: TriggerReport
  /** Back to the seeded data, the clocks with it; with a name that account alone. `false`: there is none of that name. */
  reset(account?: string): boolean
  /** Stops accepting, finishes what is in flight, closes the database. */
  stop(): Promise<void>
}

/** The one place where the parts meet. */
export async function emulator(parts: EmulatorParts): Promise<Emulator> {
  const { config, log, progress, wall = systemClock, delays = waiting() } = parts
  const edition = editions[config.edition]
  const chance = entropy(config.seed)
  const clock = new VirtualClock(wall, config.now)
  const gatewayClock = new SkewedClock(wall, config.gatewaySkew)

  const operations = acceptedNames(edition, config.assume)
  const changes = changeFeed()
  const faults = new FaultRules({
    chance: chance.fork('faults'),
    now: () => gatewayClock.now(),
    operations,
    changed: () => changes.tell({ what: ['faults'] }),
    initial: config.faults.flatMap<FaultRule>(one => (typeof one === 'string' ? faultPresets[one] : one)),
  })
  const secured = speaksTls(config) ? (await import('./tls/identity.ts')).identity(config, wall.now()) : undefined

  // Exactly `--now` where it is given: the same seed then gives the same bytes.
  const startedAt = config.now ?? clock.now()
  const bootedAt = wall.now()
  const parsedParts = bodyParts(edition, config.assume)

  /** Undated things are of `now`, which is also the moment at which what is under way goes on. */
  const seedTimes = (now: number): SeedTimes => ({
    now,
    from: now,
    waitingMs: config.waitingTime,
    runningMs: config.runTime,
    chance: chance.fork('fixtures'),
    edition,
    assumed: config.assume,
  })

  async function seed(): Promise<SeedAccount[]> {
    const accounts = await readFixtures(config.fixtures, seedTimes(startedAt))
    if (!isBundled(config.fixtures))
      warnOfContradictions(accounts, { now: startedAt, atOnce: edition.concurrency }, log)
    if (config.generate === 0) return accounts
    const { generated } = await import('./seed/generate.ts')
    return [
      ...accounts,
      generated(config.generate, { chance: chance.fork('generate'), now: startedAt, from: startedAt, progress }),
    ]
  }

  const database = openDatabase(config.db)
  try {
    const accounts = accountStore(database)
    const jobs = jobStore(database)
    const runs = runStore(database)
    const triggers = triggerStore(database)
    const workflows = workflowStore(database)
    const sequences = sequenceStore(database)
    const planted = { accounts, jobs, runs, triggers, workflows }
    const seeded = seededStore(database)
    const span = (time: number) => ({ from: time, to: time })
    const settings: Settings = {
      rules: config.assume,
      concurrency: edition.concurrency,
      parameters: edition.parameters,
      fates: { waiting: span(config.waitingTime), duration: span(config.runTime), failureRate: config.failureRate },
    }
    const schedule = scheduling({ jobs, runs, triggers, workflows, settings })

    async function plantAll(): Promise<void> {
      const seeds = await seed()
      database.replace(() => {
        accounts.open(defaultAccount)
        plant(planted, seeds, startedAt)
        schedule.planAll(startedAt)
        seeded.markStarted(startedAt)
      })
    }
    const admitStarted = () => {
      const { accessKey, secretKey } = config
      accounts.putStarted([
        { account: defaultAccount, accessKey, secretKey, active: true, subscribed: true },
        ...config.credential,
      ])
    }
    if (accounts.isEmpty()) await plantAll()
    else log.info({ db: config.db, jobs: jobs.total() }, 'the database holds data: fixtures and generator are not used')
    admitStarted()
    // An account that came with a credential of this start is one of the start, too, and so is all of an older file.
    seeded.markStarted(startedAt)

    function signed({ accessKey = config.accessKey, timestamp = gatewayClock.now(), ...call }: SignRequest) {
      const credential = accounts.credential(accessKey)
      if (!credential) return `unknown access key ${JSON.stringify(accessKey)}`
      const { secretKey } = credential
      return signCall({ ...call, accessKey, secretKey, timestamp })
    }
    function signedHeaders(asked: SignRequest) {
      const call = signed(asked)
      return typeof call === 'string' ? call : call.headers
    }

    const document = once(async () => {
      const { openApiDocument } = await import('./http/document.ts')
      return openApiDocument(edition, config.assume)
    })
    const docs = once(async () => {
      const { docs } = await import('./admin/docs.ts')
      return docs(`${adminPrefix}/docs`, await document())
    })

    const launch = launcher({ runs, chance: chance.fork('runs'), settings })
    const stores = { database, jobs, runs, triggers, workflows, sequences }
    const decisions = decisionHistory(log)
    const report = triggerReport({ triggers, workflows, decisions, settings })
    const hindrance = hindrances(settings)
    const time = settling({
      ...stores,
      launch,
      settings,
      hindrance,
      note: decisions.note,
      sliceBudget: parts.sliceBudget,
    })
    const ids = idMaker({ sequences, chance: chance.fork('ids') })
    const jobsAsked = jobService({
      ...{ jobs, runs, ids, scheduling: schedule, settings },
      checkNodes: nodes => void asApiErrors(() => parsedParts.jobNodes(readJson(nodes), [])),
    })
    const executions = executionService({ ...stores, jobs: jobsAsked, launch, settling: time, hindrance, settings })
    const services = {
      jobs: jobsAsked,
      executions,
      workflows: workflowService({
        workflows,
        triggers,
        executions,
        jobs: jobsAsked,
        ids,
        scheduling: schedule,
        settling: time,
        settings,
      }),
      triggers: triggerService({ triggers, ids, scheduling: schedule }),
      stats: statsService({ runs }),
    }

    const namespaces = accountService({ accounts, chance: chance.fork('accounts'), standing: defaultAccount })
    /** The moment, with the data brought up to it. */
    function present() {
      const now = clock.now()
      time.settle(now)
      return now
    }
    async function newAccount({ fixtures = 'none', ...asked }: AccountToMake): Promise<NewAccount> {
      const seed = await readAccount(fixtures, config.fixtures)
      const now = present()
      return database.write(() =>
        namespaces.add(asked, ({ id, name }) => {
          const content = seed(seedTimes(now))
          if (content) plant(planted, [{ ...content, name }], now)
          schedule.planAccount({ accountId: id, now })
          seeded.mark(id, now)
        }),
      )
    }

    const resets = resetService({ database, seeded, scheduling: schedule, admitStarted })
    function resetAll(): void {
      clocks.interrupt('everything was reset')
      decisions.clear()
      resets.all(clock.beginning())
      clock.restart()
      gatewayClock.skew = config.gatewaySkew
      recorded.clear()
      faults.reset()
      changes.tell({ what: ['clock', 'all'] })
    }
    /** Changes an account, and forgets what was noted of it. */
    function forgetting(accountId: number, change: () => void): string {
      const name = accounts.name(accountId) ?? ''
      const keys = accounts.keys(accountId)
      database.write(change)
      decisions.clear(accountId)
      recorded.clear(name)
      faults.forget(name, keys)
      changes.tell({ what: ['all'], account: name })
      return name
    }
    const resetAccount = (accountId: number) =>
      forgetting(accountId, () => resets.account({ accountId, now: present() }))
    const comingAndGoing: AccountsParts = {
      list: namespaces.list,
      get: namespaces.get,
      async add(asked) {
        const made = await newAccount(asked).catch(inAdminWords)
        changes.tell({ what: ['accounts'] })
        return made
      },
      remove: name => void forgetting(accounts.find(name) ?? 0, () => namespaces.remove(name)),
    }

    const snapshots = snapshotService({
      images: imaging(database),
      folder: config.snapshots === undefined ? undefined : imageFolder(config.snapshots),
      clock: () => ({ moment: clock.now(), frozen: clock.frozen, rate: clock.rate, skew: gatewayClock.skew }),
      goOn(stood) {
        admitStarted()
        seeded.markStarted(clock.now())
        if (stood) {
          clock.place(stood)
          gatewayClock.skew = stood.skew
        }
        clocks.interrupt('a snapshot was restored')
        decisions.clear()
        changes.tell({ what: ['clock', 'all'] })
      },
    })

    const movingClocks = clockControl({
      clock,
      gateway: gatewayClock,
      slices: time.slices,
      executions: { lastEnd: runs.lastEnd, endOf: runs.openEnd },
    })
    const told = (moved: MovedClock) => {
      changes.tell({ what: ['clock'] })
      return moved
    }
    const clocks: ClockControl = {
      ...movingClocks,
      change: asked => told(movingClocks.change(asked)),
      changeInSteps: async (asked, pause) => told(await movingClocks.changeInSteps(asked, pause)),
    }
    const changed = (accountId: number, what: readonly ChangedPart[]) =>
      changes.tell({ what, account: accounts.name(accountId) })
    const control = controlService({ jobs, runs, executions, scheduling: schedule, settings })
    const controls: ControlParts = {
      control,
      overview: overviewService({ ...stores, control, executions, scheduling: schedule, settling: time, settings }),
      changed,
      defaultAccount,
      accounts: {
        named: accounts.find,
        ofKey: key => accounts.credential(key)?.accountId,
        names: () => accounts.list().map(({ name }) => name),
      },
      present,
      write: database.write,
    }
    const recorded = journal(config.journal)
    let atTheEnd: ReturnType<typeof accounts.credentials> | undefined
    // The journal can be read when the database is closed.
    let latest: { readonly version: number; readonly credentials: ReturnType<typeof accounts.credentials> } | undefined
    const credentials = () => {
      if (atTheEnd) return atTheEnd
      const version = database.version()
      if (latest?.version !== version) latest = { version, credentials: accounts.credentials() }
      return latest.credentials
    }
    const requestLog = secretFreeLog(log, () => hideSecrets(credentials().map(({ secretKey }) => secretKey)))
    const filterNames = {
      operations,
      isAccount: (name: string) => accounts.find(name) !== undefined || recorded.hasCleared(name),
    }
    const requests = journalReading(recorded, credentials, operations)
    const explain = explainer(
      { pairs: credentials, readings: config.assume, ...vocabularyOf(config.edition, config.assume) },
      () => gatewayClock.now(),
    )
    const recorder =
      config.journal === 0
        ? undefined
        : createRecorder({
            journal: recorded,
            clock: wall,
            elapsed: stopwatch(),
            accountName: (accountId, accessKey) =>
              accounts.name(
                accountId || (accessKey === undefined ? 0 : (accounts.credential(accessKey)?.accountId ?? 0)),
              ),
          })

    const fastify = app({
      log: requestLog,
      tls: secured,
      routes: {
        edition,
        assumed: config.assume,
        handlers: handlers(services),
        clock,
        settle: time.settle,
        write: database.write,
        version: database.version,
        responder: createResponder(chance.fork('trace'), recorder),
        changed: accountId => changed(accountId, ['jobs', 'executions', 'workflows', 'triggers']),
      },
      gateway: {
        clock: gatewayClock,
        credentialOf: accounts.credential,
        readings: config.assume,
        bodyLimit: config.bodyLimit,
        explain,
        injection: { faults, wait: delays.wait, accountNamed: accounts.name, log: requestLog },
        isAccount: accounts.isThere,
        openAccountId: config.auth === 'off' ? () => accounts.open(defaultAccount) : undefined,
      },
      admin: {
        prefix: adminPrefix,
        problem: config.noAdmin ? undefined : problem,
        home: config.noAdmin ? undefined : request => (opensHome(request) ? `${adminPrefix}/console/` : undefined),
        endpoints: admin({
          health: () => ({
            edition: edition.id,
            version: version(),
            jobs: jobs.total(),
            now: new Date(clock.now()).toISOString(),
          }),
          assumptions: () => inForce(config.assume),
          document,
          docs,
          sign: signed,
          explain,
          changes,
          hello: () => ({
            boot: bootedAt.toString(36),
            version: version(),
            edition: edition.id,
            auth: config.auth,
            clock: clocks.state(),
            faults: faults.list().length,
            lastRequest: recorded.last(),
          }),
          clock: clocks,
          control: controls,
          journal: requests,
          ...filterNames,
          faults,
          snapshots,
          triggers: report,
          accounts: comingAndGoing,
          reset: { all: resetAll, account: resetAccount, jobs: jobs.total },
          // A name to listen on is a name to be called by.
          allowedHosts: [...config.allowedHosts, config.host.toLowerCase()],
          token: config.adminToken,
          healthOnly: config.noAdmin,
          log,
        }),
      },
    })
    const listen = listener(fastify)
    await fastify.ready()

    return {
      app: fastify,
      clock: clocks,
      faults,
      control: controls,
      jobs: () => jobs.total(),
      jobTotals: () => jobs.totals(accounts.open(defaultAccount)),
      ca: secured?.ca,
      snapshots,
      triggers: report,
      accounts: comingAndGoing,
      signedHeaders,
      journal: requests,
      filterNames,
      async listen() {
        const { address, port } = await listen(config)
        if (config.tlsCaOut !== undefined && secured?.ca !== undefined) {
          // Only now: one that cannot listen must not replace the CA of the one that does.
          const { writeCa } = await import('./tls/files.ts')
          writeCa(config.tlsCaOut, secured.ca)
        }
        return clientUrl(address, port, secured !== undefined)
      },
      reset(account) {
        const accountId = account === undefined ? undefined : accounts.find(account)
        if (accountId !== undefined) resetAccount(accountId)
        else if (account === undefined) resetAll()
        else return false
        return true
      },
      async stop() {
        delays.hurry()
        clocks.interrupt('the emulator is stopping')
        await fastify.close()
        atTheEnd ??= accounts.credentials()
        database.close()
      },
    }
  } catch (error) {
    database.close()
    throw error
  }
}

/** A fixture that cannot be used is a mistake in the request that brought it. */
function inAdminWords(error: unknown): never {
  throw error instanceof FixtureError ? new ApiError('badParameter', error.message) : error
}

/** Makes a thing at the first call and hands out the same one afterwards. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
