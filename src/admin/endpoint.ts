import type { FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from '../schema/json-schema.ts'
import { check, object, type ParsedObject, type Shape, type Shapes } from '../schema/shape.ts'
import { AdminError } from './problem.ts'

type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [Key in Name]: string } & ParamsOf<Rest>
  : object

interface Asked<Path extends string, Query extends Shapes, Body> {
  readonly params: ParamsOf<Path>
  readonly query: ParsedObject<Record<never, never>, Query>
  readonly body: Body
}

interface Written<Path extends string, Query extends Shapes, Body, Reply> {
  readonly method: Endpoint['method']
  /** Below the prefix, such as `/jobs/{jobId}`. */
  readonly path: Path
  readonly title: string
  /** Optional parameters; unknown ones are rejected. */
  readonly query?: Query
  readonly body?: Shape<Body>
  /** `false`: a missing body counts as an empty object. */
  readonly bodyNeeded?: false
  /** Maximum body size in bytes, if not the default. */
  readonly bodyLimit?: number
  /** Default: 200, or 204 without `reply`. If there are several, the first one, unless `act` chooses another. */
  readonly status?: number | readonly number[]
  readonly reply?: TSchema
  readonly media?: string
  /** Error statuses besides 400, 403 and 404, which are derived. */
  readonly errorStatuses?: readonly number[]
  readonly act: (asked: Asked<Path, Query, Body>, reply: FastifyReply, request: FastifyRequest) => Reply
}

interface Sent {
  readonly params: Readonly<Record<string, string>>
  readonly query: object
  readonly body?: unknown
}

/** One control endpoint: from its table come the routes, their checks and the document. */
export interface Endpoint<Reply = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly title: string
  readonly query: Shapes
  readonly body: Shape<unknown> | undefined
  readonly bodyNeeded: boolean
  readonly bodyLimit: number | undefined
  readonly statuses: readonly number[]
  readonly reply: TSchema | undefined
  readonly media: string
  readonly errorStatuses: readonly number[]
  /** Does without HTTP what the endpoint does, all checks included. */
  readonly ask: (sent: Sent) => Reply
  /** Takes the request apart, refuses what does not fit, and does what it asks for. */
  readonly handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
}

export const colons = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

/** Checks a body; throws an AdminError if it is missing or invalid. */
export function parseBody<T>(shape: Shape<T>, body: unknown): T {
  if (body === undefined) throw new AdminError(400, `send ${shape.expected} as content-type application/json`)
  return check(shape, body)
}

/** Rejects repeated and unknown parameters. */
function parseQuery<Query extends Shapes>(shapes: Query, query: object): ParsedObject<Record<never, never>, Query> {
  for (const [name, value] of Object.entries(query)) {
    const known = Object.keys(shapes)
    if (!known.includes(name)) {
      const there = known.length === 0 ? 'none is allowed' : `allowed: ${known.join(', ')}`
      throw new AdminError(400, `unknown parameter ${JSON.stringify(name)}; ${there}`)
    }
    if (Array.isArray(value)) throw new AdminError(400, `${name}: must be given once, was given ${value.length} times`)
  }
  return check(object({}, shapes), { ...query })
}

/** An endpoint of the control table; `act` sees its parameters, query and body with their types. */
export function endpoint<
  const Path extends string,
  const Query extends Shapes = Record<never, never>,
  Body = unknown,
  Reply = unknown,
>(written: Written<Path, Query, Body, Reply>): Endpoint<Reply> {
  const { method, path, title, query = {} as Query, body, reply, act } = written
  const statuses = [written.status ?? (reply || written.media ? 200 : 204)].flat()
  const bodyNeeded = written.bodyNeeded ?? true

  /** Rejects an unexpected body instead of ignoring it. */
  function rejectBody(sent: unknown): void {
    if (sent === undefined || sent === null || (typeof sent === 'object' && Object.keys(sent).length === 0)) return
    const instead = Object.keys(query).length === 0 ? '' : `; its query parameters: ${Object.keys(query).join(', ')}`
    throw new AdminError(400, `${method} ${path} takes no body${instead}`)
  }

  function ask(sent: Sent, response?: FastifyReply, request?: FastifyRequest): Reply {
    if (!body) rejectBody(sent.body)
    const asked = {
      params: sent.params as ParamsOf<Path>,
      query: parseQuery(query, sent.query),
      body: (body && parseBody(body, sent.body === undefined && !bodyNeeded ? {} : sent.body)) as Body,
    }
    // Only endpoints that send their own response use the request and reply; those are never called without HTTP.
    return act(asked, response as FastifyReply, request as FastifyRequest)
  }

  return {
    method,
    path,
    title,
    query,
    body,
    bodyNeeded,
    bodyLimit: written.bodyLimit,
    statuses,
    reply,
    media: written.media ?? 'application/json',
    errorStatuses: written.errorStatuses ?? [],
    ask,
    async handle(request, response) {
      response.code(statuses[0] ?? 200)
      const { body } = request
      const [params, query] = [request.params as Sent['params'], request.query as Sent['query']]
      const answer = await ask({ params, query, body }, response, request)
      // A stream was sent already.
      if (response.sent) return response
      return reply || written.media ? answer : response.send()
    },
  }
}
