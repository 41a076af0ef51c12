import { type Assumed, assume } from '../api/assumptions.ts'
import { type Config, tlsFlaw } from '../config/config.ts'
import { defaults, optionNames, options, secretOptions } from '../config/options.ts'
import { unknownWord } from '../config/usage-error.ts'
import { emulator } from '../emulator.ts'
import type { Fault, FaultPreset, FaultRule } from '../faults/rule.ts'
import type { KeyPair } from '../gateway/sign-request.ts'
import { logTo } from '../log.ts'
import type { Fixture } from '../seed/fixture-schema.ts'
import type { Stub, StubRule } from '../stubs/rule.ts'
import { accountMaker, type EmulatorAccount, type NewAccountOptions } from './account.ts'
import { type EmulatorClock, emulatorClock } from './clock.ts'
import type { InjectedRequest, InjectedResponse } from './inject.ts'
import { type EmulatorJobs, emulatorJobs } from './jobs.ts'
import { emulatorJournal, type RequestJournal } from './journal.ts'
import { type EmulatorSnapshots, emulatorSnapshots } from './snapshots.ts'
import { type EmulatorTriggers, emulatorTriggers } from './triggers.ts'
import { type EmulatorWorkflows, emulatorWorkflows } from './workflows.ts'

export type { JobCondition, JobStateChange, Moment, RunPlan, WholeJob } from '../admin/job-bodies.ts'
export type {
  CanceledExecution,
  ControlledJob,
  ExecutionStatus,
  JobStatus,
  NextRun,
} from '../admin/shown-job.ts'
export type { Diagnosis } from '../diagnosis/diagnosis.ts'
export type { Explanation } from '../diagnosis/explainer.ts'
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
export { type CallToSign, type KeyPair, type SignatureHeaders, signRequest } from '../gateway/sign-request.ts'
export type { Difference, RequestFilter } from '../journal/filter.ts'
export type { NearMiss, RequestQuery, SeenBody, SeenRequest } from '../journal/reading.ts'
export type { Fixture, FixtureCredential, FixtureJob } from '../seed/fixture-schema.ts'
export type { ClockState, MovedClock } from '../service/clocks.ts'
export type { Snapshot } from '../service/snapshots.ts'
export type { Stub, StubRequest, StubResponse, StubRule, StubValue } from '../stubs/rule.ts'
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
export type { JobDetail, JobOwner, ListedJob } from './job-types.ts'
export type { EmulatorJobs } from './jobs.ts'
export type { RequestJournal } from './journal.ts'
export type { EmulatorSnapshots } from './snapshots.ts'
export type { EmulatorTriggers, TriggerDecision, TriggerQuery, TriggerState } from './triggers.ts'
export type { EmulatorWorkflows, ListedExecution, StartedWorkflow, WorkflowState } from './workflows.ts'

/**
 * Options of {@link startEmulator}. Each corresponds to the flag of the same name (see `--help`) and is
 * optional. Durations are in milliseconds, sizes in bytes.
 */
export interface EmulatorOptions
  extends Partial<Omit<Config, 'fixtures' | 'assume' | 'now' | 'accessKey' | 'secretKey' | 'faults'>> {
  /** A path, the name of a bundled scenario, `none`, or the content of a fixture. Default: the bundled `default`. */
  readonly fixtures?: string | Fixture
  /** Assumptions to set, name to value. An unknown name or value throws a RangeError. */
  readonly assume?: Partial<Assumed>
  /** Start of the simulation clock. Default: the system time. */
  readonly now?: Date | number
  /** Injected faults at start and after every reset: names of presets, and rules. Default: none. */
  readonly faults?: readonly (FaultPreset | FaultRule)[]
  /** The key pair of the account "default". Default: a fixed, fake pair. */
  readonly credentials?: KeyPair
}

/** The fault rules of an emulator, tried in the order of the list. */
export interface EmulatorFaults {
  /** All faults, with the number of requests that matched (`matched`) and the number of times it acted (`applied`). */
  list(): Fault[]
  get(id: string): Fault | undefined
  /** Appends a fault. Throws a RangeError, without any change, for an invalid rule. */
  add(rule: FaultRule): Fault
  /** Replaces the fault `id` and resets its counts; returns undefined if there is none. */
  replace(id: string, rule: FaultRule): Fault | undefined
  /** Returns false if there is no fault with this id. */
  remove(id: string): boolean
  clear(): void
}

/** Responses in place of the emulator's own, to requests that it would accept. */
export interface EmulatorStubs {
  /** All stubs in the order in which they are tried, with the number of times each responded (`applied`). */
  list(): Stub[]
  get(id: string): Stub | undefined
  /** Adds a stub. Throws a RangeError, without any change, for an invalid one. */
  add(stub: StubRule): Stub
  /** Returns false if there is no stub with this id. */
  remove(id: string): boolean
  clear(): void
  /** Restores the stubs of `replay` with their counts; those that were added are gone. */
  reset(): void
}

/** A running emulator. */
export interface RunningEmulator {
  /** Base URL without a trailing slash, such as `http://127.0.0.1:53124`; `https:` with `tls` or `tlsCert`. */
  readonly url: string
  /**
   * With `tls`: the generated CA certificate of this emulator in PEM, for clients to trust
   * (`https.request(url, { ca: emulator.ca })`). Otherwise undefined.
   */
  readonly ca: string | undefined
  /** The key pair of the account "default". */
  readonly credentials: KeyPair
  /** The simulation clock, which dates records and drives executions, and the gateway clock. */
  readonly clock: EmulatorClock
  /** Injected faults. */
  readonly faults: EmulatorFaults
  /** Stubs, and the recordings that `replay` names. */
  readonly stubs: EmulatorStubs
  /** Puts jobs into any state, plans their next executions, cancels executions. */
  readonly jobs: EmulatorJobs
  /** When triggers fire next, and why one did not start an execution. */
  readonly triggers: EmulatorTriggers
  /** Workflows with their nodes and executions; starts workflows. */
  readonly workflows: EmulatorWorkflows
  /**
   * Restores the seeded data. Everything written since the start is lost, including accounts created since; ids are
   * generated from the first one again, clocks restart, faults and stubs are those of the start, and the journal is cleared.
   * Fixtures are not read again: the data is restored as it was seeded, also after a restart on a `db` file. Executions
   * that were seeded in progress are in progress again.
   *
   * With an account, only its data is restored, and its faults, stubs and journal entries are deleted; clocks and other
   * accounts are not affected.
   * Rejects with a RangeError for an unknown account.
   */
  reset(what?: { readonly account?: string | undefined }): Promise<void>
  /** Named copies of all data and the clocks. */
  readonly snapshots: EmulatorSnapshots
  /** The requests to the emulated API. */
  readonly journal: RequestJournal
  /**
   * Creates an account: an isolated namespace with its own keys, for example one per worker of a test suite.
   * Rejects with a RangeError, without any change, for a name or key that is in use, an unknown option or an
   * invalid fixture.
   */
  newAccount(options?: NewAccountOptions): Promise<EmulatorAccount>
  /** Handles a request without a socket; status, headers and body are those on the wire. Sign it with `signRequest`. */
  inject(request: InjectedRequest): Promise<InjectedResponse>
  /** Stops accepting requests, finishes pending ones (at most 1 s) and closes the database. A second call does nothing. */
  stop(): Promise<void>
  /** Calls `stop`, for `await using emulator = await startEmulator()`. */
  [Symbol.asyncDispose](): Promise<void>
}

const isOption = (name: string): name is keyof Config => Object.hasOwn(options, name)

/** Throws a RangeError for unknown options and invalid values, which typed callers cannot pass. */
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
    // Fault rules are checked later, when the operations are known.
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

/** Drops members that are undefined. */
const defined = <T extends object>(given: T): T =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T

/**
 * Starts an emulator in this process, seeded and ready, on a free port of both loopback addresses unless `port`
 * and `host` are given. Logs nothing unless `logLevel` is given. Several can run side by side.
 *
 * Rejects, with nothing left running and a message that says what to do, with
 * a RangeError for an unknown option or an invalid value,
 * a FixtureError (its `name`) for invalid fixtures, a StubError for an invalid `replay` folder,
 * a DatabaseError for a `db` file that cannot be used,
 * a SqliteModuleError if the native SQLite module is missing or Node is too old,
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
    stubs: {
      list: () => made.stubs.list(),
      get: id => made.stubs.get(id),
      add: stub => made.stubs.add(stub),
      remove: id => made.stubs.remove(id),
      clear: () => made.stubs.clear(),
      reset: () => made.stubs.reset(),
    },
    jobs: emulatorJobs(made.control),
    triggers: emulatorTriggers({ ...made.control, report: made.triggers }),
    workflows: emulatorWorkflows(made.control),
    async reset({ account } = {}) {
      if (!made.reset(account)) throw new RangeError(`reset: unknown account ${JSON.stringify(account)}`)
    },
    snapshots: emulatorSnapshots(made.snapshots),
    journal: emulatorJournal(made),
    newAccount: accountMaker(made),
    inject: request => made.app.inject(request),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
