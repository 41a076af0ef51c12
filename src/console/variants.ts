import { type SignedCall, sign } from './signed-call.ts'

interface Parts {
  readonly method: string
  readonly target: string
  readonly timestamp: string
  readonly key: string
}

const right = ({ method, target, timestamp, key }: Parts) => `${method} ${target}\n${timestamp}\n${key}`

/** Ways to sign, each as the text that a client with this mistake signs. */
const variants = {
  right,
  noQuery: parts => right({ ...parts, target: parts.target.split('?', 1).join('') }),
  withHost: parts => right({ ...parts, target: location.origin + parts.target }),
  noMethod: parts => right(parts).replace(/^\w+ /, ''),
  lowerMethod: parts => right({ ...parts, method: parts.method.toLowerCase() }),
  crlf: parts => right(parts).replaceAll('\n', '\r\n'),
  trailing: parts => `${right(parts)}\n`,
  swapped: ({ method, target, timestamp, key }) => `${method} ${target}\n${key}\n${timestamp}`,
  seconds: right,
  old: right,
  wrongSecret: parts => `${right(parts)}\nwrong secret`,
} as const satisfies Record<string, (parts: Parts) => string>

export type Variant = keyof typeof variants
export const variantNames = Object.keys(variants) as readonly Variant[]

export const isVariant = (name: string | undefined): name is Variant =>
  name !== undefined && Object.hasOwn(variants, name)

/** Signs with a mistake, or without one. */
export async function signedBy(variant: Variant, method: string, target: string, key: string): Promise<SignedCall> {
  const first = await sign({ method, target, accessKey: key })
  if (variant === 'right') return first
  const now = Number(first.headers['x-ncp-apigw-timestamp'])
  const timestamp = variant === 'seconds' ? Math.floor(now / 1000) : variant === 'old' ? now - 360_000 : now
  const text = variants[variant]({ method, target, timestamp: String(timestamp), key })
  return sign({ method, target, accessKey: key, timestamp, text })
}
