import { createInterface } from 'node:readline/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { isLoopback } from '../config/client-url.ts'
import type { CommandLine } from '../config/command-line.ts'
import { fakePair } from '../config/config.ts'
import { UsageError } from '../config/usage-error.ts'
import { createSession, InterruptedError, type Send, type Session, TargetError } from '../conformance/session.ts'
import { systemClock } from '../time/clock.ts'
import { sendRequest } from './http-request.ts'
import { inputFile } from './input-file.ts'
import { fail } from './output.ts'
import { parseBaseUrl } from './request-target.ts'

/** How long a response may take. */
const responseMs = 30_000
/** The least time between two requests to a target that is not loopback: two in a second. */
const pauseMs = 500

/** The host of a URL, IPv6 without brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1')

/** Rejects keys that must not be sent to this host. */
export function checkTargetKeys(host: string, { command, given, config }: CommandLine): void {
  if (isLoopback(host)) return
  const { accessKey, secretKey } = config
  const isFake = accessKey === fakePair.accessKey || secretKey === fakePair.secretKey
  if (!given.has('accessKey') || !given.has('secretKey') || isFake) {
    throw new UsageError(
      `${command}: the built-in key pair is never sent to ${host}; set NCLOUD_ACCESS_KEY and NCLOUD_SECRET_KEY to your own`,
    )
  }
}

/** The target of a command that compares, pulls or records. Throws a UsageError. */
export function targetUrl(line: CommandLine): URL {
  const { target } = line.extra
  if (target === undefined) {
    throw new UsageError(`${line.command}: needs --target URL, such as https://dataflow.apigw.ntruss.com`)
  }
  const url = parseBaseUrl(String(target), '--target')
  checkTargetKeys(hostOf(url), line)
  return url
}

export interface TargetOptions {
  readonly budget: number
  readonly signal?: AbortSignal
  /** How often a GET is sent again that fails in any way. */
  readonly patience?: number
  /** How long a response may take; default: 30 seconds. */
  readonly timeoutMs?: number
}

/** Signed requests to the target that the command line names, and to no other host. */
export function openSession(line: CommandLine, url: URL, options: TargetOptions): Session {
  const { budget, signal, patience, timeoutMs = responseMs } = options
  const { accessKey, secretKey, gatewaySkew, tlsCaOut } = line.config
  const secure = url.protocol === 'https:'
  const host = hostOf(url)
  const send: Send = async ({ method, target, headers, body, signal }) => {
    const bytes = body === undefined ? undefined : Buffer.from(body)
    const response = await sendRequest({
      secure,
      host,
      port: Number(url.port || (secure ? 443 : 80)),
      method,
      target,
      headers: {
        host: url.host,
        accept: 'application/json',
        ...headers,
        ...(bytes && { 'content-length': bytes.length }),
      },
      body: bytes,
      timeoutMs,
      signal,
      ca: () => (tlsCaOut === undefined ? undefined : inputFile('--tls-ca-out', tlsCaOut)),
    })
    return { status: response.status, headers: response.headers, text: response.body.toString() }
  }
  return createSession({
    send,
    keys: { accessKey, secretKey },
    clock: { now: () => systemClock.now() + gatewaySkew },
    sleep: async (ms, signal) => {
      await sleep(ms, undefined, signal && { signal })
    },
    pauseMs: isLoopback(host) ? 0 : pauseMs,
    budget,
    ...(signal && { signal }),
    ...(patience !== undefined && { patience }),
    prefix: url.pathname.replace(/\/(api\/v1\/?)?$/, ''),
  })
}

/** Asks on a terminal whether to begin; without one the flags are the consent. */
export async function agreed(host: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY || isLoopback(host)) return true
  /* c8 ignore next 5 -- asks a person on a terminal */
  const line = createInterface({ input: process.stdin, output: process.stderr })
  const reply = await line.question('Begin? [y/N] ')
  line.close()
  return /^y(es)?$/i.test(reply.trim())
}

/**
 * Runs a command against a target. The first SIGINT or SIGTERM aborts the signal, a second one ends the process. What the
 * target or a signal prevents is exit code 2.
 */
export async function withTarget(
  { command }: CommandLine,
  url: URL,
  run: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  try {
    await run(stop.signal)
  } catch (error) {
    if (!(error instanceof TargetError || error instanceof InterruptedError)) throw error
    fail(2, `${command}: ${url.host}: ${error.message}`)
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

/** What must not stand in a report: keys, and the host of the target. */
export const secretsOf = ({ config }: CommandLine, url: URL): string[] => [
  config.accessKey,
  config.secretKey,
  ...(isLoopback(hostOf(url)) || /(^|\.)ntruss\.com$/.test(url.hostname) ? [] : [url.host, url.hostname]),
]
