/** What the gateway refuses before the service is asked, in the order in which it looks. */
export const gatewayRefusals = [
  'badTarget',
  'badHeader',
  'unknownUrl',
  'bodyTooLarge',
  'credentialsMissing',
  'timestampExpired',
  'credentialsInvalid',
  'notSubscribed',
  'accountNotAllowed',
  'addressNotAllowed',
  'addressForbidden',
  'quotaExceeded',
  'throttleLimited',
  'rateLimited',
  'endpointError',
  'unknownEndpointDomain',
  'endpointClosed',
  'endpointTimeout',
  'unexpected',
] as const

/** What the service refuses. */
export const serviceRefusals = ['badParameter', 'badState', 'notFound', 'malformedBody', 'serviceFailed'] as const

export type GatewayRefusalName = (typeof gatewayRefusals)[number]
export type ServiceRefusalName = (typeof serviceRefusals)[number]
export type RefusalName = GatewayRefusalName | ServiceRefusalName

/** An outcome that the API documents; anything else thrown is a bug. */
export class Refusal extends Error {
  readonly refused: RefusalName
  /** What the answer of the gateway names, such as the address that is not allowed. */
  readonly about: string

  /** `message` is for the log; a service refusal also shows it to the caller. */
  constructor(refused: RefusalName, message: string, about = '') {
    super(message)
    this.name = 'Refusal'
    this.refused = refused
    this.about = about
  }
}

/** Throws, so that the happy path stays flat. */
export function refuse(refused: RefusalName, message: string): never {
  throw new Refusal(refused, message)
}
