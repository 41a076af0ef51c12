import { authHeaderNames } from '../domain/auth-headers.ts'
import { systemClock } from '../time/clock.ts'
import { sign } from './signature.ts'

/** An access key and its secret. */
export interface KeyPair {
  readonly accessKey: string
  readonly secretKey: string
}

/** A call to sign. */
export interface CallToSign extends KeyPair {
  /** HTTP method, any letter case. */
  readonly method: string
  /** Path and query exactly as they will be sent, percent-encoded, without scheme and host. */
  readonly target: string
  /** Epoch milliseconds. Default: now. */
  readonly timestamp?: number
}

/**
 * The three headers that NCP's API Gateway asks for.
 * The signature is the Base64 of an HMAC-SHA256 over method, target, timestamp and access key (documented: common-ncpapi).
 */
export function signRequest({ method, target, timestamp = systemClock.now(), accessKey, secretKey }: CallToSign) {
  const bytes = Buffer.from(target, 'utf8').toString('latin1')
  const signed = { method: method.toUpperCase(), target: bytes, timestamp: String(timestamp), accessKey }
  return {
    [authHeaderNames.timestamp]: signed.timestamp,
    [authHeaderNames.accessKey]: accessKey,
    [authHeaderNames.signature]: sign(signed, secretKey),
  } as const
}
