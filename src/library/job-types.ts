import type { JobCondition } from '../admin/job-bodies.ts'
import type { ControlledJob } from '../admin/shown-job.ts'

/** The account of a job. */
export interface JobOwner {
  /** Name of the account. Default: `default`. */
  readonly account?: string | undefined
  /** An access key of the account, instead of its name. */
  readonly accessKey?: string | undefined
}

/** A job in a list, with the state of its running execution. */
export interface ListedJob extends ControlledJob {
  /** How far the running execution is, from 0 to 1; null: none runs. */
  readonly progress: number | null
  /** When the running execution ends, in epoch milliseconds of the simulation; null: none runs. */
  readonly endsAt: number | null
}

/** A job with its nodes and settings. */
export interface JobDetail extends ControlledJob {
  readonly description: string
  readonly jobCondition: JobCondition
  readonly nodes: readonly {
    /** As text, as it has up to 64 bits. */
    readonly id: string
    readonly name: string
    readonly type: string
    readonly parentNodeIds: readonly string[]
    /** The other members. */
    readonly settings: Readonly<Record<string, unknown>>
  }[]
  /** The workflows that run it. */
  readonly workflows: readonly { readonly workflowId: string; readonly name: string }[]
}
