import { spawnSync } from 'node:child_process'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Config } from '../src/config/config.ts'
import { defaults } from '../src/config/options.ts'
import { emulator } from '../src/emulator.ts'
import type { Log } from '../src/log.ts'

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))

export const block = (lines: readonly string[], language = 'text'): string =>
  `\`\`\`${language}\n${lines.join('\n').trim()}\n\`\`\`\n`

/** An emulator that listens on a free port, and what it has logged; the port is not part of any text. */
async function listening(now: number | undefined, options: Partial<Config> = {}) {
  const lines: string[] = []
  const note = (_facts: object, sentence: string) => void lines.push(sentence)
  const log: Log = { debug: note, info: note, warn: note, error: note }
  const config = { ...defaults, fixtures: 'none', port: 0, ...options }
  const { listen, stop, ca } = await emulator({ config, log, ...(now !== undefined && { wall: { now: () => now } }) })
  const url = await listen()
  const { port } = new URL(url)
  lines.length = 0
  const masked = (output: string): string => output.replaceAll(port, '6270')
  return { url, port: Number(port), stop, ca, masked, logged: () => lines.splice(0) }
}

/** Sends bytes as they stand, and returns the status line and the body of the response. */
async function sendBytes(port: number, bytes: string): Promise<string[]> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  return [head.split('\r\n')[0] ?? '', body.trim()]
}

/** The reason that Node's fetch gives for having no response, without the advice that only later versions of Node add. */
const fetchError = (url: string): Promise<string> =>
  fetch(url).then(
    () => Promise.reject(new Error(`${url} should not respond`)),
    ({ message, cause }: Error) => `TypeError: ${message}\n  [cause]: ${(cause as Error).message.split(';')[0]}`,
  )

const health = (port: number): string =>
  spawnSync(process.execPath, [cli, 'health', '--port', String(port)]).stderr.toString()

/** A request for a name in letters that were not percent-encoded. */
export async function rawLetters(now: number): Promise<string> {
  const { port, stop, logged } = await listening(now)
  const response = await sendBytes(port, 'GET /api/v1/jobs?name=작업 HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await stop()
  return block([...response, ...logged()])
}

/** What clients say when nobody listens. */
export async function nobodyListens(now: number): Promise<string> {
  const { url, port, stop, masked } = await listening(now)
  await stop()
  const client = await fetchError(`${url}/api/v1/jobs`)
  return `Node's \`fetch\` says:\n\n${block([masked(client)])}\n\`ncp-dataflow-emulator health\` says:\n\n${block([masked(health(port))])}`
}

/** What clients say of a certificate that they do not trust, and of the wrong scheme. */
export async function untrusted(): Promise<{ client: string; trusted: string; scheme: string }> {
  const { url, port, stop, ca, masked, logged } = await listening(undefined, { tls: true })
  const client = masked(await fetchError(`${url}/__admin/health`))
  logged()
  const response = await new Promise<{ statusCode?: number | undefined }>((resolve, reject) => {
    httpsRequest(`${url}/__admin/health`, { ca, agent: false }, message => resolve(message.resume()))
      .on('error', reject)
      .end()
  })
  const wrong = await sendBytes(port, 'GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n')
  const scheme = logged()
  await stop()
  return {
    client: block([client]),
    trusted: String(response.statusCode),
    scheme: block([...wrong, ...scheme]),
  }
}

/** What the emulator says of what keeps a client waiting. */
export async function waits(now: number): Promise<{ clock: string; faults: string }> {
  const { url, stop } = await listening(now)
  const control = async (method: string, path: string, body?: object): Promise<string> => {
    const headers = { 'content-type': 'application/json' }
    const given = body === undefined ? {} : { headers, body: JSON.stringify(body) }
    return (await fetch(`${url}/__admin${path}`, { method, ...given })).text()
  }
  await control('PUT', '/clock', { frozen: true })
  const clock = await control('GET', '/clock')
  await control('POST', '/faults', { operation: 'getJobs', effect: { kind: 'delay', time: 60_000 } })
  const faults = await control('GET', '/faults')
  await stop()
  return { clock: block([clock], 'json'), faults: block([faults], 'json') }
}
