import { type Assumed, assume } from '../api/assumptions.ts'
import { defaultEdition, type EditionId, editionIds } from '../api/editions/editions.ts'
import { type FaultPreset, faultPresetNames } from '../faults/rule.ts'
import { type LogLevel, logLevels } from '../log.ts'
import {
  credentials,
  dateTime,
  duration,
  host,
  hosts,
  key,
  oneOf,
  presets,
  share,
  switches,
  text,
  timeLimit,
  wholeNumber,
  yesOrNo,
} from './checks.ts'
import { type Config, fakePair, type StartCredential } from './config.ts'

export interface Option<Value> {
  /** Command line name without the dashes. */
  readonly flag: string
  readonly env: string
  /** Placeholder of the value in the help, such as `PORT`; absent for a flag without a value, which means true. */
  readonly value?: string
  readonly help: string
  /** The default as the help shows it. */
  readonly shown: string
  /** May be given several times; comma-separated in the environment and in files. */
  readonly repeatable?: true
  /** A config file may use a number or a boolean. Otherwise only text is allowed, since YAML reads `0123` as the number 123. */
  readonly plain?: true
  /** Converts the texts to a value; throws a RangeError that states what is allowed. */
  readonly read: (texts: readonly string[]) => Value
  readonly default: Value
}

const option = <Value>(made: Option<Value>): Option<Value> => made

/** An option that is off by default: `--flag`, `ENV=true` (or 1), and `flag: true` in a config file turn it on. */
export const toggle = (made: Pick<Option<boolean>, 'flag' | 'env' | 'help'>): Option<boolean> => ({
  ...made,
  plain: true,
  shown: 'off',
  read: yesOrNo,
  default: false,
})

/** Every option, defined once: flag, environment name, default, help and check. */
export const options = {
  port: option({
    plain: true,
    flag: 'port',
    env: 'NCP_DATAFLOW_PORT',
    value: 'PORT',
    help: 'port to listen on; 0 picks a free one',
    shown: '6270',
    read: wholeNumber(0, 65535),
    default: 6270,
  }),
  host: option({
    flag: 'host',
    env: 'NCP_DATAFLOW_HOST',
    value: 'HOST',
    help: 'address to listen on; localhost means 127.0.0.1 and ::1',
    shown: 'localhost',
    read: host,
    default: 'localhost',
  }),
  edition: option<EditionId>({
    flag: 'edition',
    env: 'NCP_DATAFLOW_EDITION',
    value: 'EDITION',
    help: `edition of the API: ${editionIds.join(', ')}`,
    shown: defaultEdition,
    read: oneOf(editionIds),
    default: defaultEdition,
  }),
  db: option({
    flag: 'db',
    env: 'NCP_DATAFLOW_DB',
    value: 'PATH',
    help: 'SQLite file that keeps the data across restarts',
    shown: ':memory:',
    read: text,
    default: ':memory:',
  }),
  fixtures: option({
    flag: 'fixtures',
    env: 'NCP_DATAFLOW_FIXTURES',
    value: 'PATH',
    help: 'seed data: a file, a folder, a bundled scenario (default, empty, busy) or none',
    shown: 'default',
    read: text,
    default: 'default',
  }),
  generate: option({
    plain: true,
    flag: 'generate',
    env: 'NCP_DATAFLOW_GENERATE',
    value: 'N',
    help: 'number of generated jobs to add to the fixtures',
    shown: '0',
    read: wholeNumber(0, 1_000_000),
    default: 0,
  }),
  seed: option({
    flag: 'seed',
    env: 'NCP_DATAFLOW_SEED',
    value: 'SEED',
    help: 'seed of generated data and ids; the same seed gives the same data',
    shown: '1',
    read: text,
    default: '1',
  }),
  auth: option<'strict' | 'off'>({
    flag: 'auth',
    env: 'NCP_DATAFLOW_AUTH',
    value: 'MODE',
    help: 'strict, or off to accept requests without signature headers (for demos)',
    shown: 'strict',
    read: oneOf(['strict', 'off']),
    default: 'strict',
  }),
  accessKey: option({
    flag: 'access-key',
    env: 'NCLOUD_ACCESS_KEY',
    value: 'KEY',
    help: 'access key of the account "default"',
    shown: fakePair.accessKey,
    read: key,
    default: fakePair.accessKey as string,
  }),
  secretKey: option({
    flag: 'secret-key',
    env: 'NCLOUD_SECRET_KEY',
    value: 'SECRET',
    help: 'secret key of that access key',
    shown: fakePair.secretKey,
    read: key,
    default: fakePair.secretKey as string,
  }),
  credential: option<readonly StartCredential[]>({
    flag: 'credential',
    env: 'NCP_DATAFLOW_CREDENTIAL',
    value: 'KEY:SECRET[:disabled][:unsubscribed][:account=NAME]',
    help: 'an additional key pair; may be given several times',
    shown: 'none',
    repeatable: true,
    read: credentials,
    default: [],
  }),
  assume: option<Assumed>({
    flag: 'assume',
    env: 'NCP_DATAFLOW_ASSUME',
    value: 'NAME=VALUE',
    help: 'set an assumption (see GET /__admin/assumptions); may be given several times',
    shown: 'as listed there',
    repeatable: true,
    read: switches,
    default: assume(),
  }),
  now: option<number | undefined>({
    flag: 'now',
    env: 'NCP_DATAFLOW_NOW',
    value: 'DATE',
    help: 'start of the simulation clock, ISO 8601',
    shown: 'system time',
    read: dateTime,
    default: undefined,
  }),
  gatewaySkew: option({
    plain: true,
    flag: 'gateway-skew',
    env: 'NCP_DATAFLOW_GATEWAY_SKEW',
    value: 'MS',
    help: 'offset of the gateway clock from the system clock, in milliseconds',
    shown: '0',
    read: wholeNumber(-10_000_000_000_000, 10_000_000_000_000),
    default: 0,
  }),
  waitingTime: option({
    plain: true,
    flag: 'waiting-time',
    env: 'NCP_DATAFLOW_WAITING_TIME',
    value: 'TIME',
    help: 'how long an execution waits before it starts, such as 500ms, 2s, 5m or 1h',
    shown: '1s',
    read: duration,
    default: 1000,
  }),
  runTime: option({
    plain: true,
    flag: 'run-time',
    env: 'NCP_DATAFLOW_RUN_TIME',
    value: 'TIME',
    help: 'how long an execution runs',
    shown: '3s',
    read: duration,
    default: 3000,
  }),
  failureRate: option({
    plain: true,
    flag: 'failure-rate',
    env: 'NCP_DATAFLOW_FAILURE_RATE',
    value: 'SHARE',
    help: 'share of executions that fail, from 0 (none) to 1 (all)',
    shown: '0',
    read: share,
    default: 0,
  }),
  bodyLimit: option({
    plain: true,
    flag: 'body-limit',
    env: 'NCP_DATAFLOW_BODY_LIMIT',
    value: 'BYTES',
    help: 'maximum request body size in bytes, larger ones get 413/430; 0 = unlimited',
    shown: '10485760',
    read: wholeNumber(0, 1024 ** 3),
    default: 10 * 1024 ** 2,
  }),
  requestTimeout: option({
    plain: true,
    flag: 'request-timeout',
    env: 'NCP_DATAFLOW_REQUEST_TIMEOUT',
    value: 'TIME',
    help: 'how long a request may take to arrive, and a new connection may stay silent; 0 = unlimited',
    shown: '30s',
    read: timeLimit,
    default: 30_000,
  }),
  keepAliveTimeout: option({
    plain: true,
    flag: 'keep-alive-timeout',
    env: 'NCP_DATAFLOW_KEEP_ALIVE_TIMEOUT',
    value: 'TIME',
    help: 'how long a connection stays open between two requests; 0 = unlimited',
    shown: '72s',
    read: timeLimit,
    default: 72_000,
  }),
  journal: option({
    plain: true,
    flag: 'journal',
    env: 'NCP_DATAFLOW_JOURNAL',
    value: 'N',
    help: 'number of requests that the journal keeps (GET /__admin/requests); 0 = none',
    shown: '1000',
    read: wholeNumber(0, 1_000_000),
    default: 1000,
  }),
  faults: option<readonly FaultPreset[]>({
    flag: 'faults',
    env: 'NCP_DATAFLOW_FAULTS',
    value: 'NAME',
    help: `injected faults: ${faultPresetNames.join(', ')}; may be given several times`,
    shown: 'nothing',
    repeatable: true,
    read: presets,
    default: [],
  }),
  replay: option<string | undefined>({
    flag: 'replay',
    env: 'NCP_DATAFLOW_REPLAY',
    value: 'DIR',
    help: 'folder of recordings and stubs to respond with (docs/stubs.md)',
    shown: 'none',
    read: text,
    default: undefined,
  }),
  allowedHosts: option<readonly string[]>({
    flag: 'allowed-hosts',
    env: 'NCP_DATAFLOW_ALLOWED_HOSTS',
    value: 'NAME',
    help: 'host names that /__admin accepts besides localhost and IP addresses; may be given several times',
    shown: 'none',
    repeatable: true,
    read: hosts,
    default: [],
  }),
  snapshots: option<string | undefined>({
    flag: 'snapshots',
    env: 'NCP_DATAFLOW_SNAPSHOTS',
    value: 'DIR',
    help: 'folder for exported and imported snapshots',
    shown: 'none',
    read: text,
    default: undefined,
  }),
  adminToken: option<string | undefined>({
    flag: 'admin-token',
    env: 'NCP_DATAFLOW_ADMIN_TOKEN',
    value: 'TOKEN',
    help: 'token that callers of /__admin must send as Authorization: Bearer TOKEN; the health check needs none',
    shown: 'none required',
    read: key,
    default: undefined,
  }),
  noAdmin: toggle({
    flag: 'no-admin',
    env: 'NCP_DATAFLOW_NO_ADMIN',
    help: 'disable every admin endpoint except GET /__admin/health',
  }),
  tls: toggle({
    flag: 'tls',
    env: 'NCP_DATAFLOW_TLS',
    help: "serve HTTPS with a certificate generated at start for localhost and the real API's hosts",
  }),
  tlsCaOut: option<string | undefined>({
    flag: 'tls-ca-out',
    env: 'NCP_DATAFLOW_TLS_CA_OUT',
    value: 'FILE',
    help: 'file to write the CA certificate of --tls to (PEM), for clients to trust',
    shown: 'none',
    read: text,
    default: undefined,
  }),
  tlsCert: option<string | undefined>({
    flag: 'tls-cert',
    env: 'NCP_DATAFLOW_TLS_CERT',
    value: 'FILE',
    help: 'serve HTTPS with this certificate (PEM, followed by its CA certificates); needs --tls-key',
    shown: 'none',
    read: text,
    default: undefined,
  }),
  tlsKey: option<string | undefined>({
    flag: 'tls-key',
    env: 'NCP_DATAFLOW_TLS_KEY',
    value: 'FILE',
    help: 'private key of --tls-cert (PEM, not encrypted)',
    shown: 'none',
    read: text,
    default: undefined,
  }),
  logLevel: option<LogLevel>({
    flag: 'log-level',
    env: 'NCP_DATAFLOW_LOG_LEVEL',
    value: 'LEVEL',
    help: `minimum log level: ${logLevels.join(', ')}`,
    shown: 'info',
    read: oneOf(logLevels),
    default: 'info',
  }),
  logFormat: option<'json' | 'pretty' | undefined>({
    flag: 'log-format',
    env: 'NCP_DATAFLOW_LOG_FORMAT',
    value: 'FORMAT',
    help: 'json or pretty',
    shown: 'pretty on a terminal, else json',
    read: oneOf(['json', 'pretty']),
    default: undefined,
  }),
} satisfies { readonly [Name in keyof Config]: Option<Config[Name]> }

export type OptionName = keyof typeof options
export const optionNames = Object.keys(options) as OptionName[]

/** Selects the config file. Not part of `options`, because a config file cannot name another one. */
export const configFlag = { flag: 'config', env: 'NCP_DATAFLOW_CONFIG' } as const

/** Options whose value must not appear in messages. */
export const secretOptions: readonly OptionName[] = ['secretKey', 'credential', 'adminToken']

export const defaults: Config = Object.freeze(
  Object.fromEntries(optionNames.map(name => [name, options[name].default])),
) as unknown as Config
