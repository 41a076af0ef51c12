import { type Assumed, type AssumptionName, assumptions } from '../api/assumptions.ts'
import type { OperationName } from '../api/operation.ts'
import { type Context, notObservable, type Scratch } from './claim.ts'
import { rowOf } from './data.ts'
import { rejectionOf, shownError } from './responses.ts'
import type { TargetResponse } from './session.ts'

/** Finds the values of an assumption that fit what the target does; throws NotObservable when nothing can be said. */
export interface Probe {
  readonly needs?: 'writes' | 'runs'
  readonly find: (context: Context) => Promise<readonly string[] | string>
}

/** A probe, or why a client cannot observe the assumption. */
export type Probes = Readonly<Partial<Record<AssumptionName, Probe | string>>>

export const scratchOf = ({ scratch }: Context): Scratch => scratch ?? notObservable('needs --allow-writes')

/** The values of an assumption for which `fits` holds. */
export const valuesWhere = (name: AssumptionName, fits: (value: string) => boolean): string[] =>
  Object.keys(assumptions[name].values).filter(fits)

export interface Trial {
  readonly query?: string
  readonly body?: object
}

/** Whether the target took a request; throws NotObservable for a response that says neither. */
export function taken(response: TargetResponse): boolean {
  const { status } = response
  if (status >= 200 && status < 300) return true
  return status === 400 ? false : notObservable(`the target responds ${shownError(response)}`)
}

/**
 * Finds a value by requests that the table of an operation takes under some values and rejects under others.
 * `send` sends one of them.
 */
export async function byAcceptance(
  name: AssumptionName,
  operation: OperationName,
  trials: readonly Trial[],
  context: Context,
  send: (trial: Trial) => Promise<TargetResponse>,
): Promise<string[]> {
  const row = rowOf(context, operation)
  const takes = (value: string): string => {
    const assumed: Assumed = { ...context.assumed, [name]: value }
    return trials.map(({ query = '', body }) => rejectionOf(row, assumed, query, body) === undefined).join()
  }
  if (new Set(valuesWhere(name, () => true).map(takes)).size === 1) notObservable('makes no difference in this edition')
  const seen: boolean[] = []
  for (const trial of trials) seen.push(taken(await send(trial)))
  return valuesWhere(name, value => takes(value) === seen.join())
}

/** A probe by requests that change nothing: the table says which values take them. */
export const acceptance = (
  name: AssumptionName,
  operation: OperationName,
  trialsOf: (context: Context) => readonly Trial[],
): Probe => ({
  find: context => {
    const { method, path } = rowOf(context, operation)
    return byAcceptance(name, operation, trialsOf(context), context, ({ query, body }) =>
      context.session.ask({ method, target: query ? `${path}?${query}` : path, body }),
    )
  },
})
