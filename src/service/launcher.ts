import type { PlannedFate } from '../domain/execution.ts'
import type { JobCondition } from '../domain/job-condition.ts'
import { drawFate, type Run, runOf } from '../domain/run.ts'
import { type Entropy, newId } from '../entropy.ts'
import type { RunStore } from '../store/runs.ts'
import type { Settings } from './rules.ts'

export interface Launch {
  readonly accountId: number
  readonly jobId: string
  readonly condition: JobCondition
  readonly at: number
  /** Which run of the account this is; makes its id and its chance. */
  readonly number: number
}

/** Makes runs: each gets its id and its whole life when it is asked for. */
export function launcher({ runs, chance, settings }: { runs: RunStore; chance: Entropy; settings: Settings }) {
  const fates = (planned: PlannedFate | undefined) =>
    planned
      ? {
          waiting: { from: planned.waitingMs, to: planned.waitingMs },
          duration: { from: planned.runningMs, to: planned.runningMs },
          failureRate: planned.end === 'failed' ? 1 : 0,
        }
      : settings.fates

  return ({ accountId, jobId, condition, at, number }: Launch): { id: string; run: Run } => {
    const own = chance.fork(`${accountId}/${number}`)
    const planned = runs.takePlanned(accountId, jobId)
    const fate = drawFate(own, fates(planned), condition, settings.rules)
    const run = runOf(at, fate)
    return {
      id: newId(own),
      run: planned?.end === 'canceled' ? { ...run, end: 'canceled' } : run,
    }
  }
}

export type Launcher = ReturnType<typeof launcher>
