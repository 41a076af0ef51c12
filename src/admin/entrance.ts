import type { IncomingMessage } from 'node:http'
import type { AdminPluginDeps, Inner } from './admin.ts'
import { opensHome } from './home.ts'
import { adminPrefix, healthPath } from './prefix.ts'
import { problem } from './problem.ts'
import type { AdminServer } from './server.ts'

/** The path of a target without escapes, as the router of Fastify reads it. */
function plainPath(target: string): string {
  const [path = ''] = target.split(/[?#]/, 1)
  return path.includes('%') ? decodeURI(path) : path
}

/**
 * The way from the server of the emulated API to the control endpoints. Their modules are loaded and their routes registered at the
 * first request for one of them: that would be a fifth of a start, and many a test suite never asks.
 */
export function adminEntrance(deps: AdminPluginDeps) {
  const { healthOnly } = deps
  let server: Promise<AdminServer> | undefined
  const open = () => {
    server ??= import('./server.ts').then(({ adminServer }) => adminServer(deps))
    return server
  }

  return {
    prefix: adminPrefix,
    healthOnly,
    problem,
    /** Where to redirect a browser that opens `/`; `undefined` for every other request. */
    home: healthOnly
      ? undefined
      : (request: IncomingMessage) => (opensHome(request) ? `${adminPrefix}/console/` : undefined),
    /** Whether a request is for the control endpoints; `target` can be decoded. */
    serves(method: string, target: string): boolean {
      const path = plainPath(target)
      return healthOnly
        ? path === adminPrefix + healthPath && (method === 'GET' || method === 'HEAD')
        : path === adminPrefix || path.startsWith(`${adminPrefix}/`)
    },
    handle: ((request, response) => void open().then(({ handle }) => handle(request, response))) satisfies Inner,
    close: async () => (await server)?.close(),
  }
}
