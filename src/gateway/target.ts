import { isUtf8 } from 'node:buffer'

const badEscape = /%(?![0-9A-Fa-f]{2})/
const needsCare = /[%\u0080-\u00ff]/
const schemeAndHost = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/

/**
 * The part of a request target that is signed: path and query, byte for byte as received.
 * A proxy may send scheme and host in front (RFC 9112 absolute-form); those are never signed.
 * Node hands the target over as one character a byte.
 */
export const signedTarget = (received: string): string =>
  received.startsWith('/') ? received : received.replace(schemeAndHost, '')

/** The query of a target, without its question mark. */
export function rawQueryOf(target: string): string {
  const mark = target.indexOf('?')
  return mark < 0 ? '' : decodedBytes(target.slice(mark + 1))
}

/** Raw bytes above ASCII are UTF-8 (checked by `isWellFormed`); read as such they survive the query parser. */
const decodedBytes = (text: string): string =>
  needsCare.test(text) ? Buffer.from(text, 'latin1').toString('utf8') : text

/** True when every percent-escape is whole and the bytes they stand for are UTF-8. */
export function isWellFormed(target: string): boolean {
  if (!needsCare.test(target)) return true
  if (badEscape.test(target)) return false
  const bytes = target.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  )
  return isUtf8(Buffer.from(bytes, 'latin1'))
}
