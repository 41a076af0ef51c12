import type { SeenExecution } from '../domain/execution.ts'
import { mapPage, type Page, type Paging } from '../domain/page.ts'
import { report } from '../domain/problem.ts'
import type { Trigger } from '../domain/trigger.ts'
import type { CheckedWorkflow, NewWorkflow, StartedWorkflow } from '../domain/workflow.ts'
import type { TriggerStore } from '../store/triggers.ts'
import type { StoredWorkflow, WorkflowStore } from '../store/workflows.ts'
import type { Caller } from './caller.ts'
import type { ExecutionService } from './executions.ts'
import type { Ids } from './ids.ts'
import type { JobService } from './jobs.ts'
import { withinPages } from './paging.ts'
import type { Settings } from './rules.ts'
import type { Scheduling } from './scheduling.ts'
import type { Settling } from './settle.ts'

export interface WorkflowDeps {
  readonly workflows: WorkflowStore
  readonly triggers: TriggerStore
  readonly executions: ExecutionService
  readonly jobs: JobService
  readonly ids: Ids
  readonly scheduling: Scheduling
  readonly settling: Settling
  readonly settings: Settings
}

/** The trigger that starts a workflow by hand; reports a problem where there is none, or it is scheduled. */
function startTrigger(
  { triggers, settings }: WorkflowDeps,
  { accountId }: Caller,
  { id: workflowId, dead, nodes, draft }: CheckedWorkflow,
): Trigger {
  if (draft) report({ problem: 'draftWorkflow', workflowId })
  const stopsAtJobs = settings.rules.invalidNode === 'stop'
  const deleted = nodes.find(({ id, kind }) => dead.has(id) && (kind === 'trigger' || stopsAtJobs))
  if (deleted) report({ problem: 'workflowNodeDeleted', workflowId, kind: deleted.kind, id: deleted.id })
  const start = nodes.find(({ kind }) => kind === 'trigger')
  const trigger = start && triggers.find(accountId, start.id)
  if (!trigger) report({ problem: 'workflowWithoutTrigger', workflowId })
  if (trigger.kind === 'scheduled') report({ problem: 'scheduledWorkflow', workflowId, triggerId: trigger.id })
  return trigger
}

export function workflowService(deps: WorkflowDeps) {
  const { workflows, executions, jobs, ids, scheduling, settling } = deps

  function existing({ accountId }: Caller, workflowId: string): StoredWorkflow {
    return workflows.find(accountId, workflowId) ?? report({ problem: 'unknown', kind: 'workflow', id: workflowId })
  }

  /** Rejects nodes whose trigger or job does not exist or cannot have what they say; a draft may hold them. */
  function wired(caller: Caller, workflow: StoredWorkflow): CheckedWorkflow {
    const checked = scheduling.check(workflow)
    if (!workflow.draft) {
      workflow.nodes.forEach(({ id, kind, condition }, index) => {
        if (checked.dead.has(id)) {
          report({ problem: 'unknownNode', kind, id, index })
        }
        if (kind === 'job') jobs.mayHave(jobs.existing(caller, id), condition?.parameters)
      })
    }
    return checked
  }

  function keep(caller: Caller, workflowId: string): CheckedWorkflow {
    const kept = existing(caller, workflowId)
    const checked = wired(caller, kept)
    scheduling.plan(kept, caller.now)
    return checked
  }

  return {
    list({ accountId }: Caller, query: Paging): Page<CheckedWorkflow> {
      return mapPage(withinPages(query, workflows.page(accountId, query)), scheduling.check)
    },
    get: (caller: Caller, { workflowId }: { workflowId: string }): CheckedWorkflow =>
      scheduling.check(existing(caller, workflowId)),
    create(caller: Caller, { name, nodes, draft = false }: NewWorkflow): CheckedWorkflow {
      const { accountId, now } = caller
      const id = ids.next(accountId, 'workflow', taken => workflows.find(accountId, taken) !== undefined)
      workflows.add(accountId, { id, name, nodes, draft, createdAt: now, updatedAt: now })
      return keep(caller, id)
    },
    update(caller: Caller, { workflowId, name, nodes, draft = false }: NewWorkflow & { workflowId: string }) {
      const before = existing(caller, workflowId)
      workflows.update(caller.accountId, {
        ...before,
        name,
        nodes,
        draft,
        updatedAt: Math.max(caller.now, before.createdAt),
      })
      return keep(caller, workflowId)
    },
    remove(caller: Caller, { workflowId }: { workflowId: string }): true {
      existing(caller, workflowId)
      workflows.remove(caller.accountId, workflowId)
      return true
    },
    /** `filter` is part of a workflow name; one that this workflow's name lacks leaves nothing. */
    executions(
      caller: Caller,
      { workflowId, filter, ...paging }: Paging & { workflowId: string; filter?: string | undefined },
    ): Page<SeenExecution> {
      const { name } = existing(caller, workflowId)
      if (filter && !name.includes(filter)) return { list: [], total: 0, page: paging.page, limit: paging.limit }
      return executions.pageOf(caller, { ...paging, by: { workflowId } })
    },
    /** Starts a workflow by hand; its start trigger must not be scheduled. */
    run(caller: Caller, { workflowId }: { workflowId: string }): StartedWorkflow {
      const workflow = existing(caller, workflowId)
      const trigger = startTrigger(deps, caller, scheduling.check(workflow))
      settling.startNow(workflow, trigger.id, caller.now)
      return { workflowId, triggerId: trigger.id }
    },
  }
}

export type WorkflowService = ReturnType<typeof workflowService>
