import type { Assumed, AssumptionName } from '../api/assumptions.ts'
import type { EditionTable } from '../api/edition.ts'
import type { Session, TargetResponse } from './session.ts'

export type Mark = 'documented' | 'observed' | 'assumed'
export type Verdict = 'as claimed' | 'different' | 'not observable'

export interface Outcome {
  readonly verdict: Verdict
  readonly expected: string
  readonly seen: string
  readonly value?: string
}

export interface Permissions {
  readonly writes: boolean
  readonly runs: boolean
}

export type ScratchKind = 'job' | 'trigger' | 'workflow'

/** Creates objects under one prefix at the target and deletes all of them in the end. */
export interface Scratch {
  name(): string
  /** Sends a creation; what it created is deleted in the end. */
  create(kind: ScratchKind, body: object): Promise<TargetResponse>
  newJob(): Promise<string>
  newTrigger(): Promise<string>
  newWorkflow(triggerId: string, jobIds: readonly string[]): Promise<string>
  remove(kind: ScratchKind, id: string): Promise<TargetResponse>
  /** Deletes everything that was created; returns what could not be deleted, in words. */
  cleanUp(): Promise<string[]>
}

export interface Context {
  readonly session: Session
  readonly edition: EditionTable
  readonly allowed: Permissions
  assumed: Assumed
  /** What may be created; absent without the permission to write. */
  scratch?: Scratch
}

export interface Claim {
  readonly id: string
  readonly title: string
  readonly mark: Mark
  readonly source: string
  readonly assumption?: AssumptionName
  readonly check: (context: Context) => Promise<Outcome>
}

export interface Finding extends Omit<Claim, 'check'>, Outcome {}

/** Nothing can be said; `reason` says why. */
export class NotObservable extends Error {}

export const notObservable = (reason: string): never => {
  throw new NotObservable(reason)
}

export const compared = (expected: string, seen: string): Outcome => ({
  verdict: expected === seen ? 'as claimed' : 'different',
  expected,
  seen,
})
