import type { Assumed } from './assumptions.ts'
import type { ErrorShape } from './error-response.ts'
import type { Operation, OperationName, Operations } from './operation.ts'

/** One published generation of the API, as a table. */
export interface EditionTable {
  readonly id: string
  readonly letter: string
  readonly period: string
  readonly errorShape: ErrorShape
  readonly operations: Operations
  /**
   * Operations that no page of this edition documents: assumed from other editions or pages, or observed at the real
   * service.
   */
  readonly notDocumented: Readonly<Partial<Record<OperationName, 'assumed' | 'observed'>>>
  /** Whether a job has one execution under way at a time, or as many as its limit says. */
  readonly concurrency: 'one' | 'limited'
  readonly parameters: 'any' | 'script'
}

/** The operations of an edition that are served, with their names, in the order of the table. */
export const operationsOf = (edition: EditionTable, assumed: Assumed): [OperationName, Operation][] =>
  (Object.entries(edition.operations) as [OperationName, Operation][]).filter(
    ([, operation]) => operation.served?.(assumed) ?? true,
  )

export const errorShapeOf = (edition: EditionTable, assumed: Assumed): ErrorShape =>
  assumed.errorBody === 'edition' ? edition.errorShape : assumed.errorBody
