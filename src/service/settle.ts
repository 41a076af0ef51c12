import type { RunOrigin } from '../domain/execution.ts'
import { plan } from '../domain/firing.ts'
import type { JobDetail } from '../domain/job.ts'
import type { JobCondition } from '../domain/job-condition.ts'
import { type Run, stateAt } from '../domain/run.ts'
import { nextAfter, type Rule } from '../domain/schedule.ts'
import { type DueRun, type Fired, unfold, type WiredTrigger } from '../domain/timeline.ts'
import type { Database } from '../store/database.ts'
import type { JobStore } from '../store/jobs.ts'
import type { RunStore } from '../store/runs.ts'
import type { SequenceStore } from '../store/sequences.ts'
import type { TriggerStore } from '../store/triggers.ts'
import type { StoredWorkflow, WorkflowStore } from '../store/workflows.ts'
import type { Launcher } from './launcher.ts'
import type { Settings } from './rules.ts'

export interface SettleParts {
  readonly database: Database
  readonly jobs: JobStore
  readonly runs: RunStore
  readonly triggers: TriggerStore
  readonly workflows: WorkflowStore
  readonly sequences: SequenceStore
  readonly launch: Launcher
  readonly settings: Settings
}

/** A trigger in a workflow that has something due. */
interface Wired extends WiredTrigger {
  readonly workflow: StoredWorkflow
  readonly triggerId: string
}

/** What was made of a job in one stretch of time. */
interface Touched {
  readonly accountId: number
  readonly jobId: string
  made: number
}

/** Finds a thing once and remembers it. */
function remembering<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return key => {
    if (!known.has(key)) known.set(key, find(key))
    return known.get(key) as Value
  }
}

/**
 * Brings the data up to a moment: notes which runs have started and ended, fires the triggers that are due
 * and starts what hangs on them, each at its own moment and in the order of time.
 *
 * The past is played through in one transaction. What grows with its length are rows of the database;
 * in memory there are an event a trigger, the firings on their way and the ends of the runs under way,
 * so a jump of a year needs no more than one of a day. When nothing is due it costs a comparison.
 */
export function settling(parts: SettleParts) {
  const { database, jobs, runs, triggers, workflows, sequences, launch, settings } = parts
  const { rules, concurrency } = settings

  let askedAt = -1
  let nextDue: number | undefined
  /** The first moment at which anything changes by time. */
  function firstDue(): number | undefined {
    if (askedAt !== database.version()) {
      const moments = [workflows.firstDue(), runs.firstDue()].filter(moment => moment !== undefined)
      nextDue = moments.length === 0 ? undefined : Math.min(...moments)
      askedAt = database.version()
    }
    return nextDue
  }

  /** Writes down what the newest run of a job means for the job itself. */
  function refresh(accountId: number, jobId: string, now: number): void {
    const job = jobs.find(accountId, jobId)
    const newest = runs.newest(accountId, jobId)
    if (!job || !newest) return
    const underWay = runs.openEnds(accountId, jobId).length > 0
    const follows = job.state === 'runnable' || job.state === 'running'
    const state = follows ? (underWay ? 'running' : 'runnable') : job.state
    jobs.setRun(accountId, jobId, state, { state: stateAt(newest, now), at: newest.queuedAt })
  }

  /** Whether the job may take one more run beside those under way. */
  const mayRun = (job: JobDetail, underWay: number): boolean =>
    concurrency === 'limited'
      ? job.state !== 'deleted' && underWay < job.maxConcurrentRuns
      : (job.state === 'runnable' || job.state === 'running') && underWay === 0

  /** What a workflow made at one firing; a job that was run by itself in its name is no part of one. */
  const madeAt = ({ accountId, id }: StoredWorkflow, firedAt: number) =>
    runs.siblings(accountId, id, firedAt).filter(({ origin }) => origin.kind === 'workflow')

  const keyOf = (workflow: StoredWorkflow, triggerId: string) => `${workflow.accountId}/${workflow.id}/${triggerId}`

  function wire(workflow: StoredWorkflow, triggerId: string, rule: Rule, nextAt?: number): Wired {
    return {
      key: keyOf(workflow, triggerId),
      rule,
      nextAt,
      steps: plan(workflow.nodes, triggerId),
      workflow,
      triggerId,
    }
  }

  /** Plays everything up to `now` and tells how many runs that made. */
  function play(now: number, byHand?: { readonly workflow: StoredWorkflow; readonly triggerId: string }): number {
    const wired = new Map<string, Wired>()
    const open = new Map<string, Fired & { runs: Map<string, Run> }>()
    const workflowAt = remembering(workflows.at)

    const due = workflows.dueUntil(now).flatMap(schedule => {
      const workflow = workflowAt(schedule.workflowSeq)
      const trigger = workflow && triggers.find(workflow.accountId, schedule.triggerId)
      if (!trigger) return []
      wired.set(keyOf(workflow, trigger.id), wire(workflow, trigger.id, trigger.rule, schedule.nextAt))
      return [{ schedule, rule: trigger.rule }]
    })
    const fired: Fired[] = []
    if (byHand) {
      const firing = wire(byHand.workflow, byHand.triggerId, { every: 'never' })
      wired.set(firing.key, firing)
      fired.push({ key: firing.key, firedAt: now })
    }

    const touched = new Map<string, Touched>()
    function touch(accountId: number, jobId: string): Touched {
      const key = `${accountId} ${jobId}`
      const known = touched.get(key) ?? { accountId, jobId, made: 0 }
      touched.set(key, known)
      return known
    }
    /** Ends of the runs under way of a job, read once: those that are over are sorted out as time goes on. */
    const ends = new Map<string, number[]>()
    function underWay(accountId: number, jobId: string, at: number): number[] {
      const key = `${accountId} ${jobId}`
      const still = (ends.get(key) ?? runs.openEnds(accountId, jobId)).filter(end => end > at)
      ends.set(key, still)
      return still
    }

    const changed = runs.dueUntil(now)
    for (const run of changed) {
      touch(run.accountId, run.origin.jobId)
      underWay(run.accountId, run.origin.jobId, Number.NEGATIVE_INFINITY)
      const { workflowId, triggerId } = run.origin
      const workflow = workflowId === undefined ? undefined : workflows.find(run.accountId, workflowId)
      if (!workflow || triggerId === undefined || run.firedAt === undefined || run.origin.kind === 'job') continue
      const key = keyOf(workflow, triggerId)
      if (!wired.has(key)) wired.set(key, wire(workflow, triggerId, { every: 'never' }))
      const own = madeAt(workflow, run.firedAt).filter(({ origin }) => origin.triggerId === triggerId)
      open.set(`${key} ${run.firedAt}`, {
        key,
        firedAt: run.firedAt,
        runs: new Map(own.map(sibling => [sibling.origin.jobId, sibling])),
      })
    }
    for (const run of changed) runs.noteDue(run, now)

    const jobOf = remembering((key: string) => {
      const [accountId = '', jobId = ''] = key.split(' ')
      return jobs.find(Number(accountId), jobId)
    })
    const drawn = new Map<number, number>()
    const started = new Map<Wired, { firedAt: number; runs: number }>()
    const origins = new Map<string, { originSeq: number; condition: JobCondition }>()
    function originOf({ workflow, triggerId, key }: Wired, job: JobDetail) {
      const known = origins.get(`${key} ${job.id}`)
      if (known) return known
      const node = workflow.nodes.find(({ id, kind }) => id === job.id && kind === 'job')
      const origin: RunOrigin = {
        jobId: job.id,
        jobName: job.name,
        kind: 'workflow',
        workflowId: workflow.id,
        triggerId,
        triggerName: triggers.find(workflow.accountId, triggerId)?.name,
        condition: { ...job.condition, ...node?.condition },
        parameters: {},
      }
      const made = { originSeq: runs.origin(workflow.accountId, origin), condition: origin.condition }
      origins.set(`${key} ${job.id}`, made)
      return made
    }

    /** Makes a due run; `undefined` where the job may not run at that moment. */
    function begin({ key, firedAt, jobId, at }: DueRun): Run | undefined {
      const firing = wired.get(key)
      if (!firing) return undefined
      const { accountId, id: workflowId } = firing.workflow
      const job = jobOf(`${accountId} ${jobId}`)
      if (!job) return undefined
      const busy = underWay(accountId, jobId, at)
      if (!mayRun(job, busy.length) && !(rules.busyTrigger === 'run' && mayRun(job, 0))) return undefined

      const { originSeq, condition } = originOf(firing, job)
      const number = (drawn.get(accountId) ?? sequences.drawn(accountId, 'run')) + 1
      drawn.set(accountId, number)
      const { id, run } = launch({ accountId, jobId, condition, at, number })
      runs.insert(accountId, id, run, { jobId, workflowId, firedAt, originSeq }, now)
      busy.push(run.endsAt)
      touch(accountId, jobId).made++
      const noted = started.get(firing)
      started.set(firing, { firedAt, runs: (noted?.runs ?? 0) + 1 })
      return run
    }

    const standing = { triggers: [...wired.values()], open: [...open.values()], fired }
    unfold(standing, workflows.settledUntil(), now, rules, begin)

    for (const { schedule, rule } of due) workflows.move(schedule, nextAfter(rule, now, rules.shortMonth))
    for (const { workflow, ...made } of [...started].map(([{ workflow }, made]) => ({ workflow, ...made }))) {
      workflows.fired(workflow.seq, made.firedAt)
      runs.count(workflow.accountId, `workflow ${workflow.id}`, made.runs)
    }
    for (const [accountId, last] of drawn) sequences.set(accountId, 'run', last)
    for (const { accountId, jobId, made } of touched.values()) {
      if (made > 0) runs.count(accountId, `job ${jobId}`, made)
      refresh(accountId, jobId, now)
    }
    workflows.settle(now)
    return [...touched.values()].reduce((sum, { made }) => sum + made, 0)
  }

  return {
    /** Applies everything that is due at `now`, and tells how many runs that made; twice, late or in steps comes out the same. */
    settle(now: number): number {
      const due = firstDue()
      return due !== undefined && due <= now ? database.write(() => play(now)) : 0
    },
    /** Takes `now`, an earlier moment than before, for the present. What has happened stays, and does not happen again. */
    goBack: (now: number) => workflows.goBack(now),
    /**
     * Starts a workflow by hand: what its trigger would start, and later what hangs on that.
     * A millisecond later where it started at this very moment already, so that its firings can be told apart.
     */
    startNow(workflow: StoredWorkflow, triggerId: string, now: number): void {
      let firedAt = now
      while (madeAt(workflow, firedAt).length > 0) firedAt++
      play(firedAt, { workflow, triggerId })
    },
    refresh,
    mayRun,
  }
}

export type Settling = ReturnType<typeof settling>
