/** Longer bodies are kept as bytes, because encoding them again costs more than a second write. */
const longText = 16 * 1024

type Body = string | Buffer
/** A body that is made while it is read, and never kept. */
type Parts = Iterable<string>

/** The bodies that are true at one version of the data that they show. */
interface Bucket {
  readonly version: number
  readonly bodies: Map<string, Body>
}

const sizeOf = (question: string, body: Body): number => 2 * question.length + body.length

/**
 * Caches finished bodies until the data that they show changes. A scope names that data; its bodies are dropped when
 * a question of it comes with another version. Limited by bytes: dropped first are the oldest bodies of the scope that
 * has had no new body for longest. A body larger than the limit is not kept.
 */
export function createResponseCache(capacity = 32 * 1024 * 1024) {
  const buckets = new Map<string, Bucket>()
  let bytes = 0

  function bucketOf(scope: string, version: number): Bucket {
    const known = buckets.get(scope)
    if (known?.version === version) return known
    for (const [question, body] of known?.bodies ?? []) bytes -= sizeOf(question, body)
    buckets.delete(scope)
    const made = { version, bodies: new Map<string, Body>() }
    buckets.set(scope, made)
    return made
  }

  function shrink(): void {
    for (const [scope, { bodies }] of buckets) {
      for (const [oldest, dropped] of bodies) {
        if (bytes <= capacity) break
        bodies.delete(oldest)
        bytes -= sizeOf(oldest, dropped)
      }
      if (bodies.size > 0) break
      buckets.delete(scope)
    }
  }

  return <Made extends string | Parts>(
    scope: string,
    version: number,
    question: string,
    make: () => Made,
  ): Body | Exclude<Made, string> => {
    const known = bucketOf(scope, version).bodies.get(question)
    if (known !== undefined) return known

    const text = make()
    if (typeof text !== 'string') return text as Exclude<Made, string>
    const body = text.length > longText ? Buffer.from(text) : text
    const size = sizeOf(question, body)
    if (size > capacity) return body
    const bucket = bucketOf(scope, version)
    bucket.bodies.set(question, body)
    bytes += size
    buckets.delete(scope)
    buckets.set(scope, bucket)
    if (bytes > capacity) shrink()
    return body
  }
}
