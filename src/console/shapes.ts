import type { Fault, FaultRule } from '../faults/rule.ts'
import type { ClockState, MovedClock } from '../service/clocks.ts'

export type { ClockState, Fault, FaultRule, MovedClock }

export interface Timing {
  readonly now: number
  readonly nextChangeAt: number | null
}

export type JobStatus = 'RUNNABLE' | 'RUNNING' | 'DELETED' | 'UNKNOWN' | 'DRAFT' | 'STOPPED' | 'EDITING'
export type RunStatus = 'READY' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELED'

export interface Job {
  readonly jobId: string
  readonly name: string
  readonly type: string
  readonly status: JobStatus
  readonly maxConcurrentRuns: number
  readonly lastExecutionStatus?: RunStatus
  readonly lastExecutionDate?: string
  readonly createdDate: string
  readonly updatedDate: string
}

export interface ListedJob extends Job {
  readonly progress: number | null
  readonly endsAt: number | null
}

export interface Jobs extends Timing {
  readonly count: number
  readonly jobs: readonly ListedJob[]
}

export interface JobCondition {
  readonly workerType?: string
  readonly numWorker: number
  readonly timeout: number
  readonly nrn?: string
  readonly scriptPath?: string
  readonly logPath?: string
}

export interface JobNode {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly parentNodeIds: readonly string[]
  readonly settings: Readonly<Record<string, unknown>>
}

export interface JobDetail extends Job {
  readonly description: string
  readonly jobCondition: JobCondition
  readonly nodes: readonly JobNode[]
  readonly workflows: readonly { readonly workflowId: string; readonly name: string }[]
}

export interface Execution {
  readonly jobExecutionId: string
  readonly jobId: string
  readonly jobName: string
  readonly status: RunStatus
  readonly queuedAt: number
  readonly startsAt: number
  readonly endsAt: number
  readonly trigger: { readonly id: string; readonly name: string } | null
  readonly workflow: { readonly id: string; readonly name: string } | null
}

export interface Executions extends Timing {
  readonly count: number
  readonly executions: readonly Execution[]
}

export interface WorkflowNode {
  readonly id: string
  readonly name: string
  readonly type: 'TRIGGER' | 'JOB'
  readonly parentNodeIds: readonly string[]
  readonly isValid: boolean
}

export interface Workflow {
  readonly workflowId: string
  readonly name: string
  readonly isTemp: boolean
  readonly valid: boolean
  readonly lastExecutionDate?: string
  readonly nodes: readonly WorkflowNode[]
  readonly nextFiring: number | null
}

export interface Workflows extends Timing {
  readonly count: number
  readonly workflows: readonly Workflow[]
}

export interface TriggerRule {
  readonly type: 'RECURRING' | 'ONE_TIME' | 'NONE'
  readonly interval?: 'HOUR' | 'DAY' | 'WEEK' | 'MONTH'
  readonly time?: string
  readonly dayOfWeek?: readonly string[]
  readonly dateOfMonth?: string
  readonly executionDate?: string
}

export interface Trigger {
  readonly triggerId: string
  readonly name: string
  readonly type: string
  readonly triggerRule: TriggerRule
  readonly workflows: readonly { readonly workflowId: string; readonly name: string }[]
  readonly nextFirings: readonly number[]
}

export interface Triggers {
  readonly count: number
  readonly triggers: readonly Trigger[]
}

export interface NextRun {
  readonly end: 'COMPLETED' | 'FAILED' | 'CANCELED'
  readonly waitingTime: number
  readonly runTime: number
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

export interface RequestEvent {
  readonly number: number
  readonly at: string
  readonly method: string
  readonly target: string
  readonly operation: string | null
  readonly account: string | null
  readonly verdict: string | null
  readonly status: number | null
  readonly durationMs: number | null
  readonly console: boolean
}

export interface Check {
  readonly name: 'path' | 'headers' | 'time' | 'access key' | 'signature' | 'subscription'
  readonly outcome: 'passed' | 'failed' | 'not reached'
  readonly detail: string
}

export type Piece = { readonly same: string } | { readonly expected: string; readonly signed: string }

/** Why the gateway rejected a request. */
export interface Diagnosis {
  readonly verdict: 'right' | 'explained' | 'unexplained' | 'skipped'
  readonly cause?: string
  readonly sentence: string
  readonly checks?: readonly Check[]
  readonly difference?: readonly Piece[]
  readonly expectedText?: string
  readonly expectedSignature?: string
  readonly signedText?: string
  readonly correctedTarget?: string
  readonly compare?: readonly { readonly part: string; readonly expected: string }[]
}

interface Body {
  readonly text: string
  readonly cutFromBytes?: number
}

/** A recorded request. */
export interface SeenRequest {
  readonly number: number
  readonly at: string
  readonly method: string
  readonly target: string
  readonly operation: string | null
  readonly account: string | null
  readonly accessKey: string | null
  readonly verdict: string | null
  readonly reason?: string
  readonly diagnosis?: Diagnosis
  readonly faults?: readonly { readonly id: string; readonly kind: string }[]
  readonly stub?: string | null
  readonly status: number | null
  readonly broken?: boolean
  readonly durationMs: number | null
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Body
  readonly answer: Body | null
}
