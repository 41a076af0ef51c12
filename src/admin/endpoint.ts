import type { FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from '../schema/json-schema.ts'
import { check, object, type ParsedObject, type Shape, type Shapes } from '../schema/shape.ts'
import { Complaint } from './problem.ts'

type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [Key in Name]: string } & ParamsOf<Rest>
  : object

/** What a request asks an endpoint for, every part of it checked. */
interface Asked<Path extends string, Query extends Shapes, Body> {
  readonly params: ParamsOf<Path>
  readonly query: ParsedObject<Record<never, never>, Query>
  readonly body: Body
}

/** An endpoint as its author writes it. */
interface Written<Path extends string, Query extends Shapes, Body, Reply> {
  readonly method: Endpoint['method']
  /** Below the prefix, such as `/jobs/{jobId}`. */
  readonly path: Path
  /** What it does, in a few words. */
  readonly title: string
  /** Parameters, all of which may be left out; one that is not named here is refused. */
  readonly query?: Query
  readonly body?: Shape<Body>
  /** `false`: a request without a body counts as one with an empty object. */
  readonly bodyNeeded?: false
  /** The largest body in bytes, where it is not the usual one. */
  readonly bodyLimit?: number
  /** Default: 200, 204 where there is no `reply`. Of several the first, unless `act` says otherwise. */
  readonly status?: number | readonly number[]
  /** What it answers. */
  readonly reply?: TSchema
  /** What it answers when it is not JSON. */
  readonly media?: string
  /** Statuses of its own refusals beside those that follow from the rest: 400, 403, 404. */
  readonly refuses?: readonly number[]
  readonly act: (asked: Asked<Path, Query, Body>, reply: FastifyReply, request: FastifyRequest) => Reply
}

/** A request as it came, not checked yet. */
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
  readonly refuses: readonly number[]
  /** Does without HTTP what the endpoint does, all checks included. */
  readonly ask: (sent: Sent) => Reply
  /** Takes the request apart, refuses what does not fit, and does what it asks for. */
  readonly handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
}

/** A path with its parameters as Fastify writes them. */
export const colons = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

/** Checks a body; one that was not sent gets a message of its own. */
export function parseBody<T>(shape: Shape<T>, body: unknown): T {
  if (body === undefined) throw new Complaint(400, `Send ${shape.expected} as content-type application/json.`)
  return check(shape, body)
}

/** Checks the query: no parameter twice, none that is unknown. */
function parseQuery<Query extends Shapes>(shapes: Query, query: object): ParsedObject<Record<never, never>, Query> {
  for (const [name, value] of Object.entries(query)) {
    const known = Object.keys(shapes)
    if (!known.includes(name)) {
      const there = known.length === 0 ? 'there are none' : `there are ${known.join(', ')}`
      throw new Complaint(400, `${JSON.stringify(name)}: no such parameter; ${there}.`)
    }
    if (Array.isArray(value)) throw new Complaint(400, `${name}: must be given once, was given ${value.length} times.`)
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

  /** Somebody who sends a body means something by it: what is not read must not be passed over. */
  function refuseBody(sent: unknown): void {
    if (sent === undefined || sent === null || (typeof sent === 'object' && Object.keys(sent).length === 0)) return
    const instead = Object.keys(query).length === 0 ? '' : `; its parameters are ${Object.keys(query).join(', ')}`
    throw new Complaint(400, `${method} ${path} takes no body${instead}.`)
  }

  function ask(sent: Sent, response?: FastifyReply, request?: FastifyRequest): Reply {
    if (!body) refuseBody(sent.body)
    const asked = {
      params: sent.params as ParamsOf<Path>,
      query: parseQuery(query, sent.query),
      body: (body && parseBody(body, sent.body === undefined && !bodyNeeded ? {} : sent.body)) as Body,
    }
    // Only those that send their answer themselves look at the exchange; nobody asks these without one.
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
    refuses: written.refuses ?? [],
    ask,
    async handle(request, response) {
      response.code(statuses[0] ?? 200)
      const { body } = request
      const [params, query] = [request.params as Sent['params'], request.query as Sent['query']]
      const answer = await ask({ params, query, body }, response, request)
      // What is sent already, a stream, has no other answer.
      if (response.sent) return response
      return reply || written.media ? answer : response.send()
    },
  }
}
