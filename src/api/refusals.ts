import {
  type GatewayRefusalName,
  gatewayRefusals,
  type Refusal,
  type RefusalName,
  type ServiceRefusalName,
} from '../domain/refusal.ts'
import { type TSchema, Type } from '../schema/json-schema.ts'
import type { Assumed } from './assumptions.ts'

/** A gateway refusal as NCP's API Gateway words it. */
interface GatewayWords {
  readonly status: number
  readonly errorCode: string
  readonly message: string
  readonly details: string
}

/** The catalogue of gateway refusals; several names may share one answer, as they do at the real gateway. */
const gatewayCatalogue = {
  badTarget: {
    status: 400,
    errorCode: '100',
    message: 'Bad Request Exception',
    details: 'Query string is invalid.',
  },
  badHeader: { status: 400, errorCode: '100', message: 'Bad Request Exception', details: 'Header is invalid.' },
  unknownUrl: { status: 404, errorCode: '300', message: 'Not Found Exception', details: 'URL not found.' },
  bodyTooLarge: {
    status: 413,
    errorCode: '430',
    message: 'Request Entity Too Large',
    details: 'Request Entity Too Large',
  },
  credentialsMissing: {
    status: 401,
    errorCode: '200',
    message: 'Authentication Failed',
    details: 'Authentication information are missing.',
  },
  timestampExpired: {
    status: 401,
    errorCode: '200',
    message: 'Authentication Failed',
    details: 'Expired timestamp.',
  },
  credentialsInvalid: {
    status: 401,
    errorCode: '200',
    message: 'Authentication Failed',
    details: 'Invalid authentication information.',
  },
  notSubscribed: {
    status: 401,
    errorCode: '210',
    message: 'Permission Denied',
    details: 'A subscription to the API is required.',
  },
  accountNotAllowed: {
    status: 401,
    errorCode: '210',
    message: 'Permission Denied',
    details: 'This account is not allowed.',
  },
  addressNotAllowed: { status: 401, errorCode: '210', message: 'Permission Denied', details: 'IP(%s) not allowed.' },
  addressForbidden: { status: 403, errorCode: '230', message: 'Forbidden', details: 'IP(%s) not allowed.' },
  quotaExceeded: { status: 429, errorCode: '400', message: 'Quota Exceeded', details: 'Quota Exceeded' },
  throttleLimited: { status: 429, errorCode: '410', message: 'Throttle Limited', details: 'Throttle Limited' },
  rateLimited: { status: 429, errorCode: '420', message: 'Rate Limited', details: 'Rate Limited' },
  endpointError: { status: 503, errorCode: '500', message: 'Endpoint Error', details: 'Endpoint Error' },
  unknownEndpointDomain: {
    status: 503,
    errorCode: '520',
    message: 'Unknown Endpoint Domain',
    details: 'Unknown Endpoint Domain',
  },
  endpointClosed: {
    status: 503,
    errorCode: '530',
    message: 'Connection Closed By Endpoint',
    details: 'Connection Closed By Endpoint',
  },
  endpointTimeout: { status: 504, errorCode: '510', message: 'Endpoint Timeout', details: 'Endpoint Timeout' },
  unexpected: { status: 500, errorCode: '900', message: 'Unexpected Error', details: 'Unexpected Error' },
} as const satisfies Record<GatewayRefusalName, GatewayWords>

/** Status and word of what the service refuses, from the status table of the overview page. */
const serviceCatalogue = {
  badParameter: { status: 400, word: 'bad-parameter' },
  badState: { status: 400, word: 'bad-state' },
  malformedBody: { status: 400, word: 'Bad Request' },
  notFound: { status: 404, word: 'not-found' },
  serviceFailed: { status: 500, word: 'Internal Server Error' },
} as const satisfies Record<ServiceRefusalName, { readonly status: number; readonly word: string }>

/** The two shapes of a service error on record. */
export type ErrorShape = 'error' | 'detail'

/** What goes on the wire for a refusal, and who speaks. */
export interface RefusalReply {
  readonly origin: 'APIGW' | 'ENDPOINT'
  readonly status: number
  /** Compact JSON. */
  readonly body: string
}

const isGateway = (name: RefusalName): name is GatewayRefusalName =>
  (gatewayRefusals as readonly RefusalName[]).includes(name)

/** The answer of the gateway to a refusal of its own; `about` stands where the details name something. */
export function gatewayReply(name: GatewayRefusalName, about = ''): RefusalReply {
  const { status, errorCode, message, details: words } = gatewayCatalogue[name]
  const details = words.replace('%s', () => about)
  return { origin: 'APIGW', status, body: JSON.stringify({ error: { errorCode, message, details } }) }
}

/** What of a refusal goes on the wire. */
type Told = Pick<Refusal, 'refused' | 'message' | 'about'>

/** Renders any refusal; its message is what a service refusal tells the caller. */
export function refusalReply(
  { refused: name, message, about }: Told,
  shape: ErrorShape,
  assumed: Assumed,
): RefusalReply {
  if (isGateway(name)) return gatewayReply(name, about)
  const { status, word } = serviceCatalogue[name]
  const body =
    shape === 'detail'
      ? { detail: message, errorType: word }
      : {
          error: { errorCode: assumed.errorCode === 'word' ? word : String(status), message: word, details: message },
        }
  return { origin: 'ENDPOINT', status, body: JSON.stringify(body) }
}

const strict = { additionalProperties: false }

const text = (description: string) => Type.String({ description })

/** Schema of the gateway's error body. */
export const gatewayErrorSchema: TSchema = Type.Object(
  {
    error: Type.Object(
      {
        errorCode: text('Number of the error in the general table of the gateway, as text.'),
        message: text('Name of the error in that table.'),
        details: text('What was wrong, as far as the gateway tells.'),
      },
      { description: 'The one member, which tells a refusal of the gateway.', ...strict },
    ),
  },
  {
    $id: 'GatewayError',
    title: 'GatewayError',
    description: 'What the gateway answers to a call that it does not let through to the service.',
    ...strict,
  },
)

const serviceError = {
  $id: 'ServiceError',
  title: 'ServiceError',
  description: 'What the service answers to a call that it refuses.',
}

/** Schema of a service error body in either shape. */
export const serviceErrorSchema = (shape: ErrorShape): TSchema =>
  shape === 'error'
    ? Type.Object(
        {
          error: Type.Object(
            {
              errorCode: text('The HTTP status as text, or the word of the error: an assumption.'),
              message: text('The word of the error, such as bad-parameter.'),
              details: text('What was wrong; names the parameter.'),
            },
            { description: 'The one member, which tells a refusal of the service.', ...strict },
          ),
        },
        { ...serviceError, ...strict },
      )
    : Type.Object(
        {
          detail: text('What was wrong; names the parameter.'),
          errorType: text('The word of the error, such as bad-parameter.'),
        },
        { ...serviceError, ...strict },
      )
