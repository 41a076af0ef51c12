import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { gatewayReply, type RefusalReply } from '../api/refusals.ts'
import type { Log } from '../log.ts'
import type { Noting } from './journal.ts'
import type { Tracer } from './trace.ts'

/** How long a connection that we closed may go on sending before it is cut. */
const drainMs = 1000

type Refused = 'badTarget' | 'badHeader' | 'unknownUrl'

/**
 * Closes our half and reads on until the client closes its own.
 * A connection cut while bytes are still coming is reset, and a reset takes the answer away from the client.
 */
function closeGently(socket: Duplex): void {
  socket.end()
  socket.resume()
  const cut = setTimeout(() => socket.destroy(), drainMs).unref()
  socket.once('close', () => clearTimeout(cut))
}

/** Writes a gateway answer to a bare connection and closes it. */
function answerBare(socket: Duplex, refused: Refused, trace: Tracer): RefusalReply {
  const reply = gatewayReply(refused)
  const { origin, status, body } = reply
  const headers = Object.entries(trace(origin)).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.join('')}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
  closeGently(socket)
  return reply
}

interface Connection extends Duplex {
  /** Node's own mark for the answer under way on this connection. */
  readonly _httpMessage?: (ServerResponse & { readonly req: IncomingMessage }) | null
}

interface HandshakeError extends Error {
  readonly code?: string
  /** What OpenSSL says, in a few words. */
  readonly reason?: string
}

interface Handshake extends Duplex {
  /** The connection below TLS, by Node's own name. */
  readonly _parent?: Duplex | null
}

/** Why Node's parser gave up, with what a person can do about the one case that happens to honest clients. */
const reason = ({ message, code }: Error & { code?: string }): string =>
  code === 'HPE_INVALID_URL' ? `${message}; bytes outside ASCII must be percent-encoded` : message

/** Why a handshake failed, with what a person can do about the one case that happens to honest clients. */
const handshakeFlaw = (reason: string): string =>
  /alert (unknown ca|bad certificate|certificate unknown)/.test(reason)
    ? `${reason}; the client must trust the CA of this emulator, which --tls-ca-out FILE writes`
    : reason

const wrongPort = 'this port speaks HTTPS; call it by https://\n'

/** Ends a connection whose TLS handshake failed; plain HTTP gets an answer beside TLS that says what is wrong. */
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

/** Answers what Node's HTTP parser refuses by itself in the gateway's words. */
export function refuseMalformed(trace: Tracer, log: Log, note: Noting | undefined) {
  // The parser complains again about every packet that follows.
  const refused = new WeakSet<Duplex>()

  function refuse(error: Error & { code?: string }, socket: Connection): void {
    if (!socket.writable) return
    const earlier = socket._httpMessage
    if (earlier?.req.complete) {
      // A flaw behind a whole request: that one is answered first.
      earlier.once('close', () => refuse(error, socket))
      return
    }
    if (earlier?.headersSent) {
      socket.destroy()
      return
    }
    const message = `the request is not HTTP that can be read: ${reason(error)}`
    log.info({ code: error.code }, `400/100 ${message}`)
    const refused = error.code?.startsWith('HPE_INVALID_URL') ? 'badTarget' : 'badHeader'
    const { status, body } = answerBare(socket, refused, trace)
    // One that ends in the middle of its body is noted already.
    if (!(earlier && error.code === 'HPE_INVALID_EOF_STATE')) note?.unreadable(status, body, { refused, message })
  }

  return (error: Error & { code?: string }, socket: Duplex): void => {
    if (refused.has(socket)) return
    refused.add(socket)
    // Whatever else happens to a connection that is given up, nobody waits for it.
    socket.on('error', () => socket.destroy())
    if (error.code?.startsWith('ERR_SSL_')) endHandshake(error, socket, log)
    else if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else refuse(error, socket)
  }
}

/** Gives the odd requests that Node answers without asking to the same rules as the others. */
export function takeOddRequests(
  server: Server,
  trace: Tracer,
  log: Log,
  note: Noting | undefined,
  connected: 'connection' | 'secureConnection',
): void {
  server.on('connect', ({ method, url }, socket) => {
    log.info({ method, target: url, status: 404 }, 'refused (unknownUrl): this is not a proxy')
    socket.on('error', () => socket.destroy())
    const { status, body } = answerBare(socket, 'unknownUrl', trace)
    note?.unreadable(status, body, { refused: 'unknownUrl', message: 'this is not a proxy' }, method, url)
  })
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  // Node calls this after an answer with `connection: close`, be the body of the request read or not.
  server.on(connected, (socket: Socket) => {
    socket.destroySoon = () => closeGently(socket)
  })
}
