import type { Assumed } from './assumptions.ts'
import { operationsOf } from './edition.ts'
import { type EditionId, editionIds, editions } from './editions/editions.ts'

/** The methods and paths of all editions, the oldest first, and the names of the served edition's query parameters. */
export function vocabularyOf(edition: EditionId, assumed: Assumed) {
  const all = editionIds.flatMap(id =>
    operationsOf(editions[id], assumed).map(([, { method, path }]) => ({ edition: id, method, path })),
  )
  const parameters = operationsOf(editions[edition], assumed).flatMap(([, { query }]) => Object.keys(query))
  return { routes: { edition, all }, parameterNames: [...new Set(parameters)] }
}
