import type { PlannedFate } from '../domain/execution.ts'
import type { JobCondition } from '../domain/job-condition.ts'
import { drawFate, type Lifetime, lifetimeOf } from '../domain/lifetime.ts'
import { type Entropy, newId } from '../entropy.ts'
import type { ExecutionStore } from '../store/executions.ts'
import type { Settings } from './rules.ts'

export interface Launch {
  readonly accountId: number
  readonly jobId: string
  readonly condition: JobCondition
  readonly at: number
  /** Which run of the account this is; makes its id and its chance. */
  readonly number: number
}

/** Makes executions: each gets its id and its whole life when it is asked for. */
export function launcher({
  executions,
  chance,
  settings,
}: {
  executions: ExecutionStore
  chance: Entropy
  settings: Settings
}) {
  const fates = (planned: PlannedFate | undefined) =>
    planned
      ? {
          waiting: { from: planned.waitingMs, to: planned.waitingMs },
          duration: { from: planned.runningMs, to: planned.runningMs },
          failureRate: planned.end === 'failed' ? 1 : 0,
        }
      : settings.fates

  return ({ accountId, jobId, condition, at, number }: Launch): { id: string; execution: Lifetime } => {
    const own = chance.fork(`${accountId}/${number}`)
    const planned = executions.takePlanned(accountId, jobId)
    const fate = drawFate(own, fates(planned), condition, settings.rules)
    const execution = lifetimeOf(at, fate)
    return {
      id: newId(own),
      execution: planned?.end === 'canceled' ? { ...execution, end: 'canceled' } : execution,
    }
  }
}

export type Launcher = ReturnType<typeof launcher>
