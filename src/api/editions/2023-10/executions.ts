import type { ExecutionRequest, SeenExecution } from '../../../domain/execution.ts'
import type { JobCondition } from '../../../domain/job-condition.ts'
import { endedAt, runningMinutes, startedAt, stateAt, waitingMinutes } from '../../../domain/lifetime.ts'
import { RawJson, writeJson } from '../../../schema/json.ts'
import { type TSchema, Type } from '../../../schema/json-schema.ts'
import { described, mapOf, type Shape, shape, text } from '../../../schema/shape.ts'
import type { Assumed } from '../../assumptions.ts'
import { optional, record, required, under } from '../../body.ts'
import { type DateStyle, local } from '../../dates.ts'
import { operation } from '../../operation.ts'
import { limitFrom, page, pageView } from '../../paging.ts'
import { type Param, single } from '../../query.ts'
import { type Field, type Fields, fieldOf, pick, reference, type View, view } from '../../view.ts'
import { executionStatusWord, id, oneOf } from '../../vocabulary.ts'
import { jobCondition, runConditionFields } from './job-bodies.ts'

const field = fieldOf<SeenExecution>()

const minutes = Type.Integer({ minimum: 0 })

export const executionFields = (dates: DateStyle, condition: View<JobCondition>) => {
  const date = (schema: TSchema, at: (execution: SeenExecution) => number | undefined, description: string) =>
    field<TSchema>(
      schema,
      execution => {
        const moment = at(execution)
        return moment === undefined ? undefined : dates.write(moment)
      },
      description,
    )
  const maybeDate = Type.Optional(dates.schema)
  return {
    jobExecutionId: field(id, ({ id }) => id, 'Id of the execution: twelve letters and digits.'),
    jobId: field(id, ({ origin }) => origin.jobId, 'Id of the job that runs.'),
    jobName: field(Type.String(), ({ origin }) => origin.jobName, 'Its name when the execution was made.'),
    triggerId: field(Type.Optional(id), ({ origin }) => origin.triggerId, 'Id of the trigger that made it.'),
    triggerName: field(
      Type.Optional(Type.String()),
      ({ origin }) => origin.triggerName,
      'Name of the trigger that made it.',
    ),
    status: field(
      oneOf(executionStatusWord),
      execution => executionStatusWord[stateAt(execution, execution.now)],
      'READY waits, RUNNING is under way, the others are over.',
    ),
    jobCondition: field(
      reference(condition),
      ({ origin }) => condition.present(origin.condition) as object,
      'The settings it runs with.',
    ),
    waitingTime: field(
      Type.Optional(minutes),
      execution => waitingMinutes(execution, execution.now),
      'Whole minutes it waited, known once it has started.',
    ),
    runningTime: field(
      Type.Optional(minutes),
      execution => runningMinutes(execution, execution.now),
      'Whole minutes it ran, known once it has ended.',
    ),
    executorNum: field(minutes, ({ origin }) => origin.condition.workers, 'Number of workers.'),
    parsedParameters: field(
      Type.Record(Type.Unknown({ description: 'Value of a parameter.' })),
      ({ origin }) => ({
        ...origin.condition.parameters,
        ...Object.fromEntries(Object.entries(origin.parameters).map(([key, text]) => [key, new RawJson(text)])),
      }),
      'The parameters it runs with: those of its settings, and over them those of the request.',
    ),
    createdDate: date(dates.schema, ({ queuedAt }) => queuedAt, 'When it was asked for.'),
    startDate: date(maybeDate, execution => startedAt(execution, execution.now), 'When it started.'),
    endDate: date(maybeDate, execution => endedAt(execution, execution.now), 'When it ended.'),
    type: field(
      Type.Enum(['JOB', 'WORKFLOW'], { type: 'string' }),
      ({ origin }) => (origin.kind === 'job' ? ('JOB' as const) : ('WORKFLOW' as const)),
      'Whether it was asked for by itself or made by a workflow.',
    ),
  } satisfies Record<string, Field<SeenExecution>>
}

export type ExecutionFields = ReturnType<typeof executionFields>

const condition = (assumed: Assumed): View<JobCondition> =>
  view('ExecutionCondition', runConditionFields, assumed, [], 'Settings of an execution.')

export function executionView(
  name: string,
  keys: readonly (keyof ExecutionFields)[],
  dates: DateStyle,
  settings: View<JobCondition>,
  assumed: Assumed,
): View<SeenExecution> {
  const fields: Fields<SeenExecution> = pick(executionFields(dates, settings), keys)
  return view(name, fields, assumed, [settings], 'An execution of a job.')
}

const started = ['jobExecutionId', 'jobId', 'status', 'jobCondition', 'createdDate'] as const
const whole = [
  'jobExecutionId',
  'jobId',
  'jobName',
  'triggerId',
  'triggerName',
  'status',
  'jobCondition',
  'waitingTime',
  'runningTime',
  'executorNum',
  'parsedParameters',
  'createdDate',
  'startDate',
  'endDate',
] as const

export const execution = (assumed: Assumed) => executionView('Execution', whole, local, condition(assumed), assumed)

const idParam = (what: string) => ({
  schema: () => Type.Optional(Type.String({ description: what })),
})

const triggerId = {
  ...idParam('The trigger that the execution is to name.'),
  read: (values, name): { triggerId?: string } => {
    const text = single(values, name)
    return text ? { triggerId: text } : {}
  },
} satisfies Param<object>

const workflowId = {
  ...idParam('The workflow among whose executions it is to be.'),
  read: (values, name): { workflowId?: string } => {
    const text = single(values, name)
    return text ? { workflowId: text } : {}
  },
} satisfies Param<object>

const anything = shape(Type.Unknown(), 'a value', writeJson)

/** Parameters of an execution: any members. */
const parameters = optional(
  described('What this execution is started with; values of any kind by their names.', mapOf(anything)),
  under('parameters'),
)

type ExecutionBody = Pick<ExecutionRequest, 'condition' | 'parameters' | 'triggerId' | 'workflowId'>

export const executionMembers = ({ runReferences }: Assumed) => ({
  parameters,
  ...(runReferences === 'both'
    ? {
        triggerId: optional(described('The trigger that the execution is to name.', text), under('triggerId')),
        workflowId: optional(described('The workflow among whose executions it is to be.', text), under('workflowId')),
      }
    : {}),
})

export const executionBody = (condition: Shape<Partial<JobCondition>>, assumed: Assumed): Shape<ExecutionBody> =>
  record({ jobCondition: required(condition, condition => ({ condition })), ...executionMembers(assumed) })

export const runJob = operation<'runJob'>()({
  method: 'POST',
  path: '/api/v1/jobs/{jobId}/executions',
  title: 'executeJob',
  summary: 'Run a job',
  source: 'analytics-dataflow-executejob',
  query: { triggerId, workflowId },
  body: (assumed: Assumed) => executionBody(jobCondition(assumed), assumed),
  status: assumed => Number(assumed.runStatus),
  reply: assumed => executionView('StartedExecution', started, local, condition(assumed), assumed),
})

export const getJobExecutions = operation<'getJobExecutions'>()({
  method: 'GET',
  path: '/api/v1/jobs/{jobId}/executions',
  title: 'getJobExecutions',
  summary: 'List the executions of a job',
  source: 'analytics-dataflow-getjobexecutions',
  query: { page, limit: limitFrom(0) },
  status: () => 200,
  reply: assumed => pageView('ExecutionList', execution(assumed), assumed),
})

export const getJobExecution = operation<'getJobExecution'>()({
  method: 'GET',
  path: '/api/v1/jobs/{jobId}/executions/{executionId}',
  title: 'getJobExecutionById',
  summary: 'Get an execution of a job',
  source: 'analytics-dataflow-getjobexecutionbyid',
  query: {},
  status: () => 200,
  reply: execution,
})
