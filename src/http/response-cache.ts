/** Longer bodies are kept as bytes, because encoding them again costs more than a second write. */
const longText = 16 * 1024

type Body = string | Buffer

/**
 * Caches finished bodies until the data changes.
 * Limited by bytes: the oldest are dropped first; a body larger than the limit is not kept.
 */
export function createResponseCache(version: () => number, capacity = 32 * 1024 * 1024) {
  let bodies = new Map<string, Body>()
  let bytes = 0
  let madeAt = version()

  return (question: string, make: () => string): Body => {
    if (madeAt !== version()) {
      bodies = new Map()
      bytes = 0
      madeAt = version()
    }
    const known = bodies.get(question)
    if (known !== undefined) return known

    const text = make()
    const body = text.length > longText ? Buffer.from(text) : text
    const size = 2 * question.length + body.length
    if (size > capacity) return body
    bodies.set(question, body)
    bytes += size
    for (const [oldest, dropped] of bodies) {
      if (bytes <= capacity) break
      bodies.delete(oldest)
      bytes -= 2 * oldest.length + dropped.length
    }
    return body
  }
}
