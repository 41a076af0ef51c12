import { readFileSync } from 'node:fs'
import { clientUrl, isLoopback } from '../config/client-url.ts'
import type { CommandLine } from '../config/command-line.ts'
import { type Config, speaksTls } from '../config/config.ts'
import { quoted, UsageError } from '../config/usage-error.ts'
import { signRequest } from '../gateway/sign-request.ts'
import { systemClock } from '../time/clock.ts'
import { type HttpRequest, type HttpResponse, sendRequest } from './http-request.ts'
import { inputFile } from './input-file.ts'
import { fail, print } from './output.ts'
import { encodedTarget, namedRequest, parseBaseUrl } from './request-target.ts'

const responseMs = 120_000

const placeOptions = ['port', 'host'] as const

function baseUrlOf(line: CommandLine, origin: string | undefined, env: NodeJS.ProcessEnv) {
  const { config, extra, given } = line
  const flag = extra['base-url']
  if (flag !== undefined && origin !== undefined) {
    throw new UsageError(`--base-url ${quoted(String(flag))}: TARGET is a whole URL already; remove one of the two`)
  }
  if (flag !== undefined) return { text: String(flag), from: '--base-url' }
  if (origin !== undefined) return { text: origin, from: 'TARGET' }
  if (env.DATAFLOW_URL && !placeOptions.some(name => given.get(name) === 'flag')) {
    return { text: env.DATAFLOW_URL, from: 'DATAFLOW_URL' }
  }
  if (config.port === 0) throw new UsageError('--port 0: does not name a port; give the port that the emulator printed')
  return { text: clientUrl(config.host, config.port, speaksTls(config)), from: '--host' }
}

function readBaseUrl(line: CommandLine, origin: string | undefined, env: NodeJS.ProcessEnv): URL {
  const { text, from } = baseUrlOf(line, origin, env)
  return parseBaseUrl(text, from)
}

/** Throws a UsageError for hosts that these keys must not be sent to. */
function checkKeys(host: string, { given }: CommandLine): void {
  if (/(^|\.)ntruss\.com\.?$/i.test(host)) {
    throw new UsageError(
      `call: does not send requests to the real API (${host}); give the URL of an emulator with --base-url`,
    )
  }
  if (!isLoopback(host) && !given.has('accessKey')) {
    throw new UsageError(
      `call: the built-in key pair is used on this machine only; for ${host} give --access-key and --secret-key (NCLOUD_ACCESS_KEY, NCLOUD_SECRET_KEY)`,
    )
  }
}

/** The bytes of `--data TEXT` or `--data @FILE`. */
function bodyOf({ data }: CommandLine['extra']): Buffer | undefined {
  if (data === undefined) return undefined
  const text = String(data)
  if (!text.startsWith('@')) return Buffer.from(text)
  // 0 is standard input.
  return text === '@-' ? readFileSync(0) : Buffer.from(inputFile('--data', text.slice(1)), 'latin1')
}

/** Builds the request of `call METHOD TARGET`. Throws a UsageError for a request that cannot be sent. */
export function requestToSend(line: CommandLine, env: NodeJS.ProcessEnv, config: Config = line.config): HttpRequest {
  const { method, origin, target: typed } = namedRequest('call', line.words)
  if (typed.includes('#')) {
    throw new UsageError(`call: TARGET must not have a #fragment, got ${quoted(typed)}; write a # in a value as %23`)
  }
  const url = readBaseUrl(line, origin, env)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  checkKeys(host, line)
  const target = url.pathname.replace(/\/+$/, '') + encodedTarget(typed)
  const { accessKey, secretKey, gatewaySkew, tlsCaOut } = config
  const body = bodyOf(line.extra)
  const timestamp = systemClock.now() + gatewaySkew
  const headers = {
    host: url.host,
    accept: 'application/json',
    ...signRequest({ method, target, timestamp, accessKey, secretKey }),
    ...(body && { 'content-type': 'application/json', 'content-length': body.length }),
  }
  const secure = url.protocol === 'https:'
  return {
    secure,
    host,
    port: Number(url.port || (secure ? 443 : 80)),
    method,
    target,
    headers,
    body,
    timeoutMs: responseMs,
    ca: () => (tlsCaOut === undefined ? undefined : inputFile('--tls-ca-out', tlsCaOut)),
  }
}

/** Indents a JSON body; returns any other text unchanged. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}

export function responseText({ status, reason, body }: Omit<HttpResponse, 'headers'>, pretty: boolean): string {
  const text = body.toString()
  const statusLine = `HTTP/1.1 ${status} ${reason}`.trimEnd()
  return text === '' ? statusLine : `${statusLine}\n${pretty ? indented(text) : text}`
}

/** 0 for a 2xx, else the first digit of the status. */
export const exitCodeOf = (status: number): number => (status < 300 ? 0 : Math.floor(status / 100))

export async function call(line: CommandLine): Promise<void> {
  const asked = requestToSend(line, process.env)
  try {
    const response = await sendRequest(asked)
    print(responseText(response, process.stdout.isTTY))
    process.exitCode = exitCodeOf(response.status)
  } catch (error) {
    const { name, message } = error as Error
    if (name === 'UsageError') throw error
    fail(1, `call: no response from ${asked.headers.host}: ${message}`)
  }
}
