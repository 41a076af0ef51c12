import { readCondition } from '../api/job-condition.ts'
import { executionStatusWord, jobKindOf, jobStatusWord, meaningOf } from '../api/vocabulary.ts'
import type { ExecutionOrigin } from '../domain/execution.ts'
import type { Job, JobDetail } from '../domain/job.ts'
import { type JobCondition, usualCondition } from '../domain/job-condition.ts'
import { stateAt } from '../domain/lifetime.ts'
import type { Trigger } from '../domain/trigger.ts'
import { parseMoment } from '../time/korean-time.ts'
import { type Assembly, datesOf } from './assembly.ts'
import { shown } from './complaint.ts'
import { executionsOf, fateOf, isUnderWay, type PlacedExecution } from './executions.ts'
import type { FixtureExecution, FixtureJob } from './fixture-schema.ts'
import type { Gathered } from './gather.ts'
import { type Path, type Placed, within } from './placed.ts'
import { type Finder, type Named, resolve } from './references.ts'
import type { SeedExecution, SeedJob } from './seed.ts'

/** What the executions of a job can refer to. */
export interface References {
  readonly trigger: Finder<Trigger>
  readonly workflow: Finder<Named>
}

/** Where a whole number stands that JavaScript has rounded when it was read. */
function roundedIn(value: unknown, path: Path): Path | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value) ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, member] of Object.entries(value)) {
    const found = roundedIn(member, [...path, key])
    if (found) return found
  }
  return undefined
}

/** Complains where a job says something else than its newest execution and those under way. */
function checkAgreement({ complaints }: Assembly, job: Placed<FixtureJob>, newest: FixtureExecution | undefined): void {
  const { status, lastExecutionStatus, lastExecutionDate, executions = [] } = job.given
  if ((lastExecutionStatus === undefined) !== (lastExecutionDate === undefined)) {
    complaints.add(job, 'expected lastExecutionStatus and lastExecutionDate together, found one of them')
  }
  if (!newest) return
  const expect = (key: 'status' | 'lastExecutionStatus' | 'lastExecutionDate', expected: string) =>
    complaints.add(within(job, key), `expected ${expected}, found ${shown(job.given[key])}`)
  if (lastExecutionStatus !== undefined && lastExecutionStatus !== newest.status) {
    expect('lastExecutionStatus', `${newest.status} as in the newest execution`)
  }
  if (lastExecutionDate !== undefined && parseMoment(lastExecutionDate) !== parseMoment(newest.createdDate)) {
    expect('lastExecutionDate', `${newest.createdDate} as in the newest execution`)
  }
  const underWay = executions.some(isUnderWay)
  if (status === jobStatusWord.runnable && underWay) expect('status', 'RUNNING, because an execution is under way')
  if (status === jobStatusWord.running && !underWay) expect('status', 'an execution under way')
}

/** The graph as text; `undefined` where there is none, or it cannot be used. */
function graphOf({ api, complaints }: Assembly, job: Placed<FixtureJob>): string | undefined {
  const { nodes, status } = job.given
  if (!nodes) return undefined
  const rounded = roundedIn(nodes, ['nodes'])
  if (rounded) {
    const expected = `a whole number up to ${Number.MAX_SAFE_INTEGER}`
    complaints.add(within(job, ...rounded), `expected ${expected}, found one that was rounded`)
    return undefined
  }
  const unfinished = status === jobStatusWord.draft || status === jobStatusWord.editing
  const read = unfinished ? api.draftNodes : api.jobNodes
  return complaints.reading(job.source, () => read(nodes, job.path))
}

function lastExecutionOf(
  { complaints, times }: Assembly,
  job: Placed<FixtureJob>,
  newest: PlacedExecution | undefined,
) {
  const { lastExecutionStatus, lastExecutionDate } = job.given
  if (newest) {
    const { placed, execution } = newest
    return { state: isUnderWay(placed.given) ? stateAt(execution, times.from) : execution.end, at: execution.queuedAt }
  }
  if (!lastExecutionStatus || !lastExecutionDate) return undefined
  const at = complaints.time(within(job, 'lastExecutionDate'), lastExecutionDate, times.now)
  return { state: meaningOf(executionStatusWord, lastExecutionStatus), at }
}

function stateOf({ status, executions = [] }: FixtureJob): Job['state'] {
  if (status) return meaningOf(jobStatusWord, status)
  return executions.some(isUnderWay) ? 'running' : 'runnable'
}

/** The trigger of an execution as it was then. */
function triggerOf(
  { complaints }: Assembly,
  placed: Placed<FixtureExecution>,
  find: References,
): Pick<ExecutionOrigin, 'triggerId' | 'triggerName'> {
  const { triggerId, triggerName } = placed.given
  if (triggerId === undefined) return {}
  const [known] = triggerName === undefined ? [] : find.trigger(triggerId)
  if (triggerName !== undefined) return { triggerId: known?.id ?? triggerId, triggerName }
  const trigger = resolve(complaints, within(placed, 'triggerId'), 'trigger', find.trigger, triggerId)
  return trigger ? { triggerId: trigger.id, triggerName: trigger.name } : {}
}

function toExecution(
  assembly: Assembly,
  { placed, execution }: PlacedExecution,
  job: Named & { readonly condition: JobCondition },
  find: References,
): SeedExecution {
  const { workflowId, parameters = {}, jobName = job.name, jobCondition, type } = placed.given
  const workflow =
    workflowId && resolve(assembly.complaints, within(placed, 'workflowId'), 'workflow', find.workflow, workflowId)
  const isOfWorkflow = type === undefined ? Boolean(workflow) : type === 'WORKFLOW'
  const origin = {
    jobId: job.id,
    jobName,
    kind: isOfWorkflow ? ('workflow' as const) : ('job' as const),
    ...(workflow ? { workflowId: workflow.id } : {}),
    ...triggerOf(assembly, placed, find),
    condition: jobCondition ? { ...usualCondition, ...readCondition(jobCondition) } : job.condition,
    parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, JSON.stringify(value)])),
  }
  return { id: placed.id, origin, ...execution, ...(!isUnderWay(placed.given) && { hasEnded: true }) }
}

export function assembleJob(
  assembly: Assembly,
  account: Gathered,
  placed: Placed<FixtureJob>,
  find: References,
): SeedJob {
  const { complaints, times } = assembly
  const { given, id } = placed
  const executions = executionsOf(assembly, account, placed)
  const newest = executions.at(-1)
  checkAgreement(assembly, placed, newest?.placed.given)

  const graph = graphOf(assembly, placed)
  const condition = { ...usualCondition, ...readCondition(given.jobCondition ?? {}) }
  const lastExecution = lastExecutionOf(assembly, placed, newest)
  const dates = datesOf(assembly, placed, Math.min(times.now, executions[0]?.execution.queuedAt ?? times.now))
  for (const { placed, execution } of executions) {
    if (execution.queuedAt < dates.createdAt) {
      complaints.add(within(placed, 'createdDate'), 'expected a date that is not before the job')
    }
  }

  const job: Job = {
    id,
    name: given.name,
    kind: jobKindOf[given.type ?? 'VISUAL'],
    state: stateOf(given),
    ...(lastExecution ? { lastExecution } : {}),
    ...dates,
    disabled: given.disabled ?? false,
    maxConcurrentRuns: given.maxConcurrentRuns ?? 1,
  }
  const { nodes, description, jobCondition } = given
  const detailed = nodes !== undefined || description !== undefined || jobCondition !== undefined
  const detail: JobDetail = { ...job, description: description ?? '', nodes: graph ?? '[]', condition }
  return {
    job: detailed ? detail : job,
    executions: executions.map(execution => toExecution(assembly, execution, detail, find)),
    nextRuns: (given.nextRuns ?? []).map(outcome => fateOf(outcome, times)),
  }
}
