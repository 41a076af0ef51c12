/** What the gateway refuses before the service is asked. */
export const gatewayRefusals = [
  'badTarget',
  'badHeader',
  'unknownUrl',
  'bodyTooLarge',
  'credentialsMissing',
  'timestampExpired',
  'credentialsInvalid',
  'notSubscribed',
  'unexpected',
] as const

/** What the service refuses. */
const serviceRefusals = ['badParameter', 'badState', 'notFound', 'malformedBody'] as const

export type GatewayRefusalName = (typeof gatewayRefusals)[number]
export type ServiceRefusalName = (typeof serviceRefusals)[number]
export type RefusalName = GatewayRefusalName | ServiceRefusalName

/** An outcome that the API documents; anything else thrown is a bug. */
export class Refusal extends Error {
  readonly refused: RefusalName

  /** `message` is for the log; a service refusal also shows it to the caller. */
  constructor(refused: RefusalName, message: string) {
    super(message)
    this.name = 'Refusal'
    this.refused = refused
  }
}

/** Throws, so that the happy path stays flat. */
export function refuse(refused: RefusalName, message: string): never {
  throw new Refusal(refused, message)
}
