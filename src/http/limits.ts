import type { Server } from 'node:http'

/** How long connections may be kept waiting, in milliseconds; 0 = unlimited. */
export interface ConnectionLimits {
  /** For a request to arrive, headers and body, and for the first byte of a connection. */
  readonly requestTimeout: number
  readonly keepAliveTimeout: number
}

/** How often Node looks for requests that are late: it cuts them off that much later than the limit says. */
export const checkingInterval = ({ requestTimeout }: ConnectionLimits): number =>
  Math.max(10, Math.min(1000, requestTimeout / 10))

/** For TLS: the handshake counts as silence. Node knows no unlimited one. */
export const handshakeLimit = ({ requestTimeout }: ConnectionLimits) =>
  requestTimeout > 0 ? { handshakeTimeout: requestTimeout } : {}

/** Applies the limits before the server listens. Fastify would take a 0 for its default. */
export function applyLimits(server: Server, { requestTimeout, keepAliveTimeout }: ConnectionLimits): void {
  server.requestTimeout = requestTimeout
  server.headersTimeout = requestTimeout
  server.keepAliveTimeout = keepAliveTimeout
}
