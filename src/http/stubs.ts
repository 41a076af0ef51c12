import type { FastifyInstance } from 'fastify'
import { rawQueryOf } from '../gateway/target.ts'
import type { Log } from '../log.ts'
import type { Stubs } from '../stubs/stubs.ts'
import type { Wait } from './delays.ts'
import type { Responder } from './responder.ts'
import { type CallerLookup, subjectOf } from './subject.ts'

export interface StubInjection extends CallerLookup {
  readonly stubs: Stubs
  readonly wait: Wait
  readonly responder: Responder
  /** Whether recordings are replayed: a request without one is then logged. */
  readonly isReplay: boolean
  readonly log: Log
}

/** Answers requests of this scope by stubs, once the gateway has let them pass and their body is there. */
export function answerByStubs(app: FastifyInstance, injection: StubInjection): void {
  const { stubs, wait, responder, isReplay, log, ...lookup } = injection
  app.addHook('preHandler', (request, reply, done) => {
    if (stubs.idle) return done()
    const { body, raw } = request
    const { method, url: target } = raw
    const found = stubs.answer({
      ...subjectOf(request, lookup),
      query: rawQueryOf(request.target),
      headers: raw.headers,
      body: () => (Buffer.isBuffer(body) ? body.toString() : ''),
    })
    if (request.entry) request.entry.stub = found?.id ?? null
    if (!found) {
      if (isReplay) log.info({ method, target }, 'no recording of this request; the emulator responds')
      return done()
    }
    const { id, delay, status, headers, body: text } = found
    log.debug({ method, target, stub: id }, `the stub ${id} responds`)
    const respond = () => void responder.send(request, reply, { origin: 'ENDPOINT', status, headers, body: text })
    if (delay > 0) wait(delay, respond)
    else respond()
  })
}
