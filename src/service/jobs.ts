import type { Job, JobQuery } from '../domain/job.ts'
import type { Page, Paging } from '../domain/page.ts'
import { refuse } from '../domain/refusal.ts'
import type { JobStore } from '../store/jobs.ts'

/** Refuses a page behind the last one where the query says so; page 0 is never behind. */
function refuseBeyond({ page, size, beyond }: Paging, total: number): void {
  if (beyond === 'refuse' && page > 0 && page * size >= total) {
    refuse('badParameter', `page: there is no page ${page} of ${total} elements`)
  }
}

/** What the operations on jobs mean. */
export const jobService = ({ jobs }: { readonly jobs: JobStore }) => ({
  /** The page of the account's jobs that the query asks for. */
  list(accountId: number, query: JobQuery): Page<Job> {
    const found = jobs.page(accountId, query)
    refuseBeyond(query, found.total)
    return found
  },
})

export type JobService = ReturnType<typeof jobService>
