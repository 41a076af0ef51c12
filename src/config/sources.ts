import { nearest } from '../schema/near.ts'
import { parts } from './checks.ts'
import type { Config } from './config.ts'
import { configFlag, type OptionName, optionNames, options, secretOptions } from './options.ts'
import { quoted, UsageError, unknownWord } from './usage-error.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface ConfigFile {
  readonly path: string
  readonly content: unknown
}

export type Place = 'flag' | 'environment' | 'file'

type Texts = Partial<Record<OptionName, readonly string[]>>

/** A source of options, and the name of an option in messages about this source. */
interface Source {
  readonly place: Place
  readonly texts: Texts
  readonly nameOf: (name: OptionName) => string
}

function textsOfArguments(values: Readonly<Record<string, unknown>>): Texts {
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
    // Shells and compose files use an empty variable for "not set".
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
    if (!name) throw new UsageError(`--config ${path}: ${unknownWord('option', key, optionNames)}`)
    if (value === null) continue
    const shown = (given: unknown) => (secretOptions.includes(name) ? '' : ` ${quoted(String(given))}`)
    const textOf = (given: unknown): string => {
      if (typeof given === 'string' || ('plain' in options[name] && typeof given !== 'object')) return String(given)
      throw new UsageError(
        `--config ${path}: ${name} (--${options[name].flag})${shown(given)}: must be text; write it in quotes`,
      )
    }
    if (typeof value !== 'object') texts[name] = [textOf(value)]
    else if (!('repeatable' in options[name])) throw new UsageError(`--config ${path}: ${name} must be a single value`)
    else if (Array.isArray(value)) texts[name] = value.map(textOf)
    else texts[name] = Object.entries(value).map(([left, right]) => `${left}=${textOf(right)}`)
  }
  return texts
}

/** Rejects half a key pair at start; otherwise the first request would fail. */
function checkPair(sources: readonly Source[]): void {
  const given = (name: OptionName) => sources.find(({ texts }) => texts[name] !== undefined)
  const access = given('accessKey')
  const secret = given('secretKey')
  if (access && !secret) throw new UsageError(`${access.nameOf('accessKey')}: needs --secret-key (NCLOUD_SECRET_KEY)`)
  if (secret && !access) throw new UsageError(`${secret.nameOf('secretKey')}: needs --access-key (NCLOUD_ACCESS_KEY)`)
}

/** Options with the source of each; options at their default are absent from `given`. */
interface ReadOptions {
  readonly config: Config
  readonly given: ReadonlyMap<OptionName, Place>
}

function choose(sources: readonly Source[], usual: Partial<Config>): ReadOptions {
  const chosen: Record<string, unknown> = {}
  const given = new Map<OptionName, Place>()
  for (const name of optionNames) {
    const source = sources.find(({ texts }) => texts[name] !== undefined)
    const texts = source?.texts[name]
    if (!source || !texts) {
      chosen[name] = usual[name] ?? options[name].default
      continue
    }
    given.set(name, source.place)
    try {
      chosen[name] = options[name].read(texts)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      const value = secretOptions.includes(name) ? '' : ` ${quoted(texts.join(','))}`
      throw new UsageError(`${source.nameOf(name)}${value}: ${error.message}`)
    }
  }
  return { config: Object.freeze(chosen) as unknown as Config, given }
}

/**
 * Reads every option. Precedence: flags, environment, config file, defaults.
 * `usual` overrides the defaults of options.
 */
export function readOptions(
  values: Readonly<Record<string, unknown>>,
  env: Environment,
  configFile: ConfigFile | undefined,
  usual: Partial<Config>,
): ReadOptions {
  const sources: Source[] = [
    { place: 'flag', texts: textsOfArguments(values), nameOf: name => `--${options[name].flag}` },
    {
      place: 'environment',
      texts: textsOfEnvironment(withoutServiceLinks(env)),
      nameOf: name => `${options[name].env} (--${options[name].flag})`,
    },
    {
      place: 'file',
      texts: configFile ? textsOfFile(configFile) : {},
      nameOf: name => `--config ${configFile?.path}: ${name} (--${options[name].flag})`,
    },
  ]
  checkPair(sources)
  return choose(sources, usual)
}

/** The variables that Kubernetes sets in every pod for a Service whose name starts with NCP_DATAFLOW. */
const serviceLink =
  /^NCP_DATAFLOW(_.*)?_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$/
const isServiceLink = (name: string, value: string): boolean =>
  serviceLink.test(name) || (name.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value))

export const withoutServiceLinks = (env: Environment): Environment =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name, value = '']) => !(name.startsWith('NCP_DATAFLOW_') && isServiceLink(name, value)),
    ),
  )

/** Returns a warning for each unknown variable with our prefix. Values may be secret and are not shown. */
export function environmentWarnings(env: Environment): string[] {
  const known = [...Object.values(options).map(({ env }) => env), configFlag.env]
  return Object.entries(withoutServiceLinks(env))
    .filter(([name, value]) => value && name.startsWith('NCP_DATAFLOW_') && !known.includes(name))
    .map(([name]) => `${name}: unknown variable, ignored; did you mean ${nearest(name, known)}?`)
}
