import type { JobCondition } from '../admin/job-bodies.ts'
import type { ControlDeps } from '../admin/owner.ts'
import type { ExecutionStatus } from '../admin/shown-job.ts'
import { workflowEndpoints } from '../admin/workflows.ts'
import type { JobOwner } from './job-types.ts'
import { asRangeErrors } from './range-errors.ts'

/** An execution of a job. Times are epoch milliseconds of the simulation. */
export interface ListedExecution {
  readonly jobExecutionId: string
  readonly jobId: string
  readonly jobName: string
  readonly status: ExecutionStatus
  readonly queuedAt: number
  /** When it starts or started; for a canceled one, when it would have. */
  readonly startsAt: number
  readonly endsAt: number
  /** The trigger that started it; null: it was started by hand. */
  readonly trigger: { readonly id: string; readonly name: string } | null
  /** The workflow that it belongs to, or null. */
  readonly workflow: { readonly id: string; readonly name: string } | null
  readonly jobCondition: JobCondition
  /** Each value as JSON text. */
  readonly parameters: Readonly<Record<string, string>>
}

/** A workflow with its nodes. */
export interface WorkflowState {
  readonly workflowId: string
  readonly name: string
  /** Whether it is a draft. */
  readonly isTemp: boolean
  /** Whether it can run: it is no draft, and no job or trigger of it was deleted. */
  readonly valid: boolean
  /** Left out for a workflow that never ran. */
  readonly lastExecutionDate?: string
  readonly nodes: readonly {
    readonly id: string
    readonly name: string
    readonly type: 'TRIGGER' | 'JOB'
    readonly parentNodeIds: readonly string[]
    readonly isValid: boolean
    readonly triggerRule?: string
  }[]
  /** Epoch milliseconds of the simulation; null: no trigger of it fires again. */
  readonly nextFiring: number | null
}

/** A workflow whose trigger was fired. */
export interface StartedWorkflow {
  readonly workflowId: string
  readonly triggerId: string
  /** Epoch milliseconds of the simulation. */
  readonly firedAt: number
}

/**
 * The workflows of the account "default", unless `owner` names another. An unknown workflow or account throws a
 * RangeError that says what can be.
 */
export interface EmulatorWorkflows {
  /** All workflows, drafts and invalid ones included. */
  list(owner?: JobOwner): readonly WorkflowState[]
  get(workflowId: string, owner?: JobOwner): WorkflowState
  /** The executions of its jobs that it started, the newest first. */
  executions(workflowId: string, owner?: JobOwner): readonly ListedExecution[]
  /** Fires a trigger of the workflow now, its first unless `triggerId` names another, in every edition. */
  run(workflowId: string, options?: JobOwner & { readonly triggerId?: string | undefined }): StartedWorkflow
}

/** Asks the endpoints of workflows and executions as `query` says; what is undefined is left out. */
export function workflowReader(deps: ControlDeps) {
  const endpoints = workflowEndpoints(deps)
  return (
    name: keyof typeof endpoints,
    params: Record<string, string>,
    query: object = {},
    body?: unknown,
  ): unknown => {
    const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined))
    return asRangeErrors(() => endpoints[name].ask({ params, query: given, body }))
  }
}

/** The workflows as a test suite uses them. */
export function emulatorWorkflows(deps: ControlDeps): EmulatorWorkflows {
  const ask = workflowReader(deps)
  return {
    list: owner => (ask('workflows', {}, owner) as { workflows: readonly WorkflowState[] }).workflows,
    get: (workflowId, owner) => ask('workflow', { workflowId }, owner) as WorkflowState,
    executions: (workflowId, owner) => {
      // An unknown workflow is an error, not one without executions.
      ask('workflow', { workflowId }, owner)
      return (ask('executions', {}, { ...owner, workflowId }) as { executions: readonly ListedExecution[] }).executions
    },
    run: (workflowId, { triggerId, ...owner } = {}) =>
      ask('runWorkflow', { workflowId }, owner, triggerId === undefined ? {} : { triggerId }) as StartedWorkflow,
  }
}
