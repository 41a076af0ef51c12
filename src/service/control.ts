import type { PlannedFate, SeenExecution } from '../domain/execution.ts'
import type { Job, JobDetail, JobKind, JobState } from '../domain/job.ts'
import { type JobCondition, usualCondition } from '../domain/job-condition.ts'
import type { ExecutionState } from '../domain/lifetime.ts'
import { report } from '../domain/problem.ts'
import type { ExecutionStore } from '../store/executions.ts'
import type { JobStore } from '../store/jobs.ts'
import type { Caller } from './caller.ts'
import type { ExecutionService } from './executions.ts'
import type { Settings } from './rules.ts'
import type { Scheduling } from './scheduling.ts'

export interface OfJob {
  readonly jobId: string
}

/** What is to become of a job by hand; what is absent stays. */
export interface ForcedJob {
  readonly name?: string
  readonly state?: JobState
  readonly disabled?: boolean
  readonly maxConcurrentRuns?: number
  /** `never` for a job that has not run. */
  readonly lastExecutionState?: ExecutionState | 'never'
  /** Epoch milliseconds. */
  readonly lastExecutionAt?: number
}

/** A whole job that somebody puts there; what is absent is as in a new one. */
export interface PutJob extends ForcedJob {
  readonly name: string
  readonly kind?: JobKind
  readonly description?: string
  /** The graph as JSON text; it need not make sense. */
  readonly nodes?: string
  readonly condition?: Partial<JobCondition>
  /** Epoch milliseconds. */
  readonly createdAt?: number
  readonly updatedAt?: number
}

export interface ControlDeps {
  readonly jobs: JobStore
  readonly executions: ExecutionStore
  readonly executionOperations: ExecutionService
  readonly scheduling: Scheduling
  readonly settings: Settings
}

function lastExecutionOf(
  caller: Caller,
  { lastExecution }: Pick<Job, 'lastExecution'>,
  { lastExecutionState, lastExecutionAt }: ForcedJob,
): Job['lastExecution'] {
  if (lastExecutionState === 'never') {
    if (lastExecutionAt !== undefined) report({ problem: 'dateOfNoExecution' })
    return undefined
  }
  const state = lastExecutionState ?? lastExecution?.state
  if (state !== undefined) return { state, at: lastExecutionAt ?? lastExecution?.at ?? caller.now }
  if (lastExecutionAt !== undefined) report({ problem: 'dateWithoutStatus' })
  return undefined
}

/** What somebody beside the API does to jobs and executions: no rule of the API holds, but the data stays whole. */
export function controlService({ jobs, executions, executionOperations, scheduling, settings }: ControlDeps) {
  function job({ accountId }: Caller, { jobId }: OfJob): JobDetail {
    return jobs.find(accountId, jobId) ?? report({ problem: 'unknown', kind: 'job', id: jobId })
  }

  return {
    job,
    /** Puts a whole job there, in the place of the one with its id if there is one. Executions and plans stay. */
    put(caller: Caller, { jobId, ...given }: OfJob & PutJob): JobDetail {
      const lastExecution = lastExecutionOf(caller, {}, given)
      const { createdAt = caller.now, updatedAt = createdAt } = given
      jobs.put(caller.accountId, {
        id: jobId,
        name: given.name,
        kind: given.kind ?? 'visual',
        state: given.state ?? 'runnable',
        ...(lastExecution && { lastExecution }),
        createdAt,
        updatedAt,
        disabled: given.disabled ?? false,
        maxConcurrentRuns: given.maxConcurrentRuns ?? 1,
        description: given.description ?? '',
        nodes: given.nodes ?? '[]',
        condition: { ...usualCondition, ...given.condition },
      })
      scheduling.changed(caller, jobId)
      return job(caller, { jobId })
    },
    /** Takes a job away as if it never was, with its executions and what was planned for it. */
    remove(caller: Caller, asked: OfJob): void {
      const { id } = job(caller, asked)
      executions.removeOf(caller.accountId, id)
      jobs.remove(caller.accountId, id)
      scheduling.changed(caller, id)
    },
    /** Puts a job into a state; it stays there until something happens to the job. */
    force(caller: Caller, { jobId, ...forced }: OfJob & ForcedJob): JobDetail {
      const before = job(caller, { jobId })
      const lastExecution = lastExecutionOf(caller, before, forced)
      const { name = before.name, state = before.state, disabled = before.disabled } = forced
      const { maxConcurrentRuns = before.maxConcurrentRuns } = forced
      jobs.update(caller.accountId, { ...before, name, state, disabled, maxConcurrentRuns })
      jobs.setExecution(caller.accountId, jobId, state, lastExecution)
      if ((state === 'deleted') !== (before.state === 'deleted')) scheduling.changed(caller, jobId)
      return job(caller, { jobId })
    },
    nextRuns: (caller: Caller, asked: OfJob): readonly PlannedFate[] =>
      executions.planned(caller.accountId, job(caller, asked).id),
    /** Says what the next executions of a job do, in the place of what was said before; those after them do as usual. */
    planRuns(
      caller: Caller,
      { jobId, fates }: OfJob & { fates: readonly Partial<PlannedFate>[] },
    ): readonly PlannedFate[] {
      const { waiting, duration } = settings.fates
      const usual = { end: 'completed', waitingMs: waiting.from, runningMs: duration.from } as const
      executions.plan(
        caller.accountId,
        job(caller, { jobId }).id,
        fates.map(fate => ({ ...usual, ...fate })),
      )
      return executions.planned(caller.accountId, jobId)
    },
    cancel(caller: Caller, asked: OfJob & { executionId: string }): SeenExecution {
      const { jobId, executionId } = asked
      const found = executions.find(caller.accountId, job(caller, asked).id, executionId)
      if (found && found.end !== 'canceled' && found.dueAt === undefined) {
        report({ problem: 'executionEnded', jobId, executionId, state: found.end })
      }
      return executionOperations.cancel(caller, asked)
    },
  }
}

export type ControlService = ReturnType<typeof controlService>
