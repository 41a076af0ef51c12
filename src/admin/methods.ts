import type { FastifyInstance, HTTPMethods } from 'fastify'
import { AdminError } from './problem.ts'

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const satisfies HTTPMethods[]

/** The paths registered on `app` from now on, each with its methods. */
export function registeredPaths(app: FastifyInstance): ReadonlyMap<string, ReadonlySet<string>> {
  const paths = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ routePath, method }) => {
    paths.set(routePath, new Set([...(paths.get(routePath) ?? []), ...[method].flat()]))
  })
  return paths
}

/** Responds with 405 to all other methods of these paths, before a body is read. */
export function rejectOtherMethods(app: FastifyInstance, paths: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (const [url, known] of [...paths]) {
    const allowed = [...known].join(', ')
    app.route({
      url,
      method: methods.filter(method => !known.has(method)),
      onRequest: (request, reply) => {
        reply.header('allow', allowed)
        throw new AdminError(405, `${request.method} is not defined here; allowed: ${allowed}`)
      },
      handler: () => undefined,
    })
  }
}
