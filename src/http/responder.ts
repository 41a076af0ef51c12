import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { gatewayErrorResponse } from '../api/error-response.ts'
import type { ApiError, GatewayErrorName } from '../domain/api-error.ts'
import { type Entropy, newTraceId, newUuid } from '../entropy.ts'
import { LongBody } from './long-body.ts'
import type { Recorder } from './recorder.ts'

/** The sender of a response: the gateway, or the service behind it. */
type Origin = 'APIGW' | 'ENDPOINT'

export interface FinishedResponse {
  readonly origin: Origin
  readonly status: number
  readonly headers?: Readonly<Record<string, string | number>>
  readonly body: string | Buffer | LongBody
}

declare module 'fastify' {
  interface FastifyRequest {
    /** A fault changes the response: it is sent as one. */
    sendsWhole?: boolean
  }
}

/** What Fastify sends, and the headers that it needs for it. */
function payloadOf(body: FinishedResponse['body'], asOne = false) {
  if (!(body instanceof LongBody)) return { payload: body }
  if (asOne) return { payload: body.whole() }
  return { payload: body.stream(), headers: { 'content-length': body.length } }
}

/** What is known of a request that Fastify never received. */
interface BareRequest {
  readonly method?: string | undefined
  readonly target?: string | undefined
  /** `false`: the journal contains it already. */
  readonly record?: boolean
}

const jsonType = 'application/json;charset=UTF-8'

/** How long a closed connection may continue to send, in milliseconds. */
const drainMs = 1000

/**
 * Closes our half of a connection and reads until the client closes its own.
 * Closing while bytes are still arriving would reset the connection, and the client would lose the response.
 */
export function closeGently(socket: Duplex): void {
  socket.end()
  socket.resume()
  const cut = setTimeout(() => socket.destroy(), drainMs).unref()
  socket.once('close', () => clearTimeout(cut))
}

export const gatewayHeaders = (chance: Entropy, origin: Origin): Record<string, string> => ({
  'content-type': jsonType,
  'x-ncp-apigw-response-origin': origin,
  'x-ncp-trace-id': newTraceId(chance),
  'x-ncp-apigw-request-id': newUuid(chance),
})

/**
 * Sends every response of the emulated API with the headers of the gateway, and records it.
 * Without a recorder nothing is recorded.
 */
export function createResponder(chance: Entropy, recorder?: Recorder) {
  const headersOf = (origin: Origin) => gatewayHeaders(chance, origin)

  return {
    arrived(request: FastifyRequest, reply: FastifyReply): void {
      request.entry = recorder?.requestArrived(request, reply.raw)
    },
    /** `error` is recorded in the journal. */
    send(request: FastifyRequest, reply: FastifyReply, response: FinishedResponse, error?: ApiError): FastifyReply {
      const { origin, status, headers, body } = response
      recorder?.responseSent(request, status, body, error)
      const sent = payloadOf(body, request.sendsWhole)
      return reply
        .code(status)
        .headers({ ...headersOf(origin), ...headers, ...sent.headers })
        .send(sent.payload)
    },
    /** Sends a gateway error on a connection without Fastify and closes it. */
    sendBare(socket: Duplex, error: { readonly code: GatewayErrorName; readonly message: string }, seen: BareRequest) {
      const { origin, status, body } = gatewayErrorResponse(error.code)
      const headers = Object.entries(headersOf(origin)).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.write(
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.join('')}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
      )
      closeGently(socket)
      if (seen.record !== false) recorder?.unreadable(status, body, error, seen.method, seen.target)
    },
  }
}

export type Responder = ReturnType<typeof createResponder>
