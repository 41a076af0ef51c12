/** The account that flags and plain fixture files speak of. */
export const defaultAccount = 'default'

/** A key pair of an account, as the gateway knows it. */
export interface Credential {
  readonly accessKey: string
  readonly secretKey: string
  /** A disabled key counts as unknown. */
  readonly active: boolean
  /** Whether the account subscribed to the product. */
  readonly subscribed: boolean
}

/** A credential with the account whose data it sees. */
export interface OwnedCredential extends Credential {
  readonly accountId: number
}
