import type { Assumed } from '../api/assumptions.ts'
import { namedSchemas } from '../api/document.ts'
import { errorShapeOf } from '../api/edition.ts'
import { errorResponse, gatewayErrorResponse, serviceErrorSchema } from '../api/error-response.ts'
import { type Operation, reader } from '../api/operation.ts'
import type { View } from '../api/view.ts'
import { ApiError, type GatewayErrorName, isGatewayError, type ServiceErrorName } from '../domain/api-error.ts'
import { schemaFlaws } from '../schema/check.ts'
import type { TSchema } from '../schema/json-schema.ts'
import { type Context, compared, type Outcome } from './claim.ts'
import type { TargetResponse } from './session.ts'

/** Headers that every response of the API has, and their forms. */
const headerForms: Readonly<Record<string, RegExp>> = {
  'x-ncp-apigw-response-origin': /^(APIGW|ENDPOINT)$/,
  'x-ncp-trace-id': /^[a-z0-9]{26}$/,
  'x-ncp-apigw-request-id': /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  'content-type': /^application\/json; ?charset=utf-8$/i,
}

type Origin = 'APIGW' | 'ENDPOINT'

/** What is wrong with the headers of a response, in words; it names no values. */
export function headerFlaws({ headers }: TargetResponse, origin: Origin): string[] {
  const wrong = Object.entries(headerForms).flatMap(([name, form]) => {
    const value = headers[name]
    if (value === undefined) return [`header ${name} is missing`]
    return form.test(String(value)) ? [] : [`header ${name} has another form`]
  })
  const found = headers['x-ncp-apigw-response-origin']
  return found !== undefined && found !== origin && wrong.length === 0 ? [`origin ${found}`] : wrong
}

/** At most this many flaws are told of one response. */
const toldFlaws = 5

const seenAs = (status: number, what: string, flaws: readonly string[]): string =>
  [
    `${status} ${what}`.trim(),
    ...flaws.slice(0, toldFlaws),
    ...(flaws.length > toldFlaws ? [`and ${flaws.length - toldFlaws} more`] : []),
  ].join('; ')

/** Compares a response with a status and the schema that the table of the operation gives. */
export function comparedWithView(
  response: TargetResponse,
  status: number,
  view: View<never>,
  { edition, assumed }: Context,
): Outcome {
  const expected = `${status} ${view.name}`
  if (response.status !== status) return { verdict: 'different', expected, seen: shownError(response) }
  const named = new Map(namedSchemas(edition, assumed).map(schema => [schema.$id ?? '', schema]))
  const flaws = [...schemaFlaws(response.json, view.schema, named), ...headerFlaws(response, 'ENDPOINT')]
  return compared(expected, seenAs(response.status, view.name, flaws))
}

interface ErrorWords {
  readonly error?: { readonly errorCode?: unknown; readonly message?: unknown; readonly details?: unknown }
  readonly errorType?: unknown
}

const wordsOf = (json: unknown): ErrorWords => (typeof json === 'object' && json !== null ? json : {})

/** A response in a few words: its status and the error that it reports. */
export function shownError({ status, json, text }: TargetResponse): string {
  const { error, errorType } = wordsOf(json)
  if (typeof error === 'object' && error !== null) return `${status} ${error.errorCode} ${error.message}`
  if (errorType !== undefined) return `${status} ${errorType}`
  return `${status} ${json === undefined ? (text === '' ? 'without a body' : 'with a body that is not JSON') : ''}`.trim()
}

/** Compares a response with an error of the gateway, to the letter. */
export function comparedWithGatewayError(response: TargetResponse, name: GatewayErrorName): Outcome {
  const { status, body } = gatewayErrorResponse(name)
  const sameBody = JSON.stringify(response.json) === body
  const flaws = headerFlaws(response, 'APIGW')
  const seen = sameBody ? body : response.json === undefined ? shownError(response).slice(4) : response.text
  return compared(`${status} ${body}`, seenAs(response.status, seen, flaws))
}

const noNames: ReadonlyMap<string, TSchema> = new Map()

/** Compares a response with an error of the service: status, word and shape, not its sentence. */
export function comparedWithServiceError(response: TargetResponse, name: ServiceErrorName, context: Context): Outcome {
  const { assumed, edition } = context
  const shape = errorShapeOf(edition, assumed)
  const { status, body } = errorResponse({ code: name, message: '', about: '' }, shape, assumed)
  const expected = shownError({ status, json: JSON.parse(body), text: body, headers: {} })
  const flaws = [
    ...(response.status === status ? schemaFlaws(response.json, serviceErrorSchema(shape), noNames) : []),
    ...headerFlaws(response, 'ENDPOINT'),
  ]
  const [first, ...more] = shownError(response).split(' ')
  return compared(expected, seenAs(Number(first), more.join(' '), flaws))
}

/** The error by which an operation rejects a query and body under these assumptions; undefined when it takes them. */
export function rejectionOf(
  row: Operation,
  assumed: Assumed,
  query: string,
  body?: unknown,
): ServiceErrorName | undefined {
  try {
    const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body))
    reader(row, assumed)({ path: {}, query, body: bytes })
    return undefined
  } catch (error) {
    if (error instanceof ApiError && !isGatewayError(error.code)) return error.code
    /* c8 ignore next 3 -- only a bug throws anything else */
    throw error
  }
}
