import type { SeenExecution } from '../../../domain/execution.ts'
import type { JobCondition } from '../../../domain/job-condition.ts'
import { Type } from '../../../schema/json-schema.ts'
import type { Assumed } from '../../assumptions.ts'
import { withOffset } from '../../dates.ts'
import { pageView } from '../../paging.ts'
import { fieldOf, pick, reference, type View, view } from '../../view.ts'
import * as before from '../2023-10/executions.ts'
import { jobCondition, runConditionFields } from '../2023-10/job-bodies.ts'

const settings = (assumed: Assumed): View<JobCondition> =>
  view('ExecutionCondition', runConditionFields, assumed, [], 'Settings of an execution.')

/** What the reply to an execution shows, in the published order. */
export const started = [
  'jobExecutionId',
  'jobId',
  'status',
  'jobCondition',
  'createdDate',
  'startDate',
  'runningTime',
  'parsedParameters',
  'type',
] as const

/** What lists and single executions show, in the published order. */
export const whole = [
  'jobExecutionId',
  'jobId',
  'jobCondition',
  'status',
  'startDate',
  'endDate',
  'createdDate',
  'triggerId',
  'triggerName',
  'jobName',
  'waitingTime',
  'executorNum',
  'runningTime',
  'parsedParameters',
  'type',
] as const

export const execution = (assumed: Assumed) =>
  before.executionView('Execution', whole, withOffset, settings(assumed), assumed)

/** Settings with the place of the log, which only the page of one execution shows. */
interface LoggedCondition {
  readonly condition: JobCondition
  readonly executionId: string
}

/** An execution on its own page: its settings say where the log is in the console. */
export function loggedExecution(settings: View<JobCondition>, assumed: Assumed): View<SeenExecution> {
  const logged = fieldOf<LoggedCondition>()
  const fields = settings.fields ?? {}
  const own = view<LoggedCondition>(
    'LoggedCondition',
    {
      ...Object.fromEntries(
        Object.entries(fields).map(([key, { schema, value }]) => [
          key,
          { schema, value: ({ condition }: LoggedCondition, assumed: Assumed) => value(condition, assumed) },
        ]),
      ),
      consoleLogPath: logged(
        Type.Optional(Type.String()),
        ({ condition, executionId }) => condition.logPath && `${condition.logPath}${executionId}`,
        'Where the log is in the console.',
      ),
    },
    assumed,
    [],
    'Settings of an execution, and where its log is.',
  )
  const field = fieldOf<SeenExecution>()
  const shown = {
    ...pick(before.executionFields(withOffset, settings), whole),
    jobCondition: field(
      reference(own),
      ({ origin, id }) => own.present({ condition: origin.condition, executionId: id }) as object,
      'The settings it runs with.',
    ),
  }
  return view('ExecutionDetail', shown, assumed, [own], 'An execution of a job.')
}

export const runJob = {
  ...before.runJob,
  body: (assumed: Assumed) => before.executionBody(jobCondition(assumed), assumed),
  reply: (assumed: Assumed) =>
    before.executionView('StartedExecution', started, withOffset, settings(assumed), assumed),
}

export const getJobExecutions = {
  ...before.getJobExecutions,
  reply: (assumed: Assumed) => pageView('ExecutionList', execution(assumed), assumed),
}

export const getJobExecution = {
  ...before.getJobExecution,
  reply: (assumed: Assumed) => loggedExecution(settings(assumed), assumed),
}
