import { openApiText } from '../openapi-document.ts'
import { type TSchema, Type } from '../schema/json-schema.ts'
import type { Endpoint } from './endpoint.ts'
import { healthPath } from './prefix.ts'

const problemSchema = Type.Closed(
  {
    type: Type.Literal('about:blank'),
    title: Type.String({ description: 'Name of the status.' }),
    status: Type.Integer(),
    detail: Type.String({ description: 'What is wrong and what to do.' }),
  },
  { description: 'Problem details (RFC 9457).' },
)

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
})

const problems: Readonly<Record<number, string>> = {
  400: 'The request is invalid; nothing was changed',
  401: 'The admin token is missing or wrong',
  403: 'Permission denied: a foreign Origin, Sec-Fetch-Site or Host',
  404: 'Not found',
  409: 'The current state does not allow it; nothing was changed',
  413: 'The body is too large',
  415: 'The body is not application/json',
  503: 'Too many concurrent requests of this kind',
}

/** The error statuses of an endpoint. */
function errorResponsesOf({ method, query, path, errorStatuses }: Endpoint): number[] {
  const absent = path.includes('{') || 'account' in query ? [404] : []
  const foreign = path === healthPath ? [403] : [401, 403]
  // Unknown parameters and bodies are rejected everywhere; Fastify reads no body of a GET.
  return [...new Set([400, ...foreign, ...absent, ...(method === 'GET' ? [] : [413, 415]), ...errorStatuses])]
}

const groupOf = ({ path }: Endpoint) => path.split('/')[1] ?? ''

const answered = ({ reply, media }: Endpoint) => ({
  description: 'Done',
  ...((reply || media !== 'application/json') && { content: { [media]: { schema: reply ?? { type: 'string' } } } }),
})

function routeSchema(endpoint: Endpoint) {
  const { title, path, query, body, statuses } = endpoint
  const parameters = Object.entries(query).map(([name, { schema }]) => [name, Type.Optional(schema)])
  const ids = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, Type.String()])
  const errorResponses = errorResponsesOf(endpoint).map(refused => [refused, problem(problems[refused] ?? 'Refused')])
  return {
    summary: title,
    tags: [groupOf(endpoint)],
    // The empty requirement means that the token is optional: it is required only with --admin-token.
    ...(path !== healthPath && { security: [{}, { token: [] }, { password: [] }] }),
    querystring: Type.Object(Object.fromEntries(parameters)),
    params: Type.Object(Object.fromEntries(ids)),
    ...(body && { body: body.schema }),
    response: Object.fromEntries([...statuses.map(status => [status, answered(endpoint)]), ...errorResponses]),
  }
}

const idOf = (named: TSchema): string => (named as { $id?: string }).$id ?? ''

/** The OpenAPI document of the admin API as JSON text with a final newline. */
export function adminDocument(prefix: string, version: string, endpoints: readonly Endpoint[]): Promise<string> {
  const parts = new Map(endpoints.flatMap(({ body }) => body?.definitions ?? []).map(part => [idOf(part), part]))
  return openApiText(
    {
      openapi: '3.1.0',
      info: {
        title: 'Admin API of ncp-dataflow-emulator',
        version,
        description:
          'Inspects and controls an emulator: clock, data, faults, journal. It is not part of the emulated API; requests need no signature.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      tags: [...new Set(endpoints.map(groupOf))].map(name => ({ name })),
      servers: [{ url: '/', description: 'The emulator that serves this document' }],
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'The value of --admin-token, if it is set' },
          password: { type: 'http', scheme: 'basic', description: 'The same token as the password, for browsers' },
        },
      },
    },
    [...parts.values(), { ...problemSchema, $id: 'Problem', title: 'Problem' }],
    endpoints.map(endpoint => ({
      method: endpoint.method,
      path: prefix + endpoint.path,
      schema: routeSchema(endpoint),
      bodyNeeded: endpoint.bodyNeeded,
    })),
  )
}
