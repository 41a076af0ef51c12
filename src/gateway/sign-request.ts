import { authHeaderNames } from '../domain/auth-headers.ts'
import { systemClock } from '../time/clock.ts'
import { signedText, signText } from './signature.ts'

export interface KeyPair {
  readonly accessKey: string
  readonly secretKey: string
}

export interface CallToSign extends KeyPair {
  readonly method: string
  /** Path and query exactly as they will be sent, percent-encoded, without scheme and host. */
  readonly target: string
  /** Epoch milliseconds. Default: now. */
  readonly timestamp?: number
}

export type SignatureHeaders = {
  readonly 'x-ncp-apigw-timestamp': string
  readonly 'x-ncp-iam-access-key': string
  readonly 'x-ncp-apigw-signature-v2': string
}

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

/** Signs a call; `text` replaces the text to sign, for experiments. */
export function signCall(call: CallToSign & { readonly text?: string | undefined }) {
  const { method, target, timestamp = systemClock.now(), accessKey, secretKey, text } = call
  const signed = { method: method.toUpperCase(), target: latin1(target), timestamp: String(timestamp), accessKey }
  const bytes = text === undefined ? signedText(signed) : latin1(text)
  return {
    headers: {
      [authHeaderNames.timestamp]: signed.timestamp,
      [authHeaderNames.accessKey]: accessKey,
      [authHeaderNames.signature]: signText(bytes, secretKey),
    } as const,
    signedText: Buffer.from(bytes, 'latin1').toString('utf8'),
  }
}

/**
 * The three headers that NCP's API Gateway asks for.
 * The signature is the Base64 of an HMAC-SHA256 over method, target, timestamp and access key (documented: common-ncpapi).
 */
export function signRequest(call: CallToSign): SignatureHeaders {
  return signCall(call).headers
}
