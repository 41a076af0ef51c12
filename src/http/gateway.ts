import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import type { OwnedCredential } from '../domain/account.ts'
import { authHeaderNames } from '../domain/auth-headers.ts'
import { Refusal, type RefusalName, refuse } from '../domain/refusal.ts'
import { authenticate, type GatewayReadings, type Presented } from '../gateway/authenticate.ts'
import type { Explainer, Explanation } from '../gateway/explainer.ts'
import { type FaultInjection, faultInjector } from './faults.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Why the gateway refused; worked out when it is asked for. */
    explanation: (() => Explanation) | undefined
  }
}

/** What the gateway made of a request. */
interface Verdict {
  readonly method: string
  readonly target: string
  /** Absent: let through. */
  readonly refused?: RefusalName
  readonly explanation?: () => Explanation
}

export interface GatewayParts {
  readonly clock: Clock
  readonly credentialOf: (accessKey: string) => OwnedCredential | undefined
  readonly readings: GatewayReadings
  /** The largest body in bytes; 0 = any. */
  readonly bodyLimit: number
  /** Whether an account is still there. */
  readonly isAccount: (accountId: number) => boolean
  /** The account that calls without headers belong to; absent when headers are needed. */
  readonly openAccountId: (() => number) | undefined
  /** Finds out why credentials were refused. */
  readonly explain: Explainer
  /** What goes wrong on purpose. */
  readonly injection: Omit<FaultInjection, 'credentialOf'>
  /** Is told of every judgement. */
  readonly onVerdict?: (verdict: Verdict) => void
}

/** Puts the gateway before every route of this scope. */
export function gateway(app: FastifyInstance, parts: GatewayParts): void {
  const { clock, credentialOf, readings, bodyLimit, isAccount, openAccountId, explain, injection, onVerdict } = parts
  const { faults } = injection
  const inject = faultInjector({ ...injection, credentialOf })
  app.decorateRequest('explanation', undefined)

  /** Reports what `judge` finds, and keeps the question why for whoever wants to know. */
  function judged(
    request: FastifyRequest,
    presented: Presented,
    judge: (now: number) => OwnedCredential,
  ): OwnedCredential {
    const { method, target } = presented
    const now = clock.now()
    try {
      const credential = judge(now)
      onVerdict?.({ method, target })
      return credential
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { refused } = error
      let made: Explanation | undefined
      const explanation = () => {
        // By the moment it came, however late somebody asks; and asked again where the answer was put off.
        if (made === undefined || made.verdict === 'skipped') made = explain(presented, now)
        return made
      }
      if (refused !== 'notSubscribed') request.explanation = explanation
      onVerdict?.({ method, target, refused, explanation })
      throw error
    }
  }

  /** Lets a request pass or throws why not. */
  function admit(request: FastifyRequest): void {
    const { headers, method } = request.raw
    const length = headers['content-length']
    if (bodyLimit > 0 && length !== undefined && Number(length) > bodyLimit) {
      refuse('bodyTooLarge', `the body has ${length} bytes, allowed are ${bodyLimit}`)
    }
    if (openAccountId === undefined) {
      const presented = { method: method ?? '', target: request.target, headers }
      request.accountId = judged(request, presented, now =>
        authenticate(presented, now, credentialOf, readings),
      ).accountId
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

  // A body takes its time to arrive, and so may a fault; meanwhile the account may have been removed.
  app.addHook('preHandler', ({ accountId, method }, _reply, done) => {
    const waited = method !== 'GET' || !faults.idle
    if (waited && !isAccount(accountId)) refuse('credentialsInvalid', 'the account was removed meanwhile')
    done()
  })
}
