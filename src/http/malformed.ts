import { type Server, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Log } from '../log.ts'
import { gatewayReply } from '../spec/refusals.ts'
import type { Tracer } from './trace.ts'

/** How long a refused connection may go on sending before it is cut. */
const drainMs = 1000

type Refused = 'badTarget' | 'badHeader' | 'unknownUrl'

/** Writes a gateway answer to a bare connection and closes it, reading on so that the client gets to see it. */
function answerBare(socket: Duplex, refused: Refused, trace: Tracer): void {
  const { origin, status, body } = gatewayReply(refused)
  const headers = Object.entries(trace(origin)).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.on('error', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.join('')}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
  socket.resume()
  setTimeout(() => socket.destroy(), drainMs).unref()
}

interface Connection extends Duplex {
  /** Node's own mark for an answer under way on this connection. */
  readonly _httpMessage?: { readonly _headerSent: boolean } | null
}

/** Answers what Node's HTTP parser refuses by itself in the gateway's words. */
export const refuseMalformed =
  (trace: Tracer, log: Log) =>
  (error: Error & { code?: string }, socket: Duplex): void => {
    const underWay = (socket as Connection)._httpMessage?._headerSent
    if (error.code === 'ECONNRESET' || !socket.writable || underWay) {
      socket.destroy()
      return
    }
    log.info({ code: error.code }, `400/100 the request is not HTTP that can be read: ${error.message}`)
    answerBare(socket, error.code?.startsWith('HPE_INVALID_URL') ? 'badTarget' : 'badHeader', trace)
  }

/** Gives the odd requests that Node answers without asking to the same rules as the others. */
export function takeOddRequests(server: Server, trace: Tracer): void {
  server.on('connect', (_request, socket) => answerBare(socket, 'unknownUrl', trace))
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
}
