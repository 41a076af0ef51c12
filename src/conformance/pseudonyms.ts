import type { Assumed } from '../api/assumptions.ts'
import { namedSchemas } from '../api/document.ts'
import { type EditionTable, operationsOf } from '../api/edition.ts'
import { apiErrors } from '../domain/api-error.ts'
import { isJsonObject, type Json, RawJson } from '../schema/json.ts'

/** What the documents of an edition name: members, and texts that say nothing of an account. */
interface ApiWords {
  readonly members: ReadonlySet<string>
  readonly texts: ReadonlySet<string>
}

/** Every member name and every fixed word below a schema. */
function collect(schema: unknown, members: Set<string>, texts: Set<string>): void {
  if (typeof schema !== 'object' || schema === null) return
  const { properties, enum: words, const: word } = schema as { properties?: object; enum?: unknown; const?: unknown }
  for (const name of Object.keys(properties ?? {})) members.add(name)
  for (const each of [words ?? [], word ?? []].flat()) texts.add(String(each))
  for (const part of Object.values(schema)) collect(part, members, texts)
}

function wordsOf(edition: EditionTable, assumed: Assumed): ApiWords {
  const members = new Set<string>()
  const texts = new Set<string>()
  for (const schema of namedSchemas(edition, assumed)) collect(schema, members, texts)
  for (const [, { body, query }] of operationsOf(edition, assumed)) {
    collect(body?.(assumed).schema, members, texts)
    for (const { schema } of Object.values(query)) collect(schema(assumed), members, texts)
  }
  for (const entry of Object.values(apiErrors)) {
    for (const text of Object.values(entry)) if (typeof text === 'string' && !text.includes('%s')) texts.add(text)
  }
  return { members, texts }
}

/** Dates, numbers and truth values as text, and texts without letters and digits. */
const plain = /^([^\p{L}\p{N}]*|true|false|null|-?\d{1,6}|\d{4}-\d\d-\d\d([T ][\d:.]+(Z|[+-]\d\d:?\d\d)?)?|\d\d:\d\d)$/u

const idMember = /^id$|Ids?$/
/** Numbers below are settings and counts; greater ones may be ids. */
const smallNumber = 10_000_000

/**
 * Replaces what belongs to an account by pseudonyms: ids, names, roles, paths, parameters and every other text that is no word of
 * the API. The same text always becomes the same pseudonym, so that references hold.
 */
export function createPseudonyms(edition: EditionTable, assumed: Assumed) {
  const words = wordsOf(edition, assumed)
  const known = new Map<string, string>()
  const counts = new Map<string, number>()

  const counted = (kind: string): number => {
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return count
  }
  function pseudonym(text: string, make: () => string): string {
    const found = known.get(text) ?? make()
    known.set(text, found)
    return found
  }
  const id = (text: string): string => pseudonym(text, () => `id${String(counted('id')).padStart(10, '0')}`)
  const numbered = (text: string): number => Number(pseudonym(`#${text}`, () => String(100_000 + counted('number'))))

  function textIn(member: string, text: string): string {
    if (words.texts.has(text) || plain.test(text)) return text
    if (idMember.test(member)) return id(text)
    if (text.startsWith('nrn:')) return pseudonym(text, () => `nrn:PUB:IAM::0000000:Role/role-${counted('role')}`)
    if (text.includes('/'))
      return text
        .split('/')
        .map(part => textIn('folder', part))
        .join('/')
    const kind = /name$/i.test(member) ? 'name' : member === 'folder' ? 'folder' : 'text'
    return pseudonym(text, () => `${kind}_${String(counted(kind)).padStart(4, '0')}`)
  }

  function value(member: string, given: Json): Json {
    if (typeof given === 'string') return textIn(member, given)
    if (given instanceof RawJson) return numbered(given.text)
    if (typeof given === 'number') {
      return idMember.test(member) || Math.abs(given) >= smallNumber ? numbered(String(given)) : given
    }
    if (Array.isArray(given)) return given.map(each => value(member, each))
    if (!isJsonObject(given)) return given
    return Object.fromEntries(
      Object.entries(given).map(([name, each]) => [
        words.members.has(name) ? name : pseudonym(`.${name}`, () => `member_${counted('member')}`),
        value(name, each),
      ]),
    )
  }

  return {
    /** The body of a response. */
    body: (body: Json): Json => value('', body),
    /** Path and query; `path` is the path of the operation, with `{name}` for a parameter. */
    target(target: string, path: string): string {
      const [given = '', query] = target.split(/\?(.*)/s)
      const segments = path.split('/')
      const shown = given
        .split('/')
        .map((part, at) => (segments[at]?.startsWith('{') ? id(decodeURIComponent(part)) : part))
      if (query === undefined) return shown.join('/')
      const pairs = [...new URLSearchParams(query)].map(([name, text]): [string, string] => [name, textIn(name, text)])
      return `${shown.join('/')}?${new URLSearchParams(pairs)}`
    },
  }
}

export type Pseudonyms = ReturnType<typeof createPseudonyms>
