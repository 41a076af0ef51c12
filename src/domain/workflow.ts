import type { WorkflowNode as Step } from './firing.ts'
import type { JobCondition } from './job-condition.ts'
import type { Rule } from './schedule.ts'

/** A node of a workflow: a trigger that starts it or a job that it runs, by its id. */
export interface WorkflowNode extends Step {
  readonly name: string
  /** Settings of the run; what is absent is taken from those stored with the job. */
  readonly condition?: Partial<JobCondition> | undefined
  /** What the caller said of a trigger's rule. */
  readonly triggerRule?: string | undefined
}

export interface Workflow {
  readonly id: string
  readonly name: string
  readonly nodes: readonly WorkflowNode[]
  readonly draft: boolean
  readonly createdAt: number
  readonly updatedAt: number
  /** When it last started runs. */
  readonly lastRunAt?: number | undefined
}

/** A workflow whose nodes are held against what is there now. */
export interface CheckedWorkflow extends Workflow {
  /** Ids of the nodes whose job or trigger is gone. */
  readonly dead: ReadonlySet<string>
  /** What the triggers and jobs of its nodes are called now, and how the triggers repeat, by their ids. */
  readonly known: ReadonlyMap<string, { readonly name: string; readonly rule?: Rule }>
  /** Rule of the trigger that starts it. */
  readonly every: Rule['every']
}

/** What a workflow is made of. */
export interface NewWorkflow {
  readonly name: string
  readonly nodes: readonly WorkflowNode[]
  readonly draft?: boolean | undefined
}

/** A workflow that was started by hand. */
export interface StartedWorkflow {
  readonly workflowId: string
  readonly triggerId: string
}
