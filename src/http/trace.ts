import type { FastifyReply } from 'fastify'
import { type Entropy, newTraceId, newUuid } from '../entropy.ts'

/** Whose answer it is: the gateway's own, or the service's passed through. */
export type Origin = 'APIGW' | 'ENDPOINT'

const jsonType = 'application/json;charset=UTF-8'

/** Makes the headers that the gateway puts on every answer, fresh ids for each. */
export const tracer =
  (chance: Entropy) =>
  (origin: Origin): Record<string, string> => ({
    'content-type': jsonType,
    'x-ncp-apigw-response-origin': origin,
    'x-ncp-trace-id': newTraceId(chance),
    'x-ncp-apigw-request-id': newUuid(chance),
  })

export type Tracer = ReturnType<typeof tracer>

/** Answers with a finished body. */
export const answer = (reply: FastifyReply, trace: Tracer, origin: Origin, status: number, body: string | Buffer) =>
  reply.code(status).headers(trace(origin)).send(body)
