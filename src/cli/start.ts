import type { CommandLine } from '../config/command-line.ts'
import type { Config } from '../config/config.ts'
import { emulator } from '../emulator.ts'
import { logTo } from '../log.ts'
import { banner, progressBar } from './banner.ts'
import { fail, isUserError, print, reportError } from './output.ts'

/** Says why an address cannot be listened on, and what to do about it. */
function listenProblem(
  { code, message, address }: Error & { readonly code?: string; readonly address?: string },
  { host, port }: Config,
): string {
  if (code === 'EADDRINUSE') {
    return `--port ${port}: is in use on ${address ?? host}; stop the other process or choose another port (0 takes a free one)`
  }
  if (code === 'EACCES') return `--port ${port}: permission denied; choose a port from 1024 on`
  return `--host ${host}: cannot be listened on (${message}); name an address of this machine`
}

/** Starts the emulator; it runs until SIGTERM or SIGINT. */
export async function start({ config }: CommandLine): Promise<void> {
  const log = await logTo(2, config.logLevel, config.logFormat ?? (process.stderr.isTTY ? 'pretty' : 'json'))
  const progress = process.stderr.isTTY ? progressBar(text => process.stderr.write(text)) : undefined
  const made = await emulator({ config, log, progress })

  let stopping = false
  const stop = () => {
    if (stopping) process.exit(1)
    stopping = true
    made.stop().then(() => process.exit(0), reportError)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  try {
    const url = await made.listen()
    print(`ncp-dataflow-emulator listens on ${url}`)
    if (process.stdout.isTTY) print(banner({ url, config, jobs: made.jobs(), headersFor: made.signedHeaders }))
  } catch (error) {
    await made.stop()
    if (isUserError(error as Error)) reportError(error)
    else fail(1, listenProblem(error as Error, config))
  }
}
