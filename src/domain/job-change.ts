import type { JobKind } from './job.ts'
import type { JobCondition } from './job-condition.ts'

export interface NewJob {
  readonly name: string
  readonly kind: JobKind
  readonly nodes: string
  /** What is absent is as usual. */
  readonly condition: Partial<JobCondition>
  readonly maxConcurrentRuns?: number
  readonly description?: string
}

/** What is to change of a job; what is absent stays. */
export interface JobChange extends Partial<NewJob> {
  /** True leaves the job unfinished, false finishes it. */
  readonly draft?: boolean
  readonly draftState?: 'draft' | 'editing'
}
