import { quoted, UsageError } from '../config/usage-error.ts'

export interface NamedRequest {
  readonly method: string
  readonly origin: string | undefined
  readonly target: string
}

const shown = JSON.stringify

/** Reads METHOD and TARGET. Throws a UsageError if they are invalid. */
export function namedRequest(command: string, words: readonly string[]): NamedRequest {
  const [method = '', given = '', ...more] = words
  if (!given || more.length > 0) {
    throw new UsageError(`${command} takes METHOD and TARGET, such as: ${command} GET '/api/v1/jobs?page=0&limit=20'`)
  }
  if (!/^[A-Za-z]+$/.test(method)) {
    throw new UsageError(`${command}: METHOD must be a word such as GET, got ${shown(method)}`)
  }
  const origin = /^https?:\/\/[^/?#]+/i.exec(given)?.[0]
  const target = given.slice(origin?.length ?? 0)
  if (!target.startsWith('/')) {
    throw new UsageError(
      `${command}: TARGET must be a path that starts with / or a whole URL with a path, got ${shown(given)}`,
    )
  }
  return { method: method.toUpperCase(), origin, target }
}

/** The characters that RFC 3986 allows in a path and a query, and complete percent-escapes. */
const allowed = /%[0-9A-Fa-f]{2}|[A-Za-z0-9\-._~!$&'()*+,;=:@/?]+/y

const escaped = (character: string): string =>
  [...Buffer.from(character, 'utf8')].map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')

/** Percent-encodes, as UTF-8, every character that a URL must not contain; keeps existing escapes. */
export function encodedTarget(target: string): string {
  let encoded = ''
  for (let at = 0; at < target.length; ) {
    allowed.lastIndex = at
    const [kept] = allowed.exec(target) ?? []
    const character = String.fromCodePoint(target.codePointAt(at) ?? 0)
    encoded += kept ?? escaped(character)
    at += (kept ?? character).length
  }
  return encoded
}

/** Reads a URL that stands in front of targets; `from` says where it was given. Throws a UsageError for anything else. */
export function parseBaseUrl(text: string, from: string): URL {
  const url = /^https?:\/\/[^\\]+$/i.test(text) && URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.search || url.hash || url.username || url.password || /[?#]$/.test(text)) {
    throw new UsageError(
      `${from} ${quoted(text)}: must be an http or https URL without user, query and fragment, such as http://127.0.0.1:6270`,
    )
  }
  return url
}
