import type { FiringDecision } from '../domain/decision.ts'
import { nextAfter } from '../domain/schedule.ts'
import type { Trigger } from '../domain/trigger.ts'
import type { TriggerStore } from '../store/triggers.ts'
import type { StoredWorkflow, WorkflowStore } from '../store/workflows.ts'
import type { Caller } from './caller.ts'
import type { DecisionHistory } from './decisions.ts'
import type { Settings } from './rules.ts'

export interface TriggerReportDeps {
  readonly triggers: TriggerStore
  readonly workflows: WorkflowStore
  readonly decisions: DecisionHistory
  readonly settings: Settings
}

/** A trigger with what it starts and when; times are epoch milliseconds. */
export interface ReportedTrigger {
  readonly trigger: Trigger
  readonly workflows: readonly {
    readonly workflowId: string
    readonly name: string
    /** Absent where the trigger does not fire by itself. */
    readonly nextFiring?: number | undefined
  }[]
  readonly nextFirings: readonly number[]
}

export function triggerReport({ triggers, workflows, decisions, settings }: TriggerReportDeps) {
  const { shortMonth } = settings.rules

  /** The next times that a rule gives from `first` on. */
  function firingsOf({ rule }: Trigger, first: number | undefined, count: number): number[] {
    const times: number[] = []
    for (let next = first; next !== undefined && times.length < count; next = nextAfter(rule, next, shortMonth)) {
      times.push(next)
    }
    return times
  }

  function usersOf(accountId: number): ReadonlyMap<string, readonly StoredWorkflow[]> {
    const users = new Map<string, StoredWorkflow[]>()
    for (const workflow of workflows.of(accountId)) {
      for (const { id, kind } of workflow.nodes) {
        if (kind === 'trigger') users.set(id, [...(users.get(id) ?? []), workflow])
      }
    }
    return users
  }

  return {
    /** All triggers of an account, the newest first, each with the next `firings` times at which it fires. */
    triggers({ accountId, now }: Caller, firings: number): readonly ReportedTrigger[] {
      const everything = Number.MAX_SAFE_INTEGER
      const paging = { page: 0, limit: everything, size: everything, order: 'newest', beyond: 'empty' } as const
      const users = usersOf(accountId)
      return triggers.page(accountId, paging).list.map(trigger => {
        const used = (users.get(trigger.id) ?? []).map(workflow => ({
          workflowId: workflow.id,
          name: workflow.name,
          nextFiring: workflows.planned(workflow).get(trigger.id),
        }))
        const planned = used.flatMap(({ nextFiring }) => (nextFiring === undefined ? [] : [nextFiring]))
        const first = planned.length > 0 ? Math.min(...planned) : nextAfter(trigger.rule, now, shortMonth)
        return { trigger, workflows: used, nextFirings: firingsOf(trigger, first, firings) }
      })
    },
    /** The newest decisions about firings, the newest first. */
    decisions: ({ accountId }: Caller, filter: { readonly triggerId?: string; readonly limit: number }) =>
      decisions.list({ accountId, ...filter }) satisfies readonly FiringDecision[],
  }
}

export type TriggerReport = ReturnType<typeof triggerReport>
