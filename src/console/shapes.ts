import type { ControlledJob, ExecutionStatus, JobStatus, NextRun } from '../admin/shown-job.ts'
import type { Check } from '../diagnosis/diagnosis.ts'
import type { DifferencePiece } from '../diagnosis/difference.ts'
import type { Explanation } from '../diagnosis/explainer.ts'
import type { Fault, FaultRule } from '../faults/rule.ts'
import type { BriefRequest, SeenRequest } from '../journal/reading.ts'
import type { JobDetail, ListedJob } from '../library/job-types.ts'
import type { TriggerState } from '../library/triggers.ts'
import type { ListedExecution, WorkflowState } from '../library/workflows.ts'
import type { ClockState, MovedClock } from '../service/clocks.ts'

export type {
  BriefRequest as RequestEvent,
  Check,
  ClockState,
  ControlledJob as Job,
  DifferencePiece as Piece,
  ExecutionStatus,
  Fault,
  FaultRule,
  JobDetail,
  JobStatus,
  ListedExecution as Execution,
  ListedJob,
  MovedClock,
  NextRun,
  SeenRequest,
  WorkflowState as Workflow,
}

export interface Timing {
  readonly now: number
  readonly nextChangeAt: number | null
}

export interface Jobs extends Timing {
  readonly count: number
  readonly jobs: readonly ListedJob[]
}

export type JobNode = JobDetail['nodes'][number]

export interface Executions extends Timing {
  readonly count: number
  readonly executions: readonly ListedExecution[]
}

export interface Workflows extends Timing {
  readonly count: number
  readonly workflows: readonly WorkflowState[]
}

export interface TriggerRule {
  readonly type: 'RECURRING' | 'ONE_TIME' | 'NONE'
  readonly interval?: 'HOUR' | 'DAY' | 'WEEK' | 'MONTH'
  readonly time?: string
  readonly dayOfWeek?: readonly string[]
  readonly dateOfMonth?: string
  readonly executionDate?: string
}

export interface Trigger extends TriggerState {
  readonly triggerRule: TriggerRule & TriggerState['triggerRule']
}

export interface Triggers {
  readonly count: number
  readonly triggers: readonly Trigger[]
}

export interface Account {
  readonly name: string
  readonly accessKeys: readonly string[]
  readonly jobs: number
}

export interface Hello {
  readonly boot: string
  readonly version: string
  readonly edition: string
  readonly auth: string
  readonly clock: ClockState
  readonly faults: number
  readonly lastRequest: number
}

type MemberOf<Union, Name extends PropertyKey> = Union extends unknown
  ? Name extends keyof Union
    ? Union[Name]
    : never
  : never
type Members<Union> = Union extends unknown ? keyof Union : never

/** Why the gateway rejected a request: the members of every verdict, absent where a verdict lacks them. */
export type Diagnosis = Pick<Explanation, keyof Explanation> & {
  readonly [Name in Members<Explanation>]?: MemberOf<Explanation, Name> | undefined
}
