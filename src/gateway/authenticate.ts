import type { Credential, OwnedCredential } from '../domain/account.ts'
import { type GatewayErrorName, reject } from '../domain/api-error.ts'
import { authHeaderNames } from '../domain/auth-headers.ts'
import { sameSignature, sign } from './signature.ts'

/** Five minutes, in either direction. */
export const tolerance = 300_000

export interface Presented {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

export interface GatewayReadings {
  readonly signatureV1: 'accept' | 'refuse'
  readonly signatureWinner: 'v2' | 'v1'
  readonly windowEdge: 'refuse' | 'accept'
  readonly timestampForm: 'invalid' | 'header'
}

/** The checks of a caller, in this order; the first failure ends them. */
export const authChecks = ['headers', 'time', 'access key', 'signature', 'subscription'] as const
export type AuthCheck = (typeof authChecks)[number]

export interface Rejection {
  readonly check: AuthCheck
  readonly refused: GatewayErrorName
  /** For the log. The response does not distinguish a wrong key from a wrong signature. */
  readonly message: string
}

/** A header's value as one text; empty if absent. */
export const headerText = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value : (value?.join(', ') ?? '')

/** The signature that counts if v1 and v2 are both present. */
export function signatureOf(headers: Presented['headers'], readings: GatewayReadings): string {
  const v2 = headerText(headers[authHeaderNames.signature])
  const v1 = readings.signatureV1 === 'accept' ? headerText(headers[authHeaderNames.signatureV1]) : ''
  return readings.signatureWinner === 'v1' ? v1 || v2 : v2 || v1
}

const rejected = (check: AuthCheck, refused: GatewayErrorName, message: string): Rejection => ({
  check,
  refused,
  message,
})

/** Returns the credential of a request's caller, or the rejection. Without `now` the time is not checked. */
export function checkCaller<Known extends Pick<Credential, 'secretKey' | 'active'> & { readonly subscribed?: boolean }>(
  { method, target, headers }: Presented,
  now: number | undefined,
  credentialOf: (accessKey: string) => Known | undefined,
  readings: GatewayReadings,
): Known | Rejection {
  const timestamp = headerText(headers[authHeaderNames.timestamp])
  const accessKey = headerText(headers[authHeaderNames.accessKey])
  const signature = signatureOf(headers, readings)
  if (!timestamp || !accessKey || !signature) {
    const missing = [
      timestamp ? [] : authHeaderNames.timestamp,
      accessKey ? [] : authHeaderNames.accessKey,
      signature ? [] : authHeaderNames.signature,
    ].flat()
    return rejected('headers', 'credentialsMissing', `absent or empty: ${missing.join(', ')}`)
  }

  if (!/^[0-9]+$/.test(timestamp)) {
    return rejected(
      'headers',
      readings.timestampForm === 'header' ? 'badHeader' : 'credentialsInvalid',
      `${authHeaderNames.timestamp} must be epoch milliseconds in plain digits, was ${JSON.stringify(timestamp.slice(0, 80))}`,
    )
  }
  const drift = now === undefined ? 0 : Math.abs(now - Number(timestamp))
  if (!(drift < tolerance || (drift === tolerance && readings.windowEdge === 'accept'))) {
    return rejected(
      'time',
      'timestampExpired',
      `the timestamp is ${drift} ms from the gateway clock, allowed are ${tolerance}`,
    )
  }

  const credential = credentialOf(accessKey)
  if (!credential) return rejected('access key', 'credentialsInvalid', `unknown access key ${masked(accessKey)}`)
  if (!credential.active) {
    return rejected('access key', 'credentialsInvalid', `access key ${shown(accessKey)} is disabled`)
  }
  if (!sameSignature(sign({ method, target, timestamp, accessKey }, credential.secretKey), signature)) {
    return rejected(
      'signature',
      'credentialsInvalid',
      `the signature does not match; the signed text must be ${JSON.stringify(`${method} ${target.slice(0, 2000)}\n${timestamp}\n${accessKey}`)}`,
    )
  }
  if (credential.subscribed === false) {
    return rejected('subscription', 'notSubscribed', `access key ${shown(accessKey)} has no subscription`)
  }
  return credential
}

export const isRejection = (outcome: object): outcome is Rejection => 'check' in outcome

/** Returns the credential of a request's caller, or throws an ApiError. */
export function authenticate(
  presented: Presented,
  now: number,
  credentialOf: (accessKey: string) => OwnedCredential | undefined,
  readings: GatewayReadings,
): OwnedCredential {
  const outcome = checkCaller(presented, now, credentialOf, readings)
  return isRejection(outcome) ? reject(outcome.refused, outcome.message) : outcome
}

/** An access key for the log, cut to 80 characters. */
const shown = (accessKey: string): string => JSON.stringify(accessKey.slice(0, 80))

/** The start of an unknown key, which may be a secret key in the wrong header. */
const masked = (accessKey: string): string =>
  `${JSON.stringify(accessKey.slice(0, Math.min(12, accessKey.length / 2)))}... (${accessKey.length} characters)`
