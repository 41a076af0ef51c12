import { assume } from '../api/assumptions.ts'
import type { EditionTable } from '../api/edition.ts'
import { columnTypes } from '../api/node-types.ts'
import { isItem } from './account.ts'

/** What the graphs of an edition say in words of the API, which name nothing of an account. */
export interface GraphWords {
  /** Names of members. */
  readonly members: ReadonlySet<string>
  /** Whether a text is a word of the API under a member. */
  readonly isWord: (member: string, text: string) => boolean
}

/** The words of an edition, from the schema of verifyJob. */
export function graphWords(edition: EditionTable): GraphWords {
  const body = edition.operations.verifyJob?.body?.(assume())
  const words = new Map<string, Set<unknown>>()

  function collect(schema: unknown): void {
    if (Array.isArray(schema)) for (const each of schema) collect(each)
    if (!isItem(schema)) return
    for (const [name, member] of Object.entries(isItem(schema.properties) ? schema.properties : {})) {
      const known = words.get(name) ?? new Set()
      words.set(name, known)
      if (isItem(member) && Array.isArray(member.enum)) for (const word of member.enum) known.add(word)
    }
    for (const each of Object.values(schema)) collect(each)
  }
  collect([body?.schema, body?.definitions])

  const types = new Set(columnTypes.map(type => type.toLowerCase()))
  return {
    members: new Set(words.keys()),
    isWord: (member, text) =>
      words.get(member)?.has(text) === true || (/type$/i.test(member) && types.has(text.toLowerCase())),
  }
}
