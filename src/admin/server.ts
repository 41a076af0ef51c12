import Fastify from 'fastify'
import { noSchemaCompilers } from '../schema/no-compilers.ts'
import { type AdminPluginDeps, admin, type Inner } from './admin.ts'
import { adminPrefix } from './prefix.ts'

export interface AdminServer {
  readonly handle: Inner
  /** Ends what is streamed, and resolves when no request is left. */
  readonly close: () => Promise<void>
}

/** The control endpoints on a server of their own, which never listens: it is handed requests. */
export async function adminServer(deps: AdminPluginDeps): Promise<AdminServer> {
  const app = Fastify({
    exposeHeadRoutes: false,
    schemaController: noSchemaCompilers,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 4096 },
  })
  app.register(admin(deps), { prefix: adminPrefix })
  await app.ready()
  return {
    handle: (request, response) => app.routing(request, response),
    close: async () => void (await app.close()),
  }
}
