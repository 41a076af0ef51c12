import type { FastifyRequest } from 'fastify'
import type { OwnedCredential } from '../domain/account.ts'
import { authHeaderNames } from '../domain/auth-headers.ts'
import type { RequestSubject } from '../domain/request-conditions.ts'
import { headerText } from '../gateway/authenticate.ts'
import { pathOf } from '../gateway/target.ts'

export interface CallerLookup {
  readonly credentialOf: (accessKey: string) => OwnedCredential | undefined
  readonly accountNamed: (accountId: number) => string | undefined
}

export function subjectOf(request: FastifyRequest, { credentialOf, accountNamed }: CallerLookup): RequestSubject {
  const { method = '', headers } = request.raw
  const credential = credentialOf(headerText(headers[authHeaderNames.accessKey]))
  return {
    method,
    path: pathOf(request.target),
    operation: request.routeOptions.config.operation ?? '',
    // All unknown keys share one counter, so that made-up keys cannot fill the memory.
    accessKey: credential?.accessKey ?? '',
    account: () => accountNamed(credential?.accountId ?? request.accountId),
  }
}
