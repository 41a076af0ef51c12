import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { type Config, options } from './config.ts'
import { emulator } from './emulator.ts'
import { logTo } from './log.ts'
import type { Fixture } from './seed/fixture-schema.ts'
import type { KeyPair } from './sign-request.ts'
import { type Assumed, assume } from './spec/assumptions.ts'

export type { Fixture, FixtureCredential, FixtureJob } from './seed/fixture-schema.ts'
export { type CallToSign, type KeyPair, signRequest } from './sign-request.ts'

/** Options of {@link startEmulator}; each means what the flag of the same name means. */
export interface EmulatorOptions
  extends Partial<Omit<Config, 'fixtures' | 'assume' | 'now' | 'accessKey' | 'secretKey'>> {
  /** A path, the name of a bundled scenario, `none`, or the content of a fixture. Default: the bundled `default`. */
  readonly fixtures?: string | Fixture
  /** Assumptions to switch, name to value. An unknown name or value throws a RangeError. */
  readonly assume?: Partial<Assumed>
  /** Start of the simulation clock. Default: the system's time. */
  readonly now?: Date | number
  /** The key pair of the account "default". Default: a fixed, fake pair. */
  readonly credentials?: KeyPair
}

/** An emulator that listens. */
export interface RunningEmulator {
  /** Base URL such as `http://127.0.0.1:53124`, without a slash at the end. */
  readonly url: string
  /** The key pair of the account "default". */
  readonly credentials: KeyPair
  /** Back to the seeded data: everything written since the start is gone. */
  reset(): Promise<void>
  /** Answers a request without a socket, headers and status as on the wire. */
  inject(request: InjectOptions): Promise<LightMyRequestResponse>
  /** Stops accepting, finishes what is in flight (at most 1.5 s) and closes the database. */
  stop(): Promise<void>
}

const defaults = Object.fromEntries(
  Object.entries(options).map(([name, option]) => [name, option.default]),
) as unknown as Config

/**
 * Starts an emulator in this process on a free port of 127.0.0.1, seeded and ready.
 * Rejects with a FixtureError, a DatabaseError or the socket's error, each with a sentence that says what to do.
 */
export async function startEmulator(given: EmulatorOptions = {}): Promise<RunningEmulator> {
  const { credentials = { accessKey: defaults.accessKey, secretKey: defaults.secretKey }, now, ...rest } = given
  const config = {
    ...defaults,
    port: 0,
    logLevel: 'silent' as const,
    ...rest,
    ...credentials,
    now: now === undefined ? undefined : Number(now),
    assume: assume(given.assume),
  }
  const log = await logTo(2, config.logLevel, config.logFormat ?? 'json')
  const made = await emulator({ config, log })
  let url: string
  try {
    url = await made.listen()
  } catch (error) {
    await made.stop()
    throw error
  }
  return {
    url,
    credentials,
    reset: made.reset,
    inject: request => made.app.inject(request),
    stop: made.stop,
  }
}
