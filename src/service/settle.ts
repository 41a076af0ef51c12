import type { FiringDecision } from '../domain/decision.ts'
import { stateAt } from '../domain/lifetime.ts'
import type { Database } from '../store/database.ts'
import { seenFrom } from '../store/execution-rows.ts'
import type { StoredWorkflow } from '../store/workflows.ts'
import { readings } from './readings.ts'
import { madeAt, playSlice, type Slice, type SliceDeps } from './slice.ts'

export interface SettleDeps extends Omit<SliceDeps, 'refresh'> {
  readonly database: Database
  /** Told what was decided about the firings of triggers, once that is written. */
  readonly note: (decisions: readonly FiringDecision[]) => void
  /** How many events one transaction handles. */
  readonly sliceBudget?: number | undefined
}

/** About 25 ms on a slow machine: what others wait for while somebody jumps over a year. */
const usualBudget = 1000

/**
 * Brings the data up to a time.
 *
 * The time in between is played through in slices, each in a transaction of its own that also stores the time reached.
 * What grows with its length are rows of the database; in memory there are an event a trigger, the firings on their way
 * and the ends of the executions under way. When nothing is due it costs a comparison.
 * When the clock is set back, nothing is undone: what has happened stays, and does not happen again.
 */
export function settling(given: SettleDeps) {
  const { database, jobs, executions, workflows, note, sliceBudget: budget = usualBudget } = given
  const deps: SliceDeps = { ...given, refresh }

  let askedAt = -1
  let nextDue: number | undefined
  /** The first moment at which anything changes by time. */
  function firstDue(): number | undefined {
    if (askedAt !== database.version()) {
      const moments = [workflows.firstDue(), executions.firstDue()].filter(moment => moment !== undefined)
      nextDue = moments.length === 0 ? undefined : Math.min(...moments)
      askedAt = database.version()
    }
    return nextDue
  }

  /** Writes down what the newest execution of a job means for the job itself. */
  function refresh(accountId: number, jobId: string, now: number): void {
    const job = jobs.find(accountId, jobId)
    const newest = executions.newest(accountId, jobId)
    if (!job || !newest) return
    const underWay = executions.openEnds(accountId, jobId).length > 0
    const follows = job.state === 'runnable' || job.state === 'running'
    const state = follows ? (underWay ? 'running' : 'runnable') : job.state
    jobs.setExecution(accountId, jobId, state, { state: stateAt(newest, seenFrom(newest, now)), at: newest.queuedAt })
  }

  /** Plays up to `now`, a slice at each step, and yields each; others may read and write in between. */
  function* slices(now: number): Generator<Slice, void, undefined> {
    let read = readings(deps)
    let readAt = database.version()
    for (let due = firstDue(); due !== undefined && due <= now; due = firstDue()) {
      if (readAt !== database.version()) read = readings(deps)
      const slice = database.write(() => playSlice(deps, read, now, { budget }))
      readAt = database.version()
      note(slice.decisions)
      yield slice
    }
  }

  return {
    slices,
    /** The first time at which anything of any account changes by time alone; `undefined`: never. */
    nextChangeAt: firstDue,
    /** Applies everything that is due at `now`, and tells how many executions that made; twice, late or in steps comes out the same. */
    settle(now: number): number {
      const due = firstDue()
      if (due === undefined || due > now) return 0
      let made = 0
      for (const { executions } of slices(now)) made += executions
      return made
    },
    /**
     * Starts a workflow by hand: what its trigger would start, and later what hangs on that.
     * A millisecond later where it started at this very moment already, so that its firings can be told apart.
     */
    startNow(workflow: StoredWorkflow, triggerId: string, now: number): void {
      let firedAt = now
      while (madeAt(deps, workflow, firedAt).length > 0) firedAt++
      note(playSlice(deps, readings(deps), firedAt, { manual: { workflow, triggerId } }).decisions)
    },
    refresh,
  }
}

export type Settling = ReturnType<typeof settling>
