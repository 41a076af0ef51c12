/** How a signature header can hold a digest. */
export interface Form {
  readonly cause: string
  /** Completes "You sent the signature ...". */
  readonly sent: string
  readonly read: (header: string) => Buffer | undefined
}

const standard = /^[A-Za-z0-9+/]+={0,2}$/
const hex = /^([0-9A-Fa-f]{2})+$/
const base64 = (text: string): Buffer | undefined => (standard.test(text) ? Buffer.from(text, 'base64') : undefined)

/** Any alphabet and padding, as long as the letters are all. */
const anyBase64 = (text: string): Buffer | undefined =>
  base64(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''))

/** What the header should hold: Base64 in the standard alphabet with its padding. */
export const rightForm = (header: string): boolean => standard.test(header) && header.length % 4 === 0

/** The wrong forms, the first that gives a digest's length is taken. */
export const forms: readonly Form[] = [
  {
    cause: 'hex-digest',
    sent: 'in hexadecimal',
    read: header => (hex.test(header) ? Buffer.from(header, 'hex') : undefined),
  },
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
    read: header => {
      const digits = anyBase64(header)?.toString('latin1') ?? ''
      return hex.test(digits) ? Buffer.from(digits, 'hex') : undefined
    },
  },
  {
    cause: 'base64-twice',
    sent: 'in Base64 made twice',
    read: header => base64(anyBase64(header)?.toString('latin1') ?? ''),
  },
  {
    cause: 'escaped-signature',
    sent: 'percent-encoded',
    read: header => base64(header.replace(/%([0-9A-Fa-f]{2})/g, (_, digits) => Buffer.from(digits, 'hex').toString())),
  },
  {
    cause: 'signature-with-extras',
    sent: 'with quotes, white space or a word around it',
    read: header =>
      base64(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?!=)/.exec(header.replaceAll(/\s/g, '+'))?.join('') ?? ''),
  },
]

/** Bytes of an HMAC-SHA256. */
export const digestLength = 32
