import { apiErrors, type GatewayErrorName } from '../domain/api-error.ts'
import { authHeaderNames } from '../domain/auth-headers.ts'
import { type Claim, type Context, notObservable } from './claim.ts'
import { comparedWithGatewayError } from './responses.ts'
import { type Question, unsigned } from './session.ts'

interface Probe {
  readonly title: string
  readonly question: (list: string, context: Context) => Question
}

const minutes = 60_000

const injected = 'a client cannot bring it about'

const withoutHeader = (name: string): Probe => ({
  title: `a request without ${name}`,
  question: target => ({ target, headers: { [name]: undefined } }),
})

const atDrift = (title: string, drift: number): Probe => ({ title, question: target => ({ target, drift }) })

/** How each error of the gateway is brought about, or why that is not done. */
const probes: Readonly<Record<GatewayErrorName, readonly Probe[] | string>> = {
  badTarget: [{ title: 'a percent sign without two digits', question: target => ({ target: `${target}&name=%zz` }) }],
  badHeader: 'the assumption timestampForm is the only case that is known',
  unknownUrl: [
    { title: 'an unknown path', question: () => ({ target: '/api/v1/no-such-path' }) },
    {
      title: 'an unknown path without a signature',
      question: () => ({ target: '/api/v1/no-such-path', headers: unsigned }),
    },
    { title: 'a method that the path does not have', question: target => ({ method: 'DELETE', target }) },
  ],
  bodyTooLarge: 'it would take a body of many megabytes',
  credentialsMissing: [
    { title: 'a request without a signature', question: target => ({ target, headers: unsigned }) },
    ...[authHeaderNames.timestamp, authHeaderNames.accessKey, authHeaderNames.signature].map(withoutHeader),
  ],
  timestampExpired: [
    atDrift('a timestamp 6 minutes old', -6 * minutes),
    atDrift('a timestamp 6 minutes ahead', 6 * minutes),
  ],
  credentialsInvalid: [
    {
      title: 'a signature made with another secret key',
      question: (target, { session: { accessKey } }) => ({
        target,
        keys: { accessKey, secretKey: 'not-the-secret-key' },
      }),
    },
    {
      title: 'an unknown access key',
      question: target => ({ target, keys: { accessKey: 'ncp_iam_NOSUCHKEY000', secretKey: 'not-the-secret-key' } }),
    },
    {
      title: 'a signature of another target',
      question: target => ({ target, headers: { [authHeaderNames.signature]: 'bm90IHRoZSBzaWduYXR1cmU=' } }),
    },
  ],
  notSubscribed: 'it takes a key without a subscription',
  accountNotAllowed: injected,
  addressNotAllowed: injected,
  addressForbidden: injected,
  quotaExceeded: injected,
  throttleLimited: 'requests are never sent that fast',
  rateLimited: 'requests are never sent that fast',
  endpointError: injected,
  unknownEndpointDomain: injected,
  endpointClosed: injected,
  endpointTimeout: injected,
  unexpected: injected,
}

/** A claim for every error of the gateway in the catalogue, in its order. */
export function gatewayClaims(listTarget: string): Claim[] {
  return Object.entries(probes).flatMap(([key, found]) => {
    const name = key as GatewayErrorName
    const { status, errorCode, when } = apiErrors[name]
    const about = { mark: 'documented', source: 'common-ncpapi' } as const
    if (typeof found === 'string') {
      const check = async () => notObservable(found)
      return [{ ...about, id: `gateway.${name}`, title: `${status}/${errorCode} when ${when}`, check }]
    }
    return found.map(({ title, question }, index) => ({
      ...about,
      id: `gateway.${name}${index === 0 ? '' : `.${index + 1}`}`,
      title: `${title} is ${status}/${errorCode}`,
      check: async (context: Context) =>
        comparedWithGatewayError(await context.session.ask(question(listTarget, context)), name),
    }))
  })
}
