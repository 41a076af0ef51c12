import type { ExecutionQuery, SeenExecution } from '../domain/execution.ts'
import type { Job, JobQuery } from '../domain/job.ts'
import { stateAt } from '../domain/lifetime.ts'
import { mapPage, type Page, type Paging } from '../domain/page.ts'
import { report } from '../domain/problem.ts'
import { nextAfter } from '../domain/schedule.ts'
import type { CheckedWorkflow } from '../domain/workflow.ts'
import type { ExecutionStore } from '../store/executions.ts'
import type { JobStore } from '../store/jobs.ts'
import type { TriggerStore } from '../store/triggers.ts'
import type { StoredWorkflow, WorkflowStore } from '../store/workflows.ts'
import type { Caller } from './caller.ts'
import type { ControlService } from './control.ts'
import type { ExecutionService } from './executions.ts'
import type { Settings } from './rules.ts'
import type { Scheduling } from './scheduling.ts'
import type { Settling } from './settle.ts'

interface OverviewDeps {
  readonly jobs: JobStore
  readonly executions: ExecutionStore
  readonly triggers: TriggerStore
  readonly workflows: WorkflowStore
  readonly control: ControlService
  readonly executionOperations: ExecutionService
  readonly scheduling: Scheduling
  readonly settling: Settling
  readonly settings: Settings
}

/** A job of a list; while its newest execution is running, how far that is. */
export interface ListedJob {
  readonly job: Job
  /** From 0 to 1. */
  readonly progress?: number
  /** When the execution will have ended, in epoch milliseconds. */
  readonly endsAt?: number
}

export interface ListedWorkflow {
  readonly workflow: CheckedWorkflow
  readonly valid: boolean
  /** Epoch milliseconds; absent when no schedule starts it. */
  readonly nextFiring?: number | undefined
}

export interface FiredWorkflow {
  readonly workflowId: string
  readonly triggerId: string
  /** Epoch milliseconds. */
  readonly firedAt: number
}

/** What people look at: jobs in any state, executions, workflows and how they hang together. */
export function overviewService(deps: OverviewDeps) {
  const { jobs, executions, triggers, workflows, control, executionOperations, scheduling, settling, settings } = deps

  function listedJob({ accountId, now }: Caller, job: Job): ListedJob {
    const execution = job.lastExecution?.state === 'running' ? executions.newest(accountId, job.id) : undefined
    if (!execution || stateAt(execution, now) !== 'running') return { job }
    return {
      job,
      progress: (now - execution.startsAt) / (execution.endsAt - execution.startsAt),
      endsAt: execution.endsAt,
    }
  }

  function listedWorkflow({ accountId, now }: Caller, workflow: StoredWorkflow): ListedWorkflow {
    const checked = scheduling.check(workflow)
    const valid = !checked.draft && checked.dead.size === 0
    const firings = checked.nodes.flatMap(({ id, kind }) => {
      const trigger = kind === 'trigger' ? triggers.find(accountId, id) : undefined
      return (trigger && nextAfter(trigger.rule, now, settings.rules.shortMonth)) ?? []
    })
    return { workflow: checked, valid, ...(valid && firings.length > 0 && { nextFiring: Math.min(...firings) }) }
  }

  function existing({ accountId }: Caller, workflowId: string): StoredWorkflow {
    return workflows.find(accountId, workflowId) ?? report({ problem: 'unknown', kind: 'workflow', id: workflowId })
  }

  return {
    nextChangeAt: settling.nextChangeAt,
    /** Jobs of an account, the newest first, deleted ones included. */
    jobs(caller: Caller, query: Omit<JobQuery, 'order' | 'beyond'>): Page<ListedJob> {
      const found = jobs.page(caller.accountId, { ...query, order: 'newest', beyond: 'empty' })
      return mapPage(found, job => listedJob(caller, job))
    },
    using: ({ accountId }: Caller, id: string) => workflows.using(accountId, id).map(({ id, name }) => ({ id, name })),
    /** Executions of a job, also of a deleted one, or of a workflow, the newest first. */
    executions(caller: Caller, by: ExecutionQuery['by'], paging: Paging): Page<SeenExecution> {
      if ('jobId' in by) control.job(caller, by)
      else existing(caller, by.workflowId)
      return executionOperations.pageOf(caller, { ...paging, by })
    },
    workflowName: ({ accountId }: Caller, workflowId: string) => workflows.find(accountId, workflowId)?.name,
    workflows: (caller: Caller): readonly ListedWorkflow[] =>
      workflows.of(caller.accountId).map(workflow => listedWorkflow(caller, workflow)),
    workflow: (caller: Caller, { workflowId }: { workflowId: string }): ListedWorkflow =>
      listedWorkflow(caller, existing(caller, workflowId)),
    /** Fires a trigger of a workflow now, whatever its rule says; without `triggerId` the first one. */
    runWorkflow(caller: Caller, { workflowId, triggerId }: { workflowId: string; triggerId?: string }): FiredWorkflow {
      const workflow = existing(caller, workflowId)
      const { draft, dead } = scheduling.check(workflow)
      if (draft) report({ problem: 'draftWorkflow', workflowId })
      const [gone] = workflow.nodes.filter(({ id }) => dead.has(id))
      if (gone) report({ problem: 'workflowNodeDeleted', workflowId, kind: gone.kind, id: gone.id })
      const starts = workflow.nodes.filter(({ kind }) => kind === 'trigger').map(({ id }) => id)
      const start = triggerId ?? starts[0]
      if (start === undefined) return report({ problem: 'workflowWithoutTrigger', workflowId })
      if (!starts.includes(start)) report({ problem: 'unknown', kind: 'trigger', id: start, known: starts })
      settling.startNow(workflow, start, caller.now)
      return { workflowId, triggerId: start, firedAt: caller.now }
    },
  }
}

export type OverviewService = ReturnType<typeof overviewService>
