import { parseArgs } from 'node:util'
import { type Command, commandFlags, commandNames, formOf, isCommand } from './commands.ts'
import { type Config, tlsFlaw } from './config.ts'
import { configFlag, defaults, type Option, type OptionName, options } from './options.ts'
import { type ConfigFile, type Environment, type Place, readOptions } from './sources.ts'
import { quoted, UsageError, unknownWord } from './usage-error.ts'

type Extra = Readonly<Record<string, string | boolean | readonly string[]>>

export interface CommandLine {
  readonly command: Command
  readonly words: readonly string[]
  readonly extra: Extra
  readonly config: Config
  /** The source of each option that was set; options at their default are absent. */
  readonly given: ReadonlyMap<OptionName, Place>
}

const typeOf = ({ value }: Pick<Option<unknown>, 'value'>) => (value === undefined ? 'boolean' : 'string')

/** Flags of options; a command may have one of the same name with another meaning, such as `explain --journal`. */
const optionFlags: ReadonlySet<string> = new Set(Object.values(options).map(({ flag }) => flag))

const flags = {
  ...Object.fromEntries(
    Object.values(options).map(option => [option.flag, { type: typeOf(option), multiple: true }] as const),
  ),
  ...Object.fromEntries(
    [...commandFlags]
      .filter(([name]) => !optionFlags.has(name))
      .map(([name, flag]) => [name, { type: typeOf(flag), multiple: flag.multiple ?? false }] as const),
  ),
  [configFlag.flag]: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/** Joins a negative number to the flag before it, because parseArgs would read it as a flag. */
const joined = (argv: readonly string[]): string[] => {
  const isFlag = (word = '') => /^--[a-z-]+$/.test(word)
  const isNegative = (word = '') => /^-[0-9]/.test(word)
  return argv.flatMap((word, i) => {
    if (isNegative(word) && isFlag(argv[i - 1])) return []
    return isFlag(word) && isNegative(argv[i + 1]) ? [`${word}=${argv[i + 1]}`] : [word]
  })
}

/** Separates flags and words; everything after `--` is passed through. */
function parse(argv: readonly string[]) {
  const end = argv.indexOf('--')
  const args = joined(end < 0 ? argv : argv.slice(0, end))
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: flags })
    return { values, words: positionals, behind: end < 0 ? [] : argv.slice(end + 1) }
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    const [, flag = ''] = /'(?:-\w, )?(-[^' =]*)/.exec(message) ?? []
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      const known = Object.keys(flags).map(name => `--${name}`)
      throw new UsageError(unknownWord('flag', flag, known))
    }
    throw new UsageError(
      `${flag}: ${message.includes('does not take') ? 'takes no value' : 'needs a value'}; see --help`,
    )
  }
}

export function configPath(argv: readonly string[], env: Environment): string | undefined {
  const { values } = parse(argv)
  if (values.help || values.version) return undefined
  return String(values[configFlag.flag] ?? env[configFlag.env] ?? '') || undefined
}

/** Throws a UsageError for a flag that belongs to another command. */
function extraOf(command: Command, given: Readonly<Record<string, unknown>>): Extra {
  const extra: Record<string, Extra[string]> = {}
  for (const [flag, { of }] of commandFlags) {
    const value = given[flag]
    if (value === undefined) continue
    if (!of.includes(command)) {
      if (optionFlags.has(flag)) continue
      throw new UsageError(`--${flag}: belongs to the ${of.length > 1 ? 'commands' : 'command'} ${of.join(' and ')}`)
    }
    extra[flag] = (optionFlags.has(flag) ? [value].flat().at(-1) : value) as Extra[string]
  }
  return extra
}

/**
 * Precedence: flags, environment, config file, defaults.
 * Throws a UsageError that says what to change.
 */
export function readConfig(argv: readonly string[], env: Environment, configFile?: ConfigFile): CommandLine {
  const { values, words: before, behind } = parse(argv)
  const [first = 'start', ...words] = [...before, ...behind]
  const command = values.help ? 'help' : values.version ? 'version' : first
  if (!isCommand(command)) throw new UsageError(unknownWord('command', command, commandNames))
  // Help and version work even if other arguments are invalid.
  if (command === 'help' || command === 'version') {
    return { command, words: [], extra: {}, config: defaults, given: new Map() }
  }
  const form = formOf(command)
  if (form.wordsBehindDashes && before.length > 1) {
    throw new UsageError(
      `${command} takes its command after --, such as: ${command} -- npm test; got ${quoted(before.slice(1).join(' '))} before it`,
    )
  }
  if (form.words === undefined && words.length > 0) {
    throw new UsageError(`${command} takes no arguments, got ${quoted(words.join(' '))}; see --help`)
  }
  const extra = extraOf(command, values)
  const ofOptions = Object.fromEntries(Object.entries(values).filter(([flag]) => !Object.hasOwn(extra, flag)))
  const { config, given } = readOptions(ofOptions, env, configFile, form.defaults ?? {})
  const flaw = tlsFlaw(config)
  if (flaw) throw new UsageError(flaw)
  return { command, words, extra, config, given }
}
