import type { FastifyInstance } from 'fastify'
import type { Clock } from '../clock.ts'
import type { OwnedCredential } from '../domain/account.ts'
import { authHeaderNames } from '../domain/auth-headers.ts'
import { refuse } from '../domain/refusal.ts'
import { authenticate, type GatewayReadings } from '../gateway/authenticate.ts'

export interface GatewayParts {
  readonly clock: Clock
  readonly credentialOf: (accessKey: string) => OwnedCredential | undefined
  readonly readings: GatewayReadings
  /** The largest body in bytes; 0 = any. */
  readonly bodyLimit: number
  /** The account that calls without headers belong to; absent when headers are needed. */
  readonly openAccountId: (() => number) | undefined
}

/** Puts the gateway before every route of this scope. */
export function gateway(app: FastifyInstance, parts: GatewayParts): void {
  const { clock, credentialOf, readings, bodyLimit, openAccountId } = parts
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers, method } = request.raw
    const length = headers['content-length']
    if (bodyLimit > 0 && length !== undefined && Number(length) > bodyLimit) {
      refuse('bodyTooLarge', `the body has ${length} bytes, allowed are ${bodyLimit}`)
    }
    if (openAccountId === undefined) {
      const presented = { method: method ?? '', target: request.target, headers }
      request.accountId = authenticate(presented, clock.now(), credentialOf, readings).accountId
    } else {
      const accessKey = headers[authHeaderNames.accessKey]
      const credential = typeof accessKey === 'string' ? credentialOf(accessKey) : undefined
      request.accountId = credential?.accountId ?? openAccountId()
    }
    done()
  })
}
