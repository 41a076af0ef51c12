import { isUtf8 } from 'node:buffer'

const badEscape = /%(?![0-9A-Fa-f]{2})/
const schemeAndHost = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/

/**
 * The part of a request target that is signed: path and query, byte for byte as received.
 * A proxy may send scheme and host in front (RFC 9112 absolute-form); those are never signed.
 * Node hands the target over as one character a byte, and lets no byte above ASCII through.
 */
export const signedTarget = (received: string): string =>
  received.startsWith('/') ? received : received.replace(schemeAndHost, '')

/** The path of a target, without its query. */
export const pathOf = (target: string): string => {
  const mark = target.indexOf('?')
  return mark < 0 ? target : target.slice(0, mark)
}

/** The query of a target, without its question mark. */
export function rawQueryOf(target: string): string {
  const mark = target.indexOf('?')
  return mark < 0 ? '' : target.slice(mark + 1)
}

/** What makes a target unreadable before any route is looked up, or `undefined`. */
export function targetFlaw(target: string): string | undefined {
  if (target.includes('#')) return 'a fragment (#) is for the client alone and is never sent'
  if (!target.includes('%')) return undefined
  if (badEscape.test(target)) return 'a percent sign without two hexadecimal digits behind it'
  const bytes = target.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  )
  return isUtf8(Buffer.from(bytes, 'latin1')) ? undefined : 'the percent-escapes stand for bytes that are not UTF-8'
}
