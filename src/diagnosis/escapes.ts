/** A piece of a path or a query: what it stands for and how it is written. One character a byte. */
export interface Token {
  readonly text: string
  /** What it stands for. */
  readonly value: string
  readonly escaped: boolean
  /** What alike pieces share: a character, or one of the words of `Kind`. */
  readonly kind: string
  readonly inQuery: boolean
  /** A `/`, `?`, `&` or `=` that divides the target. */
  readonly divides: boolean
}

/** Kinds of more than one character. */
export const space = 'space'
export const nonAscii = 'non-ASCII'
export const plain = 'plain'

const piece = /(?:%[89A-Fa-f][0-9A-Fa-f])+|%[0-9A-Fa-f]{2}|[A-Za-z0-9]+|[\u0080-\u00ff]+|[\s\S]/g

/** Decodes percent-escapes. */
export const unescaped = (bytes: string): string =>
  bytes.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))

export const escapeAll = (bytes: string): string =>
  bytes.replace(/[\s\S]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)

function tokenOf(text: string, inQuery: boolean): Token {
  const escaped = text.length > 2 && text.startsWith('%')
  const isPlus = text === '+' && inQuery
  const value = isPlus ? ' ' : escaped ? unescaped(text) : text
  const kind = value === ' ' ? space : value > '\u007f' ? nonAscii : /[A-Za-z0-9]/.test(value) ? plain : value
  const divides = !escaped && (inQuery ? '?&='.includes(text) : text === '/')
  return { text, value, escaped, kind, inQuery, divides }
}

/** The last path and query that were taken apart: a search writes the same ones anew many times. */
let last: { readonly path: string; readonly query: string; readonly tokens: readonly Token[] } | undefined

/** The pieces of a path and its query. */
export function tokensOf(path: string, query: string): readonly Token[] {
  if (last?.path === path && last.query === query) return last.tokens
  const tokens = [
    ...(path.match(piece) ?? []).map(text => tokenOf(text, false)),
    ...(query.match(piece) ?? []).map(text => tokenOf(text, true)),
  ]
  last = { path, query, tokens }
  return tokens
}

/** Writes one piece; undefined leaves it as it is. */
export type Write = (token: Token) => string | undefined

/** Writes path and query anew, piece by piece. */
export const recoder =
  (write: Write) =>
  (path: string, query: string): string =>
    tokensOf(path, query).reduce((text, token) => text + (write(token) ?? token.text), '')
