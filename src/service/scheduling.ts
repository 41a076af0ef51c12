import { nextAfter, type Rule } from '../domain/schedule.ts'
import type { CheckedWorkflow } from '../domain/workflow.ts'
import type { ExecutionStore } from '../store/executions.ts'
import type { JobStore } from '../store/jobs.ts'
import type { TriggerStore } from '../store/triggers.ts'
import type { StoredWorkflow, WorkflowStore } from '../store/workflows.ts'
import type { Caller } from './caller.ts'
import type { Settings } from './rules.ts'

export interface SchedulingDeps {
  readonly jobs: JobStore
  readonly executions: ExecutionStore
  readonly triggers: TriggerStore
  readonly workflows: WorkflowStore
  readonly settings: Settings
}

/** Compares the nodes of a workflow with the triggers and jobs that are there. */
export function checkNodes(
  { jobs, triggers }: Pick<SchedulingDeps, 'jobs' | 'triggers'>,
  workflow: StoredWorkflow,
): CheckedWorkflow & StoredWorkflow {
  const { accountId } = workflow
  const dead = new Set<string>()
  const known = new Map<string, { readonly name: string; readonly rule?: Rule }>()
  let every: CheckedWorkflow['every'] = 'never'
  for (const { id, kind } of workflow.nodes) {
    if (kind === 'job') {
      const job = jobs.find(accountId, id)
      if (!job || job.state === 'deleted') dead.add(id)
      else known.set(id, job)
      continue
    }
    const trigger = triggers.find(accountId, id)
    if (!trigger) {
      dead.add(id)
      continue
    }
    known.set(id, trigger)
    if (every === 'never') every = trigger.rule.every
  }
  return { ...workflow, dead, known, every }
}

export function scheduling({ jobs, executions, triggers, workflows, settings }: SchedulingDeps) {
  const { shortMonth } = settings.rules

  /**
   * Plans when the triggers of a workflow fire next; whether that starts anything is decided then.
   * A trigger that is planned already keeps its time, as rules never change: when the clock was set back, the times
   * until then have passed.
   */
  function plan(workflow: StoredWorkflow, now: number, planned: ReadonlyMap<string, number>): void {
    const { accountId, id: workflowId, nodes } = workflow
    const moments = nodes.flatMap(({ id, kind }) => {
      const trigger = kind === 'trigger' ? triggers.find(accountId, id) : undefined
      if (!trigger) return []
      const from = Math.max(now, executions.lastFiring(accountId, workflowId, id, now) ?? now)
      const nextAt = planned.get(id) ?? nextAfter(trigger.rule, from, shortMonth)
      return nextAt === undefined ? [] : [{ triggerId: id, nextAt }]
    })
    workflows.schedule(workflow, moments)
  }
  const none = new Map<string, number>()
  const replan = (workflow: StoredWorkflow, now: number) => plan(workflow, now, workflows.planned(workflow))

  return {
    check: (workflow: StoredWorkflow) => checkNodes({ jobs, triggers }, workflow),
    plan: replan,
    planAll(now: number): void {
      for (const workflow of workflows.all()) plan(workflow, now, none)
      workflows.settle(now)
    },
    planAccount({ accountId, now }: Caller): void {
      for (const workflow of workflows.of(accountId)) plan(workflow, now, none)
    },
    changed({ accountId, now }: Caller, id: string): void {
      for (const workflow of workflows.using(accountId, id)) replan(workflow, now)
    },
  }
}

export type Scheduling = ReturnType<typeof scheduling>
