import { type ApiErrorName, apiErrorNames, apiErrors, isGatewayError } from '../domain/api-error.ts'
import { authHeaderNames } from '../domain/auth-headers.ts'
import { type TSchema, Type } from '../schema/json-schema.ts'
import type { Assumed } from './assumptions.ts'
import { type EditionTable, errorShapeOf, operationsOf } from './edition.ts'
import { gatewayErrorSchema, serviceErrorSchema } from './error-response.ts'
import type { Operation, OperationName } from './operation.ts'
import type { View } from './view.ts'
import { id } from './vocabulary.ts'

/** A header as the swagger plugin reads it: the schema's members beside the description. */
const header = (description: string, schema: object) => ({ description, ...schema })

const responseHeaders = {
  'x-ncp-apigw-response-origin': header('Who responds: the gateway or the service behind it', {
    type: 'string',
    enum: ['APIGW', 'ENDPOINT'],
  }),
  'x-ncp-trace-id': header('Names the call in traces', { type: 'string', pattern: '^[a-z0-9]{26}$' }),
  'x-ncp-apigw-request-id': header('Names the request', { type: 'string', format: 'uuid' }),
}

const documented = (description: string, schema: object) => ({
  description,
  headers: responseHeaders,
  content: { 'application/json': { schema } },
})

const nameOf = (named: TSchema): string => (named as { $id?: string }).$id ?? ''

const gatewayError = { $ref: 'GatewayError#' }
const serviceError = { $ref: 'ServiceError#' }

/** Every named schema of an edition, each once. */
export function namedSchemas(edition: EditionTable, assumed: Assumed): TSchema[] {
  const named = new Map<string, TSchema>()
  const collect = (view: View<never>) => {
    for (const part of view.refersTo) collect(part)
    named.set(view.name, view.schema)
  }
  for (const [, operation] of operationsOf(edition, assumed)) {
    for (const part of operation.body?.(assumed).definitions ?? []) named.set(nameOf(part), part)
    collect(operation.reply(assumed))
  }
  return [...named.values(), gatewayErrorSchema, serviceErrorSchema(errorShapeOf(edition, assumed))]
}

const groups = {
  jobs: 'Jobs and their executions.',
  workflows: 'Workflows: jobs in order, behind a trigger.',
  triggers: 'Triggers: when a workflow starts.',
  stats: 'Statistics of executions.',
} as const satisfies Record<string, string>

const pathParameters = {
  jobId: 'Id of the job.',
  executionId: 'Id of the execution: jobExecutionId of the reply that made it.',
  workflowId: 'Id of the workflow.',
  triggerId: 'Id of the trigger.',
} as const satisfies Record<string, string>

const groupsOf = ({ path }: Operation<OperationName>) => Object.keys(groups).filter(name => path.split('/')[3] === name)

const sentWhere: Partial<Record<ApiErrorName, (operation: Operation<OperationName>) => boolean>> = {
  malformedBody: ({ body }) => body !== undefined,
  badState: ({ method, path }) => method !== 'GET' && path.includes('{'),
  notFound: ({ path }) => path.includes('{'),
}

/** The error responses of an operation by status: when each is sent, and the schemas of their bodies. */
function errorResponses(operation: Operation<OperationName>) {
  const names = apiErrorNames.filter(name => sentWhere[name]?.(operation) ?? true)
  const statuses = [...new Set(names.map(name => apiErrors[name].status))].sort((a, b) => a - b)
  return Object.fromEntries(
    statuses.map(status => {
      const those = names.filter(name => apiErrors[name].status === status)
      const text = those.map(name => apiErrors[name].when).join('; ')
      const schemas = [
        ...(those.some(name => !isGatewayError(name)) ? [serviceError] : []),
        ...(those.some(isGatewayError) ? [gatewayError] : []),
      ]
      const [only] = schemas
      const schema = schemas.length === 1 && only ? only : { anyOf: schemas }
      return [status, documented(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`, schema)]
    }),
  )
}

/** Where an operation comes from. A page is named only where the edition has it. */
function originOf(name: OperationName, { title, source }: Operation<OperationName>, edition: EditionTable): string {
  const otherwise = edition.notDocumented[name]
  if (otherwise === undefined) return `Published as ${title}, page ${source}.`
  return otherwise === 'observed'
    ? `No page documents this path; the real service was observed to serve ${title} at it.`
    : `Assumed: no page of this edition documents it; it is served as ${title} of other editions.`
}

/** An operation as the swagger plugin reads it: parameters, body, answers, errors included. */
export function routeSchema(
  name: OperationName,
  operation: Operation<OperationName>,
  edition: EditionTable,
  assumed: Assumed,
) {
  const query = Object.entries(operation.query).map(([key, param]) => [key, param.schema(assumed)] as const)
  const ids = Object.entries(pathParameters).filter(([key]) => operation.path.includes(`{${key}}`))
  const body = operation.body?.(assumed)
  return {
    operationId: name,
    summary: operation.summary,
    description: originOf(name, operation, edition),
    tags: groupsOf(operation),
    security: [{ timestamp: [], accessKey: [], signature: [] }],
    querystring: Type.Object(Object.fromEntries(query)),
    params: Type.Object(Object.fromEntries(ids.map(([key, description]) => [key, { ...id, description }]))),
    ...(body && { body: { ...body.schema, description: `What ${operation.title} is asked for.` } }),
    response: {
      [operation.status(assumed)]: documented('Done', { $ref: `${operation.reply(assumed).name}#` }),
      ...errorResponses(operation),
    },
  }
}

const apiKey = (name: string, description: string) => ({ type: 'apiKey', in: 'header', name, description }) as const

export const documentFrame = (edition: EditionTable) => ({
  openapi: '3.1.0',
  info: {
    title: 'Data Flow API, as emulated',
    version: edition.id,
    description:
      `The operations of NAVER Cloud Platform Data Flow that ncp-dataflow-emulator serves, in the edition published ${edition.period}. ` +
      'Made from the tables that the emulator answers by; not a document of NAVER Cloud. ' +
      '`x-assumption` names what is assumed at a place: docs/assumptions.md has the evidence.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  tags: Object.entries(groups).map(([name, description]) => ({ name, description })),
  servers: [{ url: '/', description: 'The emulator that serves this document' }],
  components: {
    securitySchemes: {
      timestamp: apiKey(authHeaderNames.timestamp, 'Epoch milliseconds, at most five minutes from the gateway clock'),
      accessKey: apiKey(authHeaderNames.accessKey, 'Access key id'),
      signature: apiKey(
        authHeaderNames.signature,
        'Base64 of HMAC-SHA256, keyed with the secret key, over: method, space, path with query as sent, LF, timestamp, LF, access key',
      ),
    },
  },
})
