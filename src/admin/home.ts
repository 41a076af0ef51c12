import type { IncomingMessage } from 'node:http'

/** Whether a person opens the page `/` in a browser; clients of the API must keep their 404. */
export function opensHome({ method, url, headers }: IncomingMessage): boolean {
  const navigates = headers['sec-fetch-mode'] === 'navigate' || headers['upgrade-insecure-requests'] === '1'
  const signed = Object.keys(headers).some(name => name.startsWith('x-ncp-'))
  // Older JDKs accept text/html without being browsers, so that header alone does not tell.
  return method === 'GET' && url === '/' && (headers.accept?.includes('text/html') ?? false) && navigates && !signed
}
