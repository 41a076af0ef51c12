import { type Shape, textLike } from '../schema/shape.ts'
import type { Assumed } from './assumptions.ts'

const firstOf = {
  underscore: { set: 'A-Za-z_', words: 'a letter or _' },
  hyphen: { set: 'A-Za-z-', words: 'a letter or -' },
  either: { set: 'A-Za-z_-', words: 'a letter, _ or -' },
} as const satisfies Record<Assumed['nameStart'], { readonly set: string; readonly words: string }>

/** The name of a job, workflow or trigger: letters, digits, `_` and `-`. */
export function nameUpTo(longest: number, assumed: Assumed): Shape<string> {
  const { set, words } = firstOf[assumed.nameStart]
  return textLike(
    `^[${set}][A-Za-z0-9_-]{2,${longest - 1}}$`,
    `a text of 3 to ${longest} letters, digits, _ and -, the first ${words}`,
  )
}
