import type { Job } from '../../../domain/job.ts'
import { formatKorean } from '../../../time/korean-date.ts'
import type { Assumed } from '../../assumptions.ts'
import { pageView } from '../../paging.ts'
import type { Fields } from '../../view.ts'
import { seoulDate } from '../../vocabulary.ts'
import * as before from '../2023-10/jobs.ts'

/** Dates carry seconds and the offset of Korea. */
export const listedJobFields: Fields<Job> = {
  ...before.listedJobFields,
  createdDate: before.createdDate(seoulDate, formatKorean),
  updatedDate: before.updatedDate(seoulDate, formatKorean),
  lastExecutionDate: before.lastExecutionDate(seoulDate, formatKorean),
}

export const getJobs = {
  ...before.getJobs,
  reply: (assumed: Assumed) => pageView('JobList', before.listedJobView(listedJobFields, assumed), assumed),
}
