import { madeCertificate } from './certificate.ts'
import { readCertificate } from './files.ts'

export interface Identity {
  readonly cert: string
  readonly key: string
  /** The generated CA; absent with a certificate from a file. */
  readonly ca?: string
}

interface Asked {
  readonly tlsCert: string | undefined
  readonly tlsKey: string | undefined
  readonly host: string
  readonly allowedHosts: readonly string[]
}

/** The certificate from the given files, or a generated one for every name that clients may use. */
export const identity = ({ tlsCert, tlsKey, host, allowedHosts }: Asked, now: number): Identity =>
  tlsCert !== undefined && tlsKey !== undefined
    ? readCertificate(tlsCert, tlsKey)
    : madeCertificate([host, ...allowedHosts], now)
