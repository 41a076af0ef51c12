import type { JobKind } from '../../../domain/job.ts'
import type { JobCondition } from '../../../domain/job-condition.ts'
import { Type } from '../../../schema/json-schema.ts'
import { inside, type Place, reject } from '../../../schema/place.ts'
import {
  described,
  integer,
  mapOf,
  named,
  nonEmptyText,
  oneOf,
  refined,
  type Shape,
  text,
} from '../../../schema/shape.ts'
import type { Assumed } from '../../assumptions.ts'
import { optional, record, required, under } from '../../body.ts'
import { type Fields, fieldOf } from '../../view.ts'
import { jobKindOf, jobKindWord } from '../../vocabulary.ts'
import {
  type JobBodies,
  type JobParts,
  longestTimeout,
  runConditionFields,
  told,
  updateJobExecuteConfig,
  verifyJob,
  workers,
} from '../2023-10/job-bodies.ts'
import * as before from '../2025-03/job-bodies.ts'

const type = required(
  described('Drawn from nodes, or a script of one’s own.', oneOf(Object.values(jobKindWord))),
  word => ({
    kind: jobKindOf[word],
  }),
)
const maxConcurrentRuns = optional(
  described('How many executions may be under way at once; 1 in a new job.', integer(1, 2 ** 31 - 1)),
  under('maxConcurrentRuns'),
)

export const jobCondition: Shape<Partial<JobCondition>> = named(
  'JobCondition',
  'Settings of the executions of a job.',
  record({
    numWorker: optional(described('How many workers share an execution; 2 in a new job.', workers), under('workers')),
    timeout: optional(
      described('After how many minutes an execution is given up; 360 in a new job.', integer(1, longestTimeout)),
      under('timeoutMinutes'),
    ),
    nrn: optional(described(told.nrn, nonEmptyText), under('role')),
    scriptPath: optional(described(told.scriptPath, nonEmptyText), under('scriptPath')),
    logPath: optional(described(told.logPath, nonEmptyText), under('logPath')),
    parameters: optional(
      described('What a script is started with, texts by their names.', mapOf(text)),
      under('parameters'),
    ),
  }),
)

function parametersOfScript<T extends { readonly kind: JobKind; readonly condition?: Partial<JobCondition> }>(
  asked: T,
  at: Place,
): T {
  if (asked.kind === 'visual' && asked.condition?.parameters) {
    reject(inside(inside(at, 'jobCondition'), 'parameters'), 'must be left out of a job of type VISUAL')
  }
  return asked
}

export const createJob = ({ name, nodes, condition }: JobParts): JobBodies['createJob'] =>
  refined(
    record({
      name: required(name, name => ({ name })),
      nodes: optional(nodes, (nodes = '[]') => ({ nodes })),
      type,
      maxConcurrentRuns,
      jobCondition: optional(condition, (condition = {}) => ({ condition })),
    }),
    parametersOfScript,
  )

export const updateJob = ({ name, nodes, condition }: JobParts): JobBodies['updateJob'] =>
  refined(
    record({
      name: optional(name, under('name')),
      type,
      nodes: optional(nodes, under('nodes')),
      maxConcurrentRuns,
      jobCondition: optional(condition, under('condition')),
    }),
    parametersOfScript,
  )

export function jobBodies(assumed: Assumed): JobBodies {
  const parts = { ...before.jobParts(assumed), condition: jobCondition }
  return {
    createJob: createJob(parts),
    updateJob: updateJob(parts),
    verifyJob: verifyJob(parts),
    updateJobExecuteConfig: updateJobExecuteConfig(parts),
  }
}

const field = fieldOf<JobCondition>()
const { workerType: _gone, ...kept } = runConditionFields

/** The members of `jobCondition` in a reply. */
export const jobConditionFields: Fields<JobCondition> = {
  ...kept,
  parameters: field(
    Type.Optional(Type.Record(Type.String({ description: 'Value of a parameter.' }))),
    ({ parameters }) => parameters,
    'What a script is started with.',
  ),
}
