import type { Server } from 'node:http'
import Fastify, {
  type FastifyInstance,
  type FastifyPluginCallback,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { errorShapeOf } from '../api/edition.ts'
import { gatewayReply, refusalReply } from '../api/refusals.ts'
import { tellingOf } from '../diagnosis/diagnosis.ts'
import { Refusal } from '../domain/refusal.ts'
import { signedTarget, targetFlaw } from '../gateway/target.ts'
import type { Log } from '../log.ts'
import { type GatewayParts, gateway } from './gateway.ts'
import { refuseMalformed, takeOddRequests } from './malformed.ts'
import { type RouteParts, routes } from './routes.ts'
import { answer } from './trace.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Path and query as received: what is signed. */
    target: string
    /** Whose data the caller sees; set by the gateway. */
    accountId: number
  }
}

export interface AppParts {
  readonly routes: RouteParts
  readonly gateway: GatewayParts
  /** The control endpoints. */
  readonly admin: {
    readonly prefix: string
    readonly endpoints: FastifyPluginCallback
    /** Answers in their form what Fastify refuses before it knows a route; absent: they have no form of their own. */
    readonly problem: ((reply: FastifyReply, status: number, detail: string) => unknown) | undefined
  }
  readonly log: Log
  /** Certificate and key in PEM; absent: plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined
}

const unknownUrl = () => new Refusal('unknownUrl', 'no operation of this edition has this path and method')

/** What Fastify says of a body that it could not read, in the gateway's words. */
function bodyRefusal(error: unknown): Refusal | undefined {
  const { code, statusCode, message } = error as Error & { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refusal('bodyTooLarge', message)
  const clientError = statusCode !== undefined && statusCode >= 400 && statusCode < 500
  return clientError ? new Refusal('badHeader', message) : undefined
}

/** How long a request may take to arrive, headers and body. */
const arrivalMs = 30_000

/** The map: every concern in the order a request meets it. */
export function app(parts: AppParts): FastifyInstance {
  const { log, admin, tls } = parts
  const { edition, assumed, trace, note } = parts.routes
  const shape = errorShapeOf(edition, assumed)

  function fail(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { method, url } = request.raw
    // Whatever is wrong with the body of a request to nowhere: nowhere comes first.
    const refusal = error instanceof Refusal ? error : request.is404 ? unknownUrl() : bodyRefusal(error)
    if (refusal) {
      const refused = refusalReply(refusal, shape, assumed)
      const diagnosis = log.isLevelEnabled?.('info') === false ? undefined : request.explanation?.()
      log.info(
        { method, target: url, status: refused.status, ...(diagnosis && { diagnosis }) },
        `refused (${refusal.refused}): ${refusal.message}${diagnosis ? ` - ${tellingOf(diagnosis)}` : ''}`,
      )
      note?.answered(request, refused.status, refused.body, refusal)
      void answer(reply, trace, refused.origin, refused.status, refused.body)
      return
    }
    log.error({ method, target: url, err: error }, 'a bug of the emulator, please report it')
    const { origin, status, body } = gatewayReply('unexpected')
    note?.answered(request, status, body, new Refusal('unexpected', 'a bug of the emulator; its log says more'))
    void answer(reply, trace, origin, status, body)
  }

  // A request without Host is refused below, in the gateway's words.
  const anyHost = { requireHostHeader: false }
  const fastify: FastifyInstance = Fastify({
    // The type knows one of the two; everything used below is the same for both.
    ...(tls
      ? ({ https: { cert: tls.cert, key: tls.key, handshakeTimeout: arrivalMs, ...anyHost } } as object)
      : { http: anyHost }),
    exposeHeadRoutes: false,
    return503OnClosing: false,
    requestTimeout: arrivalMs,
    routerOptions: { maxParamLength: 4096 },
    clientErrorHandler: refuseMalformed(trace, log, note),
    frameworkErrors: (error, request, reply) =>
      admin.problem && signedTarget(request.raw.url ?? '').startsWith(`${admin.prefix}/`)
        ? void admin.problem(reply as FastifyReply, 400, error.message)
        : fail(new Refusal('badTarget', error.message), request as FastifyRequest, reply as FastifyReply),
  })
  takeOddRequests(fastify.server as Server, trace, log, note, tls ? 'secureConnection' : 'connection')

  fastify.decorateRequest('target', '')
  fastify.decorateRequest('accountId', 0)
  fastify.decorateRequest('entry', undefined)
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { url = '', headers, httpVersion } = request.raw
    const flaw = targetFlaw(url)
    if (flaw) throw new Refusal('badTarget', flaw)
    if (headers.host === undefined && httpVersion === '1.1')
      throw new Refusal('badHeader', 'the Host header is missing')
    request.target = signedTarget(url)
    done()
  })
  fastify.setErrorHandler(fail)
  fastify.setNotFoundHandler((request, reply) => fail(unknownUrl(), request, reply))

  fastify.register(admin.endpoints, { prefix: admin.prefix })
  fastify.register((api, _options, done) => {
    if (note) {
      api.addHook('onRequest', (request, reply, next) => {
        request.entry = note.arrived(request, reply.raw)
        next()
      })
    }
    gateway(api, parts.gateway)
    routes(api, { ...parts.routes, bodyLimit: parts.gateway.bodyLimit || Number.MAX_SAFE_INTEGER })
    done()
  })
  return fastify
}
