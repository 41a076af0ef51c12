import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyError, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { asApiError } from '../api/problems.ts'
import { ApiError, type ApiErrorName } from '../domain/api-error.ts'
import { StorageError } from '../domain/storage-error.ts'
import type { FaultRules } from '../faults/faults.ts'
import type { Log } from '../log.ts'
import { version } from '../package.ts'
import { Type } from '../schema/json-schema.ts'
import { InvalidData } from '../schema/place.ts'
import type { ChangeFeed } from '../service/changes.ts'
import { ClockError } from '../service/clock-input.ts'
import type { ClockControl } from '../service/clocks.ts'
import type { SnapshotService } from '../service/snapshots.ts'
import type { TriggerReport } from '../service/trigger-report.ts'
import type { Stubs } from '../stubs/stubs.ts'
import { type AccountsDeps, accountEndpoints } from './accounts.ts'
import { clockEndpoints } from './clock.ts'
import { consolePages, tokenPage } from './console.ts'
import { controlEndpoints } from './control.ts'
import { colons, type Endpoint, endpoint } from './endpoint.ts'
import { type EventsDeps, eventsEndpoint } from './events.ts'
import { faultEndpoints } from './faults.ts'
import { type GeneralDeps, generalEndpoints } from './general.ts'
import { callerError } from './guard.ts'
import { type JournalDeps, type JournalEndpoints, journalEndpoints } from './journal.ts'
import { registeredPaths, rejectOtherMethods } from './methods.ts'
import type { ControlDeps } from './owner.ts'
import { adminPrefix, healthPath } from './prefix.ts'
import { AdminError, problem } from './problem.ts'
import { type ResetDeps, resetEndpoint } from './reset.ts'
import { snapshotEndpoints } from './snapshots.ts'
import { stubEndpoints } from './stubs.ts'
import { tokenCheck } from './token.ts'
import { triggersEndpoint } from './triggers.ts'
import { workflowEndpoints } from './workflows.ts'

/** A nested Node server, created on first use. */
export type Inner = (request: IncomingMessage, response: ServerResponse) => void

export interface AdminPluginDeps extends GeneralDeps, JournalDeps {
  readonly clock: ClockControl
  readonly control: ControlDeps
  readonly faults: FaultRules
  readonly stubs: Stubs
  readonly accounts: AccountsDeps
  readonly reset: ResetDeps
  readonly snapshots: SnapshotService
  readonly triggers: TriggerReport
  readonly changes: ChangeFeed
  readonly hello: EventsDeps['hello']
  readonly docs: () => Promise<Inner>
  readonly allowedHosts: readonly string[]
  /** The token that callers must send, except for the health check; absent: none is required. */
  readonly token: string | undefined
  /** If true, only the health check exists; everything else is an unknown URL. */
  readonly healthOnly: boolean
  readonly log: Log
}

const headerOf = (headers: IncomingHttpHeaders, name: string): string | undefined => headers[name]?.toString()

const callerOf = ({ method, headers }: FastifyRequest) => ({
  method,
  host: headers.host ?? '',
  origin: headers.origin,
  site: headerOf(headers, 'sec-fetch-site'),
  mode: headerOf(headers, 'sec-fetch-mode'),
  destination: headerOf(headers, 'sec-fetch-dest'),
})

/** The health check needs no token: it reveals little, and container health checks have none. */
const asksHealth = ({ method, routeOptions }: FastifyRequest): boolean =>
  routeOptions.url === adminPrefix + healthPath && (method === 'GET' || method === 'HEAD')

/** Statuses of service errors that are not caused by an invalid request. */
const statuses: Partial<Record<ApiErrorName, number>> = { notFound: 404, badState: 409 }

function endpointsOf(deps: AdminPluginDeps, requests: JournalEndpoints, events: Endpoint): readonly Endpoint[] {
  const endpoints: Endpoint[] = [
    ...generalEndpoints(deps),
    ...clockEndpoints(deps.clock),
    triggersEndpoint({ ...deps.control, report: deps.triggers }),
    ...Object.values(controlEndpoints(deps.control)),
    ...Object.values(workflowEndpoints(deps.control)),
    ...accountEndpoints(deps.accounts),
    ...faultEndpoints(deps.faults, adminPrefix),
    ...stubEndpoints(deps.stubs, adminPrefix),
    resetEndpoint(deps.reset, deps.control),
    ...snapshotEndpoints(deps.snapshots),
    ...requests.endpoints,
    events,
    endpoint({
      method: 'GET',
      path: '/admin-openapi.json',
      title: 'Read the OpenAPI document of these endpoints',
      reply: Type.Object({}, { description: 'An OpenAPI document.' }),
      act: async (_asked, reply) => {
        const { adminDocument } = await import('./document.ts')
        return reply.type('application/json').send(await adminDocument(adminPrefix, version(), endpoints))
      },
    }),
  ]
  return endpoints
}

/** Registers the admin endpoints. They are not part of the emulated API. */
export const admin =
  (deps: AdminPluginDeps): FastifyPluginCallback =>
  (app, _options, done) => {
    app.setErrorHandler((thrown: FastifyError | ApiError | AdminError, request, reply) => {
      const error = asApiError(thrown) as typeof thrown
      if (error instanceof AdminError) return problem(reply, error.status, error.message)
      if (error instanceof ApiError) return problem(reply, statuses[error.code] ?? 400, error.message)
      if (error instanceof ClockError || error instanceof InvalidData) return problem(reply, 400, error.message)
      const { statusCode: status = 500 } = error
      if (status === 415) return problem(reply, status, 'send the body as content-type application/json')
      if (status < 500) return problem(reply, status, error.message)
      const told = error instanceof StorageError ? error.message : 'bug in the emulator, please report it'
      deps.log.error({ method: request.method, target: request.url, err: error }, told)
      return problem(reply, 500, error instanceof StorageError ? told : `${told}; see its log`)
    })
    // Without its own handler this scope would pass unknown URLs to the emulated API.
    if (!deps.healthOnly) app.setNotFoundHandler(() => undefined)
    // Only JSON: a page of another origin may send plain text without a preflight request.
    app.removeContentTypeParser('text/plain')

    const paths = registeredPaths(app)
    const unproven = tokenCheck(deps.token)
    app.addHook('onRequest', (request, reply, next) => {
      const complaint = callerError(callerOf(request), deps.allowedHosts)
      if (complaint) throw new AdminError(403, complaint)
      const refused = asksHealth(request) ? undefined : unproven(request.headers)
      const page = refused && !deps.healthOnly ? tokenPage(request.raw, adminPrefix) : undefined
      if (page !== undefined) {
        reply.redirect(page)
        return
      }
      if (refused) {
        reply.header('www-authenticate', refused.challenges)
        throw new AdminError(401, refused.complaint)
      }
      if (request.is404) {
        const asked = `${request.method} ${request.url.slice(0, 200)}`
        throw new AdminError(
          404,
          `unknown endpoint ${asked}; existing paths below ${adminPrefix}: ${[...paths.keys()].join(', ')}`,
        )
      }
      next()
    })

    const requests = journalEndpoints(deps)
    const { events, stop } = eventsEndpoint(deps)
    app.addHook('preClose', closed => {
      requests.stop()
      stop()
      closed()
    })
    for (const { method, path, media, bodyLimit, handle } of endpointsOf(deps, requests, events)) {
      if (deps.healthOnly && path !== healthPath) continue
      app.route({
        method,
        url: colons(path),
        ...(bodyLimit !== undefined && { bodyLimit }),
        // A HEAD request for a stream would never end.
        exposeHeadRoute: method === 'GET' && media !== 'text/event-stream',
        handler: handle,
      })
    }
    if (deps.healthOnly) return done()
    const showDocs = async (request: FastifyRequest, reply: FastifyReply) => {
      const inner = await deps.docs()
      reply.hijack()
      inner(request.raw, reply.raw)
    }
    for (const url of ['/docs', '/docs/*']) app.get(url, { exposeHeadRoute: true }, showDocs)
    consolePages(app, adminPrefix)
    rejectOtherMethods(app, paths)
    done()
  }
