import type { FastifyInstance } from 'fastify'
import { rawQueryOf } from '../gateway/target.ts'
import type { Assumed } from '../spec/assumptions.ts'
import { type EditionTable, operationsOf } from '../spec/edition.ts'
import { answerMemory } from './answers.ts'
import type { Handlers } from './handlers.ts'
import { answer, type Tracer } from './trace.ts'

export interface RouteParts {
  readonly edition: EditionTable
  readonly assumed: Assumed
  readonly handlers: Handlers
  /** Equal versions mean equal answers to equal questions. */
  readonly version: () => number
  readonly trace: Tracer
}

/** Registers every operation of the edition's table. */
export function routes(app: FastifyInstance, { edition, assumed, handlers, version, trace }: RouteParts): void {
  const remembered = answerMemory(version)
  for (const [name, operation] of operationsOf(edition)) {
    const reply = operation.reply(assumed)
    app.route({
      method: operation.method,
      url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      handler: (request, response) => {
        const { accountId, target } = request
        const body = remembered(`${accountId} ${target}`, () => {
          const asked = operation.read(rawQueryOf(target), assumed)
          return JSON.stringify(reply.present(handlers[name](accountId, asked)))
        })
        return answer(response, trace, 'ENDPOINT', operation.status, body)
      },
    })
  }
}
