import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { isIP } from 'node:net'
import {
  addressBytes,
  bits,
  identifier,
  integer,
  octets,
  sequence,
  set,
  tagged,
  taggedBytes,
  time,
  utf8,
  yes,
} from './der.ts'

/** Hosts of the real API: commercial, government and finance zone. */
const realHosts = ['dataflow.apigw.ntruss.com', 'dataflow.apigw.gov-ntruss.com', 'dataflow.apigw.fin-ntruss.com']

const ownNames = ['localhost', '127.0.0.1', '::1', ...realHosts]

const dayMs = 86_400_000
/** Validity before the start, for clients whose clock is behind. */
const beforeMs = 2 * dayMs
/** Clients reject server certificates that are valid for more than 398 days. */
const afterMs = 365 * dayMs

const ecdsaWithSha256 = sequence(identifier('1.2.840.10045.4.3.2'))

/** Keys come from node:crypto, not from the seed: predictable keys would be insecure. */
const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })

const commonName = (text: string) => sequence(set(sequence(identifier('2.5.4.3'), utf8(text))))
const extension = (oid: string, content: Buffer) => sequence(identifier(oid), octets(content))
const critical = (oid: string, content: Buffer) => sequence(identifier(oid), yes, octets(content))

/** Key identifier: a digest of the public key. */
const keyId = (spki: Buffer) => createHash('sha256').update(spki).digest().subarray(0, 20)

const generalName = (name: string) =>
  isIP(name) === 0 ? taggedBytes(2, Buffer.from(name)) : taggedBytes(7, addressBytes(name))

interface Issued {
  readonly subject: Buffer
  readonly publicKey: KeyObject
  readonly issuer: { readonly name: Buffer; readonly publicKey: KeyObject; readonly privateKey: KeyObject }
  readonly extensions: readonly Buffer[]
  readonly now: number
}

const spkiOf = (key: KeyObject) => key.export({ type: 'spki', format: 'der' })

/** Returns a signed certificate (RFC 5280) in PEM. */
function issue({ subject, publicKey, issuer, extensions, now }: Issued): string {
  const spki = spkiOf(publicKey)
  const content = sequence(
    tagged(0, integer(2)),
    // Keys are unique, so the serial numbers are unique.
    integer(1, ...keyId(spki).subarray(0, 15)),
    ecdsaWithSha256,
    issuer.name,
    sequence(time(now - beforeMs), time(now + afterMs)),
    subject,
    spki,
    tagged(
      3,
      sequence(
        ...extensions,
        extension('2.5.29.14', octets(keyId(spki))),
        extension('2.5.29.35', sequence(taggedBytes(0, keyId(spkiOf(issuer.publicKey))))),
      ),
    ),
  )
  const signed = sequence(content, ecdsaWithSha256, bits(sign('sha256', content, issuer.privateKey)))
  const lines = signed.toString('base64').replace(/.{1,64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`
}

export interface MadeCertificate {
  readonly cert: string
  readonly key: string
  readonly ca: string
}

/**
 * Creates a CA, and a certificate for the emulator's own names, the real API's hosts and `names`.
 * The key of the CA is discarded, so it cannot sign another certificate.
 */
export function madeCertificate(names: readonly string[], now: number): MadeCertificate {
  const caKeys = newKeys()
  const keys = newKeys()
  // Each CA has its own name, so that several fit into one trust store.
  const name = commonName(`ncp-dataflow-emulator CA ${keyId(spkiOf(caKeys.publicKey)).toString('hex', 0, 4)}`)
  const issuer = { name, ...caKeys }
  const ca = issue({
    subject: name,
    publicKey: caKeys.publicKey,
    issuer,
    extensions: [
      // basicConstraints: a CA without intermediate CAs.
      critical('2.5.29.19', sequence(yes, integer(0))),
      // keyUsage: sign certificates (bit 5) and revocation lists (bit 6).
      critical('2.5.29.15', bits(Buffer.from([0b0000_0110]), 1)),
    ],
    now,
  })
  // Skip names that no client can request, such as a pattern or a name with a space.
  const more = names.filter(name => isIP(name) !== 0 || /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(name))
  const all = [...new Set([...ownNames, ...more])]
  const cert = issue({
    subject: commonName('ncp-dataflow-emulator'),
    publicKey: keys.publicKey,
    issuer,
    extensions: [
      critical('2.5.29.19', sequence()),
      // keyUsage: sign handshakes (bit 0); extended key usage: server.
      critical('2.5.29.15', bits(Buffer.from([0b1000_0000]), 7)),
      extension('2.5.29.37', sequence(identifier('1.3.6.1.5.5.7.3.1'))),
      extension('2.5.29.17', sequence(...all.map(generalName))),
    ],
    now,
  })
  return { cert, key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), ca }
}
