import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Hashed to equal length, so that the comparison reveals neither the position of a difference nor the length. */
const digest = (token: string): Buffer => createHash('sha256').update(token).digest()

/** The token of an Authorization header: a Bearer token, or the password of Basic authentication. */
function tokenIn(authorization: string): string | undefined {
  const [, scheme, value = ''] = /^(bearer|basic) +(\S+) *$/i.exec(authorization) ?? []
  if (scheme?.toLowerCase() !== 'basic') return scheme && value
  const [, password] = /^[^:]*:(.*)$/s.exec(Buffer.from(value, 'base64').toString()) ?? []
  return password
}

const realm = 'realm="ncp-dataflow-emulator /__admin"'

/** The error message for a caller without the token, and the authentication challenges. */
export interface Unproven {
  readonly complaint: string
  readonly challenges: readonly string[]
}

/** Rejects callers without the token; without a token nobody is rejected. */
export function tokenCheck(token: string | undefined): (headers: IncomingHttpHeaders) => Unproven | undefined {
  if (token === undefined) return () => undefined
  const wanted = digest(token)
  return ({ authorization = '', accept = '' }) => {
    const given = tokenIn(authorization)
    if (given !== undefined && timingSafeEqual(digest(given), wanted)) return undefined
    const why = given === undefined ? 'the admin token is missing' : 'the admin token is wrong'
    return {
      complaint: `${why}: send the value of --admin-token as Authorization: Bearer TOKEN (in a browser: as the password, with any user name)`,
      // Basic makes a browser ask its user for the password; other clients do not need it.
      challenges: [...(accept.includes('text/html') ? [`Basic ${realm}, charset="UTF-8"`] : []), `Bearer ${realm}`],
    }
  }
}
