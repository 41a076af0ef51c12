import { readFileSync } from 'node:fs'

/** A call with its signature, as test/vectors/README.md describes it. */
export interface Vector {
  readonly id: string
  readonly description: string
  readonly method: string
  readonly target: string
  readonly timestamp: string
  readonly accessKey: string
  readonly secretKey: string
  readonly signature: string
}

interface MistakenVector extends Vector {
  readonly signedText: string
  readonly encoding: 'base64' | 'hex'
  readonly answer: 'invalid' | 'expired'
}

interface Vectors {
  readonly accepted: readonly Vector[]
  readonly published: readonly Vector[]
  readonly refused: readonly MistakenVector[]
}

export const vectors = JSON.parse(
  readFileSync(new URL('../vectors/signature.json', import.meta.url), 'utf8'),
) as Vectors

/** The three headers that carry a vector. */
export const headersOf = ({ timestamp, accessKey, signature }: Vector) => ({
  'x-ncp-apigw-timestamp': timestamp,
  'x-ncp-iam-access-key': accessKey,
  'x-ncp-apigw-signature-v2': signature,
})

/** The vector of that name. */
export function vector(id: string): Vector {
  const found = [...vectors.accepted, ...vectors.published, ...vectors.refused].find(vector => vector.id === id)
  if (!found) throw new Error(`there is no vector ${id}`)
  return found
}
