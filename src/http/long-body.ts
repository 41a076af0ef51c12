import { Readable } from 'node:stream'

/**
 * A body that was made in pieces. Putting megabytes together would keep other requests waiting, so it is sent, and
 * the start of it recorded, piece by piece.
 */
export class LongBody {
  readonly length: number
  private readonly pieces: readonly Buffer[]

  constructor(pieces: readonly Buffer[]) {
    this.pieces = pieces
    this.length = pieces.reduce((sum, { length }) => sum + length, 0)
  }

  /** A copy of the first bytes. */
  start(length: number): Buffer {
    return Buffer.concat(this.pieces, Math.min(length, this.length))
  }

  whole(): Buffer {
    return Buffer.concat(this.pieces)
  }

  stream(): Readable {
    return Readable.from(this.pieces)
  }
}

const othersServed = () => new Promise<void>(resolve => void setImmediate(resolve))

/** Makes a long body; others are served between its parts. `undefined` once `isGone`. */
export async function longBody(parts: Iterable<string>, isGone: () => boolean): Promise<LongBody | undefined> {
  const pieces: Buffer[] = []
  // Finding the rows was a slice of work, too.
  await othersServed()
  for (const part of parts) {
    pieces.push(Buffer.from(part))
    await othersServed()
    if (isGone()) return undefined
  }
  return new LongBody(pieces)
}
