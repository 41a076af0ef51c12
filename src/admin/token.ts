import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** One length for all, so that a comparison tells neither where two tokens differ nor how long the right one is. */
const digest = (token: string): Buffer => createHash('sha256').update(token).digest()

/** The token in an Authorization header: behind Bearer, or as the password that a browser has asked a person for. */
function tokenIn(authorization: string): string | undefined {
  const [, scheme, value = ''] = /^(bearer|basic) +(\S+) *$/i.exec(authorization) ?? []
  if (scheme?.toLowerCase() !== 'basic') return scheme && value
  const [, password] = /^[^:]*:(.*)$/s.exec(Buffer.from(value, 'base64').toString()) ?? []
  return password
}

const realm = 'realm="ncp-dataflow-emulator /__admin"'

/** A caller without the token: what to tell it, and the ways that the answer offers. */
export interface Unproven {
  readonly complaint: string
  readonly challenges: readonly string[]
}

/** Finds callers that do not have the token; without a token there are none. */
export function tokenCheck(token: string | undefined): (headers: IncomingHttpHeaders) => Unproven | undefined {
  if (token === undefined) return () => undefined
  const wanted = digest(token)
  return ({ authorization = '', accept = '' }) => {
    const given = tokenIn(authorization)
    if (given !== undefined && timingSafeEqual(digest(given), wanted)) return undefined
    const why = given === undefined ? 'This needs the admin token' : 'The admin token is another one'
    return {
      complaint: `${why}: send what the emulator was given as --admin-token as Authorization: Bearer TOKEN (a browser: as password, the user is not looked at).`,
      // Basic makes a browser ask its user; a program would only be confused by it.
      challenges: [...(accept.includes('text/html') ? [`Basic ${realm}, charset="UTF-8"`] : []), `Bearer ${realm}`],
    }
  }
}
