/** How much of a word is compared: it may come from outside. */
const looked = 100

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      const [above = 0, left = 0, corner = 0] = [row[j + 1], next[j], row[j]]
      next.push(Math.min(above + 1, left + 1, corner + (letter === other ? 0 : 1)))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

export const nearest = (word: string, known: readonly string[]): string | undefined =>
  known
    .map(name => ({ name, changes: distance(name, word.slice(0, looked)) }))
    .sort((a, b) => a.changes - b.changes)
    .at(0)?.name

/** ` (did you mean ...?)` where a known word is near, else nothing. */
export function meant(word: string, known: readonly string[]): string {
  const near = nearest(word, known) ?? ''
  // Of a word of three letters, two are already another word.
  const most = Math.min(2, near.length - 2)
  return distance(near, word.slice(0, looked)) <= most ? ` (did you mean ${near}?)` : ''
}
