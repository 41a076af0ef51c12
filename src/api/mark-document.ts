import { assumptionMarks } from './assumption-marks.ts'
import type { EditionTable } from './edition.ts'

interface Markable {
  'x-assumption'?: string[]
}

interface MarkableSchema extends Markable {
  readonly properties?: Readonly<Record<string, Markable>>
}

interface MarkableOperation extends Markable {
  readonly operationId?: string
  readonly parameters?: readonly (Markable & { readonly in: string; readonly name: string })[]
  readonly requestBody?: Markable
  readonly responses: Readonly<Record<string, Markable>>
}

export interface MarkableDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, MarkableOperation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, MarkableSchema>>
    readonly securitySchemes: Readonly<Record<string, Markable>>
  }
}

/** The places of a document that a mark means; none where this document lacks them. */
export function placesOf(mark: string, { paths, components }: MarkableDocument): Markable[] {
  const [kind = '', name = '', part = ''] = mark.split(' ')
  const there = (...places: (Markable | undefined)[]) => places.filter(place => place !== undefined)
  if (kind === 'security') return there(components.securitySchemes[name])
  if (kind === 'schema') {
    const schema = components.schemas[name]
    return there(part === '' ? schema : schema?.properties?.[part])
  }
  const operations = Object.values(paths).flatMap(methods => Object.values(methods))
  const named = operations.filter(({ operationId }) => name === '*' || operationId === name)
  return named.flatMap((operation): Markable[] => {
    const { parameters = [], requestBody, responses } = operation
    switch (kind) {
      case 'parameter':
        return parameters.filter(parameter => parameter.in === 'query' && parameter.name === part)
      case 'body':
        return there(requestBody)
      case 'response':
        return there(responses[part])
      case 'success':
        return Object.keys(responses).flatMap(status => (status < '300' ? there(responses[status]) : []))
      default:
        return [operation]
    }
  })
}

/** Sets `x-assumption` wherever the document of an edition says what no page says: names of docs/assumptions.md. */
export function markAssumptions(document: MarkableDocument, { letter, notDocumented }: EditionTable): void {
  const undocumentedOperation = Object.keys(notDocumented).map(name => `operation ${name}`)
  for (const [name, places] of Object.entries<readonly string[]>({ ...assumptionMarks, undocumentedOperation })) {
    for (const mark of places) {
      const [where = '', letters = letter] = mark.split(' @')
      if (!letters.includes(letter)) continue
      for (const place of placesOf(where, document)) {
        const names = place['x-assumption'] ?? []
        if (!names.includes(name)) place['x-assumption'] = [...names, name]
      }
    }
  }
}
