import type { ExecutionRequest, ExecutionTotals, SeenExecution } from '../domain/execution.ts'
import type { Job, JobDetail, JobQuery } from '../domain/job.ts'
import type { JobChange, NewJob } from '../domain/job-change.ts'
import type { JobCondition } from '../domain/job-condition.ts'
import type { OperationName, PublishedTitle } from '../domain/operation-names.ts'
import type { Page, Paging } from '../domain/page.ts'
import type { Counted, CountedDay, Dates, DayStart, EmptyBuckets } from '../domain/statistics.ts'
import type { NewTrigger, Trigger, TriggerQuery } from '../domain/trigger.ts'
import type { CheckedWorkflow, NewWorkflow, StartedWorkflow } from '../domain/workflow.ts'
import type { Shape } from '../schema/shape.ts'
import type { Assumed } from './assumptions.ts'
import { asApiErrors, readBody } from './body.ts'
import { type AskedOf, type Params, readQuery } from './query.ts'
import type { View } from './view.ts'

interface OfJob {
  readonly jobId: string
}
interface OfWorkflow {
  readonly workflowId: string
}
interface OfTrigger {
  readonly triggerId: string
}

/** What each operation is asked for and what it finds, in the words of the domain. */
interface Meanings {
  getJobs: { asked: JobQuery; found: Page<Job> }
  createJob: { asked: NewJob; found: JobDetail }
  verifyJob: { asked: Pick<NewJob, 'name' | 'nodes'>; found: true }
  getJob: { asked: OfJob; found: JobDetail }
  updateJob: { asked: OfJob & JobChange; found: JobDetail }
  deleteJob: { asked: OfJob; found: true }
  getJobExecutions: { asked: OfJob & Paging; found: Page<SeenExecution> }
  runJob: { asked: ExecutionRequest; found: SeenExecution }
  setJobCondition: { asked: OfJob & { readonly condition: Partial<JobCondition> }; found: JobDetail }
  getJobExecution: { asked: OfJob & { readonly executionId: string }; found: SeenExecution }
  getWorkflows: { asked: Paging; found: Page<CheckedWorkflow> }
  createWorkflow: { asked: NewWorkflow; found: CheckedWorkflow }
  getWorkflow: { asked: OfWorkflow; found: CheckedWorkflow }
  updateWorkflow: { asked: OfWorkflow & NewWorkflow; found: CheckedWorkflow }
  deleteWorkflow: { asked: OfWorkflow; found: true }
  getWorkflowExecutions: { asked: OfWorkflow & Paging & { readonly filter?: string }; found: Page<SeenExecution> }
  runWorkflow: { asked: OfWorkflow; found: StartedWorkflow }
  getTriggers: { asked: TriggerQuery; found: Page<Trigger> }
  getTriggersWithoutId: Meanings['getTriggers']
  createTrigger: { asked: NewTrigger; found: Trigger }
  getTrigger: { asked: OfTrigger; found: Trigger }
  deleteTrigger: { asked: OfTrigger; found: true }
  countExecutions: { asked: Dates; found: ExecutionTotals }
  countExecutionsByDay: { asked: Dates & { readonly dayStart: DayStart }; found: readonly CountedDay[] }
  getExecutionTimes: { asked: Dates & { readonly empty: EmptyBuckets }; found: readonly Counted[] }
  getExecutionTimesLive: Meanings['getExecutionTimes']
}

export type { OperationName }
export type Asked<Name extends OperationName> = Meanings[Name]['asked']
export type Found<Name extends OperationName> = Meanings[Name]['found']

export interface Received {
  readonly path: Readonly<Record<string, string>>
  /** Without its question mark. */
  readonly query: string
  readonly body: Uint8Array
}

type PathParameters<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [Key in Name]: string } & PathParameters<Rest>
  : unknown

/** How an operation looks on the wire: a row of an edition's table. */
export interface Row<Path extends string, Query extends Params, Body extends object, Also extends object, Source> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with `{name}` for a path parameter. */
  readonly path: Path
  readonly title: PublishedTitle
  /** The operation that this row serves at a second path. */
  readonly variantOf?: OperationName
  readonly summary: string
  readonly source: string
  readonly query: Query
  /** The request body; absent for an operation that has none. */
  readonly body?: (assumed: Assumed) => Shape<Body>
  readonly bodyOptional?: boolean
  readonly check?: (asked: never) => void
  readonly also?: (assumed: Assumed) => Also
  readonly status: (assumed: Assumed) => number
  /** Absent: always served. */
  readonly served?: (assumed: Assumed) => boolean
  readonly reply: (assumed: Assumed) => View<Source>
}

export interface Operation<Name extends OperationName = OperationName>
  extends Row<string, Params, object, object, Found<Name>> {}

type Complete<Name extends OperationName, Parts> =
  Parts extends Asked<Name>
    ? unknown
    : { readonly misses: 'what path, query, body and also give together is not what the operation is asked for' }

/** Makes a row of an operation: does not compile when the request's parts do not add up to what is asked. */
export const operation =
  <Name extends OperationName>() =>
  <const Path extends string, Query extends Params, Body extends object = object, Also extends object = object>(
    row: Row<Path, Query, Body, Also, Found<Name>> &
      Complete<Name, PathParameters<Path> & AskedOf<Query> & Body & Also>,
  ): Row<Path, Query, Body, Also, Found<Name>> =>
    row

/** The operations of an edition; one that an edition lacks is not in its table. */
export type Operations = { readonly [Name in OperationName]?: Operation<Name> }

/** Reads requests as a row says, with everything that depends on the assumptions made once. */
export function reader(row: Operation, assumed: Assumed): (received: Received) => Asked<OperationName> {
  const body = row.body?.(assumed)
  const also = row.also?.(assumed)
  return ({ path, query, body: bytes }) => {
    const sent = asApiErrors(() => {
      const members = body && !(row.bodyOptional && bytes.length === 0) ? readBody(body, bytes) : {}
      const given = { ...members, ...readQuery(row.query, query, assumed) }
      row.check?.(given as never)
      return given
    })
    // Each row was held against what its operation is asked for when it was made.
    return { ...also, ...sent, ...path } as unknown as Asked<OperationName>
  }
}
