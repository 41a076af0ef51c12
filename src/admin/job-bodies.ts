import { readCondition } from '../api/job-condition.ts'
import { executionStatusWord, jobKindOf, jobStatusWord, jobTypes, meaningOf } from '../api/vocabulary.ts'
import { jobStates } from '../domain/job.ts'
import { executionEnds, executionStates } from '../domain/lifetime.ts'
import { Type } from '../schema/json-schema.ts'
import { reject } from '../schema/place.ts'
import {
  anyObject,
  boolean,
  integer,
  listOf,
  mapOf,
  object,
  oneOf,
  refined,
  type Shape,
  shape,
  text,
  textOfLength,
} from '../schema/shape.ts'
import { acceptedDuration, acceptedMoment, toDuration, toMoment } from '../service/clock-input.ts'
import type { ForcedJob } from '../service/control.ts'
import type { ExecutionStatus, JobStatus, NextRun } from './shown-job.ts'

/** A moment: a Date, epoch milliseconds, or ISO 8601 (Korean time without an offset). */
export type Moment = Date | number | string

/** Settings of the executions of a job; `timeout` is in minutes. */
export interface JobCondition {
  readonly workerType?: string
  readonly numWorker: number
  readonly timeout: number
  readonly nrn?: string
  readonly scriptPath?: string
  readonly logPath?: string
  readonly parameters?: Readonly<Record<string, string>>
}

/** What is to become of a job; what is absent stays. No rule of the API holds. */
export interface JobStateChange {
  /** 1 to 1000 characters, of any kind. */
  readonly name?: string | undefined
  readonly status?: JobStatus | undefined
  /** Whether it is listed although the caller has no permission for it. */
  readonly disabled?: boolean | undefined
  /** 1 or more. */
  readonly maxConcurrentRuns?: number | undefined
  /** `null` for a job that was never executed. */
  readonly lastExecutionStatus?: ExecutionStatus | null | undefined
  readonly lastExecutionDate?: Moment | undefined
}

/** A whole job; absent members have the values of a new job. */
export interface WholeJob extends JobStateChange {
  readonly name: string
  /** `SCRIPT`, or `VISUAL` (default; alias `DATAFLOW`). Visible from edition 2026-09 on. */
  readonly type?: 'DATAFLOW' | 'VISUAL' | 'SCRIPT' | undefined
  readonly description?: string | undefined
  /** The graph: any objects; the edition's rules do not apply. */
  readonly nodes?: readonly object[] | undefined
  /** Settings of its executions; `timeout` is in minutes. */
  readonly jobCondition?: Partial<JobCondition> | undefined
  /** Default: now. */
  readonly createdDate?: Moment | undefined
  /** Default: `createdDate`. */
  readonly updatedDate?: Moment | undefined
}

/** How coming executions of a job are to go. Times are milliseconds or texts such as `40s`, `5m`, `1h`, `PT1M`. */
export interface RunPlan {
  /** Default: `COMPLETED`. */
  readonly end?: NextRun['end'] | undefined
  /** Default: the option `waitingTime` of the emulator. */
  readonly waitingTime?: number | string | undefined
  /** Default: the option `runTime` of the emulator. */
  readonly runTime?: number | string | undefined
  /** Number of executions with this plan. Default: 1. */
  readonly times?: number | undefined
}

/** A shape for every member of a type, and for no other. */
type Members<T> = { readonly [Name in keyof Required<T>]: Shape<unknown> }

const meaning = <W extends Readonly<Record<string, string>>>(words: W, among: readonly (keyof W & string)[]) =>
  refined(oneOf(among.map(name => words[name] ?? '')), found => meaningOf(words, found) as keyof W & string)

const executionState = meaning(executionStatusWord, executionStates)
const lastExecutionState: Shape<ForcedJob['lastExecutionState']> = {
  ...executionState,
  expected: `${executionState.expected} or null`,
  parse: (value, at) =>
    value === null ? 'never' : (executionState.parse(value, at) as ForcedJob['lastExecutionState']),
}

const date = shape(Type.Union([Type.String(), Type.Number()]), acceptedMoment, toMoment)
const changeable = {
  name: textOfLength(1, 1000),
  status: meaning(jobStatusWord, jobStates),
  disabled: boolean,
  maxConcurrentRuns: integer(1, 2 ** 31 - 1),
  lastExecutionStatus: lastExecutionState,
  lastExecutionDate: date,
} satisfies Members<JobStateChange>
export const jobChange = object({}, changeable)

const settings = {
  workerType: text,
  numWorker: integer(1, 1000),
  timeout: integer(0, 1_000_000),
  nrn: text,
  scriptPath: text,
  logPath: text,
  parameters: mapOf(text),
} satisfies Members<JobCondition>
const condition = refined(object({}, settings), readCondition)
/** Any objects: their content is not checked. */
const nodes = refined(listOf(anyObject), found => JSON.stringify(found))
const { name, ...changeableBesideName } = changeable
const described = {
  type: refined(oneOf(jobTypes), found => jobKindOf[found]),
  description: text,
  nodes,
  jobCondition: condition,
  createdDate: date,
  updatedDate: date,
} satisfies Members<Omit<WholeJob, keyof JobStateChange>>
export const wholeJob = object({ name }, { ...changeableBesideName, jobId: text, ...described })
/** The longest waiting or run time; limited so that sums of times stay valid dates. */
const longest = 1_000_000_000_000
const stretch = refined(shape(Type.Union([Type.String(), Type.Number()]), acceptedDuration, toDuration), (time, at) =>
  time >= 0 && time <= longest ? time : reject(at, `must be from 0 to ${longest} milliseconds`),
)
const mostPlanned = 1000
const plan = {
  end: meaning(executionStatusWord, executionEnds),
  waitingTime: stretch,
  runTime: stretch,
  times: integer(1, mostPlanned),
} satisfies Members<RunPlan>
export const nextRuns = refined(listOf(object({}, plan)), (list, at) =>
  list.reduce((executions, { times = 1 }) => executions + times, 0) <= mostPlanned
    ? list.flatMap(({ times = 1, ...execution }) => Array.from({ length: times }, () => execution))
    : reject(at, `must be a list of at most ${mostPlanned} executions`),
)
