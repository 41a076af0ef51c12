import { type Static, Type } from 'typebox'
import { jobKinds, jobStates } from '../domain/job.ts'
import { runStates } from '../domain/run.ts'

/** Fixtures use the words of the API, so that a job can be pasted from a reply: ours in capitals. */
const capitals = <const Words extends readonly string[]>(words: Words) =>
  words.map(word => word.toUpperCase()) as unknown as { [I in keyof Words]: Uppercase<Words[I]> }

const strict = { additionalProperties: false }

const date = (description: string) =>
  Type.String({
    description: `${description} ISO 8601; without an offset it is Korean time.`,
    pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?(Z|[+-]\\d\\d:\\d\\d)?$',
    title: 'a date such as 2025-03-20T08:54:03+09:00',
  })

const job = Type.Object(
  {
    jobId: Type.Optional(
      Type.String({
        pattern: '^[0-9A-Za-z]{12}$',
        title: '12 letters and digits',
        description: 'Made from the seed when left out.',
      }),
    ),
    name: Type.String({
      pattern: '^[A-Za-z_][A-Za-z0-9_-]{2,99}$',
      title: '3 to 100 letters, digits, _ and -, the first a letter or _',
    }),
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
    createdDate: Type.Optional(date('Default: the start of the simulation clock.')),
    updatedDate: Type.Optional(date('Default: createdDate.')),
    disabled: Type.Optional(Type.Boolean({ description: 'Listed, but the caller may not open it. Default false.' })),
    maxConcurrentRuns: Type.Optional(Type.Integer({ minimum: 1, description: 'Default 1.' })),
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

const content = { credentials: Type.Optional(Type.Array(credential)), jobs: Type.Optional(Type.Array(job)) }

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
    description: 'Seed data. Jobs and credentials outside `accounts` belong to the account "default".',
  },
)

/** A fixture as a program or a file gives it. */
export type Fixture = Static<typeof fixtureSchema>
export type FixtureJob = Static<typeof job>
export type FixtureCredential = Static<typeof credential>
