import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { type Assumed, assume } from '../../src/api/assumptions.ts'
import type { Config } from '../../src/config/config.ts'
import { defaults } from '../../src/config/options.ts'
import { type Emulator, emulator as makeEmulator } from '../../src/emulator.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'
import type { Waiting } from '../../src/http/delays.ts'
import { type Log, silentLog } from '../../src/log.ts'
import type { Fixture } from '../../src/seed/fixture-schema.ts'
import type { Clock } from '../../src/time/clock.ts'
import { adminDocumentOf, documentOf } from './documents.ts'

/** The moment of every test that names no other: 2025-06-01 00:00 in Korea. */
export const testNow = Date.UTC(2025, 4, 31, 15)

export interface Setting extends Partial<Omit<Config, 'assume' | 'fixtures'>> {
  /** Default: no data at all. */
  readonly fixtures?: string | Fixture
  /** Jobs of the account "default", instead of fixtures. */
  readonly jobs?: Fixture['jobs']
  readonly assume?: Partial<Assumed>
  /** Both clocks start here and stand still unless the test moves `wall.moment`. */
  readonly moment?: number
  readonly log?: Log
  /** Who waits where a fault delays; default: the timers of the machine. */
  readonly delays?: Waiting
}

export interface Answer {
  readonly status: number
  readonly headers: LightMyRequestResponse['headers']
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests read members of many shapes
  readonly body: any
}

export interface TestEmulator {
  readonly emulator: Emulator
  /** The clock behind both clocks; set `moment` to move it. */
  readonly wall: Clock & { moment: number }
  /** Signs as a real client does and sends; `headers` replace those of the signature (undefined removes one). */
  call(
    method: string,
    target: string,
    headers?: Record<string, string | undefined>,
    payload?: string | Buffer,
  ): Promise<Answer>
  get(target: string, headers?: Record<string, string | undefined>): Promise<Answer>
}

/**
 * A whole emulator in memory, closed with the test. The test states only what is special about it.
 * Every reply is held against the document of its edition or of the control endpoints; one that does not fit throws.
 */
export async function emulator(t: Test, setting: Setting = {}): Promise<TestEmulator> {
  const {
    jobs,
    fixtures = { jobs: jobs ?? [] },
    assume: switches,
    moment = testNow,
    log = silentLog,
    delays,
    ...rest
  } = setting
  const wall = { moment, now: () => wall.moment }
  const config = { ...defaults, ...rest, fixtures, assume: assume(switches) }
  const made = await makeEmulator({ config, log, wall, ...(delays && { delays }) })
  t.teardown(() => made.stop())

  async function call(
    method: string,
    target: string,
    headers: Record<string, string | undefined> = {},
    payload?: string | Buffer,
  ): Promise<Answer> {
    const { accessKey, secretKey } = config
    const timestamp = wall.moment + config.gatewaySkew
    const signed = { ...signRequest({ method, target, timestamp, accessKey, secretKey }), ...headers }
    const sent = Object.fromEntries(Object.entries(signed).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >
    const answer = await made.app.inject({
      method: method as 'GET',
      url: target,
      headers: sent,
      ...(payload === undefined ? {} : { payload }),
    })
    let body: unknown
    try {
      body = JSON.parse(answer.payload)
    } catch {
      body = undefined
    }
    if (method !== 'HEAD') {
      const ofAdmin = target.startsWith('/__admin')
      const { check } = await (ofAdmin ? adminDocumentOf(made.app) : documentOf(config.edition, config.assume))
      const complaint = check(method, target, answer.statusCode, body, payload)
      if (complaint) throw new Error(`${complaint}; the reply was ${answer.payload.slice(0, 500)}`)
    }
    return { status: answer.statusCode, headers: answer.headers, text: answer.payload, body }
  }

  return { emulator: made, wall, call, get: (target, headers) => call('GET', target, headers) }
}
