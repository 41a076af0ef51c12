import { type Static, Type } from 'typebox'
import { jobKinds, jobStates } from '../domain/job.ts'
import { runEnds, runStates } from '../domain/run.ts'
import { weekdays } from '../domain/schedule.ts'
import { relativeDatePattern } from './relative-dates.ts'

/** Fixtures use the words of the API, so that a job can be pasted from a reply: ours in capitals. */
const capitals = <const Words extends readonly string[]>(words: Words) =>
  words.map(word => word.toUpperCase()) as unknown as { [I in keyof Words]: Uppercase<Words[I]> }

const strict = { additionalProperties: false }

const date = (description: string) =>
  Type.String({
    description: `${description} ISO 8601; without an offset it is Korean time. Or relative to the start, such as -2d or -3h30m.`,
    pattern: `^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?(Z|[+-]\\d\\d:\\d\\d)?|${relativeDatePattern})$`,
    title: 'a date such as 2025-03-20T08:54:03+09:00 or -2d',
  })

const id = Type.Optional(
  Type.String({
    pattern: '^[0-9A-Za-z]{12}$',
    title: '12 letters and digits',
    description: 'Made from the seed when left out.',
  }),
)

const name = Type.String({
  pattern: '^[A-Za-z_][A-Za-z0-9_-]{2,99}$',
  title: '3 to 100 letters, digits, _ and -, the first a letter or _',
})

const createdDate = Type.Optional(date('Default: the start of the simulation clock.'))
const updatedDate = Type.Optional(date('Default: createdDate.'))

const condition = Type.Object(
  {
    workerType: Type.Optional(Type.Enum(['DEFAULT', 'DATAFLOW'])),
    numWorker: Type.Optional(Type.Integer({ minimum: 2, maximum: 10, description: 'Default 2.' })),
    timeout: Type.Optional(Type.Integer({ minimum: 0, maximum: 1440, description: 'In minutes. Default 360.' })),
    nrn: Type.Optional(Type.String()),
    scriptPath: Type.Optional(Type.String()),
    logPath: Type.Optional(Type.String()),
    parameters: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  { ...strict, description: 'Settings of runs.' },
)

const milliseconds = (description: string) => Type.Optional(Type.Integer({ minimum: 0, description }))

const outcome = Type.Object(
  {
    status: Type.Optional(Type.Enum(capitals(runEnds), { description: 'How it ends. Default COMPLETED.' })),
    waitingMs: milliseconds('How long it waits before it starts. Default: --waiting-time.'),
    runningMs: milliseconds('How long it runs from then on. Default: --run-time.'),
  },
  strict,
)

const execution = Type.Object(
  {
    jobExecutionId: id,
    status: Type.Enum(capitals(runStates), { description: 'READY and RUNNING ones go on by the simulation clock.' }),
    createdDate: date('When it was asked for.'),
    startDate: Type.Optional(date('Default: a little after createdDate; a CANCELED one without it never started.')),
    endDate: Type.Optional(date('Default: a little after startDate.')),
    triggerId: Type.Optional(Type.String({ description: 'Id or name of the trigger that made it.' })),
    workflowId: Type.Optional(Type.String({ description: 'Id or name of the workflow that it belongs to.' })),
    parameters: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    outcome: Type.Optional(outcome),
  },
  strict,
)

const job = Type.Object(
  {
    jobId: id,
    name,
    description: Type.Optional(Type.String()),
    type: Type.Optional(
      Type.Enum(['DATAFLOW', ...capitals(jobKinds)], {
        description: 'VISUAL or SCRIPT show from edition 2026-09 on; earlier ones say DATAFLOW. Default VISUAL.',
      }),
    ),
    status: Type.Optional(Type.Enum(capitals(jobStates), { description: 'Default RUNNABLE.' })),
    lastExecutionStatus: Type.Optional(
      Type.Enum(capitals(runStates), { description: 'Left out, with its date, for a job that never ran.' }),
    ),
    lastExecutionDate: Type.Optional(date('When the newest execution was.')),
    createdDate: Type.Optional(date('Default: that of the oldest execution, or the start of the simulation clock.')),
    updatedDate,
    disabled: Type.Optional(Type.Boolean({ description: 'Listed, but the caller may not open it. Default false.' })),
    maxConcurrentRuns: Type.Optional(Type.Integer({ minimum: 1, description: 'Default 1.' })),
    nodes: Type.Optional(
      Type.Array(Type.Object({}), { description: 'The graph, as in createJob. It must fit the edition in force.' }),
    ),
    jobCondition: Type.Optional(condition),
    executions: Type.Optional(
      Type.Array(execution, { description: 'lastExecutionStatus and lastExecutionDate follow from the newest.' }),
    ),
    nextRuns: Type.Optional(Type.Array(outcome, { description: 'What becomes of the coming runs, in this order.' })),
  },
  strict,
)

const trigger = Type.Object(
  {
    triggerId: id,
    name,
    type: Type.Optional(
      Type.Enum(['SCHEDULED', 'EVENT', 'NONE'], { description: 'Default: SCHEDULED with a triggerRule, else NONE.' }),
    ),
    triggerRule: Type.Optional(
      Type.Object(
        {
          type: Type.Enum(['RECURRING', 'ONE_TIME', 'NONE']),
          interval: Type.Optional(Type.Enum(['HOUR', 'DAY', 'WEEK', 'MONTH'])),
          time: Type.Optional(Type.String({ description: 'The minute of an hourly one, the time of day of others.' })),
          dayOfWeek: Type.Optional(Type.Array(Type.Enum(capitals(weekdays)))),
          dateOfMonth: Type.Optional(Type.String({ description: '1 to 31, or -1 for the last day.' })),
          executionDate: Type.Optional(date('When a ONE_TIME one fires.')),
        },
        { ...strict, description: 'As in createTrigger.' },
      ),
    ),
    createdDate,
    updatedDate,
  },
  strict,
)

const workflowNode = Type.Object(
  {
    id: Type.Optional(Type.String({ description: 'Id of the job or trigger.' })),
    name: Type.Optional(Type.String({ description: 'Its name, where the id is left out.' })),
    type: Type.Enum(['TRIGGER', 'JOB']),
    parentNodeIds: Type.Optional(
      Type.Array(Type.String(), { description: 'Ids or names of nodes. Default for a job: the node before it.' }),
    ),
    jobCondition: Type.Optional(condition),
  },
  strict,
)

const workflow = Type.Object(
  {
    workflowId: id,
    name,
    nodes: Type.Array(workflowNode),
    isTemp: Type.Optional(Type.Boolean({ description: 'A draft, which is never started. Default false.' })),
    createdDate,
    updatedDate,
  },
  strict,
)

const key = (example: string) =>
  Type.String({ pattern: '^[\\x21-\\x7e]{1,200}$', title: `1 to 200 visible ASCII characters, such as ${example}` })

const credential = Type.Object(
  {
    accessKey: key('ncp_iam_AAAA0001'),
    secretKey: key('ncp_iam_BBBB0001'),
    active: Type.Optional(Type.Boolean({ description: 'A disabled key counts as unknown. Default true.' })),
    subscribed: Type.Optional(Type.Boolean({ description: 'false: every call is 401/210. Default true.' })),
  },
  strict,
)

const content = {
  credentials: Type.Optional(Type.Array(credential)),
  jobs: Type.Optional(Type.Array(job)),
  triggers: Type.Optional(Type.Array(trigger)),
  workflows: Type.Optional(Type.Array(workflow)),
}

const accountName = Type.String({
  pattern: '^[A-Za-z0-9_-]{1,100}$',
  title: '1 to 100 letters, digits, _ and -',
})

/** The shape of a fixture file; also shipped as fixtures/fixture.schema.json. */
export const fixtureSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: 'Where editors find this schema.' })),
    description: Type.Optional(Type.String()),
    ...content,
    accounts: Type.Optional(
      Type.Array(Type.Object({ name: accountName, ...content }, strict), {
        description: 'Further accounts, or more for one named in another file.',
      }),
    ),
  },
  {
    ...strict,
    title: 'Fixture of ncp-dataflow-emulator',
    description: 'Seed data. What stands outside `accounts` belongs to the account "default".',
  },
)

/** A fixture as a program or a file gives it. */
export type Fixture = Static<typeof fixtureSchema>
export type FixtureJob = Static<typeof job>
export type FixtureCredential = Static<typeof credential>
export type FixtureExecution = Static<typeof execution>
export type FixtureOutcome = Static<typeof outcome>
export type FixtureTrigger = Static<typeof trigger>
export type FixtureWorkflow = Static<typeof workflow>
export type FixtureCondition = Static<typeof condition>
