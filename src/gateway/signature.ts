import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a signature covers; nothing else of a request is signed. */
export interface Signed {
  /** In upper case. */
  readonly method: string
  /** Path and query exactly as sent, one character a byte. */
  readonly target: string
  /** Epoch milliseconds as the header's text. */
  readonly timestamp: string
  readonly accessKey: string
}

/** The text under a v2 signature: method, space, target, LF, timestamp, LF, access key. */
export const signedText = ({ method, target, timestamp, accessKey }: Signed): string =>
  `${method} ${target}\n${timestamp}\n${accessKey}`

/** Base64 of the HMAC-SHA256 of the signed text; what `x-ncp-apigw-signature-v2` holds. */
export const sign = (signed: Signed, secretKey: string): string => signText(signedText(signed), secretKey)

/** The same of any text, one character a byte. */
export const signText = (text: string, secretKey: string): string =>
  createHmac('sha256', secretKey).update(text, 'latin1').digest('base64')

/** Compares in a time that does not depend on where two signatures of one length differ. */
export function sameSignature(expected: string, given: string): boolean {
  const wanted = Buffer.from(expected, 'latin1')
  const got = Buffer.from(given, 'latin1')
  return got.length === wanted.length && timingSafeEqual(wanted, got)
}
