import type { Job } from '../../../domain/job.ts'
import type { Operation } from '../../operation.ts'
import { pageView } from '../../paging.ts'
import { type Fields, fieldOf, view } from '../../view.ts'
import { inSeoul, seoulDate } from '../../vocabulary.ts'
import * as before from '../2023-10/jobs.ts'

const field = fieldOf<Job>()

/** Dates carry seconds and the offset of Korea. */
export const listedJobFields: Fields<Job> = {
  ...before.listedJobFields,
  createdDate: field(seoulDate, job => inSeoul(job.createdAt)),
  updatedDate: field(seoulDate, job => inSeoul(job.updatedAt)),
  lastExecutionDate: before.lastExecutionDate(seoulDate, inSeoul),
}

export const getJobs: Operation<'getJobs'> = {
  ...before.getJobs,
  reply: assumed => pageView('JobList', view('Job', listedJobFields, assumed), assumed),
}
