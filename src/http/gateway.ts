import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Depth, Explainer, Explanation } from '../diagnosis/explainer.ts'
import type { OwnedCredential } from '../domain/account.ts'
import { ApiError, reject } from '../domain/api-error.ts'
import { authHeaderNames } from '../domain/auth-headers.ts'
import { authenticate, type GatewayReadings, type Presented } from '../gateway/authenticate.ts'
import type { Clock } from '../time/clock.ts'
import { type FaultInjection, faultInjector } from './faults.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the request was rejected; computed on the first call. */
    explanation: ((depth?: Depth) => Explanation) | undefined
  }
}

export interface GatewayDeps {
  readonly clock: Clock
  readonly credentialOf: (accessKey: string) => OwnedCredential | undefined
  readonly readings: GatewayReadings
  /** Maximum body size in bytes; 0 = unlimited. */
  readonly bodyLimit: number
  readonly isAccount: (accountId: number) => boolean
  /** The account of requests without signature headers; absent when headers are required. */
  readonly openAccountId: (() => number) | undefined
  readonly explain: Explainer
  readonly injection: Omit<FaultInjection, 'credentialOf'>
}

/** Explains a rejected request by the time it came, however late somebody asks. */
export function explanationOf(explain: Explainer, presented: Presented, came: number): (depth?: Depth) => Explanation {
  let made: Explanation | undefined
  let searched: Depth | undefined
  return (depth = 'quick') => {
    const isDeeper = depth === 'deep' && searched === 'quick' && made?.verdict === 'unexplained'
    if (made === undefined || made.verdict === 'skipped' || isDeeper) {
      const again = explain(presented, came, depth)
      if (made === undefined || again.verdict !== 'skipped') {
        made = again
        searched = depth
      }
    }
    return made
  }
}

export function gateway(app: FastifyInstance, deps: GatewayDeps): void {
  const { clock, credentialOf, readings, bodyLimit, isAccount, openAccountId, explain, injection } = deps
  const { faults } = injection
  const inject = faultInjector({ ...injection, credentialOf })
  if (!app.hasRequestDecorator('explanation')) app.decorateRequest('explanation', undefined)

  /** Checks the credentials of a request; on failure the explanation is available. */
  function authenticated(request: FastifyRequest): OwnedCredential {
    const { headers, method = '' } = request.raw
    const presented = { method, target: request.target, headers }
    const now = clock.now()
    try {
      return authenticate(presented, now, credentialOf, readings)
    } catch (error) {
      if (error instanceof ApiError) request.explanation = explanationOf(explain, presented, now)
      throw error
    }
  }

  /** Returns if the request may pass; throws an ApiError otherwise. */
  function admit(request: FastifyRequest): void {
    const { headers } = request.raw
    const length = headers['content-length']
    if (bodyLimit > 0 && length !== undefined && Number(length) > bodyLimit) {
      reject('bodyTooLarge', `the body has ${length} bytes, allowed are ${bodyLimit}`)
    }
    if (openAccountId === undefined) {
      request.accountId = authenticated(request).accountId
    } else {
      const accessKey = headers[authHeaderNames.accessKey]
      const credential = typeof accessKey === 'string' ? credentialOf(accessKey) : undefined
      request.accountId = credential?.accountId ?? openAccountId()
    }
  }

  app.addHook('onRequest', (request, reply, done) => {
    if (faults.idle) {
      admit(request)
      done()
    } else inject(request, reply, () => admit(request), done)
  })

  // While the body arrives or a fault delays the request, the account may be removed.
  app.addHook('preHandler', ({ accountId, method }, _reply, done) => {
    const waited = method !== 'GET' || !faults.idle
    if (waited && !isAccount(accountId))
      reject('credentialsInvalid', 'the account was removed while the request arrived')
    done()
  })
}
