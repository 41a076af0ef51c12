import type { AfterFailure } from '../domain/firing.ts'
import type { FateSettings, TimeoutRules } from '../domain/lifetime.ts'
import type { ShortMonth } from '../domain/schedule.ts'

/** The open readings that the operations depend on, and what the edition says about running at the same time. */
interface Rules extends TimeoutRules {
  readonly shortMonth: ShortMonth
  readonly afterFailure: AfterFailure
  /** A trigger that comes to a job which may not run: nothing happens, or it runs all the same. */
  readonly busyTrigger: 'skip' | 'run'
  /** A workflow with a job that was deleted: nothing of it starts, or its other jobs do. */
  readonly invalidNode: 'stop' | 'skip'
  /** A job that is run by itself and names a workflow: one of its executions, or not. */
  readonly runInWorkflow: 'belongs' | 'ignored'
  readonly jobNames: 'any' | 'unique'
  readonly busyJob: 'refuse' | 'allow'
}

/** What an edition says of jobs with an execution under way: the job is RUNNING, or a number of executions is allowed. */
type Concurrency = 'one' | 'limited'

/** Which jobs an edition lets have parameters: all when they are run, or scripts alone. */
export type Parameters = 'any' | 'script'

export interface Settings {
  readonly rules: Rules
  readonly concurrency: Concurrency
  readonly parameters: Parameters
  /** What executions look like when nobody says otherwise. */
  readonly fates: FateSettings
}

/** The settings of an edition; times in milliseconds. */
export const settingsOf = (
  edition: Pick<Settings, 'concurrency' | 'parameters'>,
  rules: Rules,
  { waitingTime, runTime, failureRate }: { waitingTime: number; runTime: number; failureRate: number },
): Settings => ({
  rules,
  concurrency: edition.concurrency,
  parameters: edition.parameters,
  fates: {
    waiting: { from: waitingTime, to: waitingTime },
    duration: { from: runTime, to: runTime },
    failureRate,
  },
})
