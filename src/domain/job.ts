import type { JobCondition } from './job-condition.ts'
import type { ExecutionState } from './lifetime.ts'
import type { Paging } from './page.ts'

export const jobStates = ['runnable', 'running', 'deleted', 'unknown', 'draft', 'stopped', 'editing'] as const
export type JobState = (typeof jobStates)[number]

export const jobKinds = ['visual', 'script'] as const
export type JobKind = (typeof jobKinds)[number]

export interface Job {
  readonly id: string
  readonly name: string
  readonly kind: JobKind
  readonly state: JobState
  /** The newest execution; absent for a job that never ran. */
  readonly lastExecution?: { readonly state: ExecutionState; readonly at: number }
  readonly createdAt: number
  readonly updatedAt: number
  /** True for a job that is listed although the caller may not open it. */
  readonly disabled: boolean
  readonly maxConcurrentRuns: number
}

export interface JobDetail extends Job {
  readonly description: string
  readonly nodes: string
  readonly condition: JobCondition
}

export function conditionOf(
  kind: JobKind,
  first: JobCondition,
  ...later: readonly (Partial<JobCondition> | undefined)[]
): JobCondition {
  const whole: JobCondition = Object.assign({ ...first }, ...later)
  if (kind === 'script') return whole
  const { parameters: _ofScripts, ...condition } = whole
  return condition
}

/** How a name filter compares: all three are literal, `%` and `_` mean themselves. */
export interface NameFilter {
  readonly text: string
  readonly match: 'substring' | 'exact' | 'prefix'
  readonly ignoreCase: boolean
}

export interface JobQuery extends Paging {
  readonly name?: NameFilter | undefined
  /** `living` are all but the deleted ones. */
  readonly states: readonly JobState[] | 'living' | 'all'
  /** The state of the newest execution; absent: any, or none at all. */
  readonly lastExecutionState?: ExecutionState | undefined
}
