import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import { isLoopback } from '../config/client-url.ts'

export interface HttpRequest {
  readonly secure: boolean
  /** A name or an address, IPv6 without brackets. */
  readonly host: string
  readonly port: number
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string | number>>
  readonly body?: Buffer | undefined
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** Additional trusted CA certificates in PEM; not called for a loopback address. */
  readonly ca: () => string | undefined
}

export interface HttpResponse {
  readonly status: number
  /** The reason phrase of the status line; may be empty. */
  readonly reason: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Sends a request and reads the whole response; does not follow redirects. Rejects after the timeout. */
export async function sendRequest(asked: HttpRequest): Promise<HttpResponse> {
  const { secure, host, port, method, target, headers, body, timeoutMs, ca } = asked
  const { request } = await (secure ? import('node:https') : import('node:http'))
  const late = AbortSignal.timeout(timeoutMs)
  const signal = asked.signal ? AbortSignal.any([late, asked.signal]) : late
  const tls = secure && {
    // On loopback only this machine can listen; for any other host the certificate must be trusted.
    rejectUnauthorized: !isLoopback(host),
    servername: isIP(host) === 0 ? host : '',
    ca: isLoopback(host) ? undefined : ca(),
  }
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(late.aborted ? new Error(`no response in ${Number((timeoutMs / 1000).toFixed(1))} s`) : error)
    const sent = request({ host, port, method, path: target, headers, signal, agent: false, ...tls }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', fail)
      response.on('end', () => {
        const { statusCode: status = 0, statusMessage: reason = '', headers } = response
        resolve({ status, reason, headers, body: Buffer.concat(chunks) })
      })
    })
    sent.on('error', fail)
    sent.end(body)
  })
}
