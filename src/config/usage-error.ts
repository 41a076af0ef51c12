/** An invalid command line, environment or config file; the message says what to change. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

/** Quotes a text for a message; cuts it after 100 characters. */
export const quoted = (text: string): string => JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}...` : text)

/** Levenshtein distance. */
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
    .map(name => ({ name, changes: distance(name, word.slice(0, 100)) }))
    .sort((a, b) => a.changes - b.changes)
    .at(0)?.name

export function unknownWord(what: string, word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  const meant = near !== undefined && distance(near, word.slice(0, 100)) <= 2 ? ` (did you mean ${near}?)` : ''
  return `unknown ${what} ${quoted(word)}${meant}; allowed: ${known.join(', ')}`
}
