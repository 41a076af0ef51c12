import { STATUS_CODES } from 'node:http'
import type { FastifyReply } from 'fastify'

/** An admin request that is rejected; the message says what to do instead. */
export class AdminError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'AdminError'
    this.status = status
  }
}

/** Runs something that rejects a rule with a RangeError, which becomes an AdminError. */
export function inAdminTerms<T>(use: () => T): T {
  try {
    return use()
  } catch (error) {
    throw error instanceof RangeError ? new AdminError(400, `${error.message}.`) : error
  }
}

/** Sends RFC 9457 problem details, which cannot be confused with errors of NCP. */
export const problem = (reply: FastifyReply, status: number, detail: string) =>
  reply
    .code(status)
    .header('content-type', 'application/problem+json')
    // Bytes, because Fastify adds a charset to JSON text, which RFC 9457 does not define.
    .send(Buffer.from(JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail })))
