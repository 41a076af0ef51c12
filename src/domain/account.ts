export const defaultAccount = 'default'

export interface Credential {
  readonly accessKey: string
  readonly secretKey: string
  readonly active: boolean
  readonly subscribed: boolean
}

export interface OwnedCredential extends Credential {
  readonly accountId: number
}
