import type { OwnedCredential } from '../domain/account.ts'
import { signCall } from '../gateway/sign-request.ts'
import type { Clock } from '../time/clock.ts'
import type { SignedCall, SignRequest } from './general.ts'

export interface SignerDeps {
  readonly credentialOf: (accessKey: string) => OwnedCredential | undefined
  readonly accessKey: string
  readonly gatewayClock: Clock
}

/** Signs calls with the secret keys that the emulator knows; the result for an unknown key is a sentence. */
export const createSigner =
  ({ credentialOf, accessKey: usual, gatewayClock }: SignerDeps) =>
  ({ accessKey = usual, timestamp = gatewayClock.now(), ...call }: SignRequest): SignedCall | string => {
    const credential = credentialOf(accessKey)
    if (!credential) return `unknown access key ${JSON.stringify(accessKey)}`
    return signCall({ ...call, accessKey, secretKey: credential.secretKey, timestamp })
  }

export const headersOf =
  (sign: ReturnType<typeof createSigner>) =>
  (asked: SignRequest): SignedCall['headers'] | string => {
    const signed = sign(asked)
    return typeof signed === 'string' ? signed : signed.headers
  }
