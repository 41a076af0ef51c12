import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { JournalReading, RequestQuery, SeenRequest } from '../domain/journal-reading.ts'
import { Complaint } from './problem.ts'

export interface JournalParts {
  readonly journal: JournalReading
  /** The names of the edition's operations. */
  readonly operations: readonly string[]
}

/** How many may follow the journal at once, and how far one of them may lag behind. */
const mostFollowers = 16
const mostUnread = 1024 ** 2

type Reading = (text: string) => unknown

const refuseValue = (expected: string) => {
  throw new RangeError(expected)
}

const matching =
  (form: RegExp, expected: string, turn: Reading = text => text): Reading =>
  text =>
    form.test(text) ? turn(text) : refuseValue(expected)

const yesOrNo = matching(/^(true|false)$/, 'true or false', text => text === 'true')
const wholeNumber = (least: number, most: number): Reading =>
  matching(/^[0-9]{1,15}$/, `a whole number from ${least} to ${most}`, text => {
    const value = Number(text)
    return value >= least && value <= most ? value : refuseValue(`a whole number from ${least} to ${most}`)
  })

/** How each parameter is read. */
const parameters = (operations: readonly string[]) => ({
  method: matching(/^[A-Za-z]{1,20}$/, 'an HTTP method', text => text.toUpperCase()),
  path: matching(/^[/*].{0,4000}$/, 'a path that begins with / or a pattern that begins with *'),
  operation: (text: string) => (operations.includes(text) ? text : refuseValue(`one of ${operations.join(', ')}`)),
  status: matching(/^([1-5][0-9]{2}|[1-5]xx)$/, 'a status such as 404, or a class of them such as 4xx'),
  account: matching(/./, 'the name of an account'),
  refused: yesOrNo,
  broken: yesOrNo,
  fault: matching(/^f[0-9]{1,15}$/, 'the id of a fault such as f1'),
  since: wholeNumber(0, 1e15 - 1),
  limit: wholeNumber(1, 1_000_000),
  reveal: yesOrNo,
})

/** What `since`, `limit` and `reveal` do not say: which requests are looked for. */
const naming = ['method', 'path', 'operation', 'status', 'account', 'refused', 'broken', 'fault'] as const

function queryReader(operations: readonly string[]): (request: FastifyRequest) => RequestQuery {
  const known: Readonly<Record<string, Reading>> = parameters(operations)
  return ({ query }) => {
    const read: Record<string, unknown> = {}
    for (const [name, text] of Object.entries(query as Record<string, string | string[]>)) {
      const reading = Object.hasOwn(known, name) ? known[name] : undefined
      if (!reading) {
        throw new Complaint(400, `${name.slice(0, 80)}: is not known; there are ${Object.keys(known).join(', ')}.`)
      }
      if (typeof text !== 'string') throw new Complaint(400, `${name}: must be given once.`)
      try {
        read[name] = reading(text)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        throw new Complaint(400, `${name}: must be ${error.message}, was ${JSON.stringify(text.slice(0, 80))}.`)
      }
    }
    return read
  }
}

const eventOf = (request: SeenRequest): string =>
  `id: ${request.number}\nevent: request\ndata: ${JSON.stringify(request)}\n\n`

/** The endpoints of the journal below `/requests`. */
export function journalEndpoints(app: FastifyInstance, { journal, operations }: JournalParts): void {
  const queryOf = queryReader(operations)
  const followers = new Set<ServerResponse>()

  app.get('/requests', { exposeHeadRoute: true }, request => {
    const query = queryOf(request)
    return { requests: journal.entries(query), count: journal.count(query), dropped: journal.dropped() }
  })
  app.get('/requests/count', { exposeHeadRoute: true }, request => ({ count: journal.count(queryOf(request)) }))
  app.delete('/requests', (request, reply) => {
    const { account, ...others } = queryOf(request)
    if (Object.keys(others).length > 0) {
      throw new Complaint(400, 'This empties the whole journal, or that of one account; leave other parameters out.')
    }
    journal.clear(account)
    return reply.code(204).send()
  })
  app.get('/requests/near-misses', { exposeHeadRoute: true }, request => {
    const query = queryOf(request)
    if (naming.every(name => query[name] === undefined)) {
      throw new Complaint(400, `Say which request is missed: give one of ${naming.join(', ')} at least.`)
    }
    return { count: journal.count(query), nearMisses: journal.nearMisses(query) }
  })

  // A HEAD would wait for an end that never comes.
  app.get('/requests/stream', { exposeHeadRoute: false }, (request, reply) => {
    const query = queryOf(request)
    const last = request.headers['last-event-id']
    if (followers.size >= mostFollowers) {
      throw new Complaint(503, `${mostFollowers} streams are open already; close one of them.`)
    }
    const since = typeof last === 'string' && /^[0-9]{1,15}$/.test(last) ? Number(last) : query.since
    const missed =
      since === undefined ? [] : journal.entries({ ...query, since, limit: query.limit ?? Number.MAX_SAFE_INTEGER })
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const tell = (text: string): void => {
      // Whoever does not read must not fill the memory.
      if (raw.writableLength > mostUnread) raw.destroy()
      else raw.write(text)
    }
    tell(
      `: every request from now on\n\n${missed
        .filter(({ verdict }) => verdict !== null)
        .map(eventOf)
        .join('')}`,
    )
    followers.add(raw)
    const stop = journal.follow(query, seen => tell(eventOf(seen)))
    raw.once('close', () => {
      stop()
      followers.delete(raw)
    })
  })
  app.addHook('preClose', done => {
    for (const follower of followers) follower.end()
    done()
  })
}
