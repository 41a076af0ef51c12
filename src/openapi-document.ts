import Swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import Fastify, { type FastifySchema, type HTTPMethods } from 'fastify'
import type { TSchema } from './schema/json-schema.ts'
import { noSchemaCompilers } from './schema/no-compilers.ts'

export interface DocumentedRoute {
  readonly method: HTTPMethods
  /** Such as `/api/v1/jobs/{jobId}`. */
  readonly path: string
  readonly schema: FastifySchema
  /** Whether a call without a body is refused. */
  readonly bodyNeeded: boolean
}

/** A document, as far as it is changed once the plugin has made it. */
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly requestBody?: { required: boolean } }>>>>
}

/**
 * An OpenAPI document as JSON text that ends in a newline.
 * Made by the swagger plugin on a server of its own that never listens, so that a start does not pay for it.
 * `finish` may change the finished document.
 */
export async function openApiText(
  frame: NonNullable<FastifyDynamicSwaggerOptions['openapi']>,
  named: readonly TSchema[],
  routes: readonly DocumentedRoute[],
  finish: (document: object) => void = () => undefined,
): Promise<string> {
  const app = Fastify({ exposeHeadRoutes: false, schemaController: noSchemaCompilers })
  await app.register(Swagger, {
    openapi: frame,
    refResolver: { buildLocalReference: schema => String(schema.$id) },
  })
  for (const schema of named) app.addSchema(schema)
  for (const { method, path, schema } of routes) {
    app.route({
      method,
      url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
      schema,
      // Nothing is validated or served here: the document is all that this server is for.
      validatorCompiler: () => () => true,
      serializerCompiler: () => String,
      handler: () => undefined,
    })
  }
  await app.ready()
  // Parts that several places share become separate, so that a change of one place stays there.
  const document = JSON.parse(JSON.stringify(app.swagger())) as Document
  await app.close()
  for (const { method, path, bodyNeeded } of routes) {
    // The plugin takes every body as needed.
    const body = document.paths[path]?.[String(method).toLowerCase()]?.requestBody
    if (body) body.required = bodyNeeded
  }
  finish(document)
  return `${JSON.stringify(document, null, 2)}\n`
}
