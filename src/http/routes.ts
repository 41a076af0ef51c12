import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Assumed } from '../api/assumptions.ts'
import { type EditionTable, operationsOf } from '../api/edition.ts'
import { type Asked, type Found, type OperationName, reader } from '../api/operation.ts'
import { reject } from '../domain/api-error.ts'
import type { DataKind } from '../domain/data-kind.ts'
import { rawQueryOf } from '../gateway/target.ts'
import { jsonParts } from '../schema/json.ts'
import type { Caller } from '../service/caller.ts'
import { readKinds } from '../service/reads.ts'
import type { Clock } from '../time/clock.ts'
import type { Handlers } from './handlers.ts'
import { type LongBody, longBody } from './long-body.ts'
import type { Responder } from './responder.ts'
import { createResponseCache } from './response-cache.ts'

export interface RouteDeps {
  readonly edition: EditionTable
  readonly assumed: Assumed
  readonly handlers: Handlers
  /** The simulation clock; read once per request. */
  readonly clock: Clock
  readonly settle: (now: number) => void
  /** Runs a change of data in a transaction. */
  readonly write: <T>(change: () => T) => T
  /** Equal as long as no data of these kinds of the account has changed. */
  readonly versionOf: (accountId: number, kinds: readonly DataKind[]) => number
  readonly changed?: ((accountId: number, operation: OperationName) => void) | undefined
  readonly responder: Responder
}

const nothing = Buffer.alloc(0)

const jsonType = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i

/** The bytes of a request body. The declared content type matters only if there is a body. */
function bodyBytes({ body, raw }: FastifyRequest, { contentType }: Assumed): Uint8Array {
  if (!Buffer.isBuffer(body) || body.length === 0) return nothing
  const type = raw.headers['content-type']
  if (type && contentType === 'json' && !jsonType.test(type)) {
    reject('malformedBody', `Content-Type must be application/json, was ${JSON.stringify(type.slice(0, 80))}`)
  }
  const encoding = raw.headers['content-encoding']
  // As far as known the service ignores the header, so that a plain body passes whatever it says.
  if (
    encoding &&
    !/^\s*identity\s*$/i.test(encoding) &&
    !/^(?:\xef\xbb\xbf)?\s*\{/.test(body.toString('latin1', 0, 64))
  ) {
    const named = JSON.stringify(encoding.slice(0, 80))
    reject('malformedBody', `the body is compressed (Content-Encoding ${named}): send it without, as plain JSON`)
  }
  return body
}

/**
 * Shows Fastify a valid Content-Type in place of any other: it rejects a malformed one itself, even without a body.
 * The header as received stays in `request.raw`.
 */
function replaceContentType(request: FastifyRequest): void {
  const type = request.raw.headers['content-type']
  if (type !== undefined && type !== 'application/json') request.headers = { 'content-type': 'application/json' }
}

export function routes(app: FastifyInstance, deps: RouteDeps & { readonly bodyLimit: number }): void {
  const { bodyLimit, edition, assumed, handlers, clock, settle, write, versionOf, responder, changed } = deps
  const remembered = createResponseCache()
  app.removeAllContentTypeParsers()
  app.addHook('onRequest', (request, _reply, done) => {
    replaceContentType(request)
    done()
  })
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  for (const [name, operation] of operationsOf(edition, assumed)) {
    // Built at the first request: most starts use few operations.
    let read: ReturnType<typeof reader> | undefined
    const reply = operation.reply(assumed)
    const status = operation.status(assumed)
    const handle = handlers[name] as (caller: Caller, asked: Asked<OperationName>) => Found<OperationName>
    const kinds = operation.method === 'GET' ? readKinds[name] : undefined

    app.route<{ Params: Record<string, string> }>({
      method: operation.method,
      bodyLimit,
      url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1(^.+$)'),
      config: { operation: name },
      handler: (request, response) => {
        const { accountId, target } = request
        const caller = { accountId, now: clock.now() }
        settle(caller.now)
        const find = () => {
          const body = operation.body ? bodyBytes(request, assumed) : nothing
          read ??= reader(operation, assumed)
          const asked = read({ path: request.params, query: rawQueryOf(target), body })
          return jsonParts(reply.present(handle(caller, asked)))
        }
        const body = kinds
          ? remembered(`${accountId} ${kinds}`, versionOf(accountId, kinds), target, find)
          : write(find)
        if (!kinds) changed?.(accountId, name)
        const send = (finished: string | Buffer | LongBody) =>
          responder.send(request, response, { origin: 'ENDPOINT', status, body: finished })
        if (typeof body === 'string' || Buffer.isBuffer(body)) return send(body)
        return longBody(body, () => request.raw.destroyed).then(long => (long ? send(long) : response.hijack()))
      },
    })
  }
}
