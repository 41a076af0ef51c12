import { type TSchema, Type } from 'typebox'
import { type Job, type JobState, jobStates, type NameFilter } from '../../../domain/job.ts'
import type { Assumed } from '../../assumptions.ts'
import type { Operation } from '../../operation.ts'
import { limitFrom, page, pageView } from '../../paging.ts'
import { badParameter, type Param, quoted, readQuery, single } from '../../query.ts'
import { type Fields, fieldOf, view } from '../../view.ts'
import {
  id,
  inSeoulLocal,
  jobStatusWord,
  meaningOf,
  oneOf,
  ownResourceId,
  runStatusWord,
  seoulLocalDate,
} from '../../vocabulary.ts'

const field = fieldOf<Job>()

const orNull = (schema: TSchema, assumed: Assumed): TSchema =>
  assumed.neverRun === 'null' ? Type.Union([schema, Type.Null()]) : Type.Optional(schema)

/** What the last-execution fields of a job that never ran hold. */
const never = (assumed: Assumed): null | undefined => (assumed.neverRun === 'null' ? null : undefined)

/** Status and date of the newest execution; `date` says how the edition writes a moment. */
export const lastExecutionStatus = field<TSchema>(
  assumed => orNull(oneOf(runStatusWord), assumed),
  (job, assumed) =>
    job.lastRun
      ? runStatusWord[job.lastRun.state]
      : assumed.neverRun === 'ready'
        ? runStatusWord.ready
        : never(assumed),
)

export const lastExecutionDate = (schema: TSchema, date: (moment: number) => string) =>
  field<TSchema>(
    assumed => orNull(schema, assumed),
    (job, assumed) => (job.lastRun ? date(job.lastRun.at) : never(assumed)),
  )

/** An element of the list of getJobs, members in the published order. */
export const listedJobFields: Fields<Job> = {
  jobId: field(id, job => job.id),
  name: field(Type.String(), job => job.name),
  type: field(Type.Enum(['DATAFLOW'], { type: 'string' }), () => 'DATAFLOW' as const),
  status: field(oneOf(jobStatusWord), job => jobStatusWord[job.state]),
  lastExecutionStatus,
  createdDate: field(seoulLocalDate, job => inSeoulLocal(job.createdAt)),
  updatedDate: field(seoulLocalDate, job => inSeoulLocal(job.updatedAt)),
  lastExecutionDate: lastExecutionDate(seoulLocalDate, inSeoulLocal),
  resourceId: field(id, (job, assumed) => (assumed.resourceId === 'own' ? ownResourceId(job.id) : job.id)),
  disabled: field(Type.Boolean(), (job, assumed) => assumed.disabled === 'stored' && job.disabled),
}

export const name = {
  schema: () => Type.Optional(Type.String({ description: 'Job name; how it compares is an assumption' })),
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

/** The states a list shows when none is asked for. */
export const unaskedStates = (assumed: Assumed) => (assumed.listDeleted === 'always' ? 'all' : 'living')

export const status = {
  schema: () => Type.Optional(oneOf(jobStatusWord)),
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

export const listJobs = { name, status, page, limit: limitFrom(0) }

export const getJobs: Operation<'getJobs'> = {
  method: 'GET',
  path: '/api/v1/jobs',
  title: 'getJobs',
  summary: 'List jobs',
  source: 'analytics-dataflow-getjobs',
  query: listJobs,
  read: (rawQuery, assumed) => readQuery(listJobs, rawQuery, assumed),
  status: 200,
  reply: assumed => pageView('JobList', view('Job', listedJobFields, assumed), assumed),
}
