import { parseArgs } from 'node:util'
import { type Assumed, assume } from '../api/assumptions.ts'
import { defaultEdition, type EditionId, editionIds } from '../api/editions/editions.ts'
import { type Credential, defaultAccount } from '../domain/account.ts'
import { type FaultPreset, faultPresetNames } from '../faults/rule.ts'
import { type LogLevel, logLevels } from '../log.ts'
import { durationForm, durationOf } from '../time/duration.ts'
import { momentOrDay } from '../time/korean-time.ts'

/** A wrong word on the command line, in the environment or in a config file; the message says what to do. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

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

interface Option<Value> {
  /** Name on the command line, without its dashes. */
  readonly flag: string
  readonly env: string
  /** What the value is called in help, such as `PORT`; absent: the flag stands alone and means yes. */
  readonly value?: string
  readonly help: string
  /** What the help prints as default. */
  readonly shown: string
  /** May be given several times; in the environment and in files separated by commas. */
  readonly repeatable?: true
  /** Turns texts into a value; throws a RangeError that says what is allowed. */
  readonly read: (texts: readonly string[]) => Value
  readonly default: Value
}

const last = (texts: readonly string[]): string => texts.at(-1) ?? ''

const text = (texts: readonly string[]): string => {
  if (last(texts) === '') throw new RangeError('must not be empty')
  return last(texts)
}

const wholeNumber = (minimum: number, maximum: number) => (texts: readonly string[]) => {
  const value = Number(last(texts))
  if (!/^-?[0-9]{1,15}$/.test(last(texts)) || value < minimum || value > maximum) {
    throw new RangeError(`must be a whole number from ${minimum} to ${maximum}`)
  }
  return value
}

const oneOf =
  <const Word extends string>(words: readonly Word[]) =>
  (texts: readonly string[]): Word => {
    const found = words.find(word => word === last(texts))
    if (found === undefined) throw new RangeError(`must be one of ${words.join(', ')}`)
    return found
  }

const key = (texts: readonly string[]): string => {
  if (!/^[\x21-\x7e]{1,200}$/.test(last(texts))) throw new RangeError('must be 1 to 200 visible ASCII characters')
  return last(texts)
}

function moment(texts: readonly string[]): number {
  const value = momentOrDay(last(texts))
  if (value === undefined) {
    throw new RangeError('must be a date in ISO 8601 such as 2025-03-20T08:54:03+09:00 (Korean time without an offset)')
  }
  return value
}

function switches(texts: readonly string[]): Assumed {
  const pairs = parts(texts).map(pair => {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(pair) ?? []
    if (name === undefined || value === undefined) {
      throw new RangeError('must be NAME=VALUE, such as count=page (the names: GET /__admin/assumptions)')
    }
    return [name.trim(), value.trim()] as const
  })
  return assume(Object.fromEntries(pairs))
}

/** `KEY:SECRET` and any of `:disabled`, `:unsubscribed`, `:account=NAME`. */
function credentials(texts: readonly string[]): StartCredential[] {
  const made = texts.map(given => {
    const [accessKey = '', secretKey = '', ...marks] = given.split(':')
    let account: string = defaultAccount
    let active = true
    let subscribed = true
    for (const mark of marks) {
      if (mark === 'disabled') active = false
      else if (mark === 'unsubscribed') subscribed = false
      else if (/^account=[A-Za-z0-9_-]{1,100}$/.test(mark)) account = mark.slice('account='.length)
      else throw new RangeError('knows only the marks disabled, unsubscribed and account=NAME behind KEY:SECRET')
    }
    if (!accessKey || !secretKey) throw new RangeError('must be KEY:SECRET[:disabled][:unsubscribed][:account=NAME]')
    return { accessKey: key([accessKey]), secretKey: key([secretKey]), active, subscribed, account }
  })
  if (new Set(made.map(({ accessKey }) => accessKey)).size < made.length) {
    throw new RangeError('must not name one access key twice')
  }
  return made
}

/** The parts of comma lists, blank ones left out. */
const parts = (texts: readonly string[]): string[] =>
  texts.flatMap(text => text.split(',').map(part => part.trim())).filter(part => part !== '')

function duration(texts: readonly string[]): number {
  const value = durationOf(last(texts))
  if (value === undefined) throw new RangeError(`must be ${durationForm}`)
  return value
}

function share(texts: readonly string[]): number {
  const value = Number(last(texts))
  if (!/^[0-9]*\.?[0-9]+$/.test(last(texts)) || value > 1) throw new RangeError('must be a number from 0 to 1')
  return value
}

const presets = (texts: readonly string[]): FaultPreset[] => parts(texts).map(name => oneOf(faultPresetNames)([name]))

const hosts = (texts: readonly string[]): string[] => parts(texts).map(host => host.toLowerCase())

const option = <Value>(made: Option<Value>): Option<Value> => made

function yesOrNo(texts: readonly string[]): boolean {
  if (/^(true|1)$/.test(last(texts))) return true
  if (/^(false|0)$/.test(last(texts))) return false
  throw new RangeError('must be true, 1, false or 0')
}

/** An option that is off unless it is switched on: `--flag`, `ENV=true` (or 1), and `flag: true` in a config file. */
export const toggle = (made: Pick<Option<boolean>, 'flag' | 'env' | 'help'>): Option<boolean> => ({
  ...made,
  shown: 'off',
  read: yesOrNo,
  default: false,
})

/** The flag with what stands behind it, as help and README show it. */
export const usageOf = ({ flag, value }: Pick<Option<unknown>, 'flag' | 'value'>): string =>
  value === undefined ? `--${flag}` : `--${flag} ${value}`

/** Every option once: flag, environment name, default, help and check. */
export const options = {
  port: option({
    flag: 'port',
    env: 'NCP_DATAFLOW_PORT',
    value: 'PORT',
    help: 'port to listen on; 0 takes a free one',
    shown: '6270',
    read: wholeNumber(0, 65535),
    default: 6270,
  }),
  host: option({
    flag: 'host',
    env: 'NCP_DATAFLOW_HOST',
    value: 'HOST',
    help: 'address to listen on',
    shown: '127.0.0.1',
    read: text,
    default: '127.0.0.1',
  }),
  edition: option<EditionId>({
    flag: 'edition',
    env: 'NCP_DATAFLOW_EDITION',
    value: 'EDITION',
    help: `published generation of the API: ${editionIds.join(', ')}`,
    shown: defaultEdition,
    read: oneOf(editionIds),
    default: defaultEdition,
  }),
  db: option({
    flag: 'db',
    env: 'NCP_DATAFLOW_DB',
    value: 'PATH',
    help: 'SQLite file that keeps the data over restarts',
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
    flag: 'generate',
    env: 'NCP_DATAFLOW_GENERATE',
    value: 'N',
    help: 'synthetic jobs beside the fixtures',
    shown: '0',
    read: wholeNumber(0, 1_000_000),
    default: 0,
  }),
  seed: option({
    flag: 'seed',
    env: 'NCP_DATAFLOW_SEED',
    value: 'SEED',
    help: 'the same seed makes the same data and ids',
    shown: '1',
    read: text,
    default: '1',
  }),
  auth: option<'strict' | 'off'>({
    flag: 'auth',
    env: 'NCP_DATAFLOW_AUTH',
    value: 'MODE',
    help: 'strict, or off for calls without signature headers (demos)',
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
    help: 'its secret key',
    shown: fakePair.secretKey,
    read: key,
    default: fakePair.secretKey as string,
  }),
  credential: option<readonly StartCredential[]>({
    flag: 'credential',
    env: 'NCP_DATAFLOW_CREDENTIAL',
    value: 'KEY:SECRET[:disabled][:unsubscribed][:account=NAME]',
    help: 'a further key pair; may be given several times',
    shown: 'none',
    repeatable: true,
    read: credentials,
    default: [],
  }),
  assume: option<Assumed>({
    flag: 'assume',
    env: 'NCP_DATAFLOW_ASSUME',
    value: 'NAME=VALUE',
    help: 'switch an assumption (see GET /__admin/assumptions); may be given several times',
    shown: 'as listed',
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
    read: moment,
    default: undefined,
  }),
  gatewaySkew: option({
    flag: 'gateway-skew',
    env: 'NCP_DATAFLOW_GATEWAY_SKEW',
    value: 'MS',
    help: 'milliseconds that the gateway clock is ahead of the system clock',
    shown: '0',
    read: wholeNumber(-10_000_000_000_000, 10_000_000_000_000),
    default: 0,
  }),
  waitingTime: option({
    flag: 'waiting-time',
    env: 'NCP_DATAFLOW_WAITING_TIME',
    value: 'TIME',
    help: 'how long an execution waits before it starts, such as 500ms, 2s, 5m or 1h',
    shown: '1s',
    read: duration,
    default: 1000,
  }),
  runTime: option({
    flag: 'run-time',
    env: 'NCP_DATAFLOW_RUN_TIME',
    value: 'TIME',
    help: 'how long an execution runs',
    shown: '3s',
    read: duration,
    default: 3000,
  }),
  failureRate: option({
    flag: 'failure-rate',
    env: 'NCP_DATAFLOW_FAILURE_RATE',
    value: 'SHARE',
    help: 'how many executions fail, from 0 (none) to 1 (all)',
    shown: '0',
    read: share,
    default: 0,
  }),
  bodyLimit: option({
    flag: 'body-limit',
    env: 'NCP_DATAFLOW_BODY_LIMIT',
    value: 'BYTES',
    help: 'largest request body, then 413/430; 0 = any',
    shown: '10485760',
    read: wholeNumber(0, 1024 ** 3),
    default: 10 * 1024 ** 2,
  }),
  journal: option({
    flag: 'journal',
    env: 'NCP_DATAFLOW_JOURNAL',
    value: 'N',
    help: 'how many requests the journal remembers (GET /__admin/requests); 0 = none',
    shown: '1000',
    read: wholeNumber(0, 1_000_000),
    default: 1000,
  }),
  faults: option<readonly FaultPreset[]>({
    flag: 'faults',
    env: 'NCP_DATAFLOW_FAULTS',
    value: 'NAME',
    help: `what goes wrong on purpose: ${faultPresetNames.join(', ')}; may be given several times`,
    shown: 'nothing',
    repeatable: true,
    read: presets,
    default: [],
  }),
  allowedHosts: option<readonly string[]>({
    flag: 'allowed-hosts',
    env: 'NCP_DATAFLOW_ALLOWED_HOSTS',
    value: 'NAME',
    help: 'host names that /__admin answers to beside localhost and IP addresses; may be given several times',
    shown: 'none',
    repeatable: true,
    read: hosts,
    default: [],
  }),
  snapshots: option<string | undefined>({
    flag: 'snapshots',
    env: 'NCP_DATAFLOW_SNAPSHOTS',
    value: 'DIR',
    help: 'folder that snapshots are exported to and imported from',
    shown: 'none',
    read: text,
    default: undefined,
  }),
  adminToken: option<string | undefined>({
    flag: 'admin-token',
    env: 'NCP_DATAFLOW_ADMIN_TOKEN',
    value: 'TOKEN',
    help: 'what callers of /__admin must send as Authorization: Bearer TOKEN; health stays open',
    shown: 'none asked for',
    read: key,
    default: undefined,
  }),
  noAdmin: toggle({
    flag: 'no-admin',
    env: 'NCP_DATAFLOW_NO_ADMIN',
    help: 'no control endpoints but GET /__admin/health',
  }),
  tls: toggle({
    flag: 'tls',
    env: 'NCP_DATAFLOW_TLS',
    help: "serve HTTPS, with a certificate made at start for localhost and the real API's hosts",
  }),
  tlsCaOut: option<string | undefined>({
    flag: 'tls-ca-out',
    env: 'NCP_DATAFLOW_TLS_CA_OUT',
    value: 'FILE',
    help: 'where --tls writes the certificate of its CA (PEM), for clients to trust',
    shown: 'none',
    read: text,
    default: undefined,
  }),
  tlsCert: option<string | undefined>({
    flag: 'tls-cert',
    env: 'NCP_DATAFLOW_TLS_CERT',
    value: 'FILE',
    help: 'serve HTTPS with this certificate (PEM, those of its CAs behind it); needs --tls-key',
    shown: 'none',
    read: text,
    default: undefined,
  }),
  tlsKey: option<string | undefined>({
    flag: 'tls-key',
    env: 'NCP_DATAFLOW_TLS_KEY',
    value: 'FILE',
    help: 'its private key (PEM, not encrypted)',
    shown: 'none',
    read: text,
    default: undefined,
  }),
  logLevel: option<LogLevel>({
    flag: 'log-level',
    env: 'NCP_DATAFLOW_LOG_LEVEL',
    value: 'LEVEL',
    help: `least level that is logged: ${logLevels.join(', ')}`,
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

type OptionName = keyof typeof options
export const optionNames = Object.keys(options) as OptionName[]

/** The option that names a config file; not an option itself, as a file cannot name the next one. */
const configFlag = { flag: 'config', env: 'NCP_DATAFLOW_CONFIG' } as const

/** The subcommands and what each does. */
export const commands = {
  start: 'start the emulator (the default)',
  sign: 'METHOD TARGET: print the three signature headers',
  explain: 'METHOD TARGET: say why a signature is wrong, without an emulator; exit 0 when it is right',
  health: 'ask a running emulator for its health; exit 0 or 1',
  openapi: "print the edition's OpenAPI document",
  help: 'print this text',
  version: 'print the version',
} as const

type Command = keyof typeof commands

/** The values of the flags that single commands have. */
type Extra = Readonly<Record<string, string | boolean | readonly string[]>>

/** A command line, taken apart. */
export interface CommandLine {
  readonly command: Command
  /** Words behind the command. */
  readonly words: readonly string[]
  /** Flags of this command alone. */
  readonly extra: Extra
  readonly config: Config
}

/** Flags of single commands. */
const commandFlags = {
  curl: { type: 'boolean', of: ['sign'] },
  json: { type: 'boolean', of: ['sign', 'explain'] },
  timestamp: { type: 'string', of: ['sign'] },
  header: { type: 'string', multiple: true, of: ['explain'] },
  body: { type: 'string', of: ['explain'] },
} as const satisfies Record<string, { type: string; multiple?: true; of: readonly Command[] }>

type Texts = Partial<Record<OptionName, readonly string[]>>

/** Where options are given, and how a complaint calls one of them. */
interface Source {
  readonly texts: Texts
  readonly nameOf: (name: OptionName) => string
}

/** Options whose value is nobody's business, not even in a complaint. */
export const secretOptions: readonly OptionName[] = ['secretKey', 'credential', 'adminToken']

const quoted = (text: string): string => JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}...` : text)

/** Reads each option from the first source that has it. */
function choose(sources: readonly Source[]): Config {
  const chosen: Record<string, unknown> = {}
  for (const name of optionNames) {
    const source = sources.find(({ texts }) => texts[name] !== undefined)
    const texts = source?.texts[name]
    if (!source || !texts) {
      chosen[name] = options[name].default
      continue
    }
    try {
      chosen[name] = options[name].read(texts)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      const given = secretOptions.includes(name) ? '' : ` ${quoted(texts.join(','))}`
      throw new UsageError(`${source.nameOf(name)}${given}: ${error.message}`)
    }
  }
  return Object.freeze(chosen) as unknown as Config
}

function textsOfArguments(values: Record<string, unknown>): Texts {
  const texts: Texts = {}
  for (const name of optionNames) {
    const value = values[options[name].flag]
    if (Array.isArray(value)) texts[name] = value.map(String)
  }
  return texts
}

function textsOfEnvironment(env: Environment): Texts {
  const texts: Texts = {}
  for (const name of optionNames) {
    const value = env[options[name].env]
    // An empty variable is how shells and compose files say "not set".
    if (value) texts[name] = 'repeatable' in options[name] ? parts([value]) : [value]
  }
  return texts
}

function textsOfFile({ path, content }: ConfigFile): Texts {
  // An empty YAML file, or one of comments only, is null.
  if (content === null) return {}
  if (typeof content !== 'object' || Array.isArray(content)) {
    throw new UsageError(`--config ${path}: must hold an object of options, such as {"port": 0}`)
  }
  const texts: Texts = {}
  for (const [key, value] of Object.entries(content)) {
    const name = optionNames.find(name => name === key || options[name].flag === key)
    if (!name) throw new UsageError(`--config ${path}: ${unknown('option', key, optionNames)}`)
    if (value === null) continue
    if (typeof value !== 'object') texts[name] = [String(value)]
    else if (!('repeatable' in options[name])) throw new UsageError(`--config ${path}: ${name} must be one plain value`)
    else if (Array.isArray(value)) texts[name] = value.map(String)
    else texts[name] = Object.entries(value).map(([left, right]) => `${left}=${right}`)
  }
  return texts
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

/** Accepts a pair only whole: half of one would fail at the first request, hours later. */
function checkPair(sources: readonly Source[]): void {
  const given = (name: OptionName) => sources.find(({ texts }) => texts[name] !== undefined)
  const access = given('accessKey')
  const secret = given('secretKey')
  if (access && !secret)
    throw new UsageError(`${access.nameOf('accessKey')}: needs --secret-key (NCLOUD_SECRET_KEY), too`)
  if (secret && !access)
    throw new UsageError(`${secret.nameOf('secretKey')}: needs --access-key (NCLOUD_ACCESS_KEY), too`)
}

/** How many letters must change to turn one word into the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const [above = 0, left = 0, corner = 0] = [row[j + 1], next[j], row[j]]
      next.push(Math.min(above + 1, left + 1, corner + (letter === other ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** Says that a word is not known, and what was probably meant. */
function unknown(what: string, word: string, known: readonly string[]): string {
  const near = known.find(name => distance(name, word.slice(0, 100)) <= 2)
  return `there is no ${what} ${quoted(word)}${near ? ` (did you mean ${near}?)` : ''}; allowed: ${known.join(', ')}`
}

/** A flag as parseArgs wants it: what stands alone comes as true, whatever else as text. */
const formOf = ({ value }: Pick<Option<unknown>, 'value'>) =>
  ({ type: value === undefined ? 'boolean' : 'string', multiple: true }) as const

/** The flags as parseArgs wants them. */
const flags = {
  ...Object.fromEntries(optionNames.map(name => [options[name].flag, formOf(options[name])])),
  ...commandFlags,
  [configFlag.flag]: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/** Joins a negative number to the flag before it, which parseArgs takes for a flag of its own. */
const joined = (argv: readonly string[]): string[] => {
  const isFlag = (word = '') => /^--[a-z-]+$/.test(word)
  const isNegative = (word = '') => /^-[0-9]/.test(word)
  return argv.flatMap((word, i) => {
    if (isNegative(word) && isFlag(argv[i - 1])) return []
    return isFlag(word) && isNegative(argv[i + 1]) ? [`${word}=${argv[i + 1]}`] : [word]
  })
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: joined(argv), allowPositionals: true, options: flags })
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    const [, flag = ''] = /'(?:-\w, )?(-[^' =]*)/.exec(message) ?? []
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      const known = Object.keys(flags).map(name => `--${name}`)
      throw new UsageError(unknown('flag', flag, known))
    }
    throw new UsageError(
      `${flag}: ${message.includes('does not take') ? 'takes no value' : 'needs a value'}; see --help`,
    )
  }
}

const isCommand = (word: string): word is Command => Object.hasOwn(commands, word)

type Environment = Readonly<Record<string, string | undefined>>

/** A config file that was read. */
interface ConfigFile {
  readonly path: string
  readonly content: unknown
}

/** The config file that the command line or the environment names. */
export function configPath(argv: readonly string[], env: Environment): string | undefined {
  const { values } = parse(argv)
  if (values.help || values.version) return undefined
  return String(values[configFlag.flag] ?? env[configFlag.env] ?? '') || undefined
}

/** Everything as nobody chose it. */
export const defaults = choose([])

/**
 * Reads the command line: flags win over environment, environment over the config file, that over defaults.
 * Throws a UsageError with a sentence that a person can act on.
 */
export function readConfig(argv: readonly string[], env: Environment, configFile?: ConfigFile): CommandLine {
  const { values, positionals } = parse(argv)
  const given: Record<string, unknown> = values
  const [first = 'start', ...words] = positionals
  const command = given.help ? 'help' : given.version ? 'version' : first
  if (!isCommand(command)) throw new UsageError(unknown('command', command, Object.keys(commands)))
  // Whoever asks for help gets it, whatever else is wrong.
  if (command === 'help' || command === 'version') return { command, words: [], extra: {}, config: defaults }
  if (command !== 'sign' && command !== 'explain' && words.length > 0) {
    throw new UsageError(`${command} takes no further words, was given ${quoted(words.join(' '))}; see --help`)
  }
  const extra: Record<string, Extra[string]> = {}
  for (const [flag, { of }] of Object.entries<{ of: readonly Command[] }>(commandFlags)) {
    const value = given[flag]
    if (value === undefined) continue
    if (!of.includes(command))
      throw new UsageError(`--${flag}: belongs to the ${of.length > 1 ? 'commands' : 'command'} ${of.join(' and ')}`)
    extra[flag] = value as Extra[string]
  }
  const sources: Source[] = [
    { texts: textsOfArguments(given), nameOf: name => `--${options[name].flag}` },
    { texts: textsOfEnvironment(env), nameOf: name => `${options[name].env} (--${options[name].flag})` },
    {
      texts: configFile ? textsOfFile(configFile) : {},
      nameOf: name => `--config ${configFile?.path}: ${name} (--${options[name].flag})`,
    },
  ]
  checkPair(sources)
  const config = choose(sources)
  const flaw = tlsFlaw(config)
  if (flaw) throw new UsageError(flaw)
  return { command, words, extra, config }
}

/** The text of `--help`. */
export function helpText(): string {
  const rows = Object.entries(commands).map(([name, help]) => `  ${name.padEnd(10)}${help}`)
  const flags = Object.values(options).map(
    option => `  ${usageOf(option)}\n      ${option.help}\n      default ${option.shown}, environment ${option.env}`,
  )
  return `ncp-dataflow-emulator: a local emulator of NAVER Cloud Platform's Data Flow API

Usage: ncp-dataflow-emulator [command] [flags]

Commands
${rows.join('\n')}

Flags of sign
  --curl    print a curl command instead
  --json    print the headers as JSON
  --timestamp MS
      sign this moment instead of now

Flags of explain
  --header 'NAME: VALUE'
      a header of the request; give all of them, the three of the signature at least
  --body FILE
      the body of the request
  --json    print the diagnosis as JSON

Flags (they win over the environment, that wins over the config file)
${flags.join('\n')}
  --config FILE
      JSON or YAML file of the options above by their names
      environment ${configFlag.env}
  --help, --version
`
}
