import type { Assumed } from '../api/assumptions.ts'
import type { EditionId } from '../api/editions/editions.ts'
import type { Credential } from '../domain/account.ts'
import type { FaultPreset } from '../faults/rule.ts'
import type { LogLevel } from '../log.ts'

/** An account's key pair as flags give it. */
export interface StartCredential extends Credential {
  readonly account: string
}

/** The obviously fake pair that works when nothing else is configured. */
export const fakePair = { accessKey: 'ncp_iam_EMULATORACCESSKEY', secretKey: 'ncp_iam_EMULATORSECRETKEY' } as const

/** Everything that can be chosen at start. */
export interface Config {
  readonly port: number
  readonly host: string
  readonly edition: EditionId
  /** A path, or `:memory:`. */
  readonly db: string
  /** A path, the name of a bundled scenario, or `none`. */
  readonly fixtures: string
  readonly generate: number
  readonly seed: string
  readonly auth: 'strict' | 'off'
  readonly accessKey: string
  readonly secretKey: string
  readonly credential: readonly StartCredential[]
  readonly assume: Assumed
  /** Start of the simulation clock in epoch milliseconds; absent: the system's time. */
  readonly now: number | undefined
  /** Milliseconds that the gateway clock is ahead of the system's. */
  readonly gatewaySkew: number
  /** How long an execution waits before it starts, in milliseconds. */
  readonly waitingTime: number
  /** How long an execution runs, in milliseconds. */
  readonly runTime: number
  /** How many executions fail: 0 none, 1 all. */
  readonly failureRate: number
  /** The largest request body in bytes; 0 = any. */
  readonly bodyLimit: number
  /** How many requests the journal remembers; 0 = none. */
  readonly journal: number
  /** Faults that are injected from the start. */
  readonly faults: readonly FaultPreset[]
  /** The folder for files of snapshots; absent: there are no files of them. */
  readonly snapshots: string | undefined
  readonly allowedHosts: readonly string[]
  /** What callers of `/__admin` must know; absent: nothing. */
  readonly adminToken: string | undefined
  /** True: of `/__admin` only health is there. */
  readonly noAdmin: boolean
  /** HTTPS with a certificate made at start, and a CA for it. */
  readonly tls: boolean
  /** Where to write the certificate of that CA. */
  readonly tlsCaOut: string | undefined
  /** HTTPS with this certificate, a PEM file; needs `tlsKey`. */
  readonly tlsCert: string | undefined
  readonly tlsKey: string | undefined
  readonly logLevel: LogLevel
  /** Absent: pretty on a terminal, else JSON. */
  readonly logFormat: 'json' | 'pretty' | undefined
}

/** Whether these options mean HTTPS. */
export const speaksTls = ({ tls, tlsCert }: Pick<Config, 'tls' | 'tlsCert'>): boolean => tls || tlsCert !== undefined

type TlsOptions = Pick<Config, 'tls' | 'tlsCaOut' | 'tlsCert' | 'tlsKey'>

/** What is wrong with the options of HTTPS taken together. */
export function tlsFlaw({ tls, tlsCaOut, tlsCert, tlsKey }: TlsOptions): string | undefined {
  if (tlsCert !== undefined && tlsKey === undefined) return '--tls-cert: needs --tls-key (NCP_DATAFLOW_TLS_KEY), too'
  if (tlsKey !== undefined && tlsCert === undefined) return '--tls-key: needs --tls-cert (NCP_DATAFLOW_TLS_CERT), too'
  if (tlsCaOut === undefined) return undefined
  if (tlsCert !== undefined) return '--tls-ca-out: there is no CA to write beside --tls-cert; leave out one of them'
  return tls ? undefined : '--tls-ca-out: needs --tls (NCP_DATAFLOW_TLS), which makes the CA'
}
