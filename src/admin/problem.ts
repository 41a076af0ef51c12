import { STATUS_CODES } from 'node:http'
import type { FastifyReply } from 'fastify'

/** Answers with RFC 9457 problem details, so that nobody takes an admin error for one of NCP's. */
export const problem = (reply: FastifyReply, status: number, detail: string) =>
  reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail }))
