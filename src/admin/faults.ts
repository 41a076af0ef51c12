import type { FastifyInstance } from 'fastify'
import type { FaultRule } from '../gateway/fault-rule.ts'
import type { FaultRules } from '../gateway/faults.ts'
import { Complaint } from './problem.ts'

interface OfFault {
  Params: { readonly id: string }
}

const unknown = (id: string) =>
  new Complaint(404, `There is no fault ${JSON.stringify(id.slice(0, 80))}; GET /faults here lists them.`)

/** Makes a complaint of what a rule's reader says. */
function used<T>(use: () => T): T {
  try {
    return use()
  } catch (error) {
    throw error instanceof RangeError ? new Complaint(400, `${error.message}.`) : error
  }
}

/** `/faults`: the rules of the faults that are injected. */
export function faultEndpoints(app: FastifyInstance, faults: FaultRules): void {
  app.get('/faults', { exposeHeadRoute: true }, () => ({ faults: faults.list() }))
  app.post('/faults', (request, reply) => {
    // The rules read what they are given, whatever it is.
    const made = used(() => faults.add(request.body as FaultRule))
    return reply.code(201).header('location', `${app.prefix}/faults/${made.id}`).send(made)
  })
  app.delete('/faults', (_request, reply) => {
    faults.clear()
    return reply.code(204).send()
  })
  app.get<OfFault>('/faults/:id', { exposeHeadRoute: true }, ({ params: { id } }) => {
    const found = faults.get(id)
    if (!found) throw unknown(id)
    return found
  })
  app.put<OfFault>('/faults/:id', ({ params: { id }, body }) => {
    if (!faults.get(id)) throw unknown(id)
    return used(() => faults.replace(id, body as FaultRule))
  })
  app.delete<OfFault>('/faults/:id', ({ params: { id } }, reply) => {
    if (!faults.remove(id)) throw unknown(id)
    return reply.code(204).send()
  })
}
