import type { Server } from 'node:http'
import Fastify, {
  type FastifyInstance,
  type FastifyPluginCallback,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { errorShapeOf } from '../api/edition.ts'
import { errorResponse, gatewayErrorResponse } from '../api/error-response.ts'
import { asApiError } from '../api/problems.ts'
import { tellingOf } from '../diagnosis/diagnosis.ts'
import { ApiError } from '../domain/api-error.ts'
import { signedTarget, targetFlaw } from '../gateway/target.ts'
import type { Log } from '../log.ts'
import { noSchemaCompilers } from '../schema/no-compilers.ts'
import { explanationOf, type GatewayDeps, gateway } from './gateway.ts'
import { applyLimits, type ConnectionLimits, checkingInterval, handshakeLimit } from './limits.ts'
import { rejectMalformed, takeOddRequests } from './malformed.ts'
import { type RouteDeps, routes } from './routes.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Path and query as received; this text is signed. */
    target: string
    /** The account whose data the caller sees; set by the gateway. */
    accountId: number
  }
}

export interface AppDeps {
  readonly routes: RouteDeps
  readonly gateway: GatewayDeps
  readonly admin: {
    readonly prefix: string
    readonly endpoints: FastifyPluginCallback
    /** Where to redirect a browser that opens `/`; `undefined` for every other request. Absent: there is no console. */
    readonly home?: ((request: FastifyRequest['raw']) => string | undefined) | undefined
    /** Sends the admin API's form of errors that Fastify reports before routing; absent: there is none. */
    readonly problem: ((reply: FastifyReply, status: number, detail: string) => unknown) | undefined
  }
  readonly log: Log
  readonly limits: ConnectionLimits
  /** Certificate and key in PEM; absent: plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined
}

const unknownUrl = () => new ApiError('unknownUrl', 'no operation of this edition has this path and method')

/** Errors before the gateway's own checks that a diagnosis explains. */
const explainedHere: ReadonlySet<string> = new Set(['unknownUrl', 'badTarget'])

/** The gateway's error for a body that Fastify could not read. */
function bodyError(error: unknown): ApiError | undefined {
  const { code, statusCode, message } = error as Error & { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ApiError('bodyTooLarge', message)
  const clientError = statusCode !== undefined && statusCode >= 400 && statusCode < 500
  return clientError ? new ApiError('badHeader', message) : undefined
}

/** Registers every concern in the order in which a request passes them. */
export function app(deps: AppDeps): FastifyInstance {
  const { log, admin, tls, limits } = deps
  const { edition, assumed, responder } = deps.routes
  const shape = errorShapeOf(edition, assumed)

  function fail(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { method, url } = request.raw
    const known = asApiError(thrown)
    // An unknown URL is reported first, even if the body is invalid, too.
    const error = known instanceof ApiError ? known : request.is404 ? unknownUrl() : bodyError(known)
    if (error) {
      if (explainedHere.has(error.code) && !request.explanation) {
        const { explain, clock } = deps.gateway
        const presented = { method: method ?? '', target: signedTarget(url ?? ''), headers: request.headers }
        request.explanation = explanationOf(explain, presented, clock.now())
      }
      const response = errorResponse(error, shape, assumed)
      const diagnosis = log.isLevelEnabled?.('info') === false ? undefined : request.explanation?.()
      log.info(
        { method, target: url, status: response.status, ...(diagnosis && { diagnosis }) },
        `rejected (${error.code}): ${error.message}${diagnosis ? ` - ${tellingOf(diagnosis)}` : ''}`,
      )
      responder.send(request, reply, response, error)
      return
    }
    log.error({ method, target: url, err: known }, 'bug in the emulator, please report it')
    const bug = new ApiError('unexpected', 'bug in the emulator; see its log')
    responder.send(request, reply, gatewayErrorResponse('unexpected'), bug)
  }

  const serverOptions = {
    // A request without Host is rejected below, as the gateway does.
    requireHostHeader: false,
    connectionsCheckingInterval: checkingInterval(limits),
  }
  const fastify: FastifyInstance = Fastify({
    // The type knows one of the two; what is used below is the same for both.
    ...(tls
      ? ({ https: { cert: tls.cert, key: tls.key, ...handshakeLimit(limits), ...serverOptions } } as object)
      : { http: serverOptions }),
    exposeHeadRoutes: false,
    schemaController: noSchemaCompilers,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 4096 },
    clientErrorHandler: rejectMalformed(responder, log),
    frameworkErrors: (error, request, reply) =>
      admin.problem && signedTarget(request.raw.url ?? '').startsWith(`${admin.prefix}/`)
        ? void admin.problem(reply as FastifyReply, 400, error.message)
        : fail(new ApiError('badTarget', error.message), request as FastifyRequest, reply as FastifyReply),
  })
  applyLimits(fastify.server as Server, limits)
  // Any number of lines: their size is limited already, and newer versions of Node reject a request with more.
  fastify.server.maxHeadersCount = 0
  takeOddRequests(fastify.server as Server, responder, log, tls ? 'secureConnection' : 'connection')

  fastify.decorateRequest('target', '')
  fastify.decorateRequest('accountId', 0)
  fastify.decorateRequest('entry', undefined)
  fastify.decorateRequest('explanation', undefined)
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { url = '', headers, httpVersion } = request.raw
    const flaw = targetFlaw(url)
    if (flaw) throw new ApiError('badTarget', flaw)
    if (headers.host === undefined && httpVersion === '1.1')
      throw new ApiError('badHeader', 'the Host header is missing')
    request.target = signedTarget(url)
    done()
  })
  fastify.setErrorHandler(fail)
  fastify.setNotFoundHandler((request, reply) => {
    const home = admin.home?.(request.raw)
    if (home === undefined) fail(unknownUrl(), request, reply)
    else reply.redirect(home)
  })

  fastify.register(admin.endpoints, { prefix: admin.prefix })
  fastify.register((api, _options, done) => {
    api.addHook('onRequest', (request, reply, next) => {
      responder.arrived(request, reply)
      next()
    })
    gateway(api, deps.gateway)
    routes(api, { ...deps.routes, bodyLimit: deps.gateway.bodyLimit || Number.MAX_SAFE_INTEGER })
    done()
  })
  return fastify
}
