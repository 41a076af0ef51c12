import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyError, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import type { ClockControl } from '../clock-control.ts'
import { ClockError } from '../clock-control.ts'
import { Refusal, type RefusalName } from '../domain/refusal.ts'
import type { FaultRules } from '../gateway/faults.ts'
import type { Log } from '../log.ts'
import type { SnapshotService } from '../service/snapshots.ts'
import type { AssumptionInForce } from '../spec/assumptions.ts'
import { type AccountsParts, accountEndpoints } from './accounts.ts'
import { clockEndpoints } from './clock.ts'
import { type ControlParts, controlEndpoints } from './control.ts'
import { faultEndpoints } from './faults.ts'
import { strangerIn } from './guard.ts'
import { type JournalParts, journalEndpoints } from './journal.ts'
import { refuseOtherMethods, registeredPaths } from './methods.ts'
import { Complaint, problem } from './problem.ts'
import { type ResetParts, resetEndpoint } from './reset.ts'
import { snapshotEndpoints } from './snapshots.ts'
import { tokenCheck } from './token.ts'

/** A request somebody wants the headers for. */
export interface SignRequest {
  readonly method: string
  readonly target: string
  readonly accessKey?: string
}

/** A node server inside this one, made when it is first asked. */
export type Inner = (request: IncomingMessage, response: ServerResponse) => void

export interface AdminParts extends JournalParts {
  /** What `GET /__admin/health` says beside `"status":"ok"`. */
  readonly health: () => object
  readonly assumptions: () => readonly AssumptionInForce[]
  /** The OpenAPI document of the edition in force, as JSON text. */
  readonly document: () => Promise<string>
  /** The pages under `/__admin/docs`. */
  readonly docs: () => Promise<Inner>
  /** The signature headers, or a sentence why there are none. */
  readonly sign: (asked: SignRequest) => Readonly<Record<string, string>> | string
  readonly clock: ClockControl
  readonly control: ControlParts
  readonly faults: FaultRules
  readonly accounts: AccountsParts
  readonly reset: ResetParts
  readonly snapshots: SnapshotService
  readonly allowedHosts: readonly string[]
  /** What a caller must know for anything but health; absent: nothing. */
  readonly token: string | undefined
  /** True: there is health, and all else is as unknown as any other URL. */
  readonly healthOnly: boolean
  readonly log: Log
}

/** Where the control endpoints live. */
export const adminPrefix = '/__admin'

const headerOf = (headers: IncomingHttpHeaders, name: string): string | undefined => headers[name]?.toString()

const callerOf = ({ method, headers }: FastifyRequest) => ({
  method,
  host: headers.host ?? '',
  origin: headers.origin,
  site: headerOf(headers, 'sec-fetch-site'),
  mode: headerOf(headers, 'sec-fetch-mode'),
  destination: headerOf(headers, 'sec-fetch-dest'),
})

/** Health is open to all whom the guard lets in: it tells little, and the check of a container knows no token. */
const asksHealth = ({ method, routeOptions }: FastifyRequest): boolean =>
  routeOptions.url === `${adminPrefix}/health` && (method === 'GET' || method === 'HEAD')

/** The texts that a call to sign has, and whether it needs them. */
const signMembers = { method: true, target: true, accessKey: false }

const isSignRequest = (body: unknown): body is SignRequest =>
  typeof body === 'object' &&
  body !== null &&
  Object.entries(signMembers).every(
    ([name, needed]) => typeof Reflect.get(body, name) === 'string' || (!needed && !Object.hasOwn(body, name)),
  ) &&
  Object.keys(body).every(name => Object.hasOwn(signMembers, name))

/** Takes a body for a call to sign, or says what it must be. */
function callToSign(body: unknown): SignRequest {
  if (!isSignRequest(body)) {
    throw new Complaint(400, 'The body must be {"method": text, "target": text, "accessKey": text or absent}.')
  }
  if (!/^[A-Za-z]+$/.test(body.method)) {
    throw new Complaint(400, `method: must be an HTTP method, was ${JSON.stringify(body.method.slice(0, 80))}.`)
  }
  if (!/^\/[\x21-\x7e]*$/.test(body.target)) {
    throw new Complaint(
      400,
      `target: must be path and query as sent, percent-encoded ASCII from the first slash on, was ${JSON.stringify(body.target.slice(0, 200))}.`,
    )
  }
  return body
}

/** What the services refuse, where it is not a mistake in the request. */
const statuses: Partial<Record<RefusalName, number>> = { notFound: 404, badState: 409 }

/** The control endpoints. They belong to the emulator, never to the emulated API. */
export const admin =
  (parts: AdminParts): FastifyPluginCallback =>
  (app, _options, done) => {
    app.setErrorHandler((error: FastifyError | Refusal | Complaint, request, reply) => {
      if (error instanceof Complaint) return problem(reply, error.status, error.message)
      if (error instanceof Refusal) return problem(reply, statuses[error.refused] ?? 400, error.message)
      if (error instanceof ClockError) return problem(reply, 400, error.message)
      const { statusCode: status = 500 } = error
      if (status === 415) return problem(reply, status, 'Send the body as content-type application/json.')
      if (status < 500) return problem(reply, status, error.message)
      parts.log.error({ method: request.method, target: request.url, err: error }, 'a bug of the emulator')
      return problem(reply, 500, 'This is a bug of the emulator, please report it; its log says more.')
    })
    // Without a handler of its own this scope leaves what is not there to the emulated API.
    if (!parts.healthOnly) app.setNotFoundHandler(() => undefined)
    // Only JSON: a page of another origin may send plain text without asking first.
    app.removeContentTypeParser('text/plain')

    const paths = registeredPaths(app)
    const unproven = tokenCheck(parts.token)
    app.addHook('onRequest', (request, reply, next) => {
      const complaint = strangerIn(callerOf(request), parts.allowedHosts)
      if (complaint) throw new Complaint(403, complaint)
      const refused = asksHealth(request) ? undefined : unproven(request.headers)
      if (refused) {
        reply.header('www-authenticate', refused.challenges)
        throw new Complaint(401, refused.complaint)
      }
      if (request.is404) {
        const asked = `${request.method} ${request.url.slice(0, 200)}`
        throw new Complaint(
          404,
          `There is no ${asked}; there are ${[...paths.keys()].join(', ')} below ${adminPrefix}.`,
        )
      }
      next()
    })

    const get = (path: string, handler: (request: FastifyRequest, reply: FastifyReply) => unknown) =>
      app.get(path, { exposeHeadRoute: true }, handler)
    get('/health', () => ({ status: 'ok', ...parts.health() }))
    if (parts.healthOnly) return done()
    get('/assumptions', () => ({ assumptions: parts.assumptions() }))
    get('/openapi.json', async (_request, reply) => reply.type('application/json').send(await parts.document()))
    const clock = clockEndpoints(parts.clock)
    get('/clock', clock.get)
    app.put('/clock', request => clock.put(request.body))
    const control = controlEndpoints(parts.control)
    const asked = ({ params, query, body }: FastifyRequest) => ({
      params: params as Record<string, string>,
      query: query as Record<string, unknown>,
      body,
    })
    get('/jobs', request => control.jobs(asked(request)))
    app.put('/jobs/:jobId', request => control.putJob(asked(request)))
    app.delete('/jobs/:jobId', (request, reply) => {
      control.removeJob(asked(request))
      return reply.code(204).send()
    })
    get('/jobs/:jobId', request => control.job(asked(request)))
    app.patch('/jobs/:jobId', request => control.changeJob(asked(request)))
    get('/jobs/:jobId/next-runs', request => control.nextRuns(asked(request)))
    app.put('/jobs/:jobId/next-runs', request => control.planRuns(asked(request)))
    app.delete('/jobs/:jobId/next-runs', request => control.clearRuns(asked(request)))
    app.post('/jobs/:jobId/executions/:executionId/cancel', request => control.cancel(asked(request)))
    const accounts = accountEndpoints(parts.accounts)
    get('/accounts', accounts.list)
    get('/accounts/:name', request => accounts.get(asked(request).params.name ?? ''))
    app.post('/accounts', async (request, reply) => {
      const made = await accounts.add(request.body)
      return reply.code(201).send(made)
    })
    app.delete('/accounts/:name', (request, reply) => {
      accounts.remove(asked(request).params.name ?? '')
      reply.code(204).send()
    })
    const reset = resetEndpoint(parts.reset, parts.control)
    app.post('/reset', request => reset(asked(request)))
    app.post('/sign', request => {
      const headers = parts.sign(callToSign(request.body))
      if (typeof headers === 'string') throw new Complaint(400, headers)
      return { headers }
    })
    journalEndpoints(app, parts)
    const showDocs = async (request: FastifyRequest, reply: FastifyReply) => {
      const inner = await parts.docs()
      reply.hijack()
      inner(request.raw, reply.raw)
    }
    get('/docs', showDocs)
    get('/docs/*', showDocs)
    faultEndpoints(app, parts.faults)
    snapshotEndpoints(app, parts.snapshots)
    refuseOtherMethods(app, paths)
    done()
  }
