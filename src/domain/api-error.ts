/** An error of the API Gateway, as the general error table of API Gateway publishes it. */
interface GatewayErrorEntry {
  readonly by: 'gateway'
  readonly status: number
  readonly errorCode: string
  readonly message: string
  /** `%s` stands for the address that is not allowed. */
  readonly details: string
  readonly fault: string
  readonly when: string
}

/** An error of the service, from the status table of the Data Flow overview page. */
interface ServiceErrorEntry {
  readonly by: 'service'
  readonly status: number
  readonly word: string
  /** Absent: no fault rule sends it. */
  readonly fault?: string
  readonly when: string
}

const authentication = { by: 'gateway', status: 401, errorCode: '200', message: 'Authentication Failed' } as const
const permission = { by: 'gateway', status: 401, errorCode: '210', message: 'Permission Denied' } as const
const badRequest = { by: 'gateway', status: 400, errorCode: '100', message: 'Bad Request Exception' } as const

const gatewayError = <const Status extends number, const Code extends string, const Words extends string>(
  status: Status,
  errorCode: Code,
  words: Words,
) => ({ by: 'gateway', status, errorCode, message: words, details: words }) as const

/**
 * Every error that the API documents, each in one entry. Errors of the gateway come first, in the order in which the
 * gateway checks. Several may have the same response, as at the real gateway.
 */
export const apiErrors = {
  badTarget: {
    ...badRequest,
    details: 'Query string is invalid.',
    fault: 'bad-target',
    when: 'the request target is malformed',
  },
  badHeader: {
    ...badRequest,
    details: 'Header is invalid.',
    fault: 'bad-header',
    when: 'a header or the request itself is malformed',
  },
  unknownUrl: {
    by: 'gateway',
    status: 404,
    errorCode: '300',
    message: 'Not Found Exception',
    details: 'URL not found.',
    fault: 'unknown-url',
    when: 'no operation has this path and method',
  },
  bodyTooLarge: {
    ...gatewayError(413, '430', 'Request Entity Too Large'),
    fault: 'body-too-large',
    when: 'the body is too large',
  },
  credentialsMissing: {
    ...authentication,
    details: 'Authentication information are missing.',
    fault: 'credentials-missing',
    when: 'a signature header is missing',
  },
  timestampExpired: {
    ...authentication,
    details: 'Expired timestamp.',
    fault: 'timestamp-expired',
    when: 'the timestamp is outside the five-minute window',
  },
  credentialsInvalid: {
    ...authentication,
    details: 'Invalid authentication information.',
    fault: 'credentials-invalid',
    when: 'the access key or the signature is wrong',
  },
  notSubscribed: {
    ...permission,
    details: 'A subscription to the API is required.',
    fault: 'not-subscribed',
    when: 'the product is not subscribed',
  },
  accountNotAllowed: {
    ...permission,
    details: 'This account is not allowed.',
    fault: 'not-allowed',
    when: 'the account is not allowed (injected faults only)',
  },
  addressNotAllowed: {
    ...permission,
    details: 'IP(%s) not allowed.',
    fault: 'ip-not-allowed',
    when: 'the address is not allowed (injected faults only)',
  },
  addressForbidden: {
    by: 'gateway',
    status: 403,
    errorCode: '230',
    message: 'Forbidden',
    details: 'IP(%s) not allowed.',
    fault: 'ip-forbidden',
    when: 'the address is not allowed (injected faults only)',
  },
  quotaExceeded: {
    ...gatewayError(429, '400', 'Quota Exceeded'),
    fault: 'quota',
    when: 'the quota is used up (injected faults only)',
  },
  throttleLimited: {
    ...gatewayError(429, '410', 'Throttle Limited'),
    fault: 'throttle',
    when: 'too many requests at once (injected faults only)',
  },
  rateLimited: {
    ...gatewayError(429, '420', 'Rate Limited'),
    fault: 'rate',
    when: 'too many requests per second (injected faults only)',
  },
  endpointError: {
    ...gatewayError(503, '500', 'Endpoint Error'),
    fault: 'endpoint-error',
    when: 'the service fails (injected faults only)',
  },
  unknownEndpointDomain: {
    ...gatewayError(503, '520', 'Unknown Endpoint Domain'),
    fault: 'unknown-endpoint-domain',
    when: 'the address of the service is unknown (injected faults only)',
  },
  endpointClosed: {
    ...gatewayError(503, '530', 'Connection Closed By Endpoint'),
    fault: 'endpoint-closed',
    when: 'the service closes the connection (injected faults only)',
  },
  endpointTimeout: {
    ...gatewayError(504, '510', 'Endpoint Timeout'),
    fault: 'endpoint-timeout',
    when: 'the service does not respond in time (injected faults only)',
  },
  unexpected: {
    ...gatewayError(500, '900', 'Unexpected Error'),
    fault: 'unexpected',
    when: 'the emulator has a bug, or a fault is injected',
  },
  badParameter: {
    by: 'service',
    status: 400,
    word: 'bad-parameter',
    fault: 'bad-parameter',
    when: 'a parameter or a member of the body is invalid',
  },
  badState: {
    by: 'service',
    status: 400,
    word: 'bad-state',
    fault: 'bad-state',
    when: 'the state of the resource forbids the operation',
  },
  notFound: {
    by: 'service',
    status: 404,
    word: 'not-found',
    fault: 'not-found',
    when: 'no resource has an id that the request names',
  },
  malformedBody: { by: 'service', status: 400, word: 'Bad Request', when: 'the body is not JSON' },
  serviceFailed: {
    by: 'service',
    status: 500,
    word: 'Internal Server Error',
    fault: 'service-failed',
    when: 'the service has an internal error (injected faults only)',
  },
} as const satisfies Record<string, GatewayErrorEntry | ServiceErrorEntry>

type Catalogue = typeof apiErrors
export type ApiErrorName = keyof Catalogue
type NamesBy<By extends string> = {
  [Name in ApiErrorName]: Catalogue[Name]['by'] extends By ? Name : never
}[ApiErrorName]
export type GatewayErrorName = NamesBy<'gateway'>
export type ServiceErrorName = NamesBy<'service'>

export const apiErrorNames = Object.keys(apiErrors) as ApiErrorName[]
export const gatewayErrorNames = apiErrorNames.filter(name => apiErrors[name].by === 'gateway')

export const serviceErrorNames = apiErrorNames.filter(name => apiErrors[name].by === 'service')

export const isGatewayError = (name: ApiErrorName): name is GatewayErrorName => apiErrors[name].by === 'gateway'

/** An outcome that the API documents; anything else thrown is a bug. */
export class ApiError extends Error {
  readonly code: ApiErrorName
  readonly about: string

  /** `message` is for the log; an error of the service also shows it to the caller. */
  constructor(code: ApiErrorName, message: string, about = '') {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.about = about
  }
}

/** Throws, so that the happy path stays flat. */
export function reject(code: ApiErrorName, message: string): never {
  throw new ApiError(code, message)
}
