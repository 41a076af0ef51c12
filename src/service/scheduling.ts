import { nextAfter } from '../domain/schedule.ts'
import type { CheckedWorkflow } from '../domain/workflow.ts'
import type { JobStore } from '../store/jobs.ts'
import type { TriggerStore } from '../store/triggers.ts'
import type { StoredWorkflow, WorkflowStore } from '../store/workflows.ts'
import type { Caller } from './caller.ts'
import type { Settings } from './rules.ts'

export interface SchedulingParts {
  readonly jobs: JobStore
  readonly triggers: TriggerStore
  readonly workflows: WorkflowStore
  readonly settings: Settings
}

/** Keeps the schedule of every workflow in step with its nodes. */
export function scheduling({ jobs, triggers, workflows, settings }: SchedulingParts) {
  const { shortMonth } = settings.rules

  /** Holds the nodes of a workflow against the triggers and jobs that are there. */
  function check(workflow: StoredWorkflow): CheckedWorkflow & StoredWorkflow {
    const { accountId } = workflow
    const dead = new Set<string>()
    let every: CheckedWorkflow['every'] = 'never'
    for (const { id, kind } of workflow.nodes) {
      if (kind === 'job') {
        const job = jobs.find(accountId, id)
        if (!job || job.state === 'deleted') dead.add(id)
        continue
      }
      const trigger = triggers.find(accountId, id)
      if (!trigger) dead.add(id)
      else if (every === 'never') every = trigger.rule.every
    }
    return { ...workflow, dead, every }
  }

  /** Plans the coming starts of a workflow: none for a draft or for one with a dead node. */
  function plan(workflow: StoredWorkflow, now: number): void {
    const { dead, draft, nodes, accountId } = check(workflow)
    const moments =
      draft || dead.size > 0
        ? []
        : nodes.flatMap(({ id, kind }) => {
            const trigger = kind === 'trigger' ? triggers.find(accountId, id) : undefined
            const nextAt = trigger && nextAfter(trigger.rule, now, shortMonth)
            return nextAt === undefined ? [] : { triggerId: id, nextAt }
          })
    workflows.schedule(workflow, moments)
    workflows.settle(now)
  }

  return {
    check,
    plan,
    /** Plans the coming starts of every workflow of all accounts. */
    planAll(now: number): void {
      for (const workflow of workflows.all()) plan(workflow, now)
      workflows.settle(now)
    },
    /** Plans the coming starts of every workflow of one account. */
    planAccount({ accountId, now }: Caller): void {
      for (const workflow of workflows.of(accountId)) plan(workflow, now)
      workflows.settle(now)
    },
    /** Plans anew what uses a trigger or job that came or went. */
    changed({ accountId, now }: Caller, id: string): void {
      for (const workflow of workflows.using(accountId, id)) plan(workflow, now)
    },
  }
}

export type Scheduling = ReturnType<typeof scheduling>
