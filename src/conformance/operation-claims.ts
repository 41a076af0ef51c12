import { type EditionTable, operationsOf } from '../api/edition.ts'
import type { Operation, OperationName } from '../api/operation.ts'
import { isOptional } from '../schema/json-schema.ts'
import { formatKorean } from '../time/korean-date.ts'
import { type Claim, type Context, compared, type Mark, notObservable, type Outcome } from './claim.ts'
import { idsOf, itemsOf, jobsOf, rowOf, targetOf, textOf } from './data.ts'
import { comparedWithServiceError, comparedWithView, rejectionOf } from './responses.ts'

const day = 86_400_000
const unknownId = 'zzzzzzzzzzz0'

const localDate = (moment: number): string => formatKorean(moment).slice(0, 19)

/** The query that an operation needs, as text. */
export function neededQuery({ query }: Operation, now: number): string {
  const dates: Readonly<Record<string, string>> = { startDate: localDate(now - day), endDate: localDate(now) }
  if ('limit' in query) return 'page=0&limit=100'
  return Object.keys(query)
    .flatMap(name => (dates[name] === undefined ? [] : [`${name}=${dates[name]}`]))
    .join('&')
}

export const withQuery = (path: string, query: string): string => (query === '' ? path : `${path}?${query}`)

type About = Pick<Claim, 'mark' | 'source'>

/** A response has the status and the body of the operation's row. */
const bodyClaim = (name: OperationName, about: About): Claim => ({
  ...about,
  id: `${name}.response`,
  title: `${name} responds with the published members`,
  check: async context => {
    const row = servedRow(context, name)
    const target = withQuery(await targetOf(context, name), neededQuery(row, context.session.now()))
    const { assumed } = context
    return comparedWithView(await context.session.get(target), row.status(assumed), row.reply(assumed), context)
  },
})

/** The row of an operation that is served under the assumptions that the target shows. */
function servedRow(context: Context, name: OperationName): Operation {
  const row = rowOf(context, name)
  if (row.served?.(context.assumed) === false) notObservable('the target does not serve this path')
  return row
}

const notFoundClaim = (name: OperationName, about: About): Claim => ({
  ...about,
  id: `${name}.unknown-id`,
  title: `${name} of an unknown id is not found`,
  check: async context => {
    const target = withQuery(await targetOf(context, name, unknownId), neededQuery(rowOf(context, name), 0))
    return comparedWithServiceError(await context.session.ask({ target }), 'notFound', context)
  },
})

/** A value of one parameter, which the row takes or rejects. */
function parameterClaim(name: OperationName, parameter: string, value: string | undefined, about: About): Claim {
  const shown = value === undefined ? `without ${parameter}` : `with ${parameter}=${value}`
  return {
    ...about,
    id: `${name}.${parameter}.${value ?? 'absent'}`,
    title: `${name} ${shown}`,
    check: async context => {
      const row = servedRow(context, name)
      const query = new URLSearchParams(neededQuery(row, context.session.now()))
      if (value === undefined) query.delete(parameter)
      else query.set(parameter, value)
      const text = query.toString()
      const rejection = rejectionOf(row, context.assumed, text)
      const response = await context.session.ask({ target: withQuery(await targetOf(context, name), text) })
      if (rejection) return comparedWithServiceError(response, rejection, context)
      /* c8 ignore next -- only where a switched assumption accepts the value */
      return comparedWithView(response, row.status(context.assumed), row.reply(context.assumed), context)
    },
  }
}

/** Values of the parameters of a row that are on either side of what it takes. */
function parameterClaims(
  name: OperationName,
  row: Operation,
  context: Pick<Context, 'assumed'>,
  about: About,
): Claim[] {
  return Object.entries(row.query).flatMap(([parameter, { schema }]) => {
    const made = schema(context.assumed)
    const values: (string | undefined)[] =
      made.type === 'integer'
        ? [String(Number(made.minimum) - 1), 'x', '2147483648']
        : isOptional(made)
          ? []
          : [undefined, 'x']
    return values.map(value => parameterClaim(name, parameter, value, about))
  })
}

const members = (json: unknown): Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {}

const pageClaim = (name: OperationName, about: About): Claim => ({
  ...about,
  id: `${name}.page`,
  title: `${name} keeps to limit, and shows the page and limit in force`,
  check: async context => {
    const target = `${await targetOf(context, name)}?page=0&limit=1`
    const { json } = await context.session.get(target)
    const { page, limit } = members(json)
    const { length } = itemsOf(json)
    return compared(
      'at most 1 element, page 0, limit 1',
      `${length > 1 ? length : 'at most 1'} element, page ${page}, limit ${limit}`,
    )
  },
})

/** Claims about the list of jobs that need jobs. */
const jobListClaims = (about: About): Claim[] => [
  {
    ...about,
    id: 'getJobs.pages',
    title: 'pages of getJobs laid end to end are the list',
    check: async context => {
      const { path } = rowOf(context, 'getJobs')
      const read = async (query: string) => idsOf((await context.session.ask({ target: `${path}?${query}` })).json)
      const two = await read('page=0&limit=2')
      if (two.length < 2) notObservable('it takes two jobs')
      const laid = [...(await read('page=0&limit=1')), ...(await read('page=1&limit=1'))]
      const again = await read('page=0&limit=2')
      if (again.join() !== two.join()) notObservable('the list changed meanwhile')
      return compared('the same 2 jobs', laid.join() === two.join() ? 'the same 2 jobs' : `${laid.length} other jobs`)
    },
  },
  {
    ...about,
    id: 'getJobs.name',
    title: 'a name that no job has leaves an empty list',
    check: async context => {
      const { json } = await context.session.ask({
        target: `${rowOf(context, 'getJobs').path}?name=no-such-name-${unknownId}`,
      })
      return compared('no job', itemsOf(json).length === 0 ? 'no job' : 'jobs of other names')
    },
  },
  { ...about, id: 'getJobs.status', title: 'status leaves the jobs of one status', check: statusFilter },
]

async function statusFilter(context: Context): Promise<Outcome> {
  const { path, query } = rowOf(context, 'getJobs')
  if (!('status' in query)) notObservable('this edition has no status filter')
  const jobs = await jobsOf(context)
  const status = jobs.flatMap(job => textOf(job, 'status') ?? [])[0] ?? notObservable('the target shows no job')
  const { json } = await context.session.get(`${path}?status=${status}&page=0&limit=100`)
  const found = itemsOf(json)
  const others = found.filter(job => job.status !== status).length
  const seen = others > 0 ? 'jobs of other statuses' : found.length > 0 ? 'jobs of this status alone' : 'no job'
  return compared('jobs of this status alone', seen)
}

/** Claims about every operation of the edition that only reads, from its row in the table. */
export function operationClaims(edition: EditionTable, context: Pick<Context, 'assumed'>): Claim[] {
  const reading = operationsOf(edition, context.assumed).filter(([, { method }]) => method === 'GET')
  return reading.flatMap(([name, row]) => {
    const mark: Mark = edition.notDocumented[name] ?? 'documented'
    const about = { mark, source: row.source }
    return [
      bodyClaim(name, about),
      ...(row.path.includes('{') ? [notFoundClaim(name, about)] : []),
      ...('limit' in row.query ? [pageClaim(name, about)] : []),
      ...parameterClaims(name, row, context, about),
      ...(name === 'getJobs' ? jobListClaims(about) : []),
    ]
  })
}
