import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../domain/api-error.ts'
import type { AnswerFault, FaultRules } from '../faults/faults.ts'
import type { Log } from '../log.ts'
import type { Wait } from './delays.ts'
import { type CallerLookup, subjectOf } from './subject.ts'

export interface FaultInjection extends CallerLookup {
  readonly faults: FaultRules
  readonly wait: Wait
  readonly log: Log
}

/** Closes a connection without a response. A TLS connection can only be closed, an in-process one only dropped. */
function breakOff(raw: ServerResponse): void {
  const { socket } = raw
  if (socket && 'resetAndDestroy' in socket && !('encrypted' in socket)) socket.resetAndDestroy()
  else raw.destroy()
}

/** Sends a finished response as a fault changes it; its headers were written before and describe the whole body. */
function sendFaulty(raw: ServerResponse, end: (body: Buffer) => void, body: Buffer, fault: AnswerFault, wait: Wait) {
  const drip = (from: number, step: number, every: number): void => {
    if (raw.destroyed) return
    const to = from + step
    if (to >= body.length) {
      end(body.subarray(from))
      return
    }
    raw.write(body.subarray(from, to))
    wait(every, () => drip(to, step, every))
  }
  switch (fault.kind) {
    case 'reset':
      return breakOff(raw)
    case 'cut':
      raw.write(body.subarray(0, Math.min(fault.bytes, body.length - 1)), () => raw.destroy())
      return
    case 'bad-json':
      return end(Buffer.concat([body.subarray(0, -1), Buffer.from(' ')]).subarray(0, body.length))
    case 'drip':
      return drip(0, fault.bytes, fault.every)
  }
}

/** Delays or damages one response; other responses are not slowed down. */
function spoil(raw: ServerResponse, fault: AnswerFault | undefined, delay: number, wait: Wait): void {
  const end = raw.end.bind(raw) as (body: Buffer) => void
  const leave = (body: Buffer) => (fault ? sendFaulty(raw, end, body, fault, wait) : end(body))
  raw.end = ((payload: string | Buffer | null) => {
    // Without a body, as a stub may send it, Fastify passes null.
    const body = Buffer.from((payload ?? '') as string)
    if (delay > 0) wait(delay, () => leave(body))
    else leave(body)
    return raw
  }) as typeof raw.end
}

/** Applies the fault rules to a request. `admit` is the gateway's own check, which throws its rejection. */
export const faultInjector =
  ({ faults, wait, log, ...lookup }: FaultInjection) =>
  (request: FastifyRequest, reply: FastifyReply, admit: () => void, done: (error?: Error) => void): void => {
    let own: ApiError | undefined
    try {
      admit()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      own = error
    }

    const { method, url: target } = request.raw
    const { acted, delay, answerDelay, reset, refused, answer } = faults.judge(subjectOf(request, lookup), own?.code)
    if (acted.length > 0 && request.entry) request.entry.faults = acted
    if (answer || reset || delay + answerDelay > 0) {
      const names = acted.map(({ id, kind }) => `${id} (${kind})`).join(', ')
      log.info({ method, target, delay: delay + answerDelay }, `injected by faults: ${names}`)
    }
    if (answer || answerDelay > 0) {
      request.sendsWhole = true
      spoil(reply.raw, answer, answerDelay, wait)
    }

    const proceed = () => {
      if (reset) {
        breakOff(reply.raw)
      } else if (refused) {
        request.explanation = undefined
        if (refused.retryAfter !== undefined) reply.header('retry-after', refused.retryAfter)
        done(new ApiError(refused.name, refused.message, request.ip))
      } else {
        done(own)
      }
    }
    if (delay > 0) wait(delay, proceed)
    else proceed()
  }
