import { isUtf8 } from 'node:buffer'

const badEscape = /%(?![0-9A-Fa-f]{2})/
const schemeAndHost = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/

/**
 * The signed part of a request target: path and query, byte for byte as received.
 * A proxy may send scheme and host in front (RFC 9112 absolute-form), which are never signed.
 * Node passes the target as one character per byte and rejects bytes above ASCII.
 */
export const signedTarget = (received: string): string =>
  received.startsWith('/') ? received : received.replace(schemeAndHost, '')

export const pathOf = (target: string): string => {
  const mark = target.indexOf('?')
  return mark < 0 ? target : target.slice(0, mark)
}

/** Without the question mark. */
export function rawQueryOf(target: string): string {
  const mark = target.indexOf('?')
  return mark < 0 ? '' : target.slice(mark + 1)
}

/** Why a target cannot be read at all, before routing; `undefined` if it can. */
export function targetFlaw(target: string): string | undefined {
  if (target.includes('#')) return 'a fragment (#) is for the client alone and is never sent'
  if (!target.includes('%')) return undefined
  if (badEscape.test(target)) return 'a percent sign without two hexadecimal digits behind it'
  const bytes = target.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  )
  return isUtf8(Buffer.from(bytes, 'latin1')) ? undefined : 'the percent-escapes stand for bytes that are not UTF-8'
}
