import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Swagger from '@fastify/swagger'
import SwaggerUi from '@fastify/swagger-ui'
import Fastify from 'fastify'
import { packageRoot } from '../package.ts'
import { noSchemaCompilers } from '../schema/no-compilers.ts'
import type { Inner } from './admin.ts'
import { problem } from './problem.ts'

type PageRequest = Record<string, unknown>

/* c8 ignore start: runs in the browser, as the text of this function; test/browser/docs.test.ts opens the page. */
/** Requests the signature headers for the call that the page is about to send. */
async function signInPage(request: PageRequest): Promise<PageRequest> {
  const url = new URL(String(request.url))
  if (url.pathname.startsWith('/__admin/')) return request
  const answer = await fetch('/__admin/sign', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method: request.method ?? 'GET', target: url.pathname + url.search }),
  })
  const signed = (await answer.json()) as { headers?: object; detail?: string }
  if (!answer.ok) throw new Error(`not signed: ${signed.detail}`)
  return Object.assign(request, { headers: Object.assign({}, request.headers, signed.headers) })
}
/* c8 ignore stop */

/** The page may load from this emulator only and must not be framed. */
const contentPolicy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const hint = '**Try it out** signs every call by itself, with the key pair of the account “default”.'

/** Hides the server list and the key fields, because the page signs requests itself. */
const plainer = '.swagger-ui .scheme-container, .swagger-ui .authorization__btn { display: none }'

/** The files of Swagger UI; the build copies them here. */
const pageFiles = new URL('dist/swagger-ui/', packageRoot)

interface Document {
  readonly info: { readonly description?: string }
}

/**
 * Swagger UI for a document, below `prefix`; "Try it out" signs requests.
 * Runs on its own server, created on the first visit, so that the start does not load it.
 */
export async function docs(prefix: string, text: string): Promise<Inner> {
  const document: Document & object = JSON.parse(text)
  const { info } = document
  const app = Fastify({ logger: false, schemaController: noSchemaCompilers })
  app.setNotFoundHandler((_request, reply) => problem(reply, 404, `There is no such page; see ${prefix}.`))
  await app.register(Swagger, {
    mode: 'static',
    specification: {
      document: { ...document, info: { ...info, description: `${info.description}\n\n${hint}` } } as object as never,
    },
  })
  await app.register(SwaggerUi, {
    routePrefix: prefix,
    baseDir: fileURLToPath(pageFiles),
    logo: { type: 'image/svg+xml', content: readFileSync(new URL('logo.svg', pageFiles)) },
    staticCSP: contentPolicy,
    uiConfig: { requestInterceptor: signInPage, tryItOutEnabled: true, deepLinking: true, layout: 'BaseLayout' },
    theme: { title: 'Data Flow emulator', css: [{ filename: 'emulator.css', content: plainer }] },
  })
  await app.ready()
  return (request, response) => app.routing(request, response)
}
