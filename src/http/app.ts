import type { Server } from 'node:http'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { errorShapeOf } from '../api/edition.ts'
import { errorResponse, gatewayErrorResponse } from '../api/error-response.ts'
import { asApiError } from '../api/problems.ts'
import { tellingOf } from '../diagnosis/diagnosis.ts'
import { ApiError } from '../domain/api-error.ts'
import { StorageError } from '../domain/storage-error.ts'
import { signedTarget, targetFlaw } from '../gateway/target.ts'
import type { Log } from '../log.ts'
import { noSchemaCompilers } from '../schema/no-compilers.ts'
import { explanationOf, type GatewayDeps, gateway } from './gateway.ts'
import { applyLimits, type ConnectionLimits, checkingInterval, handshakeLimit } from './limits.ts'
import { rejectMalformed, takeOddRequests } from './malformed.ts'
import { type RouteDeps, routes } from './routes.ts'
import { answerByStubs, type StubInjection } from './stubs.ts'

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
  readonly stubs: Pick<StubInjection, 'stubs' | 'isReplay'>
  readonly admin: {
    readonly prefix: string
    /** If true, the paths below the prefix are unknown URLs of the emulated API, but for one. */
    readonly healthOnly: boolean
    /** Whether a request is for the control endpoints; `target` can be decoded. */
    readonly serves: (method: string, target: string) => boolean
    /** Takes over a request that has only just arrived. */
    readonly handle: (request: FastifyRequest['raw'], reply: FastifyReply['raw']) => void
    readonly close: () => Promise<void>
    /** Where to redirect a browser that opens `/`; `undefined` for every other request. Absent: there is no console. */
    readonly home?: ((request: FastifyRequest['raw']) => string | undefined) | undefined
    /** Sends an error in the form of the control endpoints. */
    readonly problem: (reply: FastifyReply, status: number, detail: string) => unknown
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

/** Sends what a handler or hook threw, as the edition words it. */
function errorSender({ log, routes: { edition, assumed, responder }, gateway: { explain, clock } }: AppDeps) {
  const shape = errorShapeOf(edition, assumed)
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const { method, url } = request.raw
    const known = asApiError(thrown)
    // An unknown URL is reported first, even if the body is invalid, too.
    const error = known instanceof ApiError ? known : request.is404 ? unknownUrl() : bodyError(known)
    if (!error) {
      const told = known instanceof StorageError ? known.message : undefined
      log.error({ method, target: url, err: known }, told ?? 'bug in the emulator, please report it')
      const unexpected = new ApiError('unexpected', told ?? 'bug in the emulator; see its log')
      responder.send(request, reply, gatewayErrorResponse('unexpected'), unexpected)
      return
    }
    if (explainedHere.has(error.code) && !request.explanation) {
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
  }
}

type ErrorSender = ReturnType<typeof errorSender>

/** A Fastify whose server has our limits, and that reports what happens before routing to `fail`. */
function createServer({ log, admin, tls, limits, routes: { responder } }: AppDeps, fail: ErrorSender): FastifyInstance {
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
      !admin.healthOnly && signedTarget(request.raw.url ?? '').startsWith(`${admin.prefix}/`)
        ? void admin.problem(reply as FastifyReply, 400, error.message)
        : fail(new ApiError('badTarget', error.message), request as FastifyRequest, reply as FastifyReply),
  })
  applyLimits(fastify.server as Server, limits)
  // Any number of lines: their size is limited already, and newer versions of Node reject a request with more.
  fastify.server.maxHeadersCount = 0
  takeOddRequests(fastify.server as Server, responder, log, tls ? 'secureConnection' : 'connection')
  return fastify
}

/** Why a request is rejected whatever it asks for. */
function requestFlaw({ url = '', headers, httpVersion }: FastifyRequest['raw']): ApiError | undefined {
  const flaw = targetFlaw(url)
  if (flaw) return new ApiError('badTarget', flaw)
  return headers.host === undefined && httpVersion === '1.1'
    ? new ApiError('badHeader', 'the Host header is missing')
    : undefined
}

/** Registers every concern in the order in which a request passes them. */
export function app(deps: AppDeps): FastifyInstance {
  const { admin } = deps
  const { responder } = deps.routes
  const fail = errorSender(deps)
  const fastify = createServer(deps, fail)

  fastify.decorateRequest('target', '')
  fastify.decorateRequest('accountId', 0)
  fastify.decorateRequest('entry', undefined)
  fastify.decorateRequest('explanation', undefined)
  fastify.addHook('onRequest', (request, reply, done) => {
    const { raw } = request
    const flaw = requestFlaw(raw)
    request.target = signedTarget(raw.url ?? '')
    if (admin.serves(raw.method ?? '', request.target)) {
      if (flaw) return void admin.problem(reply, 400, flaw.message)
      reply.hijack()
      return admin.handle(raw, reply.raw)
    }
    if (flaw) throw flaw
    done()
  })
  fastify.addHook('preClose', () => admin.close())
  fastify.setErrorHandler(fail)
  fastify.setNotFoundHandler((request, reply) => {
    const home = admin.home?.(request.raw)
    if (home === undefined) fail(unknownUrl(), request, reply)
    else reply.redirect(home)
  })

  fastify.register((api, _options, done) => {
    api.addHook('onRequest', (request, reply, next) => {
      responder.arrived(request, reply)
      next()
    })
    gateway(api, deps.gateway)
    answerByStubs(api, { ...deps.gateway.injection, ...deps.gateway, ...deps.stubs, responder })
    routes(api, { ...deps.routes, bodyLimit: deps.gateway.bodyLimit || Number.MAX_SAFE_INTEGER })
    done()
  })
  return fastify
}
