import { type CommandLine, configPath, readConfig } from '../config/command-line.ts'
import { environmentWarnings } from '../config/sources.ts'
import { UsageError } from '../config/usage-error.ts'
import { DataFileError, readDataFile } from '../schema/data-file.ts'
import { reportError, warn } from './output.ts'

/** The modules of a command are loaded only when it runs. */
const commands = {
  start: async (line, keepCompiled) => (await import('./start.ts')).start(line, keepCompiled),
  exec: async (line, keepCompiled) => (await import('./exec.ts')).exec(line, keepCompiled),
  call: async line => (await import('./call.ts')).call(line),
  sign: async line => (await import('./sign.ts')).sign(line),
  explain: async line => (await import('./explain.ts')).explain(line),
  health: async line => (await import('./health.ts')).health(line),
  compare: async line => (await import('./compare.ts')).compare(line),
  pull: async line => (await import('./pull.ts')).pull(line),
  record: async line => (await import('./record.ts')).record(line),
  openapi: async line => (await import('./openapi.ts')).openapi(line),
  help: async () => (await import('./help.ts')).help(),
  version: async () => (await import('./version.ts')).printVersion(),
} satisfies Record<CommandLine['command'], (line: CommandLine, keepCompiled: () => void) => Promise<void>>

async function configFile(path: string | undefined) {
  if (path === undefined) return undefined
  try {
    return { path, content: await readDataFile(path) }
  } catch (error) {
    throw error instanceof DataFileError ? new UsageError(`--config ${path}: ${error.message}`) : error
  }
}

// A reader may close the pipe early, such as `| head`; that is not an error.
process.stdout.on('error', (error: Error & { code?: string }) => {
  if (error.code !== 'EPIPE') throw error
})

async function runCommand(argv: readonly string[], keepCompiled: () => void): Promise<void> {
  const file = await configFile(configPath(argv, process.env))
  const line = readConfig(argv, process.env, file)
  for (const warning of environmentWarnings(process.env)) warn(warning)
  await commands[line.command](line, keepCompiled)
}

/** Runs a command line; reports what it throws. `keepCompiled` is called once, by a command that has served requests. */
export const runCommandLine = (argv: readonly string[], keepCompiled: () => void = () => undefined): Promise<void> =>
  runCommand(argv, keepCompiled).catch(reportError)
