import { createHmac } from 'node:crypto'

/** Signs a text with a key, both one character a byte. */
export type Mac = (text: string, key: string) => Buffer

export const hmac: Mac = (text, key) => createHmac('sha256', Buffer.from(key, 'latin1')).update(text, 'latin1').digest()

/** What the lines of a signed text are made of. */
export interface Fields {
  /** Method and target, and what stands between them. */
  readonly request: string
  readonly method: string
  readonly target: string
  readonly timestamp: string
  readonly accessKey: string
  /** Gives a text that is taken from elsewhere in the request as it may be shown. */
  readonly quoted: (text: string) => string
}

/**
 * A signed text in its parts, and the key it is signed with, one character a byte. A mistake changes one part, so
 * that mistakes of different parts can be combined.
 */
export interface Writing {
  readonly method: string
  /** What stands between method and target. */
  readonly gap: string
  /** What stands in front of the path. */
  readonly origin: string
  readonly path: string
  /** With its question mark. */
  readonly query: string
  /** How the path and the query are encoded. */
  readonly recode: (path: string, query: string) => string
  /** What follows the target. */
  readonly targetEnd: string
  readonly timestamp: string
  readonly accessKey: string
  readonly lines: (fields: Fields) => readonly string[]
  /** What stands between the lines: between the first two, and from there on. */
  readonly lineEnds: readonly [string, string]
  /** What follows the last line. */
  readonly tail: string
  /** What is done to the whole text before it is signed. */
  readonly finish: (text: string) => string
  readonly secretKey: string
  readonly mac: Mac
  /** What is done to every value before it becomes part of the text: nothing, or secrets are hidden. */
  readonly quoted: (text: string) => string
}

export type Part = keyof Writing

export const targetOf = ({ origin, path, query, recode, targetEnd }: Writing): string =>
  `${origin}${recode(path, query)}${targetEnd}`

/** The text under a signature. */
export function written(writing: Writing): string {
  const { method, gap, timestamp, accessKey, lines, lineEnds, tail, finish, quoted } = writing
  const target = targetOf(writing)
  const request = `${method}${gap}${target}`
  const [first = '', ...others] = lines({ request, method, target, timestamp, accessKey, quoted })
  let text = first
  for (let at = 0; at < others.length; at++) text += `${lineEnds[at === 0 ? 0 : 1]}${others[at]}`
  return finish(`${text}${tail}`)
}

/** The writing as it may be shown: secrets are replaced in its values, before anything is done to the text. */
export function withoutSecrets(writing: Writing, hide: (text: string) => string): Writing {
  const { method, origin, path, query, targetEnd, timestamp, accessKey, tail } = writing
  return {
    ...writing,
    method: hide(method),
    origin: hide(origin),
    path: hide(path),
    query: hide(query),
    targetEnd: hide(targetEnd),
    timestamp: hide(timestamp),
    accessKey: hide(accessKey),
    tail: hide(tail),
    quoted: hide,
  }
}

/** A request as the mistakes see it; texts are one character a byte. */
export interface Case {
  /** The text as it should have been written and the key it should have been signed with. */
  readonly right: Writing
  readonly headers: (name: string) => string
  /** Absent when the body is not known. */
  readonly body?: string | undefined
  /** The other configured pairs. */
  readonly others: readonly { readonly accessKey: string; readonly secretKey: string }[]
  /** Names of the parameters that the API has. */
  readonly parameterNames: readonly string[]
}
