import type { Assumed, AssumptionName } from '../api/assumptions.ts'
import type { EditionTable } from '../api/edition.ts'
import type { Session, TargetResponse } from './session.ts'

export type Mark = 'documented' | 'observed' | 'assumed'
export type Verdict = 'as claimed' | 'different' | 'not observable'

/** What comparing one claim found. */
export interface Outcome {
  readonly verdict: Verdict
  readonly expected: string
  readonly seen: string
  /** The value of the assumption that the target shows. */
  readonly value?: string
}

/** What may be done to the target. */
export interface Permissions {
  readonly writes: boolean
  readonly runs: boolean
}

/** The kinds of objects that a comparison creates. */
export type ScratchKind = 'job' | 'trigger' | 'workflow'

/** Creates objects under one prefix at the target and deletes all of them in the end. */
export interface Scratch {
  /** A new name that begins with the prefix. */
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

/** What claims are checked with. */
export interface Context {
  readonly session: Session
  readonly edition: EditionTable
  readonly allowed: Permissions
  /** The assumptions as the target shows them, as far as they were seen. */
  assumed: Assumed
  /** What may be created; absent without the permission to write. */
  scratch?: Scratch
}

/** A statement about the API that a target can be asked about. */
export interface Claim {
  readonly id: string
  readonly title: string
  readonly mark: Mark
  /** Slug of the documentation page. */
  readonly source: string
  readonly assumption?: AssumptionName
  readonly check: (context: Context) => Promise<Outcome>
}

/** A claim with what was found. */
export interface Finding extends Omit<Claim, 'check'>, Outcome {}

/** Nothing can be said; `reason` says why. */
export class NotObservable extends Error {}

export const notObservable = (reason: string): never => {
  throw new NotObservable(reason)
}

/** Compares what was seen with what the claim says. */
export const compared = (expected: string, seen: string): Outcome => ({
  verdict: expected === seen ? 'as claimed' : 'different',
  expected,
  seen,
})
