import type { Config } from './config.ts'

/** A flag of one command; options are shared by all commands. */
interface CommandFlag {
  /** Placeholder of the value in the help; absent for a flag without a value. */
  readonly value?: string
  readonly multiple?: true
  readonly help: string
}

interface CommandForm {
  readonly help: string
  /** The arguments as the help shows them; absent if the command takes none. */
  readonly words?: string
  /** The arguments follow `--`, so that they are not parsed as our flags. */
  readonly wordsBehindDashes?: true
  readonly flags?: Readonly<Record<string, CommandFlag>>
  /** Defaults that differ for this command. */
  readonly defaults?: Partial<Config>
}

const budget = {
  value: 'N',
  help: 'the most requests to send, retries included; default: 500 for compare and record, 10000 for pull',
}
const out = {
  value: 'PATH',
  help: 'pull: the fixture to write; record: the folder; files are replaced in one step, once everything was read',
}

export const commands = {
  start: { help: 'start the emulator (the default)' },
  exec: {
    words: '-- COMMAND',
    wordsBehindDashes: true,
    help: 'run a command with its own emulator; exits with the exit code of the command',
    defaults: { port: 0, logLevel: 'error' },
  },
  call: {
    words: 'METHOD TARGET',
    help: 'sign and send a request; exit code 0, 3, 4 or 5 by the status class, 1 without a response',
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
      timestamp: { value: 'MS', help: 'the timestamp to sign, in epoch milliseconds; default: the current time' },
    },
  },
  explain: {
    words: 'METHOD TARGET',
    help: 'explain why a request is rejected, without an emulator or from its journal; exit code 0 if it is valid',
    flags: {
      header: {
        value: "'NAME: VALUE'",
        multiple: true,
        help: 'a request header; give all headers, at least the three signature headers',
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
    help: 'check the health of a running emulator; exit code 0 or 1',
    flags: { wait: { value: 'TIME', help: 'wait at most this long for the emulator to become healthy, such as 30s' } },
  },
  compare: {
    help: 'compare a target such as the real API with what the emulator does; exit 0 equal, 1 different, 2 could not run',
    flags: {
      target: { value: 'URL', help: 'the API to ask; no other host is contacted' },
      'allow-writes': { help: 'create objects under one prefix, and delete them' },
      'allow-runs': { help: 'run jobs that it created, which costs money at the real service' },
      budget,
      json: { help: 'print JSON' },
      report: { value: 'FILE', help: 'write a report in Markdown, without ids, names and keys' },
      suggest: {
        help: 'print the --assume flags that make the emulator behave like the target; with --json a config file',
      },
    },
  },
  pull: {
    help: 'read an account from a target such as the real API and write it as a fixture; exit 0 complete, 1 something is missing, 2 nothing was written',
    flags: {
      target: { value: 'URL', help: 'the API to ask; no other host is contacted' },
      out,
      pseudonymise: { help: 'replace names, ids, roles, buckets, paths and texts, each by the same word everywhere' },
      executions: {
        value: 'N',
        help: 'how many executions of each job and workflow to take over, the newest ones; default 100, 0 for none',
      },
      budget,
    },
  },
  record: {
    help: 'keep responses of a target as files for --replay; exit 0 as documented, 1 not all, 2 nothing was written',
    flags: {
      target: { value: 'URL', help: 'the API to ask; no other host is contacted' },
      out,
      get: { value: 'TARGET', multiple: true, help: 'path and query to read; default: one of every reading operation' },
      targets: { value: 'FILE', help: 'a file with a path and query on each line' },
      'from-journal': { value: 'URL', help: 'read what the emulator at this URL was asked for' },
      budget,
      'keep-data': { help: 'keep ids, names and other data of the account as they are' },
      json: { help: 'print JSON' },
    },
  },
  openapi: { help: "print the edition's OpenAPI document" },
  help: { help: 'print this text' },
  version: { help: 'print the version' },
} as const satisfies Readonly<Record<string, CommandForm>>

export type Command = keyof typeof commands

export const commandNames = Object.keys(commands) as Command[]

export const isCommand = (word: string): word is Command => Object.hasOwn(commands, word)

export const formOf = (command: Command): CommandForm => commands[command]

export const commandFlags: ReadonlyMap<string, CommandFlag & { readonly of: readonly Command[] }> = new Map(
  commandNames.flatMap(command =>
    Object.entries(formOf(command).flags ?? {}).map(([name, flag]) => [
      name,
      { ...flag, of: commandNames.filter(other => Object.hasOwn(formOf(other).flags ?? {}, name)) },
    ]),
  ),
)
