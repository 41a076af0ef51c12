import { isatty } from 'node:tty'
import type { CommandLine } from '../config/command-line.ts'
import type { Config } from '../config/config.ts'
import { type Emulator, emulator } from '../emulator.ts'
import { type Log, logTo, writerTo } from '../log.ts'
import { banner, progressBar } from './banner.ts'
import { fail, isUserError, reportError } from './output.ts'

/** Explains why an address cannot be listened on, and what to do. */
function listenProblem(
  { code, message, address }: Error & { readonly code?: string; readonly address?: string },
  { host, port }: Config,
): string {
  if (code === 'EADDRINUSE') {
    return `--port ${port}: is in use on ${address ?? host}; stop the other process or choose another port (0 picks a free one)`
  }
  if (code === 'EACCES') return `--port ${port}: permission denied; choose a port of 1024 or higher`
  return `--host ${host}: cannot listen on it (${message}); give an address of this machine`
}

/** Starts to listen. On failure reports why, stops the emulator and resolves with `undefined`. */
export async function listen(made: Emulator, config: Config): Promise<string | undefined> {
  try {
    return await made.listen()
  } catch (error) {
    await made.stop()
    if (isUserError(error as Error)) reportError(error)
    else fail(1, listenProblem(error as Error, config))
    return undefined
  }
}

export const logOf = ({ logLevel, logFormat }: Config): Promise<Log> =>
  logTo(2, logLevel, logFormat ?? (isatty(2) ? 'pretty' : 'json'))

/** How long a server has run when the code that its start compiled is kept: long enough to have answered requests. */
const warmMs = 1000

/** Starts the emulator; it runs until SIGTERM or SIGINT. */
export async function start({ config }: CommandLine, keepCompiled: () => void): Promise<void> {
  // Do not use process.stdout and process.stderr: they block on a terminal that is paused by Ctrl-S.
  const say = (text: string) => writerTo(1).write(`${text}\n`)
  const log = await logOf(config)
  const progress = isatty(2) ? progressBar(text => writerTo(2).write(text)) : undefined
  const made = await emulator({ config, log, progress })

  let stopping = false
  const stop = () => {
    if (stopping) process.exit(1)
    stopping = true
    made.stop().then(() => {
      keepCompiled()
      process.exit(0)
    }, reportError)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  const url = await listen(made, config)
  if (url === undefined) return
  say(`ncp-dataflow-emulator listens on ${url}`)
  setTimeout(keepCompiled, warmMs).unref()
  if (isatty(1)) say(banner({ url, config, jobs: made.jobTotals(), headersFor: made.signedHeaders }))
}
