import type { Job } from '../../../domain/job.ts'
import { Type } from '../../../schema/json-schema.ts'
import type { Assumed } from '../../assumptions.ts'
import { limitFrom, pageView } from '../../paging.ts'
import { type Fields, fieldOf, withFieldsAfter } from '../../view.ts'
import { jobKindWord, oneOf } from '../../vocabulary.ts'
import { listedJobView, listJobs as listJobsBefore, unaskedStates } from '../2023-10/jobs.ts'
import * as before from '../2025-03/jobs.ts'

const field = fieldOf<Job>()

/** Two kinds of job, one status, and a limit on executions at the same time. */
export const listedJobFields: Fields<Job> = withFieldsAfter(
  'status',
  {
    ...before.listedJobFields,
    type: field(
      oneOf(jobKindWord),
      job => jobKindWord[job.kind],
      'Drawn from nodes in the editor, or a script of your own.',
    ),
    status: field(Type.Enum(['READY'], { type: 'string' }), () => 'READY' as const, 'The job may be executed.'),
  },
  {
    maxConcurrentRuns: field(
      Type.Integer({ minimum: 1 }),
      job => job.maxConcurrentRuns,
      'How many executions of the job may be under way at the same time.',
    ),
  },
)

/** The status filter is gone: every word is as unknown as any other parameter. */
const { status: _gone, ...kept } = listJobsBefore
const listJobs = { ...kept, limit: limitFrom(1) }

export const getJobs = {
  ...before.getJobs,
  query: listJobs,
  also: (assumed: Assumed) => ({ states: unaskedStates(assumed) }),
  reply: (assumed: Assumed) => pageView('JobList', listedJobView(listedJobFields, assumed), assumed),
}
