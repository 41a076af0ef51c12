import { conditionOf, type Job, type JobDetail, type JobQuery } from '../domain/job.ts'
import type { JobChange, NewJob } from '../domain/job-change.ts'
import { usualCondition } from '../domain/job-condition.ts'
import type { Page } from '../domain/page.ts'
import { report } from '../domain/problem.ts'
import type { ExecutionStore } from '../store/executions.ts'
import type { JobStore } from '../store/jobs.ts'
import type { Caller } from './caller.ts'
import type { Ids } from './ids.ts'
import { withinPages } from './paging.ts'
import type { Settings } from './rules.ts'
import type { Scheduling } from './scheduling.ts'

export interface OfJob {
  readonly jobId: string
}

export interface JobDeps {
  readonly jobs: JobStore
  readonly executions: ExecutionStore
  readonly ids: Ids
  readonly scheduling: Scheduling
  readonly settings: Settings
  /** Rejects a graph that is not finished. */
  readonly checkNodes: (nodes: string) => void
}

/** The checks of operations on jobs; each reports a problem. */
function jobChecks({ jobs, settings }: Pick<JobDeps, 'jobs' | 'settings'>) {
  function existing({ accountId }: Caller, jobId: string): JobDetail {
    const job = jobs.find(accountId, jobId)
    if (!job || job.state === 'deleted') report({ problem: 'unknown', kind: 'job', id: jobId })
    return job
  }

  function ownName({ accountId }: Caller, name: string, jobId?: string): void {
    if (settings.rules.jobNames === 'any') return
    if (jobs.named(accountId, name).some(id => id !== jobId)) {
      report({ problem: 'jobNameTaken', name })
    }
  }

  /** Rejects parameters of a job that has none in this edition. */
  function mayHave({ id, kind }: Job, parameters: object = {}): void {
    if (settings.parameters === 'script' && kind !== 'script' && Object.keys(parameters).length > 0) {
      report({ problem: 'parametersOfVisualJob', jobId: id })
    }
  }

  return { existing, ownName, mayHave }
}

export function jobService({ jobs, executions, ids, scheduling, settings, checkNodes }: JobDeps) {
  const { rules } = settings
  const { existing, ownName, mayHave } = jobChecks({ jobs, settings })

  const busy = ({ accountId }: Caller, jobId: string): boolean => executions.openEnds(accountId, jobId).length > 0

  return {
    mayHave,
    /** A job that is there; refuses an unknown or deleted one. */
    existing,
    list: ({ accountId }: Caller, query: JobQuery): Page<Job> => withinPages(query, jobs.page(accountId, query)),
    get: (caller: Caller, { jobId }: OfJob): JobDetail => existing(caller, jobId),
    create(caller: Caller, asked: NewJob): JobDetail {
      ownName(caller, asked.name)
      const job: JobDetail = {
        id: ids.next(caller.accountId, 'job', id => jobs.find(caller.accountId, id) !== undefined),
        name: asked.name,
        kind: asked.kind,
        state: 'runnable',
        createdAt: caller.now,
        updatedAt: caller.now,
        disabled: false,
        maxConcurrentRuns: asked.maxConcurrentRuns ?? 1,
        description: asked.description ?? '',
        nodes: asked.nodes,
        condition: conditionOf(asked.kind, usualCondition, asked.condition),
      }
      jobs.addAll(caller.accountId, [job])
      return job
    },
    /** Checks a body without keeping it. */
    verify(caller: Caller, { name }: Pick<NewJob, 'name'>): true {
      ownName(caller, name)
      return true
    },
    update(caller: Caller, { jobId, draft, draftState = 'draft', condition, ...change }: OfJob & JobChange): JobDetail {
      const before = existing(caller, jobId)
      if (change.name !== undefined) ownName(caller, change.name, jobId)
      const running = busy(caller, jobId)
      if (draft && running && rules.busyJob === 'refuse') {
        report({ problem: 'jobBusy', jobId, cannot: 'become a draft' })
      }
      const unfinished = before.state === 'draft' || before.state === 'editing'
      if (unfinished && !draft && change.nodes === undefined) checkNodes(before.nodes)
      const job: JobDetail = {
        ...before,
        ...change,
        condition: conditionOf(change.kind ?? before.kind, before.condition, condition),
        state: draft ? draftState : running ? 'running' : 'runnable',
        updatedAt: Math.max(caller.now, before.createdAt),
      }
      jobs.update(caller.accountId, job)
      return job
    },
    setCondition(caller: Caller, { jobId, condition }: OfJob & Pick<NewJob, 'condition'>): JobDetail {
      const before = existing(caller, jobId)
      mayHave(before, condition.parameters)
      const job = {
        ...before,
        condition: conditionOf(before.kind, before.condition, condition),
        updatedAt: Math.max(caller.now, before.createdAt),
      }
      jobs.update(caller.accountId, job)
      return job
    },
    remove(caller: Caller, { jobId }: OfJob): true {
      const job = existing(caller, jobId)
      if (rules.busyJob === 'refuse' && busy(caller, jobId)) {
        report({ problem: 'jobBusy', jobId, cannot: 'be deleted' })
      }
      jobs.update(caller.accountId, { ...job, state: 'deleted', updatedAt: Math.max(caller.now, job.createdAt) })
      scheduling.changed(caller, jobId)
      return true
    },
  }
}

export type JobService = ReturnType<typeof jobService>
