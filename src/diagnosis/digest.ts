import { createHmac, getHashes } from 'node:crypto'
import type { Cause } from './causes.ts'
import type { HeaderTrouble } from './headers.ts'
import type { Search } from './search.ts'
import { type Writing, written } from './writing.ts'

/** How a signature header can hold a digest. */
export interface Form {
  readonly cause: Cause
  /** Completes "You sent the signature ...". */
  readonly sent: string
  readonly read: (header: string) => Buffer | undefined
}

/** Bytes of an HMAC-SHA256. */
const digestLength = 32

const standard = /^[A-Za-z0-9+/]+={0,2}$/
const hex = /^([0-9A-Fa-f]{2})+$/
const base64 = (text: string): Buffer | undefined => (standard.test(text) ? Buffer.from(text, 'base64') : undefined)
const hexBytes = (text: string): Buffer | undefined => (hex.test(text) ? Buffer.from(text, 'hex') : undefined)

/** Any alphabet and padding, as long as the letters are all. */
const anyBase64 = (text: string): Buffer | undefined =>
  base64(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''))

/** What the header should hold: Base64 in the standard alphabet with its padding. */
const rightForm = (header: string): boolean => standard.test(header) && header.length % 4 === 0

const bytesOfText = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

/** A list of numbers such as [12, -34] or 12,34. */
function byteList(header: string): Buffer | undefined {
  const list = /^[[({<]?(?:\s*-?\d{1,3}\s*[, ]\s*)+-?\d{1,3}\s*[\])}>]?$/.test(header) ? header.match(/-?\d+/g) : null
  return list?.length === digestLength ? Buffer.from(list.map(Number)) : undefined
}

/** The wrong forms; the first that gives a digest's length is taken. */
const forms: readonly Form[] = [
  { cause: 'hex-digest', sent: 'in hexadecimal', read: hexBytes },
  {
    cause: 'url-safe-base64',
    sent: 'in URL-safe Base64',
    read: header => (/[-_]/.test(header) ? anyBase64(header) : undefined),
  },
  {
    cause: 'unpadded-base64',
    sent: 'in Base64 without its padding',
    read: header => (header.endsWith('=') ? undefined : anyBase64(header)),
  },
  {
    cause: 'base64-of-hex',
    sent: 'as Base64 of the hexadecimal digits',
    read: header => hexBytes(anyBase64(header)?.toString('latin1') ?? ''),
  },
  {
    cause: 'base64-twice',
    sent: 'in Base64 made twice',
    read: header => base64(anyBase64(header)?.toString('latin1') ?? ''),
  },
  {
    cause: 'base64-of-hex',
    sent: 'as the hexadecimal digits of its Base64',
    read: header => base64(hexBytes(header)?.toString('latin1') ?? ''),
  },
  {
    cause: 'base64-of-text',
    sent: 'as Base64 of the digest read as Latin-1 text and written in UTF-8',
    read: header => {
      const text = anyBase64(header)?.toString('utf8')
      return text !== undefined && !/[\u0100-\uffff]/.test(text) ? Buffer.from(text, 'latin1') : undefined
    },
  },
  {
    cause: 'escaped-signature',
    sent: 'percent-encoded',
    read: header =>
      /%[0-9A-Fa-f]{2}/.test(header)
        ? anyBase64(header.replace(/%([0-9A-Fa-f]{2})/g, (_, digits) => Buffer.from(digits, 'hex').toString()))
        : undefined,
  },
  {
    cause: 'escaped-signature',
    sent: 'percent-encoded twice',
    read: header =>
      anyBase64(
        header
          .replaceAll(/%25/g, '%')
          .replace(/%([0-9A-Fa-f]{2})/g, (_, digits) => Buffer.from(digits, 'hex').toString()),
      ),
  },
  { cause: 'byte-list', sent: 'as a list of bytes', read: byteList },
  {
    cause: 'hex-digest',
    sent: 'in hexadecimal with other characters around or between the digits',
    read: header => hexBytes(header.replace(/^(0x|sha256=|hmac-sha256[ :=]+)/i, '').replace(/[\s:",'-]/g, '')),
  },
  {
    cause: 'signature-with-extras',
    sent: 'with quotes, white space or a word around it',
    read: header =>
      base64(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?!=)/.exec(header.replaceAll(/\s/g, '+'))?.join('') ?? '') ??
      base64(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?!=)/.exec(header.replaceAll(/\s|\\[nr]/g, ''))?.join('') ?? ''),
  },
  {
    cause: 'signature-with-extras',
    sent: 'with quotes or a word around it, in hexadecimal',
    read: header => hexBytes(/(?<![0-9A-Fa-f])[0-9A-Fa-f]{64}(?![0-9A-Fa-f])/.exec(header)?.join('') ?? ''),
  },
]

/** The digest a header holds, and the wrong form it is in if it is. */
export function readSignature(signature: string): { readonly digest: string; readonly form?: Form } | undefined {
  const digest = rightForm(signature) ? Buffer.from(signature, 'base64') : undefined
  if (digest?.length === digestLength) return { digest: digest.toString('latin1') }
  for (const form of forms) {
    const digest = form.read(signature)
    if (digest?.length === digestLength) return { digest: digest.toString('latin1'), form }
  }
  return undefined
}

const otherHashes = [
  'sha1',
  'sha512',
  'sha384',
  'md5',
  'sha224',
  'sha3-256',
  'sha512-256',
  'sha3-512',
  'blake2s256',
  'ripemd160',
  'sm3',
]

/** Digests of the right text with other hash functions, of any length or of that of SHA-256. */
function otherHash(right: Writing, signature: string, search: Search): HeaderTrouble | undefined {
  const [known, text] = [new Set(getHashes()), written(right)]
  for (const algorithm of otherHashes) {
    if (!known.has(algorithm)) continue
    search.spend(text)
    const digest = createHmac(algorithm, Buffer.from(right.secretKey, 'latin1')).update(text, 'latin1').digest()
    if ([digest.toString('base64'), digest.toString('hex')].includes(signature)) {
      return {
        cause: 'other-hash',
        sentence: `You signed with HMAC-${algorithm.toUpperCase()}; sign with HMAC-SHA256.`,
      }
    }
  }
  return undefined
}

const formFix = 'send the Base64 of the 32 bytes, standard alphabet with padding: 44 characters that end in ='

/** What a signature is that holds no HMAC-SHA256 or an altered one of the right text. */
export function unreadable(right: Writing, signature: string, search: Search): HeaderTrouble
export function unreadable(right: Writing, signature: string, search: Search, only: 'digest'): HeaderTrouble | undefined
export function unreadable(
  right: Writing,
  signature: string,
  search: Search,
  only?: 'digest',
): HeaderTrouble | undefined {
  const hashed = otherHash(right, signature, search)
  if (hashed) return hashed
  const digest = Buffer.from(search.digest(right, written(right)), 'latin1')
  const whole = digest.toString('base64')
  if (signature !== whole && signature.toLowerCase() === whole.toLowerCase()) {
    return {
      cause: 'signature-letter-case',
      sentence: 'The signature is right but for its letter case: send the Base64 as it is, in upper and lower case.',
    }
  }
  if (only) return undefined
  if (
    signature.length >= 8 &&
    (whole.startsWith(signature) || digest.toString('hex').startsWith(signature.toLowerCase()))
  ) {
    return {
      cause: 'signature-cut-off',
      sentence: `The signature is right but cut off: send all ${whole.length} characters of the Base64.`,
    }
  }
  const lossy = [
    digest.toString('utf8'),
    digest.toString('ascii'),
    digest.toString('latin1').replace(/[\u0080-\u00ff]/g, '?'),
  ]
  if (lossy.some(text => [Buffer.from(text, 'utf8').toString('base64'), bytesOfText(text), text].includes(signature))) {
    return {
      cause: 'base64-of-text',
      sentence: `The digest was turned into text before it was encoded, which loses bytes; ${formFix}.`,
    }
  }
  return {
    cause: 'no-digest',
    sentence: `The signature header (${signature.length} characters) cannot be an HMAC-SHA256; ${formFix}.`,
  }
}
