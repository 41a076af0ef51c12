import type { Piece } from './shapes.ts'

/** The pieces of each line of two texts; a line ends where the expected text has a line feed. */
export function linesOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]]
  for (const piece of pieces) {
    if (!('same' in piece)) {
      lines.at(-1)?.push(piece)
      continue
    }
    const [first = '', ...more] = piece.same.split('\n')
    lines.at(-1)?.push({ same: first })
    for (const same of more) lines.push([{ same }])
  }
  return lines
}
