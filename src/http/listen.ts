import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

type NodeError = Error & { readonly code?: string }

/** How often to pick another free port if it is taken on the other loopback address. */
const maximumDraws = 20

/** Node's error codes on a machine without an IPv6 loopback address. */
const noSuchAddress = ['EADDRNOTAVAIL', 'EAFNOSUPPORT']

interface Where {
  /** An address or a name; `localhost` means 127.0.0.1 and, if the machine has it, ::1. */
  readonly host: string
  /** 0: any free port. */
  readonly port: number
}

interface ListenerOptions {
  readonly ipv6Loopback?: string
  /** How long requests in flight may take to finish once the app closes, in milliseconds. */
  readonly graceMs?: number
}

/** Destroys what is still connected some time after the app began to close; `closeAllConnections` leaves unfinished TLS handshakes. */
function limitClosing(fastify: FastifyInstance, graceMs: number): void {
  const sockets = new Set<Socket>()
  fastify.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  let timer: NodeJS.Timeout | undefined
  fastify.addHook('preClose', done => {
    timer = setTimeout(() => {
      for (const socket of sockets) socket.destroy()
    }, graceMs)
    done()
  })
  fastify.addHook('onClose', async () => clearTimeout(timer))
}

/**
 * Call this before the app is ready. Connections to ::1 are passed to the app's own server,
 * so that both loopback addresses have the same limits and handlers, and are closed together.
 */
export function listener(
  fastify: FastifyInstance,
  { ipv6Loopback = '::1', graceMs = 1000 }: ListenerOptions = {},
): (where: Where) => Promise<AddressInfo> {
  // Before the hook below, as hooks of this kind run in reverse order: the limit ends when both servers are closed.
  limitClosing(fastify, graceMs)
  const { server } = fastify
  // A server of TLS; its class is not loaded to ask.
  const isTls = 'setSecureContext' in server
  const options = { allowHalfOpen: !isTls, noDelay: true }
  const second = createServer(options, (socket: Socket) => void server.emit('connection', socket))
  const closeSecond = () => new Promise<void>(resolve => void second.close(() => resolve()))
  let closed: Promise<void> | undefined
  fastify.addHook('preClose', done => {
    closed = closeSecond()
    done()
  })
  fastify.addHook('onClose', () => closed)

  /** Returns the port on ::1; undefined if the machine has no such address. */
  const listenOnSecond = (port: number) =>
    new Promise<number | undefined>((resolve, reject) => {
      const fail = (error: NodeError) => (noSuchAddress.includes(error.code ?? '') ? resolve(undefined) : reject(error))
      second.once('error', fail)
      second.listen({ port, host: ipv6Loopback }, () => {
        second.off('error', fail)
        resolve((second.address() as AddressInfo).port)
      })
    })

  async function listenOnFreePort(draws = maximumDraws): Promise<void> {
    const port = await listenOnSecond(0)
    try {
      await fastify.listen({ port: port ?? 0, host: '127.0.0.1' })
    } catch (error) {
      await closeSecond()
      if ((error as NodeError).code !== 'EADDRINUSE' || draws === 1) throw error
      await listenOnFreePort(draws - 1)
    }
  }

  return async ({ host, port }) => {
    if (host.toLowerCase() !== 'localhost') await fastify.listen({ port, host })
    else if (port === 0) await listenOnFreePort()
    else {
      await fastify.listen({ port, host: '127.0.0.1' })
      await listenOnSecond(port)
    }
    return server.address() as AddressInfo
  }
}
