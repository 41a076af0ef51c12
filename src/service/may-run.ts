import type { SkipReason } from '../domain/decision.ts'
import type { JobDetail } from '../domain/job.ts'
import type { Settings } from './rules.ts'

/** Why a job may not run now, as a reason and as a sentence. */
export interface Hindrance {
  readonly reason: Extract<SkipReason, 'jobDeleted' | 'jobState' | 'jobBusy'>
  readonly detail: string
}

/** Tells what keeps a job from one more execution beside the `underWay` it has, `undefined` where nothing does. */
export function hindrances({ concurrency }: Pick<Settings, 'concurrency'>) {
  return (job: JobDetail, underWay: number): Hindrance | undefined => {
    if (job.state === 'deleted') return { reason: 'jobDeleted', detail: `job ${job.id} was deleted` }
    if (concurrency === 'limited') {
      if (underWay < job.maxConcurrentRuns) return undefined
      const detail = `job ${job.id} has ${underWay} executions under way, its maxConcurrentRuns is ${job.maxConcurrentRuns}`
      return { reason: 'jobBusy', detail }
    }
    if (job.state !== 'runnable' && job.state !== 'running') {
      return { reason: 'jobState', detail: `job ${job.id} is ${job.state}, only a runnable one can be run` }
    }
    return underWay === 0 ? undefined : { reason: 'jobBusy', detail: `job ${job.id} has an execution under way` }
  }
}

export type Hindrances = ReturnType<typeof hindrances>
