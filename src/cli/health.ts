import { setTimeout as sleep } from 'node:timers/promises'
import { clientHost, clientUrl } from '../config/client-url.ts'
import type { CommandLine } from '../config/command-line.ts'
import { type Config, speaksTls } from '../config/config.ts'
import { quoted, UsageError } from '../config/usage-error.ts'
import { stopwatch } from '../time/clock.ts'
import { durationForm, parseDuration } from '../time/duration.ts'
import { sendRequest } from './http-request.ts'
import { inputFile } from './input-file.ts'
import { fail, print } from './output.ts'

const responseMs = 2000
const pauseMs = 100

/** Returns the health response. Rejects if there is none, or an unexpected one. */
async function askHealth({ host, port, tlsCaOut, ...config }: Config, timeoutMs: number): Promise<string> {
  const { status, body } = await sendRequest({
    secure: speaksTls(config),
    host: clientHost(host),
    port,
    method: 'GET',
    target: '/__admin/health',
    // The emulator rejects unknown host names to prevent DNS rebinding; see admin/guard.ts.
    headers: { host: 'localhost' },
    timeoutMs,
    ca: () => (tlsCaOut === undefined ? undefined : inputFile('--tls-ca-out', tlsCaOut)),
  })
  const text = body.toString()
  if (status !== 200 || !text.startsWith('{"status":"ok"')) throw new Error(`unexpected response, status ${status}`)
  return text
}

/** Milliseconds to wait for an emulator that is not healthy yet. */
function waitOf({ wait }: CommandLine['extra']): number {
  if (wait === undefined) return 0
  const milliseconds = parseDuration(String(wait))
  if (milliseconds === undefined) throw new UsageError(`--wait ${quoted(String(wait))}: must be ${durationForm}`)
  return milliseconds
}

/** Checks the emulator that these options describe; exits with 0 if it is healthy, with `--wait` as soon as it is. */
export async function health({ config, extra }: CommandLine): Promise<void> {
  const { host, port } = config
  if (port === 0) throw new UsageError('--port 0: does not name a port; give the port that the emulator printed')
  const waitMs = waitOf(extra)
  const elapsed = stopwatch()
  const left = () => waitMs - elapsed()
  for (;;) {
    try {
      print(await askHealth(config, waitMs === 0 ? responseMs : Math.min(responseMs, Math.max(left(), pauseMs))))
      return
    } catch (error) {
      const { name, message } = error as Error
      if (name === 'UsageError') throw error
      if (left() > pauseMs) await sleep(pauseMs)
      else {
        const waited = waitMs === 0 ? '' : ` after ${String(extra.wait)}`
        fail(1, `no healthy emulator at ${clientUrl(host, port, speaksTls(config))}${waited}: ${message}`)
        return
      }
    }
  }
}
