import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { textOf, visible } from '../diagnosis/bytes.ts'
import { parserFlaw, readHead } from '../diagnosis/malformed.ts'
import type { Log } from '../log.ts'
import { closeGently, type Responder } from './responder.ts'

interface Connection extends Duplex {
  /** Node's internal reference to the pending response on this connection. */
  readonly _httpMessage?: (ServerResponse & { readonly req: IncomingMessage }) | null
  readonly parser?: { readonly incoming?: IncomingMessage | null } | null
  /** How many bytes the client has sent, TLS removed. */
  readonly bytesRead?: number
}

interface HandshakeError extends Error {
  readonly code?: string
  readonly reason?: string
}

interface Handshake extends Duplex {
  /** The connection below TLS, by Node's internal name. */
  readonly _parent?: Duplex | null
}

/** Why Node's parser gave up, and where in which bytes. */
interface ParserError extends Error {
  readonly code?: string
  readonly rawPacket?: Buffer
  readonly bytesParsed?: number
}

/** How much of a request that cannot be read is looked at. */
const mostHead = 32 * 1024

/** The reason of a failed handshake, with a hint for the most common client mistake. */
const handshakeFlaw = (reason: string): string =>
  /alert (unknown ca|bad certificate|certificate unknown)/.test(reason)
    ? `${reason}; the client must trust the CA of this emulator, which --tls-ca-out FILE writes`
    : reason

/** Why nobody waits for a response to a request that did not arrive in time; `undefined`: somebody does. */
function silenceOf({ bytesRead, parser, _httpMessage }: Connection): string | undefined {
  if (bytesRead === 0) return 'nothing was sent'
  const unfinished = parser?.incoming?.complete === false
  return unfinished && !_httpMessage ? 'the rest of an answered request did not arrive' : undefined
}

/** Errors of a request whose headers were read, and which is in the journal for that reason. */
const midBody: readonly (string | undefined)[] = ['HPE_INVALID_EOF_STATE', 'ERR_HTTP_REQUEST_TIMEOUT']

const wrongPort = 'this port speaks HTTPS; use an https:// URL\n'

/** Closes a connection whose TLS handshake failed. A plain HTTP client gets a response that explains the problem. */
function endHandshake({ code, reason = '' }: HandshakeError, socket: Handshake, log: Log): void {
  const plain = code === 'ERR_SSL_HTTP_REQUEST'
  log.info({ code }, plain ? '400 plain HTTP: this port speaks HTTPS' : `no TLS connection: ${handshakeFlaw(reason)}`)
  const below = socket._parent
  if (!plain || !below?.writable) {
    socket.destroy()
    return
  }
  below.write(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain;charset=UTF-8\r\ncontent-length: ${wrongPort.length}\r\nconnection: close\r\n\r\n${wrongPort}`,
  )
  closeGently(below)
}

/** Responds with gateway errors to requests that Node's HTTP parser rejects. */
export function rejectMalformed(responder: Responder, log: Log) {
  // The parser reports an error again for every packet that follows.
  const rejected = new WeakSet<Duplex>()

  function reject(error: ParserError, socket: Connection): void {
    if (!socket.writable) return
    const silence = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? silenceOf(socket) : undefined
    if (silence !== undefined) {
      log.debug({ code: error.code }, `closed a connection: ${silence} in time`)
      socket.destroy()
      return
    }
    const earlier = socket._httpMessage
    if (earlier?.req.complete) {
      // The error follows a complete request, whose response must be sent first.
      earlier.once('close', () => reject(error, socket))
      return
    }
    if (earlier?.headersSent) {
      socket.destroy()
      return
    }
    const head = error.rawPacket && readHead(error.rawPacket.toString('latin1', 0, mostHead), error.bytesParsed ?? 0)
    const { sentence } = parserFlaw(error.code ?? '', error.message, head)
    const message = `the request is not HTTP that can be read: ${sentence}`
    const method = visible(textOf(head?.method ?? ''))
    const target = visible(textOf(head?.target ?? ''))
    log.info({ code: error.code, ...(head && { method, target }) }, `400/100 ${message}`)
    const code = error.code?.startsWith('HPE_INVALID_URL') ? 'badTarget' : 'badHeader'
    const record = !(earlier && midBody.includes(error.code))
    responder.sendBare(socket, { code, message }, { method, target, record })
  }

  return (error: Error & { code?: string }, socket: Duplex): void => {
    if (rejected.has(socket)) return
    rejected.add(socket)
    // Ignore further errors of a connection that is being closed.
    socket.on('error', () => socket.destroy())
    if (error.code?.startsWith('ERR_SSL_')) endHandshake(error, socket, log)
    else if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else reject(error, socket)
  }
}

/** Applies the usual rules to requests that Node would otherwise respond to itself. */
export function takeOddRequests(
  server: Server,
  responder: Responder,
  log: Log,
  connected: 'connection' | 'secureConnection',
): void {
  server.on('connect', ({ method, url }, socket) => {
    const error = { code: 'unknownUrl', message: 'this is not a proxy' } as const
    log.info({ method, target: url, status: 404 }, `rejected (${error.code}): ${error.message}`)
    socket.on('error', () => socket.destroy())
    responder.sendBare(socket, error, { method, target: url })
  })
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  // Node calls this after a response with `connection: close`, whether or not the request body was read.
  server.on(connected, (socket: Socket) => {
    socket.destroySoon = () => closeGently(socket)
  })
}
