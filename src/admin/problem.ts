import { STATUS_CODES } from 'node:http'
import type { FastifyReply } from 'fastify'

/** An admin request that is refused; the message says what to do instead. */
export class Complaint extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'Complaint'
    this.status = status
  }
}

/** Answers with RFC 9457 problem details, so that nobody takes an admin error for one of NCP's. */
export const problem = (reply: FastifyReply, status: number, detail: string) =>
  reply
    .code(status)
    .header('content-type', 'application/problem+json')
    // Bytes, as Fastify adds a charset to JSON text and RFC 9457 knows none.
    .send(Buffer.from(JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail })))
