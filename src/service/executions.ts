import type { ExecutionQuery, ExecutionRequest, SeenExecution } from '../domain/execution.ts'
import { conditionOf } from '../domain/job.ts'
import { canceledAt } from '../domain/lifetime.ts'
import { mapPage, type Page, type Paging } from '../domain/page.ts'
import { report } from '../domain/problem.ts'
import { type StoredExecution, seenFrom } from '../store/execution-rows.ts'
import type { ExecutionStore } from '../store/executions.ts'
import type { SequenceStore } from '../store/sequences.ts'
import type { TriggerStore } from '../store/triggers.ts'
import type { WorkflowStore } from '../store/workflows.ts'
import type { Caller } from './caller.ts'
import type { JobService } from './jobs.ts'
import type { Launcher } from './launcher.ts'
import type { Hindrances } from './may-run.ts'
import { withinPages } from './paging.ts'
import type { Settings } from './rules.ts'
import type { Settling } from './settle.ts'

export interface ExecutionDeps {
  readonly jobs: JobService
  readonly executions: ExecutionStore
  readonly triggers: TriggerStore
  readonly workflows: WorkflowStore
  readonly sequences: SequenceStore
  readonly launch: Launcher
  readonly settling: Settling
  readonly hindrance: Hindrances
  readonly settings: Settings
}

export function executionService(deps: ExecutionDeps) {
  const { jobs, executions, triggers, workflows, sequences, launch, settling, hindrance, settings } = deps

  const seen =
    ({ now }: Caller) =>
    (execution: StoredExecution): SeenExecution => ({ ...execution, now: seenFrom(execution, now) })

  function page(caller: Caller, query: ExecutionQuery): Page<SeenExecution> {
    return mapPage(withinPages(query, executions.page(caller.accountId, query)), seen(caller))
  }

  return {
    run(caller: Caller, { jobId, triggerId, workflowId, condition, parameters = {} }: ExecutionRequest): SeenExecution {
      const { accountId, now } = caller
      const job = jobs.existing(caller, jobId)
      const trigger = triggerId === undefined ? undefined : triggers.find(accountId, triggerId)
      if (triggerId !== undefined && !trigger) report({ problem: 'unknown', kind: 'trigger', id: triggerId })
      if (workflowId !== undefined && !workflows.find(accountId, workflowId)) {
        report({ problem: 'unknown', kind: 'workflow', id: workflowId })
      }
      jobs.mayHave(job, { ...condition?.parameters, ...parameters })
      const underWay = executions.openEnds(accountId, jobId).length
      // One that somebody put into RUNNING has no execution that could end.
      const putRunning = settings.concurrency === 'one' && job.state === 'running'
      if (putRunning || hindrance(job, underWay)) {
        report(
          settings.concurrency === 'limited'
            ? { problem: 'tooManyExecutions', jobId, underWay, most: job.maxConcurrentRuns }
            : { problem: 'jobNotRunnable', jobId, state: job.state },
        )
      }
      const number = sequences.drawn(accountId, 'run') + 1
      sequences.set(accountId, 'run', number)
      const belongs = workflowId !== undefined && settings.rules.runInWorkflow === 'belongs'
      const origin = {
        jobId,
        jobName: job.name,
        kind: 'job' as const,
        ...(belongs ? { workflowId } : {}),
        triggerId,
        triggerName: trigger?.name,
        condition: conditionOf(job.kind, job.condition, condition),
        parameters,
      }
      const { id, execution } = launch({ accountId, jobId, condition: origin.condition, at: now, number })
      executions.add(accountId, { id, origin, ...execution }, now, belongs ? now : undefined)
      settling.refresh(accountId, jobId, now)
      return { id, origin, ...execution, now }
    },
    list(caller: Caller, { jobId, ...paging }: Paging & { jobId: string }): Page<SeenExecution> {
      jobs.existing(caller, jobId)
      return page(caller, { ...paging, by: { jobId } })
    },
    get(caller: Caller, { jobId, executionId }: { jobId: string; executionId: string }): SeenExecution {
      jobs.existing(caller, jobId)
      const found = executions.find(caller.accountId, jobId, executionId)
      if (!found) report({ problem: 'unknownExecution', jobId, executionId })
      return seen(caller)(found)
    },
    /** Cancels an execution as the console does; one that has ended stays as it is. */
    cancel(caller: Caller, { jobId, executionId }: { jobId: string; executionId: string }): SeenExecution {
      const { accountId, now } = caller
      const found = executions.find(accountId, jobId, executionId)
      if (!found) report({ problem: 'unknownExecution', jobId, executionId })
      const at = seenFrom(found, now)
      const canceled = canceledAt(found, at)
      if (found.origin.kind === 'workflow') {
        // As of the moment before, its end is still due: settling then decides about the jobs that wait for it. Where the
        // clock was set back since its last change, this applies what else is due by that change, too.
        executions.setExecution(found.seq, canceled, at - 1)
        settling.settle(at)
      } else executions.setExecution(found.seq, canceled, at)
      settling.refresh(accountId, jobId, now)
      return { ...found, ...canceled, now: at }
    },
    pageOf: page,
  }
}

export type ExecutionService = ReturnType<typeof executionService>
