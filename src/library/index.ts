import { type Assumed, assume } from '../api/assumptions.ts'
import { type Config, tlsFlaw } from '../config/config.ts'
import { defaults, optionNames, options, secretOptions } from '../config/options.ts'
import { unknownWord } from '../config/usage-error.ts'
import { emulator } from '../emulator.ts'
import type { Fault, FaultPreset, FaultRule } from '../faults/rule.ts'
import type { KeyPair } from '../gateway/sign-request.ts'
import { logTo } from '../log.ts'
import type { Fixture } from '../seed/fixture-schema.ts'
import { accountMaker, type EmulatorAccount, type NewAccountOptions } from './account.ts'
import { type EmulatorClock, emulatorClock } from './clock.ts'
import type { InjectedRequest, InjectedResponse } from './inject.ts'
import { type EmulatorJobs, emulatorJobs } from './jobs.ts'
import { emulatorJournal, type RequestJournal } from './journal.ts'
import { type EmulatorSnapshots, emulatorSnapshots } from './snapshots.ts'
import { type EmulatorTriggers, emulatorTriggers } from './triggers.ts'

export type {
  CanceledExecution,
  ControlledJob,
  ExecutionStatus,
  JobStatus,
  NextRun,
} from '../admin/shown-job.ts'
export type { OperationName, OperationReference, PublishedTitle } from '../domain/operation-names.ts'
export type {
  Fault,
  FaultEffect,
  FaultError,
  FaultPlace,
  FaultPreset,
  FaultRule,
  FaultTime,
} from '../faults/rule.ts'
export { type CallToSign, type KeyPair, signRequest } from '../gateway/sign-request.ts'
export type { Difference, RequestFilter } from '../journal/filter.ts'
export type { NearMiss, RequestQuery, SeenBody, SeenRequest } from '../journal/reading.ts'
export type { Fixture, FixtureCredential, FixtureJob } from '../seed/fixture-schema.ts'
export type { ClockState, MovedClock } from '../service/clocks.ts'
export type { Snapshot } from '../service/snapshots.ts'
export type { EmulatorAccount, NewAccountOptions } from './account.ts'
export type {
  Edition2023,
  Edition2023Schemas,
  Edition2025,
  Edition2025Schemas,
  Edition2026,
  Edition2026Schemas,
} from './api-types.ts'
export type { EmulatorClock } from './clock.ts'
export type { InjectedRequest, InjectedResponse } from './inject.ts'
export type { EmulatorJobs, JobOwner, JobStateChange, Moment, RunPlan, WholeJob } from './jobs.ts'
export type { RequestJournal } from './journal.ts'
export type { EmulatorSnapshots } from './snapshots.ts'
export type { EmulatorTriggers, TriggerDecision, TriggerQuery, TriggerState } from './triggers.ts'

/**
 * Options of {@link startEmulator}; each means what the flag of the same name means (`--help` lists them) and may be
 * left out. Durations are milliseconds, sizes bytes.
 */
export interface EmulatorOptions
  extends Partial<Omit<Config, 'fixtures' | 'assume' | 'now' | 'accessKey' | 'secretKey' | 'faults'>> {
  /** A path, the name of a bundled scenario, `none`, or the content of a fixture. Default: the bundled `default`. */
  readonly fixtures?: string | Fixture
  /** Assumptions to switch, name to value. An unknown name or value throws a RangeError. */
  readonly assume?: Partial<Assumed>
  /** Start of the simulation clock. Default: the system's time. */
  readonly now?: Date | number
  /** What goes wrong on purpose from the start and after every reset: names of presets, and rules. Default: nothing. */
  readonly faults?: readonly (FaultPreset | FaultRule)[]
  /** The key pair of the account "default". Default: a fixed, fake pair. */
  readonly credentials?: KeyPair
}

/** The faults of an emulator: rules by which requests go wrong on purpose, tried in the order of the list. */
export interface EmulatorFaults {
  /** Every fault with how many requests fitted it (`matched`) and how often it acted (`applied`). */
  list(): Fault[]
  get(id: string): Fault | undefined
  /** Adds a fault behind the others. Throws a RangeError, with nothing changed, for a rule that cannot be used. */
  add(rule: FaultRule): Fault
  /** Puts a rule in the place of the fault `id`, its counts at zero; undefined when there is none. */
  replace(id: string, rule: FaultRule): Fault | undefined
  /** Removes a fault; false when there is none. */
  remove(id: string): boolean
  /** Removes every fault. */
  clear(): void
}

/** An emulator that listens. */
export interface RunningEmulator {
  /** Base URL such as `http://127.0.0.1:53124`, without a slash at the end; `https:` with `tls` or `tlsCert`. */
  readonly url: string
  /**
   * With `tls`: the certificate of the CA that was made for this emulator, in PEM, for clients to trust
   * (`https.request(url, { ca: emulator.ca })`). Otherwise undefined.
   */
  readonly ca: string | undefined
  /** The key pair of the account "default". */
  readonly credentials: KeyPair
  /** The simulation clock, which dates records and drives executions, and the gateway clock. */
  readonly clock: EmulatorClock
  /** What goes wrong on purpose. */
  readonly faults: EmulatorFaults
  /** Jobs in any state, what their coming runs do, canceling a run. */
  readonly jobs: EmulatorJobs
  /** When triggers fire next, and why one did not start what was expected. */
  readonly triggers: EmulatorTriggers
  /**
   * Back to the seeded data, at the cost of what changed since: everything written since the start is gone, accounts
   * made since are, too, ids are drawn again from the first, the clocks start anew, faults are those of the start, the
   * journal is empty. Fixtures are not read again: what counts is what they held when the data was planted, also after
   * a restart on a `db` file. Executions that were planted under way are under way again, from the reset on.
   *
   * With an account only its data goes back to what it was planted with, and its faults and journal entries are
   * forgotten; clocks and other accounts stay as they are.
   * Rejects with a RangeError when there is no account of that name.
   */
  reset(what?: { readonly account?: string | undefined }): Promise<void>
  /** Named copies of all data and the clocks. */
  readonly snapshots: EmulatorSnapshots
  /** What was asked of the emulated API. */
  readonly journal: RequestJournal
  /**
   * Makes an account: a namespace with keys of its own, such as one for every worker of a test suite.
   * Rejects with a RangeError that says what can be, with nothing made: for a name or key that is taken, an unknown
   * option, a fixture that cannot be used.
   */
  newAccount(options?: NewAccountOptions): Promise<EmulatorAccount>
  /** Answers a request without a socket; status, headers and body are those on the wire. Sign it with `signRequest`. */
  inject(request: InjectedRequest): Promise<InjectedResponse>
  /** Stops accepting, finishes what is in flight (at most 1 s) and closes the database. A second call does nothing. */
  stop(): Promise<void>
  /** The same, for `await using emulator = await startEmulator()`. */
  [Symbol.asyncDispose](): Promise<void>
}

const isOption = (name: string): name is keyof Config => Object.hasOwn(options, name)

/** Complains about what a typed caller cannot write: unknown names, and values that the flag would refuse. */
function check(given: EmulatorOptions): void {
  for (const [name, value] of Object.entries(given)) {
    if (name === 'credentials') continue
    if (!isOption(name)) {
      throw new RangeError(`startEmulator: ${unknownWord('option', name, ['credentials', ...optionNames])}`)
    }
    if (options[name].value === undefined && typeof value !== 'boolean') {
      throw new RangeError(`startEmulator: ${name} ${JSON.stringify(value)}: must be true or false`)
    }
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    // Rules of faults are read where the operations are known.
    const texts = name === 'faults' ? [value].flat().filter(one => typeof one === 'string') : [String(value)]
    if (name !== 'faults' && !plain) continue
    try {
      if (name !== 'now') options[name].read(texts)
    } catch (error) {
      const shown = secretOptions.includes(name) ? '' : ` ${JSON.stringify(value)}`
      throw new RangeError(`startEmulator: ${name}${shown}: ${(error as Error).message}`)
    }
  }
}

/** What was given, without what was given as undefined. */
const defined = <T extends object>(given: T): T =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T

/**
 * Starts an emulator in this process, seeded and ready, on a free port of both loopback addresses unless `port`
 * and `host` say otherwise. Nothing is logged unless `logLevel` asks for it. Several may run side by side.
 *
 * Rejects, with nothing left running and a message that says what to do, with
 * a RangeError for an option that is unknown or cannot have this value,
 * a FixtureError (its `name`) for fixtures that cannot be used,
 * a DatabaseError for a `db` file that cannot be used,
 * a SqliteModuleError where the native SQLite module is missing or Node is too old,
 * a TlsError for a `tlsCert` or `tlsKey` that cannot be used, a CaFileError for a `tlsCaOut` that cannot be written,
 * and the error of the socket, such as one with the `code` EADDRINUSE.
 */
export async function startEmulator(given: EmulatorOptions = {}): Promise<RunningEmulator> {
  check(defined(given))
  const { accessKey, secretKey } = defaults
  const { credentials = { accessKey, secretKey }, now, faults = [], ...rest } = defined(given)
  const start = now === undefined ? undefined : Number(now)
  if (Number.isNaN(start)) throw new RangeError('startEmulator: now must be a Date or epoch milliseconds')
  const config = {
    ...defaults,
    port: 0,
    logLevel: 'silent' as const,
    ...rest,
    host: options.host.read([rest.host ?? defaults.host]),
    ...credentials,
    faults: [faults]
      .flat()
      .flatMap<FaultPreset | FaultRule>(one => (typeof one === 'string' ? options.faults.read([one]) : one)),
    now: start,
    assume: assume(given.assume),
  }
  const flaw = tlsFlaw(config)
  if (flaw) throw new RangeError(`startEmulator: ${flaw}`)
  const log = await logTo(2, config.logLevel, config.logFormat ?? 'json')
  const made = await emulator({ config, log })
  let url: string
  try {
    url = await made.listen()
  } catch (error) {
    await made.stop()
    throw error
  }
  let stopped: Promise<void> | undefined
  function stop(): Promise<void> {
    stopped ??= made.stop()
    return stopped
  }
  return {
    url,
    ca: made.ca,
    credentials,
    clock: emulatorClock(made.clock),
    faults: {
      list: () => made.faults.list(),
      get: id => made.faults.get(id),
      add: rule => made.faults.add(rule),
      replace: (id, rule) => made.faults.replace(id, rule),
      remove: id => made.faults.remove(id),
      clear: () => made.faults.clear(),
    },
    jobs: emulatorJobs(made.control),
    triggers: emulatorTriggers({ ...made.control, report: made.triggers }),
    async reset({ account } = {}) {
      if (!made.reset(account)) throw new RangeError(`reset: there is no account ${JSON.stringify(account)}`)
    },
    snapshots: emulatorSnapshots(made.snapshots),
    journal: emulatorJournal(made),
    newAccount: accountMaker(made),
    inject: request => made.app.inject(request),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
