import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import { Complaint } from './problem.ts'

/** How many may read one kind of stream at once, and how far one of them may lag behind, in bytes. */
const mostReaders = 16
const mostUnread = 1024 ** 2

/** One open stream. */
export interface OpenStream {
  readonly send: (text: string) => void
  /** Calls `stop` when the stream has ended. */
  readonly onClose: (stop: () => void) => void
}

/** Streams of server-sent events: as many as may be open, each ended when its reader does not keep up. */
export function eventStreams() {
  const open = new Set<ServerResponse>()
  return {
    /** Throws a Complaint (503) when there are too many. */
    open(reply: FastifyReply): OpenStream {
      if (open.size >= mostReaders)
        throw new Complaint(503, `${mostReaders} streams are open already; close one of them.`)
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      open.add(raw)
      raw.once('close', () => open.delete(raw))
      return {
        send(text) {
          // Whoever does not read must not fill the memory.
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

/** The number behind which a reader goes on, from the header that browsers send when they connect again. */
export const lastEventId = (header: string | string[] | undefined): number | undefined =>
  typeof header === 'string' && /^[0-9]{1,15}$/.test(header) ? Number(header) : undefined
