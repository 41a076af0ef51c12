import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import { AdminError } from './problem.ts'

/** Maximum number of readers per kind of stream, and maximum backlog of one reader in bytes. */
const mostReaders = 16
const mostUnread = 1024 ** 2

export interface OpenStream {
  readonly send: (text: string) => void
  /** Calls `stop` when the stream has ended. */
  readonly onClose: (stop: () => void) => void
}

/** Server-sent event streams: limited in number; a stream is closed if its reader does not keep up. */
export function eventStreams() {
  const open = new Set<ServerResponse>()
  return {
    /** Throws an AdminError (503) if there are too many. */
    open(reply: FastifyReply): OpenStream {
      if (open.size >= mostReaders)
        throw new AdminError(503, `${mostReaders} streams are open already; close one of them`)
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      open.add(raw)
      raw.once('close', () => open.delete(raw))
      return {
        send(text) {
          // A reader that does not read must not fill the memory.
          if (raw.writableLength > mostUnread) raw.destroy()
          else raw.write(text)
        },
        onClose: stop => void raw.once('close', stop),
      }
    },
    stop() {
      for (const response of open) response.end()
    },
  }
}

/** The last event id that a reconnecting browser sends. */
export const lastEventId = (header: string | string[] | undefined): number | undefined =>
  typeof header === 'string' && /^[0-9]{1,15}$/.test(header) ? Number(header) : undefined
