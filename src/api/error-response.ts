import { type ApiError, apiErrors, type GatewayErrorName, isGatewayError } from '../domain/api-error.ts'
import { type TSchema, Type } from '../schema/json-schema.ts'
import type { Assumed } from './assumptions.ts'

export type ErrorShape = 'error' | 'detail'

export interface ErrorResponse {
  readonly origin: 'APIGW' | 'ENDPOINT'
  readonly status: number
  readonly body: string
}

/** The response of the gateway to an error of its own; `about` fills the place that the details leave open. */
export function gatewayErrorResponse(name: GatewayErrorName, about = ''): ErrorResponse {
  const { status, errorCode, message, details: words } = apiErrors[name]
  const details = words.replace('%s', () => about)
  return { origin: 'APIGW', status, body: JSON.stringify({ error: { errorCode, message, details } }) }
}

/** Renders any error; an error of the service shows its message to the caller. */
export function errorResponse(
  { code: name, message, about }: Pick<ApiError, 'code' | 'message' | 'about'>,
  shape: ErrorShape,
  assumed: Assumed,
): ErrorResponse {
  if (isGatewayError(name)) return gatewayErrorResponse(name, about)
  const { status, word } = apiErrors[name]
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

export const gatewayErrorSchema: TSchema = Type.Object(
  {
    error: Type.Object(
      {
        errorCode: text('Number of the error in the general table of the gateway, as text.'),
        message: text('Name of the error in that table.'),
        details: text('What was wrong, as far as the gateway tells.'),
      },
      { description: 'Its presence marks an error of the gateway.', ...strict },
    ),
  },
  {
    $id: 'GatewayError',
    title: 'GatewayError',
    description: 'The response of the gateway to a request that it does not pass on to the service.',
    ...strict,
  },
)

const serviceError = {
  $id: 'ServiceError',
  title: 'ServiceError',
  description: 'The response of the service to a request that it rejects.',
}

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
            { description: 'Its presence marks an error.', ...strict },
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
