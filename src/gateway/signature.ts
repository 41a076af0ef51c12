import { createHmac, timingSafeEqual } from 'node:crypto'

/** The parts of a request that are signed; nothing else is. */
export interface Signed {
  readonly method: string
  /** Path and query exactly as sent, one character per byte. */
  readonly target: string
  /** Epoch milliseconds as in the header. */
  readonly timestamp: string
  readonly accessKey: string
}

/** The text to sign (v2): method, space, target, LF, timestamp, LF, access key. */
export const signedText = ({ method, target, timestamp, accessKey }: Signed): string =>
  `${method} ${target}\n${timestamp}\n${accessKey}`

/** Base64 of the HMAC-SHA256 of the signed text; the value of `x-ncp-apigw-signature-v2`. */
export const sign = (signed: Signed, secretKey: string): string => signText(signedText(signed), secretKey)

/** `text`: one character per byte. */
export const signText = (text: string, secretKey: string): string =>
  createHmac('sha256', secretKey).update(text, 'latin1').digest('base64')

/** Compares in constant time for signatures of equal length. */
export function sameSignature(expected: string, given: string): boolean {
  const wanted = Buffer.from(expected, 'latin1')
  const got = Buffer.from(given, 'latin1')
  return got.length === wanted.length && timingSafeEqual(wanted, got)
}
