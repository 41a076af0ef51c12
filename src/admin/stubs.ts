import { Type } from '../schema/json-schema.ts'
import { shape } from '../schema/shape.ts'
import { type StubRule, stubRuleMembers } from '../stubs/rule.ts'
import type { Stubs } from '../stubs/stubs.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { AdminError, inAdminTerms } from './problem.ts'

const unknown = (id: string) =>
  new AdminError(404, `unknown stub ${JSON.stringify(id.slice(0, 80))}; GET /__admin/stubs lists the stubs`)

const stub = Type.Closed({
  id: Type.String(),
  file: Type.Optional(Type.String({ description: 'The file of --replay that it is from.' })),
  ...stubRuleMembers,
  applied: Type.Integer({ description: 'How many times it responded.' }),
})

/** Not checked here: the stubs check it, as they know the operations. */
const ruleShape = shape(
  Type.Closed(stubRuleMembers, { description: 'A response, and the requests that get it.' }),
  'a stub',
  value => value as unknown as StubRule,
)

const list = Type.Closed({ stubs: Type.Array(stub) })

export const stubEndpoints = (stubs: Stubs, prefix: string): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/stubs',
    title: 'List the stubs in the order in which they are tried',
    reply: list,
    act: () => ({ stubs: stubs.list() }),
  }),
  endpoint({
    method: 'POST',
    path: '/stubs',
    title: 'Add a stub',
    body: ruleShape,
    status: 201,
    reply: stub,
    act: ({ body }, reply) => {
      const made = inAdminTerms(() => stubs.add(body))
      reply.header('location', `${prefix}/stubs/${made.id}`)
      return made
    },
  }),
  endpoint({ method: 'DELETE', path: '/stubs', title: 'Delete all stubs', act: () => stubs.clear() }),
  endpoint({
    method: 'POST',
    path: '/stubs/reset',
    title: 'Restore the stubs of --replay with their counts, and delete all others',
    reply: list,
    act: () => {
      stubs.reset()
      return { stubs: stubs.list() }
    },
  }),
  endpoint({
    method: 'GET',
    path: '/stubs/{id}',
    title: 'Get a stub with its count',
    reply: stub,
    act({ params: { id } }) {
      const found = stubs.get(id)
      if (!found) throw unknown(id)
      return found
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/stubs/{id}',
    title: 'Delete a stub',
    act({ params: { id } }) {
      if (!stubs.remove(id)) throw unknown(id)
    },
  }),
]
