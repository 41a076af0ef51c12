import type { Config } from './config.ts'

/** A flag of single commands, beside the options that all of them take. */
interface CommandFlag {
  /** What the value is called in help; absent: the flag stands alone. */
  readonly value?: string
  readonly multiple?: true
  readonly help: string
}

interface CommandForm {
  readonly help: string
  /** The words behind the command, as help shows them; absent: it takes none. */
  readonly words?: string
  /** The words stand behind `--`, so that none is taken for a flag of ours. */
  readonly wordsBehindDashes?: true
  readonly flags?: Readonly<Record<string, CommandFlag>>
  /** Options that have another default here. */
  readonly defaults?: Partial<Config>
}

/** The subcommands: what each does, and the words and flags that it alone takes. */
export const commands = {
  start: { help: 'start the emulator (the default)' },
  exec: {
    words: '-- COMMAND',
    wordsBehindDashes: true,
    help: 'run a command with an emulator of its own; the exit code is that of the command',
    defaults: { port: 0, logLevel: 'error' },
  },
  call: {
    words: 'METHOD TARGET',
    help: 'sign and send a request; exit 0, 3, 4 or 5 by the class of the status, 1 without a response',
    flags: {
      data: { value: 'JSON', help: 'the body to send; @FILE reads it from a file, @- from standard input' },
      'base-url': { value: 'URL', help: 'where to send it; default: DATAFLOW_URL, else --host and --port' },
    },
  },
  sign: {
    words: 'METHOD TARGET',
    help: 'print the three signature headers',
    flags: {
      curl: { help: 'print a curl command instead' },
      json: { help: 'print the headers as JSON' },
      timestamp: { value: 'MS', help: 'the time to sign, in epoch milliseconds; default: now' },
    },
  },
  explain: {
    words: 'METHOD TARGET',
    help: 'say why a request is rejected, without an emulator or from its journal; exit 0 when it is right',
    flags: {
      header: {
        value: "'NAME: VALUE'",
        multiple: true,
        help: 'a header of the request; give all of them, the three of the signature at least',
      },
      body: { value: 'FILE', help: 'the body of the request' },
      journal: {
        value: 'NUMBER|last',
        help: 'explain a request of a running emulator instead: its number, or the last that was rejected',
      },
      json: { help: 'print the diagnosis as JSON' },
    },
  },
  health: {
    help: 'ask a running emulator for its health; exit 0 or 1',
    flags: { wait: { value: 'TIME', help: 'wait until it is healthy, for at most this time, such as 30s' } },
  },
  openapi: { help: "print the edition's OpenAPI document" },
  help: { help: 'print this text' },
  version: { help: 'print the version' },
} as const satisfies Readonly<Record<string, CommandForm>>

export type Command = keyof typeof commands

export const commandNames = Object.keys(commands) as Command[]

export const isCommand = (word: string): word is Command => Object.hasOwn(commands, word)

/** The words and flags of a command, whether it has any or not. */
export const formOf = (command: Command): CommandForm => commands[command]

/** Every flag of single commands, with the commands that take it. */
export const commandFlags: ReadonlyMap<string, CommandFlag & { readonly of: readonly Command[] }> = new Map(
  commandNames.flatMap(command =>
    Object.entries(formOf(command).flags ?? {}).map(([name, flag]) => [
      name,
      { ...flag, of: commandNames.filter(other => Object.hasOwn(formOf(other).flags ?? {}, name)) },
    ]),
  ),
)
