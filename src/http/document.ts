import Swagger from '@fastify/swagger'
import Fastify from 'fastify'
import type { Assumed } from '../spec/assumptions.ts'
import { documentFrame, namedSchemas, routeSchema } from '../spec/document.ts'
import { type EditionTable, operationsOf } from '../spec/edition.ts'

/** A document, as far as it is changed once the plugin has made it. */
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly requestBody?: { required: boolean } }>>>>
}

/**
 * The OpenAPI document of an edition, as JSON text that ends in a newline.
 * Made by the swagger plugin on a server of its own that never listens, so that a start does not pay for it.
 */
export async function openApiDocument(edition: EditionTable, assumed: Assumed): Promise<string> {
  const app = Fastify({ exposeHeadRoutes: false })
  await app.register(Swagger, {
    openapi: documentFrame(edition),
    refResolver: { buildLocalReference: schema => String(schema.$id) },
  })
  for (const schema of namedSchemas(edition, assumed)) app.addSchema(schema)
  for (const [name, operation] of operationsOf(edition, assumed)) {
    app.route({
      method: operation.method,
      url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      schema: routeSchema(name, operation, assumed),
      // Nothing is validated or served here: the document is all that this server is for.
      validatorCompiler: () => () => true,
      serializerCompiler: () => String,
      handler: () => undefined,
    })
  }
  await app.ready()
  const document = app.swagger() as Document
  await app.close()
  for (const [, { method, path, bodyOptional }] of operationsOf(edition, assumed)) {
    // The plugin takes every body as needed.
    const body = document.paths[path]?.[method.toLowerCase()]?.requestBody
    if (body && bodyOptional) body.required = false
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
