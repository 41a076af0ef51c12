import { visible } from './bytes.ts'

/** A piece of two texts that are compared: the same in both, or what stands in each. */
export type DifferencePiece = { readonly same: string } | { readonly expected: string; readonly signed: string }

/** The longest middle parts that are compared letter by letter: the product of their lengths. */
const mostCells = 60_000

/** Pieces that are the same but shorter than this are part of the difference around them. */
const shortestSame = 3

/** The lengths of the longest common subsequences of every pair of rests. */
function commonLengths(left: readonly string[], right: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1))
  for (let i = left.length - 1; i >= 0; i--) {
    const [row, below] = [rows[i], rows[i + 1]]
    for (let j = right.length - 1; row && below && j >= 0; j--) {
      row[j] = left[i] === right[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return rows
}

/** The pieces of two texts that have nothing in common at either end. */
function middle(left: readonly string[], right: readonly string[]): DifferencePiece[] {
  const whole = { expected: left.join(''), signed: right.join('') }
  if (left.length === 0 || right.length === 0 || left.length * right.length > mostCells) return [whole]
  const rows = commonLengths(left, right)
  const pieces: DifferencePiece[] = []
  let [i, j, expected, signed] = [0, 0, '', '']
  while (i < left.length || j < right.length) {
    let same = 0
    while (i + same < left.length && left[i + same] === right[j + same]) same += 1
    if (same >= shortestSame) {
      if (expected || signed) pieces.push({ expected, signed })
      pieces.push({ same: left.slice(i, i + same).join('') })
      ;[i, j, expected, signed] = [i + same, j + same, '', '']
    } else if (same > 0) {
      expected += left.slice(i, i + same).join('')
      signed += right.slice(j, j + same).join('')
      ;[i, j] = [i + same, j + same]
    } else if (j >= right.length || (i < left.length && (rows[i + 1]?.[j] ?? 0) >= (rows[i]?.[j + 1] ?? 0))) {
      expected += left[i++]
    } else {
      signed += right[j++]
    }
  }
  if (expected || signed) pieces.push({ expected, signed })
  return pieces
}

/** Compares two texts. The `same` and `expected` pieces add up to the first text, the `same` and `signed` ones to the second. */
export function differenceOf(expected: string, signed: string): DifferencePiece[] {
  const [left, right] = [[...expected], [...signed]]
  const shorter = Math.min(left.length, right.length)
  let start = 0
  while (start < shorter && left[start] === right[start]) start += 1
  let end = 0
  while (end < shorter - start && left.at(-1 - end) === right.at(-1 - end)) end += 1
  const between =
    start === left.length && start === right.length
      ? []
      : middle(left.slice(start, left.length - end), right.slice(start, right.length - end))
  return [
    ...(start > 0 ? [{ same: left.slice(0, start).join('') }] : []),
    ...between,
    ...(end > 0 ? [{ same: left.slice(left.length - end).join('') }] : []),
  ]
}

/** The two texts that a difference was made of. */
export const textsOf = (difference: readonly DifferencePiece[]) => ({
  expected: difference.map(piece => ('same' in piece ? piece.same : piece.expected)).join(''),
  signed: difference.map(piece => ('same' in piece ? piece.same : piece.signed)).join(''),
})

/** How many columns of a terminal a text takes: Korean, Chinese and Japanese letters take two. */
const columns = (text: string): number =>
  [...text].reduce(
    (sum, sign) =>
      sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(sign) ? 2 : 1),
    0,
  )

/** Both texts below each other, with `^` under the first character that differs; invisible characters are written out. */
export function comparisonOf(difference: readonly DifferencePiece[]): string | undefined {
  if (!difference.some(piece => 'expected' in piece)) return undefined
  const { expected, signed } = textsOf(difference)
  const [first] = difference
  const before = first && 'same' in first ? visible(first.same) : ''
  return [
    `expected: ${visible(expected)}`,
    `signed:   ${visible(signed)}`,
    `          ${' '.repeat(columns(before))}^`,
  ].join('\n')
}
