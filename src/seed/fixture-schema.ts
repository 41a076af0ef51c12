import { executionStatusWord, jobStatusWord, jobTypes, ruleTypes, weekdayWord } from '../api/vocabulary.ts'
import { executionEnds } from '../domain/lifetime.ts'
import { Type } from '../schema/json-schema.ts'
import {
  anyObject,
  boolean,
  describedAs,
  integer,
  listOf,
  mapOf,
  object,
  oneOf,
  type Parsed,
  type Shape,
  shape,
  text,
  textLike,
} from '../schema/shape.ts'
import { relativeDatePattern } from './relative-dates.ts'

const date = (description: string) =>
  describedAs(
    `${description} ISO 8601; without an offset it is Korean time. Or relative to the start, such as -2d or -3h30m.`,
    textLike(
      `^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?(Z|[+-]\\d\\d:\\d\\d)?|${relativeDatePattern})$`,
      'a date such as 2025-03-20T08:54:03+09:00 or -2d',
    ),
  )

const id = describedAs('Made from the seed when left out.', textLike('^[0-9A-Za-z]{12}$', '12 letters and digits'))

const name = textLike('^[A-Za-z_][A-Za-z0-9_-]{2,99}$', '3 to 100 letters, digits, _ and -, the first a letter or _')

const dates = {
  createdDate: date('Default: the start of the simulation clock.'),
  updatedDate: date('Default: createdDate.'),
}

const condition = describedAs(
  'Settings of executions.',
  object(
    {},
    {
      workerType: oneOf(['DEFAULT', 'DATAFLOW']),
      numWorker: describedAs('Default 2.', integer(2, 10)),
      timeout: describedAs('In minutes. Default 360.', integer(0, 1440)),
      nrn: text,
      scriptPath: text,
      logPath: text,
      parameters: mapOf(text),
    },
  ),
)

const milliseconds = (description: string) => describedAs(description, integer(0))
const executionEnd = oneOf(executionEnds.map(end => executionStatusWord[end]))
const executionState = oneOf(Object.values(executionStatusWord))

const outcome = object(
  {},
  {
    status: describedAs('How it ends. Default COMPLETED.', executionEnd),
    waitingMs: milliseconds('How long it waits before it starts. Default: --waiting-time.'),
    runningMs: milliseconds('How long it runs from then on. Default: --run-time.'),
  },
)

/** Any value, as sent. */
const anything: Shape<unknown> = { ...shape(Type.Unknown(), 'a value', value => value), parse: value => value }

const execution = object(
  {
    status: describedAs('READY and RUNNING ones go on by the simulation clock.', executionState),
    createdDate: date('When it was asked for.'),
  },
  {
    jobExecutionId: id,
    startDate: date('Default: a little after createdDate; a CANCELED one without it never started.'),
    endDate: date('Default: a little after startDate.'),
    jobName: describedAs('What its job was called then. Default: the name of the job.', text),
    triggerId: describedAs('Id or name of the trigger that made it.', text),
    triggerName: describedAs('What the trigger was called then; with it the trigger need not exist any more.', text),
    type: describedAs('Default: WORKFLOW with a workflowId, else JOB.', oneOf(['JOB', 'WORKFLOW'])),
    workflowId: describedAs('Id or name of the workflow that it belongs to.', text),
    parameters: mapOf(anything),
    jobCondition: describedAs('Settings that it ran with. Default: those of the job.', condition),
    outcome,
  },
)

const job = object(
  { name },
  {
    jobId: id,
    description: text,
    type: describedAs(
      'VISUAL or SCRIPT show from edition 2026-09 on; earlier ones say DATAFLOW. Default VISUAL.',
      oneOf(jobTypes),
    ),
    status: describedAs('Default RUNNABLE.', oneOf(Object.values(jobStatusWord))),
    lastExecutionStatus: describedAs('Left out, with its date, for a job that never ran.', executionState),
    lastExecutionDate: date('When the newest execution was.'),
    createdDate: date('Default: that of the oldest execution, or the start of the simulation clock.'),
    updatedDate: dates.updatedDate,
    disabled: describedAs('Listed, but the caller may not open it. Default false.', boolean),
    maxConcurrentRuns: describedAs('Default 1.', integer(1)),
    nodes: describedAs('The graph, as in createJob. It must fit the edition in force.', listOf(anyObject)),
    jobCondition: condition,
    executions: describedAs('lastExecutionStatus and lastExecutionDate follow from the newest.', listOf(execution)),
    nextRuns: describedAs('What becomes of the coming executions, in this order.', listOf(outcome)),
  },
)

const triggerRule = object(
  { type: oneOf(ruleTypes) },
  {
    interval: oneOf(['HOUR', 'DAY', 'WEEK', 'MONTH']),
    time: describedAs('The minute of an hourly one, the time of day of others.', text),
    dayOfWeek: listOf(oneOf(Object.values(weekdayWord))),
    dateOfMonth: describedAs('1 to 31, or -1 for the last day.', text),
    executionDate: date('When a ONE_TIME one fires.'),
  },
)

const trigger = object(
  { name },
  {
    triggerId: id,
    type: describedAs('Default: SCHEDULED with a triggerRule, else NONE.', oneOf(['SCHEDULED', 'EVENT', 'NONE'])),
    triggerRule: describedAs('As in createTrigger.', triggerRule),
    ...dates,
  },
)

const workflowNode = object(
  { type: oneOf(['TRIGGER', 'JOB']) },
  {
    id: describedAs('Id of the job or trigger.', text),
    name: describedAs('Its name, where the id is left out; otherwise what the workflow calls it.', text),
    parentNodeIds: describedAs('Ids or names of nodes. Default for a job: the node before it.', listOf(text)),
    triggerRule: describedAs('Default: the rule of the trigger.', oneOf(ruleTypes)),
    isValid: describedAs('false: the job or trigger need not exist any more. Default true.', boolean),
    jobCondition: condition,
  },
)

const workflow = object(
  { name, nodes: listOf(workflowNode) },
  {
    workflowId: id,
    isTemp: describedAs('A draft, which is never started. Default false.', boolean),
    lastExecutionDate: date('When it last started. Default: when its newest execution was asked for.'),
    ...dates,
  },
)

const key = (example: string) =>
  textLike('^[\\x21-\\x7e]{1,200}$', `1 to 200 visible ASCII characters, such as ${example}`)

const credential = object(
  { accessKey: key('ncp_iam_AAAA0001'), secretKey: key('ncp_iam_BBBB0001') },
  {
    active: describedAs('A disabled key counts as unknown. Default true.', boolean),
    subscribed: describedAs('false: every call is 401/210. Default true.', boolean),
  },
)

const content = {
  credentials: listOf(credential),
  jobs: listOf(job),
  triggers: listOf(trigger),
  workflows: listOf(workflow),
}

const accountName = textLike('^[A-Za-z0-9_-]{1,100}$', '1 to 100 letters, digits, _ and -')

/** A fixture file; its schema is also shipped as fixtures/fixture.schema.json. */
export const fixtureShape = object(
  {},
  {
    $schema: describedAs('Where editors find this schema.', text),
    description: text,
    ...content,
    accounts: describedAs(
      'Further accounts, or more for one named in another file.',
      listOf(object({ name: accountName }, content)),
    ),
  },
)

/** The schema of fixture files, for editors. */
export const fixtureSchema = {
  ...fixtureShape.schema,
  title: 'Fixture of ncp-dataflow-emulator',
  description: 'Seed data. What stands outside `accounts` belongs to the account "default".',
}

/** A fixture as a program or a file gives it. */
export type Fixture = Parsed<typeof fixtureShape>
export type FixtureJob = Parsed<typeof job>
export type FixtureCredential = Parsed<typeof credential>
export type FixtureExecution = Parsed<typeof execution>
export type FixtureOutcome = Parsed<typeof outcome>
export type FixtureTrigger = Parsed<typeof trigger>
export type FixtureWorkflow = Parsed<typeof workflow>
