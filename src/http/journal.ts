import type { ServerResponse } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { authHeaderNames } from '../domain/auth-headers.ts'
import type { RefusalName } from '../domain/refusal.ts'
import type { Entry, Journal, KeptBody, Outcome } from '../journal/journal.ts'
import type { Clock } from '../time/clock.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the journal notes this request. */
    entry: Entry | undefined
  }
  interface FastifyContextConfig {
    /** Name of the operation that a route serves. */
    operation?: string
  }
}

/** How much of a body is kept. */
const keptLength = 16 * 1024

export interface NotingParts {
  readonly journal: Journal
  /** Dates the entries. */
  readonly clock: Clock
  /** Milliseconds since some moment, for durations. */
  readonly elapsed: () => number
  /** The name of an account, by its id or else by an access key of its own. */
  readonly accountName: (accountId: number, accessKey: string | undefined) => string | undefined
}

/** Beginnings of long bodies: the same answer goes out many times, and is cut once. */
const beginnings = new WeakMap<Uint8Array, KeptBody>()

/** The body or its beginning. A copy when it is cut or a part of more, so that the journal never holds on to that. */
function kept(body: string | Uint8Array): KeptBody {
  const { length } = body
  if (typeof body === 'string') return length <= keptLength ? { start: body, length } : kept(Buffer.from(body))
  if (length <= keptLength && body.buffer.byteLength === length) return { start: body, length }
  const known = beginnings.get(body)
  if (known) return known
  const made = { start: Uint8Array.prototype.slice.call(body, 0, keptLength), length }
  beginnings.set(body, made)
  return made
}

interface Refused {
  readonly refused: RefusalName
  readonly message: string
}

/** What a request was answered; nothing when its connection was gone. */
interface Answered {
  readonly status?: number
  readonly answer?: string | Uint8Array
  readonly refusal?: Refused | undefined
}

/** Writes into the journal what comes in and what goes out. */
export function noting({ journal, clock, elapsed, accountName }: NotingParts) {
  function arrived({ raw }: FastifyRequest): Entry {
    const { method = '', url: target = '', headers, rawHeaders } = raw
    let { length } = target
    for (const text of rawHeaders) length += text.length
    return journal.arrived({ at: clock.now(), began: elapsed(), method, target, headers, length })
  }

  /** What became of a request. In one literal: an object put together in steps costs more than all else here. */
  function outcomeOf(request: FastifyRequest, { arrival }: Entry, answered: Answered = {}): Outcome {
    const accessKey = arrival.headers[authHeaderNames.accessKey]
    const { body } = request
    const { status, answer, refusal } = answered
    return {
      durationMs: elapsed() - arrival.began,
      operation: request.routeOptions.config.operation,
      account: accountName(request.accountId, typeof accessKey === 'string' ? accessKey : undefined),
      sent: Buffer.isBuffer(body) && body.length > 0 ? kept(body) : undefined,
      status,
      refused: refusal?.refused,
      reason: refusal?.message,
      explain: refusal && request.explanation,
      answer: answer === undefined ? undefined : kept(answer),
    }
  }

  return {
    /** Notes a request, and whether its connection outlives the answer. */
    arrived(request: FastifyRequest, raw: ServerResponse): Entry {
      const entry = arrived(request)
      raw.once('close', () => {
        if (raw.writableFinished) return
        entry.broken = true
        journal.answered(entry, entry.outcome ?? outcomeOf(request, entry))
      })
      return entry
    },
    answered(request: FastifyRequest, status: number, answer: string | Uint8Array, refusal?: Refused): void {
      // What is refused before the gateway is reached is noted here.
      const entry = request.entry ?? arrived(request)
      // Nobody is there any more to be answered.
      if (entry.broken) return
      journal.answered(entry, outcomeOf(request, entry, { status, answer, refusal }))
    },
    /** What is no HTTP that can be read: all there is to note is that it was refused. */
    unreadable(status: number, answer: string, refusal: Refused, method = '', target = ''): void {
      const { length } = target
      const entry = journal.arrived({ at: clock.now(), began: elapsed(), method, target, headers: {}, length })
      journal.answered(entry, {
        status,
        durationMs: elapsed() - entry.arrival.began,
        refused: refusal.refused,
        reason: refusal.message,
        answer: kept(answer),
      })
    },
  }
}

export type Noting = ReturnType<typeof noting>
