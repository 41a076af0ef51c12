import Swagger from '@fastify/swagger'
import SwaggerUi from '@fastify/swagger-ui'
import Fastify from 'fastify'
import type { Inner } from './admin.ts'

/** A request as Swagger UI hands it to an interceptor. */
type PageRequest = Record<string, unknown>

/* c8 ignore start: runs in the browser, as the text of this function; test/process/docs.test.ts opens the page. */
/** Asks the emulator for the headers of the call that the page is about to make. */
async function signInPage(request: PageRequest): Promise<PageRequest> {
  const url = new URL(String(request.url))
  if (url.pathname.startsWith('/__admin/')) return request
  const answer = await fetch('/__admin/sign', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method: request.method ?? 'GET', target: url.pathname + url.search }),
  })
  const signed = (await answer.json()) as { headers: object }
  return Object.assign(request, { headers: Object.assign({}, request.headers, signed.headers) })
}
/* c8 ignore stop */

/**
 * The Swagger UI over a document, below `prefix`; "try it out" signs by itself.
 * A server of its own, made at the first visit: a start that nobody visits does not load it.
 */
export async function docs(prefix: string, document: string): Promise<Inner> {
  const app = Fastify({ logger: false })
  await app.register(Swagger, { mode: 'static', specification: { document: JSON.parse(document) } })
  await app.register(SwaggerUi, {
    routePrefix: prefix,
    uiConfig: { requestInterceptor: signInPage, tryItOutEnabled: true, deepLinking: true },
    theme: { title: 'Data Flow, as emulated' },
  })
  await app.ready()
  return (request, response) => app.routing(request, response)
}
