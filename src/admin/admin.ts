import type { FastifyPluginCallback } from 'fastify'
import type { AssumptionInForce } from '../spec/assumptions.ts'
import { strangerIn } from './guard.ts'
import { problem } from './problem.ts'

/** A request somebody wants the headers for. */
export interface SignRequest {
  readonly method: string
  readonly target: string
  readonly accessKey?: string
}

/** A node server inside this one, made when it is first asked. */
export type Inner = (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => void

export interface AdminParts {
  /** What `GET /__admin/health` says beside `"status":"ok"`. */
  readonly health: () => object
  readonly assumptions: () => readonly AssumptionInForce[]
  /** The OpenAPI document of the edition in force, as JSON text. */
  readonly document: () => Promise<string>
  /** The pages under `/__admin/docs`. */
  readonly docs: () => Promise<Inner>
  /** The signature headers, or a sentence why there are none. */
  readonly sign: (asked: SignRequest) => Readonly<Record<string, string>> | string
  readonly allowedHosts: readonly string[]
}

const isSignRequest = (body: unknown): body is SignRequest =>
  typeof body === 'object' &&
  body !== null &&
  'method' in body &&
  typeof body.method === 'string' &&
  'target' in body &&
  typeof body.target === 'string' &&
  (!('accessKey' in body) || typeof body.accessKey === 'string')

/** The control endpoints. They belong to the emulator, never to the emulated API. */
export const admin =
  (parts: AdminParts): FastifyPluginCallback =>
  (app, _options, done) => {
    app.addHook('onRequest', (request, reply, next) => {
      const complaint = strangerIn(request.raw.headers, parts.allowedHosts)
      if (complaint) problem(reply, 403, complaint)
      else next()
    })
    app.setNotFoundHandler((request, reply) =>
      problem(reply, 404, `There is no ${request.method} ${request.url.slice(0, 200)}.`),
    )
    app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) =>
      problem(reply, error.statusCode ?? 500, error.message),
    )

    app.get('/health', () => ({ status: 'ok', ...parts.health() }))
    app.get('/assumptions', () => ({ assumptions: parts.assumptions() }))
    app.get('/openapi.json', async (_request, reply) => reply.type('application/json').send(await parts.document()))
    app.post('/sign', (request, reply) => {
      const { body } = request
      if (!isSignRequest(body)) {
        return problem(reply, 400, 'The body must be {"method": text, "target": text, "accessKey": text or absent}.')
      }
      const headers = parts.sign(body)
      return typeof headers === 'string' ? problem(reply, 400, headers) : { headers }
    })
    const showDocs = async (
      request: { raw: Parameters<Inner>[0] },
      reply: { raw: Parameters<Inner>[1]; hijack(): unknown },
    ) => {
      const inner = await parts.docs()
      reply.hijack()
      inner(request.raw, reply.raw)
    }
    app.get('/docs', showDocs)
    app.get('/docs/*', showDocs)
    done()
  }
