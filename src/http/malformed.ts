import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { textOf, visible } from '../diagnosis/bytes.ts'
import { parserFlaw, readHead } from '../diagnosis/malformed.ts'
import type { Log } from '../log.ts'
import { closeGently, type Responder } from './responder.ts'

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

/** Why Node's parser gave up, and where in which bytes. */
interface ParserError extends Error {
  readonly code?: string
  readonly rawPacket?: Buffer
  readonly bytesParsed?: number
}

/** How much of a request that cannot be read is looked at. */
const mostHead = 32 * 1024

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

/** Responds with the gateway's errors to what Node's HTTP parser rejects. */
export function rejectMalformed(responder: Responder, log: Log) {
  // The parser complains again about every packet that follows.
  const rejected = new WeakSet<Duplex>()

  function reject(error: ParserError, socket: Connection): void {
    if (!socket.writable) return
    const earlier = socket._httpMessage
    if (earlier?.req.complete) {
      // A flaw behind a whole request: that one is answered first.
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
    // A request that ends in the middle of its body is in the journal already.
    const record = !(earlier && error.code === 'HPE_INVALID_EOF_STATE')
    responder.sendBare(socket, { code, message }, { method, target, record })
  }

  return (error: Error & { code?: string }, socket: Duplex): void => {
    if (rejected.has(socket)) return
    rejected.add(socket)
    // Whatever else happens to a connection that is given up, nobody waits for it.
    socket.on('error', () => socket.destroy())
    if (error.code?.startsWith('ERR_SSL_')) endHandshake(error, socket, log)
    else if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy()
    else reject(error, socket)
  }
}

/** Gives the odd requests that Node answers without asking to the same rules as the others. */
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
  // Node calls this after an answer with `connection: close`, be the body of the request read or not.
  server.on(connected, (socket: Socket) => {
    socket.destroySoon = () => closeGently(socket)
  })
}
