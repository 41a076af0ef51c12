import type { JobCondition } from './job-condition.ts'
import type { ExecutionEnd, Lifetime } from './lifetime.ts'
import type { Paging } from './page.ts'

/** Why an execution was made and with which settings; many executions share one origin. */
export interface ExecutionOrigin {
  readonly jobId: string
  readonly jobName: string
  readonly kind: 'job' | 'workflow'
  readonly workflowId?: string | undefined
  readonly triggerId?: string | undefined
  readonly triggerName?: string | undefined
  readonly condition: JobCondition
  /** What the caller gave as execution parameters: each value as JSON text, digit for digit. */
  readonly parameters: Readonly<Record<string, string>>
}

/** An execution of a job: why it was made, and its life. */
export interface Execution extends Lifetime {
  readonly id: string
  readonly origin: ExecutionOrigin
}

export interface ExecutionRequest {
  readonly jobId: string
  readonly triggerId?: string | undefined
  readonly workflowId?: string | undefined
  /** What is absent is taken from the settings stored with the job. */
  readonly condition?: Partial<JobCondition> | undefined
  readonly parameters?: Readonly<Record<string, string>> | undefined
}

export interface SeenExecution extends Execution {
  readonly now: number
}

/** The next moment at which the state of an execution changes; `undefined` once it has ended. */
export function changesAfter({ startsAt, endsAt }: Lifetime, now: number): number | undefined {
  if (now >= endsAt) return undefined
  return now >= startsAt ? endsAt : Math.min(startsAt, endsAt)
}

/**
 * The last change that an execution went through, given the next one (`undefined` once it has ended). An execution is never seen
 * earlier than that, so that it keeps its state and dates when the clock is set back.
 */
export function reachedAt({ queuedAt, startsAt, endsAt }: Lifetime, dueAt: number | undefined): number {
  if (dueAt === undefined) return endsAt
  return dueAt === endsAt && startsAt < endsAt ? startsAt : queuedAt
}

export interface ExecutionQuery extends Paging {
  readonly by: { readonly jobId: string } | { readonly workflowId: string }
}

export interface ExecutionTotals {
  readonly total: number
  readonly completed: number
  readonly failed: number
}

/** How a coming execution of a job is to go, in milliseconds. */
export interface PlannedFate {
  readonly waitingMs: number
  readonly runningMs: number
  readonly end: ExecutionEnd
}
