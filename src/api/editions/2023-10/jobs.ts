import { type Job, type JobState, jobStates, type NameFilter } from '../../../domain/job.ts'
import { type TSchema, Type } from '../../../schema/json-schema.ts'
import { quoted } from '../../../schema/place.ts'
import { formatKoreanLocal } from '../../../time/korean-date.ts'
import type { Assumed } from '../../assumptions.ts'
import { operation } from '../../operation.ts'
import { limitFrom, page, pageView } from '../../paging.ts'
import { badParameter, type Param, single } from '../../query.ts'
import { type Fields, fieldOf, view, withRememberedText } from '../../view.ts'
import {
  executionStatusWord,
  id,
  jobStatusWord,
  meaningOf,
  oneOf,
  ownResourceId,
  seoulLocalDate,
} from '../../vocabulary.ts'

const field = fieldOf<Job>()

const orNull = (schema: TSchema, assumed: Assumed): TSchema =>
  assumed.neverRun === 'null' ? Type.Union([schema, Type.Null()]) : Type.Optional(schema)

/** What the last-execution fields of a job that never ran hold. */
const never = (assumed: Assumed): null | undefined => (assumed.neverRun === 'null' ? null : undefined)

/** Status and date of the newest execution; `date` says how the edition writes a moment. */
const lastExecutionStatus = field<TSchema>(
  assumed => orNull(oneOf(executionStatusWord), assumed),
  (job, assumed) =>
    job.lastExecution
      ? executionStatusWord[job.lastExecution.state]
      : assumed.neverRun === 'ready'
        ? executionStatusWord.ready
        : never(assumed),
  'How the newest execution stands: READY waits, RUNNING is under way, the others are over.',
)

export const lastExecutionDate = (schema: TSchema, date: (moment: number) => string) =>
  field<TSchema>(
    assumed => orNull(schema, assumed),
    (job, assumed) => (job.lastExecution ? date(job.lastExecution.at) : never(assumed)),
    'When the newest execution was.',
  )

/** When a job was made and last changed; `date` says how the edition writes a moment. */
export const createdDate = (schema: TSchema, date: (moment: number) => string) =>
  field<TSchema>(schema, job => date(job.createdAt), 'When the job was made.')
export const updatedDate = (schema: TSchema, date: (moment: number) => string) =>
  field<TSchema>(schema, job => date(job.updatedAt), 'When the job was last changed.')

const statusMeaning = [
  'RUNNABLE may be executed',
  'RUNNING is being executed',
  'DRAFT is not finished',
  'EDITING is being changed and not yet checked',
  'STOPPED was halted or is about to be',
  'DELETED is gone or about to go',
  'UNKNOWN is none of these.',
].join(', ')

/** An element of the list of getJobs, members in the published order. */
export const listedJobFields: Fields<Job> = {
  jobId: field(id, job => job.id, 'Id of the job: twelve letters and digits.'),
  name: field(Type.String(), job => job.name, 'Name of the job.'),
  type: field(Type.Enum(['DATAFLOW'], { type: 'string' }), () => 'DATAFLOW' as const, 'Kind of the job; there is one.'),
  status: field(oneOf(jobStatusWord), job => jobStatusWord[job.state], statusMeaning),
  lastExecutionStatus,
  createdDate: createdDate(seoulLocalDate, formatKoreanLocal),
  updatedDate: updatedDate(seoulLocalDate, formatKoreanLocal),
  lastExecutionDate: lastExecutionDate(seoulLocalDate, formatKoreanLocal),
  resourceId: field(
    id,
    (job, assumed) => (assumed.resourceId === 'own' ? ownResourceId(job.id) : job.id),
    'Id of the job as a resource.',
  ),
  disabled: field(
    Type.Boolean(),
    (job, assumed) => assumed.disabled === 'stored' && job.disabled,
    'True for a job that is listed although the caller may not open it.',
  ),
}

const comparison = ({ nameMatch, nameCase }: Assumed): string => {
  const compares = {
    substring: 'name contains this text',
    exact: 'name is this text',
    prefix: 'name starts with this text',
  }
  return `${compares[nameMatch]}, ${nameCase === 'sensitive' ? 'letter case included' : 'in any letter case'}`
}

export const name = {
  schema: assumed => Type.Optional(Type.String({ description: `Only jobs whose ${comparison(assumed)}. Empty: all.` })),
  read: (values, name, assumed): { name?: NameFilter } => {
    const text = single(values, name)
    if (!text) return {}
    return { name: { text, match: assumed.nameMatch, ignoreCase: assumed.nameCase === 'insensitive' } }
  },
} satisfies Param<object>

function stateNamed(word: string, name: string, assumed: Assumed): JobState | undefined {
  const state = meaningOf(jobStatusWord, assumed.statusCase === 'any' ? word.toUpperCase() : word)
  if (!state && assumed.unknownStatus === 'refuse') {
    badParameter(name, `must be one of ${Object.values(jobStatusWord).join(', ')}, was ${quoted(word)}`)
  }
  return state
}

export const unaskedStates = (assumed: Assumed) => (assumed.listDeleted === 'always' ? 'all' : 'living')

const statusShape = ({ statusValues, statusCase, unknownStatus }: Assumed): TSchema =>
  statusValues === 'one' && statusCase === 'exact' && unknownStatus === 'refuse' ? oneOf(jobStatusWord) : Type.String()

const statusFilter = { description: `Only jobs of this status. ${statusMeaning}` }

const status = {
  schema: assumed => Type.Optional({ ...statusShape(assumed), ...statusFilter }),
  read: (values, name, assumed): { states: readonly JobState[] | 'living' | 'all' } => {
    const words =
      assumed.statusValues === 'many' ? values.flatMap(value => value.split(',')) : [single(values, name) ?? '']
    const asked = words.filter(word => word !== '')
    const states = asked.map(word => stateNamed(word, name, assumed)).filter(state => state !== undefined)
    if (asked.length === 0 || (states.length === 0 && assumed.unknownStatus === 'ignore')) {
      return { states: unaskedStates(assumed) }
    }
    return {
      states: jobStates.filter(
        state => states.includes(state) && !(state === 'deleted' && assumed.listDeleted === 'never'),
      ),
    }
  },
} satisfies Param<object>

export const listedJobView = (fields: Fields<Job>, assumed: Assumed) =>
  withRememberedText(view('Job', fields, assumed, [], 'A job as the list shows it.'))

export const listJobs = { name, status, page, limit: limitFrom(0) }

export const getJobs = operation<'getJobs'>()({
  method: 'GET',
  path: '/api/v1/jobs',
  title: 'getJobs',
  summary: 'List jobs',
  source: 'analytics-dataflow-getjobs',
  query: listJobs,
  status: () => 200,
  reply: assumed => pageView('JobList', listedJobView(listedJobFields, assumed), assumed),
})
