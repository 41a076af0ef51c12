import type { ExecutionEnd } from './lifetime.ts'

export interface WorkflowNode {
  readonly id: string
  readonly kind: 'trigger' | 'job'
  readonly parentIds: readonly string[]
}

/** A job that a trigger starts, directly (no parents) or when the jobs before it have ended. */
export interface Step {
  readonly jobId: string
  readonly parentIds: readonly string[]
}

/**
 * How a step came to its end. A skipped one was due, but its job could not run then; a blocked one was never due.
 * Both had no execution, and ended when that was known.
 */
export interface Ended {
  readonly endsAt: number
  readonly end: ExecutionEnd | 'skipped' | 'blocked'
}

/** Whether the steps behind one that failed or was skipped still start. Behind a canceled one nothing does. */
export type AfterFailure = 'stop' | 'continue'

export interface Release {
  readonly jobId: string
  readonly at: number
}

export interface StepExecution<R> extends Release {
  readonly execution: R
}

/** The children of every node, each once and in the order of their ids. */
function childrenIn(jobs: readonly WorkflowNode[]): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>()
  for (const { id, parentIds } of jobs) {
    for (const parentId of new Set(parentIds)) {
      const known = children.get(parentId)
      if (known === undefined) children.set(parentId, [id])
      else known.push(id)
    }
  }
  return children
}

/**
 * What a trigger of a workflow starts, parents before children, the same for any order of the nodes:
 * the jobs behind it and those without parents, and all that hangs on them.
 * A parent that hangs on another trigger only does not hold a step up. A cycle, and what is behind it, never starts.
 */
export function plan(nodes: readonly WorkflowNode[], triggerId: string): readonly Step[] {
  const jobs = nodes.filter(({ kind }) => kind === 'job').sort((a, b) => (a.id < b.id ? -1 : 1))
  const children = childrenIn(jobs)
  const orphans = jobs.filter(({ parentIds }) => parentIds.length === 0).map(({ id }) => id)

  // A set is walked in the order of its growth, so this visits everything reachable once.
  const reached = new Set([...(children.get(triggerId) ?? []), ...orphans])
  for (const id of reached) for (const child of children.get(id) ?? []) reached.add(child)

  const steps = new Map(
    jobs
      .filter(({ id }) => reached.has(id))
      .map(({ id, parentIds }) => [
        id,
        { jobId: id, parentIds: [...new Set(parentIds)].filter(p => reached.has(p)).sort() },
      ]),
  )
  const waitsFor = new Map([...steps].map(([id, { parentIds }]) => [id, parentIds.length]))
  const order = [...steps.values()].filter(({ parentIds }) => parentIds.length === 0)
  for (const { jobId } of order) {
    for (const child of children.get(jobId) ?? []) {
      const step = steps.get(child)
      const left = (waitsFor.get(child) ?? 0) - 1
      waitsFor.set(child, left)
      if (step !== undefined && left === 0) order.push(step)
    }
  }
  return order
}

/** How a parent of a blocked step ended; `skipped` where it did not start. */
export type BlockingEnd = 'failed' | 'canceled' | 'skipped'

/** When it is known that a step never starts, and because of which parent. */
export interface Blocked {
  readonly at: number
  readonly parentId: string
  readonly end: BlockingEnd
}

const blocks = ({ end }: Ended, afterFailure: AfterFailure): boolean =>
  end === 'canceled' || end === 'blocked' || (afterFailure === 'stop' && end !== 'completed')

/** The first known end of a parent that keeps a step from ever starting. */
export function blockedAt(
  { parentIds }: Step,
  endOf: (jobId: string) => Ended | undefined,
  afterFailure: AfterFailure,
): Blocked | undefined {
  let first: Blocked | undefined
  for (const parentId of parentIds) {
    const ended = endOf(parentId)
    if (ended === undefined || !blocks(ended, afterFailure)) continue
    const { endsAt: at, end } = ended
    if (first !== undefined && first.at <= at) continue
    first = { at, parentId, end: end === 'failed' || end === 'canceled' ? end : 'skipped' }
  }
  return first
}

/** When a step starts, `undefined` when it never does or when that is not known because a parent has not ended. */
export function releasedAt(
  { parentIds }: Step,
  firedAt: number,
  endOf: (jobId: string) => Ended | undefined,
  afterFailure: AfterFailure,
): number | undefined {
  let at = firedAt
  for (const parentId of parentIds) {
    const ended = endOf(parentId)
    if (ended === undefined || blocks(ended, afterFailure)) return undefined
    at = Math.max(at, ended.endsAt)
  }
  return at
}

/** All executions of one firing, parents before children. `lifetimeOf` gives `undefined` where the job cannot run at that moment. */
export function firing<R extends Ended>(
  steps: readonly Step[],
  firedAt: number,
  lifetimeOf: (release: Release) => R | undefined,
  afterFailure: AfterFailure,
): readonly StepExecution<R>[] {
  const ends = new Map<string, Ended>()
  const executions: StepExecution<R>[] = []
  for (const step of steps) {
    const at = releasedAt(step, firedAt, jobId => ends.get(jobId), afterFailure)
    if (at === undefined) continue
    const execution = lifetimeOf({ jobId: step.jobId, at })
    if (execution !== undefined) executions.push({ jobId: step.jobId, at, execution })
    ends.set(step.jobId, execution ?? { endsAt: at, end: 'skipped' })
  }
  return executions
}
