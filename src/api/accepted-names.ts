import type { AcceptedNames, OperationName } from '../domain/operation-names.ts'
import type { Assumed } from './assumptions.ts'
import { type EditionTable, operationsOf } from './edition.ts'
import { editions } from './editions/editions.ts'

function collect(served: ReturnType<typeof operationsOf>, keyOf: (entry: (typeof served)[number]) => string[]) {
  const found = new Map<string, OperationName[]>()
  for (const entry of served) {
    for (const key of keyOf(entry)) found.set(key, [...(found.get(key) ?? []), entry[0]])
  }
  return found
}

/**
 * The names by which faults and the journal accept the operations that are served: the name, the title in this
 * edition, and titles of other editions that mean one operation there and nothing else here. A name also stands for
 * the other paths of its operation.
 */
export function acceptedNames(edition: EditionTable, assumed: Assumed): AcceptedNames {
  const served = operationsOf(edition, assumed)
  const byName = collect(served, ([name, { variantOf }]) => (variantOf ? [name, variantOf] : [name]))
  const byTitle = collect(served, ([, { title }]) => [title])

  const elsewhere = new Map<string, Set<OperationName>>()
  for (const { operations } of Object.values<EditionTable>(editions)) {
    for (const [name, { title, variantOf }] of Object.entries(operations)) {
      const meanings = elsewhere.get(title) ?? new Set()
      elsewhere.set(title, meanings.add(variantOf ?? (name as OperationName)))
    }
  }
  const unambiguous = [...elsewhere].flatMap(([title, [meaning, ...others]]) => {
    const operations = meaning && others.length === 0 ? byName.get(meaning) : undefined
    return operations ? [[title, operations] as const] : []
  })
  return new Map([...unambiguous, ...byTitle, ...byName])
}
