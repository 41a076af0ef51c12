import type { FiringDecision, SkipReason } from '../domain/decision.ts'
import type { Lifetime } from '../domain/lifetime.ts'
import { nextAfter } from '../domain/schedule.ts'
import { type DueExecution, type Fired, type FiringExecution, unfold } from '../domain/timeline.ts'
import type { StoredExecution } from '../store/execution-rows.ts'
import type { DueSchedule } from '../store/schedules.ts'
import type { SequenceStore } from '../store/sequences.ts'
import type { StoredWorkflow } from '../store/workflows.ts'
import type { Launcher } from './launcher.ts'
import type { Hindrances } from './may-run.ts'
import type { Readings, ReadingsDeps, Wired } from './readings.ts'
import type { Settings } from './rules.ts'

export interface SliceDeps extends ReadingsDeps {
  readonly sequences: SequenceStore
  readonly launch: Launcher
  readonly settings: Settings
  readonly hindrance: Hindrances
  /** Writes down what the newest execution of a job means for the job. */
  readonly refresh: (accountId: number, jobId: string, now: number) => void
}

export interface ManualStart {
  readonly workflow: StoredWorkflow
  readonly triggerId: string
}

export interface Slice {
  readonly reached: number
  readonly executions: number
  readonly decisions: readonly FiringDecision[]
}

/** An execution to be written once it is known how far the slice goes. */
interface MadeExecution {
  readonly wired: Wired
  readonly firedAt: number
  readonly jobId: string
  readonly id: string
  readonly execution: Lifetime
  readonly originSeq: number
}

/** What a workflow made at one firing; a job that was run by itself in its name is no part of one. */
export const madeAt = (
  { executions }: Pick<ReadingsDeps, 'executions'>,
  { accountId, id }: StoredWorkflow,
  firedAt: number,
) => executions.siblings(accountId, id, firedAt).filter(({ origin }) => origin.kind === 'workflow')

const firingKey = ({ key, firedAt }: Fired): string => `${key} ${firedAt}`

/** The firings that may go on by `until`, and the executions whose state changes by then. */
function openFirings(deps: SliceDeps, read: Readings, until: number) {
  const due = deps.executions.dueUntil(until)
  const open = new Map<
    string,
    Fired & { readonly wired: Wired; readonly executions: ReadonlyMap<string, FiringExecution> }
  >()
  for (const { accountId, origin, firedAt } of due) {
    const { workflowId, triggerId } = origin
    if (workflowId === undefined || triggerId === undefined || firedAt === undefined || origin.kind === 'job') continue
    const workflow = deps.workflows.find(accountId, workflowId)
    if (!workflow) continue
    const wired = read.wired(workflow, triggerId)
    const key = firingKey({ key: wired.key, firedAt })
    if (open.has(key)) continue
    const own = madeAt(deps, workflow, firedAt).filter(execution => execution.origin.triggerId === triggerId)
    const executions = new Map(
      own.map(execution => [execution.origin.jobId, { ...execution, ended: execution.dueAt === undefined }]),
    )
    open.set(key, { key: wired.key, firedAt, wired, executions })
  }
  return { due, open: [...open.values()] }
}

/** The schedules that come up by `until`, each with its trigger. */
function dueSchedules({ workflows }: SliceDeps, read: Readings, until: number) {
  return workflows.dueUntil(until).flatMap(schedule => {
    const workflow = read.workflowAt(schedule.workflowSeq)
    const wired = workflow && read.wired(workflow, schedule.triggerId)
    if (!wired?.trigger) return []
    return [{ schedule, wired: { ...wired, rule: wired.trigger.rule, nextAt: schedule.nextAt } }]
  })
}

/** The ends of a job's executions in progress at a time; reads them once, then forgets those that are over. */
function openEnds({ executions }: Pick<SliceDeps, 'executions'>) {
  const ends = new Map<string, number[]>()
  return (accountId: number, jobId: string, at: number): number[] => {
    const key = `${accountId} ${jobId}`
    const open = (ends.get(key) ?? executions.openEnds(accountId, jobId)).filter(end => end > at)
    ends.set(key, open)
    return open
  }
}

function idleReason(
  { workflow, steps }: Wired,
  read: Readings,
  invalidNode: 'stop' | 'skip',
): { reason: SkipReason; detail: string } | undefined {
  if (workflow.draft) return { reason: 'draft', detail: `workflow ${workflow.id} is a draft` }
  const { dead } = read.checked(workflow)
  const node = workflow.nodes.find(({ id }) => dead.has(id))
  if (node && invalidNode === 'stop') {
    return { reason: 'invalidNode', detail: `the ${node.kind} ${node.id} of workflow ${workflow.id} was deleted` }
  }
  return steps.length > 0 ? undefined : { reason: 'noJobs', detail: `no job of workflow ${workflow.id} is due` }
}

/** Decides about everything that comes up, in the order of time; what it made is still to be written. */
function decider(deps: SliceDeps, read: Readings, wiredOf: (key: string) => Wired | undefined) {
  const { sequences, launch, settings, hindrance } = deps
  const underWay = openEnds(deps)
  const made: MadeExecution[] = []
  const decisions: FiringDecision[] = []
  const drawn = new Map<number, number>()

  function decide(
    { workflow, triggerId, trigger }: Wired,
    what: Pick<FiringDecision, 'at' | 'firedAt' | 'outcome' | 'jobId' | 'executionId' | 'detail'> & {
      readonly reason?: SkipReason
    },
  ): void {
    decisions.push({
      accountId: workflow.accountId,
      triggerId,
      triggerName: trigger?.name ?? '',
      workflowId: workflow.id,
      workflowName: workflow.name,
      ...(what.jobId !== undefined && { jobName: read.jobOf(workflow.accountId, what.jobId)?.name }),
      ...what,
    })
  }

  function fire({ key, firedAt }: Fired): boolean {
    const wired = wiredOf(key)
    const hindered = wired && idleReason(wired, read, settings.rules.invalidNode)
    if (wired && hindered) decide(wired, { at: firedAt, firedAt, outcome: 'skipped', ...hindered })
    return wired !== undefined && !hindered
  }

  function begin({ key, firedAt, jobId, at }: DueExecution): Lifetime | undefined {
    const wired = wiredOf(key)
    if (!wired) return undefined
    const { accountId } = wired.workflow
    const job = read.jobOf(accountId, jobId)
    const busy = underWay(accountId, jobId, at)
    const hindered = job
      ? hindrance(job, settings.rules.busyTrigger === 'run' ? 0 : busy.length)
      : { reason: 'jobDeleted' as const, detail: `job ${jobId} was deleted` }
    if (!job || hindered) {
      decide(wired, { at, firedAt, jobId, outcome: 'skipped', ...hindered })
      return undefined
    }
    const { seq: originSeq, condition } = read.originOf(wired, job)
    const number = (drawn.get(accountId) ?? sequences.drawn(accountId, 'run')) + 1
    drawn.set(accountId, number)
    const { id, execution } = launch({ accountId, jobId, condition, at, number })
    busy.push(execution.endsAt)
    made.push({ wired, firedAt, jobId, id, execution, originSeq })
    decide(wired, { at, firedAt, jobId, executionId: id, outcome: 'fired' })
    return execution
  }

  const blockReasons = { failed: 'parentFailed', canceled: 'parentCanceled', skipped: 'parentSkipped' } as const
  function block({ key, firedAt, jobId, at }: DueExecution, parentId: string, end: keyof typeof blockReasons): void {
    const wired = wiredOf(key)
    const detail = `job ${parentId}, which comes before it, ${end === 'skipped' ? 'was not started' : end}`
    if (wired) decide(wired, { at, firedAt, jobId, outcome: 'skipped', reason: blockReasons[end], detail })
  }

  return { actions: { fire, begin, block }, made, decisions, drawn }
}

/** Writes what has happened up to `reached`. */
function writeBack(
  { executions, workflows, sequences, settings, refresh }: SliceDeps,
  reached: number,
  happened: {
    readonly due: readonly StoredExecution[]
    readonly schedules: readonly { readonly schedule: DueSchedule; readonly wired: Wired }[]
    readonly made: readonly MadeExecution[]
    readonly drawn: ReadonlyMap<number, number>
  },
): void {
  const jobs = new Map<string, { readonly accountId: number; readonly jobId: string; made: number }>()
  function touched(accountId: number, jobId: string) {
    const key = `${accountId} ${jobId}`
    const known = jobs.get(key) ?? { accountId, jobId, made: 0 }
    jobs.set(key, known)
    return known
  }
  for (const execution of happened.due) {
    if (execution.dueAt === undefined || execution.dueAt > reached) continue
    executions.noteDue(execution, reached)
    touched(execution.accountId, execution.origin.jobId)
  }
  const started = new Map<StoredWorkflow, { firedAt: number; executions: number }>()
  for (const { wired, firedAt, jobId, id, execution, originSeq } of happened.made) {
    const { workflow } = wired
    executions.insert(
      workflow.accountId,
      id,
      execution,
      { jobId, workflowId: workflow.id, firedAt, originSeq },
      reached,
    )
    touched(workflow.accountId, jobId).made++
    const known = started.get(workflow)
    started.set(workflow, { firedAt: Math.max(firedAt, known?.firedAt ?? 0), executions: (known?.executions ?? 0) + 1 })
  }
  for (const { schedule, wired } of happened.schedules) {
    if (schedule.nextAt > reached) continue
    workflows.move(schedule, nextAfter(wired.rule, reached, settings.rules.shortMonth))
  }
  for (const [workflow, { firedAt, executions: made }] of started) {
    workflows.fired(workflow.seq, firedAt)
    executions.count(workflow.accountId, `workflow ${workflow.id}`, made)
  }
  for (const [accountId, last] of happened.drawn) sequences.set(accountId, 'run', last)
  for (const { accountId, jobId, made } of jobs.values()) {
    if (made > 0) executions.count(accountId, `job ${jobId}`, made)
    refresh(accountId, jobId, reached)
  }
  workflows.settle(reached)
}

/**
 * Plays through the time up to `until`, or less once `budget` events were handled: notes which executions have started and
 * ended, fires the triggers that are due and starts what hangs on them, each at its own time and in the order of time.
 * To be called inside a write.
 */
export function playSlice(
  deps: SliceDeps,
  read: Readings,
  until: number,
  { budget, manual }: { readonly budget?: number; readonly manual?: ManualStart } = {},
): Slice {
  const schedules = dueSchedules(deps, read, until)
  const { due, open } = openFirings(deps, read, until)
  const wired = new Map(open.map(firing => [firing.key, firing.wired]))
  for (const { wired: scheduled } of schedules) wired.set(scheduled.key, scheduled)
  const fired: Fired[] = []
  if (manual) {
    const started = read.wired(manual.workflow, manual.triggerId)
    if (!wired.has(started.key)) wired.set(started.key, started)
    fired.push({ key: started.key, firedAt: until })
  }

  const { actions, made, decisions, drawn } = decider(deps, read, key => wired.get(key))
  const standing = { triggers: [...wired.values()], open, fired }
  const reached = unfold(standing, until, deps.settings.rules, actions, budget)
  writeBack(deps, reached, { due, schedules, made, drawn })
  return { reached, executions: made.length, decisions }
}
