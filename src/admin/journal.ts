import type { FastifyReply } from 'fastify'
import type { Explanation } from '../diagnosis/explainer.ts'
import type { AcceptedNames, OperationReference } from '../domain/operation-names.ts'
import type { JournalReading, NearMiss, RequestQuery, SeenRequest } from '../journal/reading.ts'
import { type TSchema, Type } from '../schema/json-schema.ts'
import { quoted, reject } from '../schema/place.ts'
import { integerText, refined, type Shape, shape } from '../schema/shape.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { AdminError } from './problem.ts'
import { eventStreams, lastEventId } from './streams.ts'

export interface FilterNames {
  readonly operations: AcceptedNames
  readonly isAccount: (name: string) => boolean
}

export interface JournalDeps extends FilterNames {
  readonly journal: JournalReading
}

const matching = <T = string>(form: RegExp, expected: string, turn: (text: string) => T): Shape<T> =>
  shape(Type.String(), expected, value => (typeof value === 'string' && form.test(value) ? turn(value) : undefined))

const asIs = (text: string): string => text
const yesOrNo = matching(/^(true|false)$/, 'true or false', text => text === 'true')

/** The query parameters. Unknown names are errors, because a filter that matches nothing would hide the typing error. */
export const requestParameters = ({ operations, isAccount }: FilterNames) => ({
  method: matching(/^[A-Za-z]{1,20}$/, 'an HTTP method', text => text.toUpperCase()),
  path: matching(/^[/*].{0,4000}$/, 'a path that begins with / or a pattern that begins with *', asIs),
  operation: refined(matching(/^/, 'the name of an operation such as getJobs', asIs), (name, at) =>
    operations.has(name)
      ? (name as OperationReference)
      : reject(at, `must be one of ${[...operations.keys()].join(', ')}, was ${quoted(name)}`),
  ),
  status: matching(/^([1-5][0-9]{2}|[1-5]xx)$/, 'a status such as 404, or a class of them such as 4xx', asIs),
  account: refined(matching(/./, 'the name of an account', asIs), (name, at) =>
    isAccount(name) ? name : reject(at, `must be the name of an account, there is no ${quoted(name)}`),
  ),
  refused: yesOrNo,
  broken: yesOrNo,
  fault: matching(/^f[0-9]{1,15}$/, 'the id of a fault such as f1', asIs),
  stub: matching(/^(s[0-9]{1,15}|none)$/, 'the id of a stub such as s1, or none', asIs),
  since: integerText(0, 1e15 - 1),
  before: integerText(1, 1e15 - 1),
  limit: integerText(1, 1_000_000),
  reveal: yesOrNo,
})

/** The parameters that select requests, without `since`, `limit` and `reveal`. */
const naming = ['method', 'path', 'operation', 'status', 'account', 'refused', 'broken', 'fault', 'stub'] as const

const orNull = <T>(schema: TSchema<T>): TSchema<T | null> => Type.Union([schema, Type.Null()])
const body = Type.Closed({
  text: Type.String(),
  cutFromBytes: Type.Optional(
    Type.Integer({ description: 'Length of the whole, when the text is only its beginning.' }),
  ),
})

const seenRequest: TSchema<SeenRequest> = Type.Closed({
  number: Type.Integer({ description: 'Counts up from 1.' }),
  at: Type.String({ format: 'date-time', description: 'By the clock of the machine.' }),
  method: Type.String(),
  target: Type.String({ description: 'Path and query as received.' }),
  operation: orNull(Type.String()),
  account: orNull(Type.String()),
  accessKey: orNull(Type.String()),
  verdict: orNull(
    Type.String({ description: '`passed`, or the name of the refusal; without an answer `reset` or `broken`.' }),
  ),
  reason: Type.Optional(Type.String({ description: 'Why it was refused, as the log says it.' })),
  diagnosis: Type.Optional(
    Type.Object({}, { description: 'What was wrong with the signature.' }) as TSchema<Explanation>,
  ),
  faults: Type.Optional(
    Type.Array(Type.Closed({ id: Type.String(), kind: Type.String() }), {
      description: 'The faults that acted on it.',
    }),
  ),
  stub: Type.Optional(
    orNull(Type.String({ description: 'The stub that responded; null: there were stubs, and none matched.' })),
  ),
  status: orNull(Type.Integer()),
  broken: Type.Optional(Type.Literal(true, { description: 'The connection ended before all of the answer had left.' })),
  durationMs: orNull(Type.Number()),
  headers: Type.Record(Type.String()),
  body: Type.Optional(body),
  answer: orNull(body),
})

const wanted = Type.Union([Type.String(), Type.Number(), Type.Boolean()])
const nearMiss: TSchema<NearMiss> = Type.Closed({
  differences: Type.Array(Type.Closed({ part: Type.String(), wanted, found: orNull(wanted) })),
  request: seenRequest,
})
const count = Type.Integer({ description: 'How many there are, whatever the limit.' })

const eventOf = (request: SeenRequest): string =>
  `id: ${request.number}\nevent: request\ndata: ${JSON.stringify(request)}\n\n`

type JournalQuery = ReturnType<typeof requestParameters>

const readEndpoints = (journal: JournalReading, query: JournalQuery): readonly Endpoint[] => [
  endpoint({
    method: 'GET',
    path: '/requests',
    title: 'Read the journal: the newest requests that fit, the oldest of them first',
    query,
    reply: Type.Closed({
      requests: Type.Array(seenRequest),
      count,
      dropped: Type.Integer({ description: 'How many fell out or were cleared.' }),
    }),
    act: ({ query }) => ({
      requests: journal.entries(query),
      count: journal.count(query),
      dropped: journal.dropped(),
    }),
  }),
  endpoint({
    method: 'GET',
    path: '/requests/count',
    title: 'Count the requests that fit',
    query,
    reply: Type.Closed({ count }),
    act: ({ query }) => ({ count: journal.count(query) }),
  }),
  endpoint({
    method: 'DELETE',
    path: '/requests',
    title: 'Empty the journal, or forget what one account asked',
    query: { account: query.account },
    act: ({ query }) => journal.clear(query.account),
  }),
  endpoint({
    method: 'GET',
    path: '/requests/near-misses',
    title: 'Find what comes nearest to a request that was not made',
    query,
    reply: Type.Closed({ count, nearMisses: Type.Array(nearMiss) }),
    act({ query }) {
      if (naming.every(name => query[name] === undefined)) {
        throw new AdminError(400, `Say which request is missed: give one of ${naming.join(', ')} at least.`)
      }
      return { count: journal.count(query), nearMisses: journal.nearMisses(query) }
    },
  }),
  endpoint({
    method: 'GET',
    path: '/requests/{number}',
    title: 'Get one request of the journal',
    query: { reveal: query.reveal },
    reply: seenRequest,
    act({ params, query }) {
      const found = /^[1-9][0-9]{0,14}$/.test(params.number)
        ? journal.entry(Number(params.number), query.reveal)
        : undefined
      if (found) return found
      throw new AdminError(404, `unknown request ${JSON.stringify(params.number.slice(0, 80))}; it may have fallen out`)
    },
  }),
]

export interface JournalEndpoints {
  readonly endpoints: readonly Endpoint[]
  readonly stop: () => void
}

export function journalEndpoints({ journal, ...names }: JournalDeps): JournalEndpoints {
  const query = requestParameters(names)
  const streams = eventStreams()

  function follow(query: RequestQuery, last: string | string[] | undefined, reply: FastifyReply): void {
    const { send, onClose } = streams.open(reply)
    const since = lastEventId(last) ?? query.since
    const missed =
      since === undefined ? [] : journal.entries({ ...query, since, limit: query.limit ?? Number.MAX_SAFE_INTEGER })
    const answered = missed.filter(({ verdict }) => verdict !== null)
    send(`: every request from now on\n\n${answered.map(eventOf).join('')}`)
    onClose(journal.follow(query, seen => send(eventOf(seen))))
  }

  const stream = endpoint({
    method: 'GET',
    path: '/requests/stream',
    title: 'Follow the journal as server-sent events',
    query,
    media: 'text/event-stream',
    errorStatuses: [503],
    act: ({ query }, reply, { headers }) => follow(query, headers['last-event-id'], reply),
  })
  return { endpoints: [...readEndpoints(journal, query), stream], stop: streams.stop }
}
