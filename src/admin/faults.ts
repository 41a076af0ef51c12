import { Type } from 'typebox'
import { type FaultRule, faultErrors } from '../gateway/fault-rule.ts'
import type { FaultRules } from '../gateway/faults.ts'
import { shape } from '../spec/body.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { Complaint } from './problem.ts'
import { closed } from './strict.ts'

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

const words = (list: readonly string[], description: string) => Type.Enum([...list], { type: 'string', description })
const whole = (description: string) => Type.Integer({ minimum: 0, description })
const sentence = (description: string) => Type.String({ description })

const milliseconds = whole('Milliseconds.')
const time = Type.Union(
  [
    milliseconds,
    closed({ from: milliseconds, to: milliseconds }, { description: 'Any between the two, each as likely.' }),
    closed(
      { median: milliseconds, sigma: Type.Number({ minimum: 0, maximum: 10, description: 'How long the tail is.' }) },
      { description: 'A log-normal distribution.' },
    ),
  ],
  { description: 'Milliseconds, or a distribution of them.' },
)
const place = Type.Optional(
  words(['request', 'answer'], 'Before the service is asked (the default), or when its answer is made.'),
)
const effect = (kind: string, description: string, members: Parameters<typeof closed>[0] = {}) =>
  closed({ kind: Type.Literal(kind, { description: 'The kind of effect.' }), ...members }, { description })

const effects = Type.Union(
  [
    effect('refuse', 'Refuses with an error of the catalogue.', {
      error: words(Object.keys(faultErrors), 'A row of the catalogue, by name.'),
      retryAfter: Type.Optional(whole('The header Retry-After, in seconds.')),
      message: Type.Optional(sentence('What a service error says.')),
    }),
    effect('limit', 'A quota: lets so many requests of an access key through and refuses the others.', {
      requests: whole('How many go through.'),
      window: Type.Optional(whole('Milliseconds of the gateway clock after which it starts anew; without it never.')),
      error: Type.Optional(words(['quota', 'throttle', 'rate'], 'How the others are refused.')),
      retryAfter: Type.Optional(Type.Boolean({ description: 'Whether Retry-After tells when.' })),
    }),
    effect('delay', 'Waits.', { time, at: place }),
    effect('reset', 'Resets the connection instead of an answer.', { at: place }),
    effect('cut', 'Sends so many bytes of the body, then hangs up.', { bytes: whole('How many bytes.') }),
    effect('bad-json', 'Sends a body of the same length that is no JSON.'),
    effect('drip', 'Sends the body in pieces.', { bytes: whole('Bytes in a piece.'), every: milliseconds }),
  ],
  { description: 'What it does to a request.' },
)

const rule = {
  method: Type.Optional(words(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], 'Only requests with this method.')),
  path: Type.Optional(sentence('Only this path; `*` is anything but a slash, `**` anything.')),
  operation: Type.Optional(sentence('Only this operation, such as getJobs.')),
  account: Type.Optional(sentence('Only callers of this account.')),
  accessKey: Type.Optional(sentence('Only callers with this access key.')),
  after: Type.Optional(whole('So many fitting requests go by first.')),
  times: Type.Optional(whole('It acts so many times, then never again.')),
  probability: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'How likely it acts, from 0 to 1.' })),
  effect: effects,
}

const fault = closed({
  id: Type.String(),
  ...rule,
  matched: Type.Integer({ description: 'How many requests fitted its conditions.' }),
  applied: Type.Integer({ description: 'How often it acted.' }),
})

/** The rules read what they are given, whatever it is. */
const ruleShape = shape(
  closed(rule, { description: 'A fault and the requests it is for.' }),
  'a rule',
  value => value as unknown as FaultRule,
)

/** The rules of the faults that are injected. */
export const faultEndpoints = (faults: FaultRules, prefix: string): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/faults',
    title: 'List the faults in force',
    reply: closed({ faults: Type.Array(fault) }),
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
      const made = used(() => faults.add(body))
      reply.header('location', `${prefix}/faults/${made.id}`)
      return made
    },
  }),
  endpoint({ method: 'DELETE', path: '/faults', title: 'Remove all faults', act: () => faults.clear() }),
  endpoint({
    method: 'GET',
    path: '/faults/{id}',
    title: 'See a fault and how often it acted',
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
    title: 'Put another rule in the place of a fault',
    body: ruleShape,
    reply: fault,
    act({ params: { id }, body }) {
      if (!faults.get(id)) throw unknown(id)
      return used(() => faults.replace(id, body))
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/faults/{id}',
    title: 'Remove a fault',
    act({ params: { id } }) {
      if (!faults.remove(id)) throw unknown(id)
    },
  }),
]
