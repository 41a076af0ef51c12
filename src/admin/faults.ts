import type { FaultRules } from '../faults/faults.ts'
import { type FaultRule, faultPresets, faultRuleMembers } from '../faults/rule.ts'
import { Type } from '../schema/json-schema.ts'
import { shape } from '../schema/shape.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { AdminError, inAdminTerms } from './problem.ts'

const unknown = (id: string) =>
  new AdminError(404, `unknown fault ${JSON.stringify(id.slice(0, 80))}; GET /__admin/faults lists the faults`)

const fault = Type.Closed({
  id: Type.String(),
  ...faultRuleMembers,
  matched: Type.Integer({ description: 'How many requests fitted its conditions.' }),
  applied: Type.Integer({ description: 'How often it acted.' }),
})

/** Not checked here: the fault rules check it. */
const ruleShape = shape(
  Type.Closed(faultRuleMembers, { description: 'A fault and the requests it is for.' }),
  'a rule',
  value => value as unknown as FaultRule,
)

export const faultEndpoints = (faults: FaultRules, prefix: string): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/fault-presets',
    title: 'List the presets of --faults with their rules',
    reply: Type.Closed({
      presets: Type.Array(Type.Closed({ name: Type.String(), faults: Type.Array(Type.Closed(faultRuleMembers)) })),
    }),
    act: () => ({ presets: Object.entries(faultPresets).map(([name, faults]) => ({ name, faults })) }),
  }),
  endpoint({
    method: 'GET',
    path: '/faults',
    title: 'List the faults',
    reply: Type.Closed({ faults: Type.Array(fault) }),
    act: () => ({ faults: faults.list() }),
  }),
  endpoint({
    method: 'POST',
    path: '/faults',
    title: 'Add a fault',
    body: ruleShape,
    status: 201,
    reply: fault,
    act: ({ body }, reply) => {
      const made = inAdminTerms(() => faults.add(body))
      reply.header('location', `${prefix}/faults/${made.id}`)
      return made
    },
  }),
  endpoint({ method: 'DELETE', path: '/faults', title: 'Delete all faults', act: () => faults.clear() }),
  endpoint({
    method: 'GET',
    path: '/faults/{id}',
    title: 'Get a fault with its counts',
    reply: fault,
    act({ params: { id } }) {
      const found = faults.get(id)
      if (!found) throw unknown(id)
      return found
    },
  }),
  endpoint({
    method: 'PUT',
    path: '/faults/{id}',
    title: 'Replace a fault',
    body: ruleShape,
    reply: fault,
    act({ params: { id }, body }) {
      if (!faults.get(id)) throw unknown(id)
      return inAdminTerms(() => faults.replace(id, body))
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/faults/{id}',
    title: 'Delete a fault',
    act({ params: { id } }) {
      if (!faults.remove(id)) throw unknown(id)
    },
  }),
]
