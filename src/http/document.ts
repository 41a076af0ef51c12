import type { Assumed } from '../api/assumptions.ts'
import { documentFrame, namedSchemas, routeSchema } from '../api/document.ts'
import { type EditionTable, operationsOf } from '../api/edition.ts'
import { type MarkableDocument, markAssumptions } from '../api/mark-document.ts'
import { openApiText } from '../openapi-document.ts'

export const openApiDocument = (edition: EditionTable, assumed: Assumed): Promise<string> =>
  openApiText(
    documentFrame(edition),
    namedSchemas(edition, assumed),
    operationsOf(edition, assumed).map(([name, operation]) => ({
      method: operation.method,
      path: operation.path,
      schema: routeSchema(name, operation, edition, assumed),
      bodyNeeded: !operation.bodyOptional,
    })),
    document => markAssumptions(document as MarkableDocument, edition),
  )
