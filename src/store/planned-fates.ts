import type { PlannedFate } from '../domain/execution.ts'
import type { ExecutionEnd } from '../domain/lifetime.ts'
import type { Database } from './database.ts'

/** How the coming executions of jobs are to go. */
export function plannedFates({ sql, write }: Database) {
  const next = sql.prepare<[number, string], PlannedFate>(
    `DELETE FROM planned_fates WHERE seq = (SELECT min(seq) FROM planned_fates WHERE account_id = ? AND job_id = ?)
     RETURNING outcome AS end, waiting_ms AS waitingMs, running_ms AS runningMs`,
  )
  const planned = sql.prepare<[number, string], PlannedFate>(
    `SELECT outcome AS end, waiting_ms AS waitingMs, running_ms AS runningMs FROM planned_fates
     WHERE account_id = ? AND job_id = ? ORDER BY seq`,
  )
  const remove = sql.prepare<[number, string]>('DELETE FROM planned_fates WHERE account_id = ? AND job_id = ?')
  const add = sql.prepare<[number, string, ExecutionEnd, number, number]>(
    'INSERT INTO planned_fates (account_id, job_id, outcome, waiting_ms, running_ms) VALUES (?, ?, ?, ?, ?)',
  )
  return {
    /** Takes the fate that was planned for the next execution of a job, if any. */
    takePlanned: (accountId: number, jobId: string) => next.get(accountId, jobId),
    planned: (accountId: number, jobId: string) => planned.all(accountId, jobId),
    plan: (accountId: number, jobId: string, fates: readonly PlannedFate[]) =>
      write(() => {
        remove.run(accountId, jobId)
        for (const { end, waitingMs, runningMs } of fates) add.run(accountId, jobId, end, waitingMs, runningMs)
      }),
  }
}
