import { meant } from '../schema/near.ts'

/** An invalid command line, environment or config file; the message says what to change. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

/** Quotes a text for a message; cuts it after 100 characters. */
export const quoted = (text: string): string => JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}...` : text)

export const unknownWord = (what: string, word: string, known: readonly string[]): string =>
  `unknown ${what} ${quoted(word)}${meant(word, known)}; allowed: ${known.join(', ')}`
