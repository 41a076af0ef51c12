import type { Piece } from './shapes.ts'
import { say, visible } from './words.ts'

/** Line feeds and other invisible characters written out. */
export const shown = (text: string): string => visible(text.replaceAll('\n', '\\n').replaceAll('\t', '\\t'))

/** One side of a line, with what differs marked. */
export const Side = ({ line, side }: { line: readonly Piece[]; side: 'expected' | 'signed' }) => (
  <code>
    {line.map((piece, at) => {
      if ('same' in piece) return shown(piece.same)
      const key = `${at} ${side}`
      const text = piece[side]
      if (text !== '') return <mark key={key}>{shown(text)}</mark>
      return side === 'signed' ? (
        <mark key={key} class="gap">
          {say('request.missing', { text: shown(piece.expected) })}
        </mark>
      ) : null
    })}
  </code>
)
