import type { IncomingHttpHeaders } from 'node:http'
import { type RequestOptions, request } from 'node:https'

export interface HttpsAnswer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** Asks by HTTPS on a connection of its own; rejects with the error of the handshake. */
export function askHttps(url: string, options: RequestOptions): Promise<HttpsAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent: false, ...options }, answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', more => {
        text += more
      })
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }))
    })
    asked.on('error', reject).end()
  })
}
