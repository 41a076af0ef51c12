import type { JobState } from './job.ts'

/** Why a service rejects a request: facts alone. What it is called on the wire and how it reads is the work of `api`. */
export type Problem =
  | {
      readonly problem: 'unknown'
      readonly kind: 'job' | 'workflow' | 'trigger' | 'execution' | 'account' | 'access key' | 'snapshot'
      readonly id: string
      /** What there is instead, where that is short. */
      readonly known?: readonly string[]
    }
  | { readonly problem: 'unknownExecution'; readonly jobId: string; readonly executionId: string }
  | {
      readonly problem: 'unknownNode'
      readonly kind: 'job' | 'trigger'
      readonly id: string
      readonly index: number
    }
  | { readonly problem: 'pageOutOfRange'; readonly page: number; readonly total: number }
  | { readonly problem: 'jobNameTaken'; readonly name: string }
  | { readonly problem: 'jobBusy'; readonly jobId: string; readonly cannot: 'become a draft' | 'be deleted' }
  | { readonly problem: 'jobNotRunnable'; readonly jobId: string; readonly state: JobState }
  | {
      readonly problem: 'tooManyExecutions'
      readonly jobId: string
      readonly underWay: number
      readonly most: number | undefined
    }
  | { readonly problem: 'executionEnded'; readonly jobId: string; readonly executionId: string; readonly state: string }
  | { readonly problem: 'parametersOfVisualJob'; readonly jobId: string }
  | { readonly problem: 'draftWorkflow'; readonly workflowId: string }
  | {
      readonly problem: 'workflowNodeDeleted'
      readonly workflowId: string
      readonly kind: 'job' | 'trigger'
      readonly id: string
    }
  | { readonly problem: 'workflowWithoutTrigger'; readonly workflowId: string }
  | { readonly problem: 'scheduledWorkflow'; readonly workflowId: string; readonly triggerId: string }
  | { readonly problem: 'dateOfNoExecution' }
  | { readonly problem: 'dateWithoutStatus' }
  | { readonly problem: 'accountNameTaken'; readonly name: string }
  | { readonly problem: 'accessKeyTaken'; readonly accessKey: string }
  | { readonly problem: 'defaultAccount'; readonly name: string }
  | { readonly problem: 'clockInterrupted'; readonly now: string; readonly reason: string }
  | { readonly problem: 'snapshotName' }
  | { readonly problem: 'tooManySnapshots'; readonly count: number }
  | { readonly problem: 'snapshotsTooLarge'; readonly bytes: number; readonly most: number }
  | { readonly problem: 'noSnapshotFolder' }
  | { readonly problem: 'snapshotFile'; readonly invalid: boolean; readonly reason: string }

export type ProblemName = Problem['problem']

/** A service rejects a request. */
export class ServiceProblem extends Error {
  readonly facts: Problem

  constructor(facts: Problem) {
    super(JSON.stringify(facts))
    this.name = 'ServiceProblem'
    this.facts = facts
  }
}

/** Throws, so that the happy path stays flat. */
export function report(facts: Problem): never {
  throw new ServiceProblem(facts)
}
