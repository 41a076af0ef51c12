import type { ServerResponse } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { ApiError } from '../domain/api-error.ts'
import { authHeaderNames } from '../domain/auth-headers.ts'
import type { Entry, Journal, KeptBody, Outcome } from '../journal/journal.ts'
import type { Clock } from '../time/clock.ts'
import { LongBody } from './long-body.ts'

declare module 'fastify' {
  interface FastifyRequest {
    entry: Entry | undefined
  }
  interface FastifyContextConfig {
    operation?: string
  }
}

/** Maximum number of bytes or characters kept of a body. */
const keptLength = 16 * 1024

export interface RecorderDeps {
  readonly journal: Journal
  readonly clock: Clock
  /** A monotonic time in milliseconds, for durations. */
  readonly elapsed: () => number
  readonly accountName: (accountId: number, accessKey: string | undefined) => string | undefined
}

type Body = string | Uint8Array | LongBody

/** Caches the kept part of long bodies: the same response is often sent many times. */
const cutBodies = new WeakMap<Uint8Array, KeptBody>()

/** Returns the body or its start. Copies if it is cut or part of a larger buffer, so that the journal does not retain that. */
function kept(body: Body): KeptBody {
  const { length } = body
  if (body instanceof LongBody) return { start: body.start(keptLength), length }
  if (typeof body === 'string') return length <= keptLength ? { start: body, length } : kept(Buffer.from(body))
  if (length <= keptLength && body.buffer.byteLength === length) return { start: body, length }
  const known = cutBodies.get(body)
  if (known) return known
  const made = { start: Uint8Array.prototype.slice.call(body, 0, keptLength), length }
  cutBodies.set(body, made)
  return made
}

type RecordedError = Pick<ApiError, 'code' | 'message'>

/** The response to a request; empty if the connection was lost before it. */
interface SentResponse {
  readonly status?: number
  readonly body?: Body
  readonly error?: RecordedError | undefined
}

export function createRecorder({ journal, clock, elapsed, accountName }: RecorderDeps) {
  function open({ raw }: FastifyRequest): Entry {
    const { method = '', url: target = '', headers, rawHeaders } = raw
    let { length } = target
    for (const text of rawHeaders) length += text.length
    return journal.recordRequest({ at: clock.now(), began: elapsed(), method, target, headers, length })
  }

  /** Built as one object literal: building it in steps is measurably slower. */
  function outcomeOf(request: FastifyRequest, { arrival }: Entry, response: SentResponse = {}): Outcome {
    const accessKey = arrival.headers[authHeaderNames.accessKey]
    const { body: sent } = request
    const { status, body, error } = response
    return {
      durationMs: elapsed() - arrival.began,
      operation: request.routeOptions.config.operation,
      account: accountName(request.accountId, typeof accessKey === 'string' ? accessKey : undefined),
      sent: Buffer.isBuffer(sent) && sent.length > 0 ? kept(sent) : undefined,
      status,
      refused: error?.code,
      reason: error?.message,
      explain: error && request.explanation,
      answer: body === undefined ? undefined : kept(body),
    }
  }

  return {
    /** Records a request on arrival, and marks it as broken if its connection ends before the response was sent. */
    requestArrived(request: FastifyRequest, raw: ServerResponse): Entry {
      const entry = open(request)
      raw.once('close', () => {
        if (raw.writableFinished) return
        entry.broken = true
        journal.recordResponse(entry, entry.outcome ?? outcomeOf(request, entry))
      })
      return entry
    },
    responseSent(request: FastifyRequest, status: number, body: Body, error?: RecordedError): void {
      // A request that is rejected before the gateway has no entry yet.
      const entry = request.entry ?? open(request)
      if (entry.broken) return
      journal.recordResponse(entry, outcomeOf(request, entry, { status, body, error }))
    },
    unreadable(status: number, body: string, error: RecordedError, method = '', target = ''): void {
      const { length } = target
      const entry = journal.recordRequest({ at: clock.now(), began: elapsed(), method, target, headers: {}, length })
      journal.recordResponse(entry, {
        status,
        durationMs: elapsed() - entry.arrival.began,
        refused: error.code,
        reason: error.message,
        answer: kept(body),
      })
    },
  }
}

export type Recorder = ReturnType<typeof createRecorder>
