/** Why a trigger that fired did not start a job, or nothing at all. */
export const skipReasons = [
  'draft',
  'invalidNode',
  'noJobs',
  'jobDeleted',
  'jobState',
  'jobBusy',
  'parentFailed',
  'parentCanceled',
  'parentSkipped',
] as const
export type SkipReason = (typeof skipReasons)[number]

/** What became of a firing of a trigger in one workflow, or of one job that it should start. */
export interface FiringDecision {
  readonly accountId: number
  /** When it was decided, by the simulation clock. */
  readonly at: number
  /** When the trigger fired: earlier than `at` for a job that waited for others. */
  readonly firedAt: number
  readonly triggerId: string
  readonly triggerName: string
  readonly workflowId: string
  readonly workflowName: string
  /** Absent where it concerns the whole workflow. */
  readonly jobId?: string | undefined
  readonly jobName?: string | undefined
  readonly executionId?: string | undefined
  readonly outcome: 'fired' | 'skipped'
  readonly reason?: SkipReason | undefined
  readonly detail?: string | undefined
}
