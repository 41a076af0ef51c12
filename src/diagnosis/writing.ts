import { hash } from 'node:crypto'

/** Signs a text with a key. Text, key and digest are one character a byte. */
export type Mac = (text: string, key: string) => string

const blockLength = 64
const digestLength = 32

/** The padded key of the latest HMAC, with room behind it for the text and for the inner digest. */
let latestKey: string | undefined
let inner = Buffer.alloc(4096)
/** The beginnings of `inner` by their lengths. */
let starts: Buffer[] = []
const outer = Buffer.alloc(blockLength + digestLength)

function setKey(secretKey: string): void {
  const bytes = Buffer.from(secretKey, 'latin1')
  const key = bytes.length > blockLength ? hash('sha256', bytes, 'buffer') : bytes
  for (let at = 0; at < blockLength; at++) {
    const byte = key[at] ?? 0
    inner[at] = byte ^ 0x36
    outer[at] = byte ^ 0x5c
  }
  latestKey = secretKey
}

/** HMAC-SHA256. Costs less than `createHmac`, whose native objects must be collected one by one. */
export const hmac: Mac = (text, secretKey) => {
  const length = blockLength + text.length
  if (inner.length < length) {
    inner = Buffer.alloc(2 * length)
    starts = []
    latestKey = undefined
  }
  if (latestKey !== secretKey) setKey(secretKey)
  inner.write(text, blockLength, 'latin1')
  starts[length] ??= inner.subarray(0, length)
  outer.write(hash('sha256', starts[length], 'binary'), blockLength, 'latin1')
  return hash('sha256', outer, 'binary')
}

export const base64Of = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('base64')

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
