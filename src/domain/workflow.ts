import type { WorkflowNode as Step } from './firing.ts'
import type { JobCondition } from './job-condition.ts'
import type { Rule } from './schedule.ts'

/** A node of a workflow: a trigger that starts it or a job that it runs, by its id. */
export interface WorkflowNode extends Step {
  readonly name: string
  /** Settings of the execution; what is absent is taken from those stored with the job. */
  readonly condition?: Partial<JobCondition> | undefined
  readonly triggerRule?: string | undefined
}

export interface Workflow {
  readonly id: string
  readonly name: string
  readonly nodes: readonly WorkflowNode[]
  readonly draft: boolean
  readonly createdAt: number
  readonly updatedAt: number
  readonly lastExecutionAt?: number | undefined
}

export interface CheckedWorkflow extends Workflow {
  readonly dead: ReadonlySet<string>
  /** What the triggers and jobs of its nodes are called now, and how the triggers repeat, by their ids. */
  readonly known: ReadonlyMap<string, { readonly name: string; readonly rule?: Rule }>
  readonly every: Rule['every']
}

export interface NewWorkflow {
  readonly name: string
  readonly nodes: readonly WorkflowNode[]
  readonly draft?: boolean | undefined
}

export interface StartedWorkflow {
  readonly workflowId: string
  readonly triggerId: string
}
