import type { Page, Paging } from '../domain/page.ts'
import { report } from '../domain/problem.ts'

/** Refuses a page behind the last one where the query says so; page 0 is never behind. */
export function withinPages<T>({ page, size, beyond }: Paging, found: Page<T>): Page<T> {
  if (beyond === 'refuse' && page > 0 && page * size >= found.total) {
    report({ problem: 'pageOutOfRange', page, total: found.total })
  }
  return found
}
