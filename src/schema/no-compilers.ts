/* c8 ignore next 3 -- called by Fastify only for a route with a schema, and no route has one */
const unused = (): never => {
  throw new Error('a route with a schema needs compilers of its own')
}

/**
 * Fastify's option `schemaController` without schema compilers. Requests are checked by the kit of this folder and
 * responses are written by `api`, so Fastify's own compilers would only cost start time: they load Ajv.
 */
export const noSchemaCompilers = { compilersFactory: { buildValidator: unused, buildSerializer: unused } }
