import type { OwnedCredential } from '../domain/account.ts'
import { authHeaderNames } from '../domain/auth-headers.ts'
import { refuse } from '../domain/refusal.ts'
import { sameSignature, sign } from './signature.ts'

/** Five minutes, either way. */
export const tolerance = 300_000

/** What the gateway sees of a request. */
export interface Presented {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

/** Readings of the gateway that the documents leave open. */
export interface GatewayReadings {
  readonly signatureV1: 'accept' | 'refuse'
  readonly signatureWinner: 'v2' | 'v1'
  readonly windowEdge: 'refuse' | 'accept'
  readonly timestampForm: 'invalid' | 'header'
}

/** A header's value as one text; empty when it is absent. */
export const headerText = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value : (value?.join(', ') ?? '')

/** The signature that counts, from whichever header it came. */
export function signatureOf(headers: Presented['headers'], readings: GatewayReadings): string {
  const v2 = headerText(headers[authHeaderNames.signature])
  const v1 = readings.signatureV1 === 'accept' ? headerText(headers[authHeaderNames.signatureV1]) : ''
  return readings.signatureWinner === 'v1' ? v1 || v2 : v2 || v1
}

/**
 * Judges who calls, in the order of the gateway: headers there, timestamp, window, key, signature, subscription.
 * Throws a Refusal whose message is for the log; the wire answer does not tell a wrong key from a wrong signature.
 */
export function authenticate(
  { method, target, headers }: Presented,
  now: number,
  credentialOf: (accessKey: string) => OwnedCredential | undefined,
  readings: GatewayReadings,
): OwnedCredential {
  const timestamp = headerText(headers[authHeaderNames.timestamp])
  const accessKey = headerText(headers[authHeaderNames.accessKey])
  const signature = signatureOf(headers, readings)
  if (!timestamp || !accessKey || !signature) {
    const missing = [
      timestamp ? [] : authHeaderNames.timestamp,
      accessKey ? [] : authHeaderNames.accessKey,
      signature ? [] : authHeaderNames.signature,
    ].flat()
    refuse('credentialsMissing', `absent or empty: ${missing.join(', ')}`)
  }

  if (!/^[0-9]+$/.test(timestamp)) {
    refuse(
      readings.timestampForm === 'header' ? 'badHeader' : 'credentialsInvalid',
      `${authHeaderNames.timestamp} must be epoch milliseconds in plain digits, was ${JSON.stringify(timestamp.slice(0, 80))}`,
    )
  }
  const drift = Math.abs(now - Number(timestamp))
  if (!(drift < tolerance || (drift === tolerance && readings.windowEdge === 'accept'))) {
    refuse('timestampExpired', `the timestamp is ${drift} ms from the gateway clock, allowed are ${tolerance}`)
  }

  const credential = credentialOf(accessKey) ?? refuse('credentialsInvalid', `unknown access key ${masked(accessKey)}`)
  if (!credential.active) refuse('credentialsInvalid', `access key ${shown(accessKey)} is disabled`)
  if (!sameSignature(sign({ method, target, timestamp, accessKey }, credential.secretKey), signature)) {
    refuse(
      'credentialsInvalid',
      `the signature does not match; the signed text must be ${JSON.stringify(`${method} ${target.slice(0, 2000)}\n${timestamp}\n${accessKey}`)}`,
    )
  }
  if (!credential.subscribed) refuse('notSubscribed', `access key ${shown(accessKey)} has no subscription`)
  return credential
}

/** A key as the log shows it: never longer than a line can bear. */
const shown = (accessKey: string): string => JSON.stringify(accessKey.slice(0, 80))

/** The beginning of a key nobody knows, which may be a secret key in the wrong header. */
const masked = (accessKey: string): string =>
  `${JSON.stringify(accessKey.slice(0, Math.min(12, accessKey.length / 2)))}... (${accessKey.length} characters)`
