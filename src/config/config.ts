import type { Assumed } from '../api/assumptions.ts'
import type { EditionId } from '../api/editions/editions.ts'
import type { Credential } from '../domain/account.ts'
import type { FaultPreset } from '../faults/rule.ts'
import type { LogLevel } from '../log.ts'

export interface StartCredential extends Credential {
  readonly account: string
}

/** The fake key pair that is used unless another one is configured. */
export const fakePair = { accessKey: 'ncp_iam_EMULATORACCESSKEY', secretKey: 'ncp_iam_EMULATORSECRETKEY' } as const

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
  /** Start of the simulation clock in epoch milliseconds; absent: the system time. */
  readonly now: number | undefined
  /** Offset of the gateway clock from the system clock, in milliseconds. */
  readonly gatewaySkew: number
  /** How long an execution waits before it starts, in milliseconds. */
  readonly waitingTime: number
  /** How long an execution runs, in milliseconds. */
  readonly runTime: number
  /** Share of executions that fail: 0 none, 1 all. */
  readonly failureRate: number
  /** Maximum request body size in bytes; 0 = unlimited. */
  readonly bodyLimit: number
  /** How long a request may take to arrive, and a new connection may stay silent, in milliseconds; 0 = unlimited. */
  readonly requestTimeout: number
  /** How long a connection stays open between two requests, in milliseconds; 0 = unlimited. */
  readonly keepAliveTimeout: number
  /** Number of requests that the journal keeps; 0 = none. */
  readonly journal: number
  readonly faults: readonly FaultPreset[]
  /** The folder of recordings and stubs to respond with; absent: there are none at start. */
  readonly replay: string | undefined
  /** The folder of snapshot files; absent: snapshots cannot be exported or imported. */
  readonly snapshots: string | undefined
  readonly allowedHosts: readonly string[]
  /** The token that callers of `/__admin` must send; absent: none is required. */
  readonly adminToken: string | undefined
  /** If true, `/__admin` serves only the health check. */
  readonly noAdmin: boolean
  readonly tls: boolean
  readonly tlsCaOut: string | undefined
  /** The certificate for HTTPS, a PEM file; needs `tlsKey`. */
  readonly tlsCert: string | undefined
  readonly tlsKey: string | undefined
  readonly logLevel: LogLevel
  /** Absent: pretty on a terminal, else JSON. */
  readonly logFormat: 'json' | 'pretty' | undefined
}

export const speaksTls = ({ tls, tlsCert }: Pick<Config, 'tls' | 'tlsCert'>): boolean => tls || tlsCert !== undefined

/** The credentials that these options give, the key pair of the account `account` first. */
export const startedCredentials = (
  { accessKey, secretKey, credential }: Pick<Config, 'accessKey' | 'secretKey' | 'credential'>,
  account: string,
) => [{ account, accessKey, secretKey, active: true, subscribed: true }, ...credential]

type TlsOptions = Pick<Config, 'tls' | 'tlsCaOut' | 'tlsCert' | 'tlsKey'>

export function tlsFlaw({ tls, tlsCaOut, tlsCert, tlsKey }: TlsOptions): string | undefined {
  if (tlsCert !== undefined && tlsKey === undefined) return '--tls-cert: needs --tls-key (NCP_DATAFLOW_TLS_KEY)'
  if (tlsKey !== undefined && tlsCert === undefined) return '--tls-key: needs --tls-cert (NCP_DATAFLOW_TLS_CERT)'
  if (tlsCaOut === undefined) return undefined
  if (tlsCert !== undefined)
    return '--tls-ca-out: has no effect with --tls-cert, which brings its own CA; remove one of the two'
  return tls ? undefined : '--tls-ca-out: needs --tls (NCP_DATAFLOW_TLS), which makes the CA'
}
