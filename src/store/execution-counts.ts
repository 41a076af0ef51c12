import type { Database } from './database.ts'

/** How many executions a `job ID` or a `workflow ID` has. Changes are to be made inside a write. */
export function executionCounts({ sql }: Database) {
  const counted = sql
    .prepare<[number, string], number>('SELECT runs FROM run_counts WHERE account_id = ? AND holder = ?')
    .pluck()
  const add = sql.prepare<[number, string, number]>(
    `INSERT INTO run_counts (account_id, holder, runs) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET runs = runs + excluded.runs`,
  )
  const uncount = sql.prepare<{ accountId: number; jobId: string }>(
    `UPDATE run_counts SET runs = runs - lost
     FROM (SELECT 'workflow ' || workflow_id AS of_workflow, count(*) AS lost FROM runs
           WHERE account_id = @accountId AND job_id = @jobId AND workflow_id IS NOT NULL GROUP BY workflow_id) AS gone
     WHERE account_id = @accountId AND holder = gone.of_workflow`,
  )
  const remove = sql.prepare<[number, string]>('DELETE FROM run_counts WHERE account_id = ? AND holder = ?')
  return {
    of: (accountId: number, holder: string): number => counted.get(accountId, holder) ?? 0,
    add: (accountId: number, holder: string, more: number) => void add.run(accountId, holder, more),
    /** Subtracts the executions of a job, which are still there, from every count. */
    removeJob(accountId: number, jobId: string): void {
      uncount.run({ accountId, jobId })
      remove.run(accountId, `job ${jobId}`)
    },
  }
}

export type ExecutionCounts = ReturnType<typeof executionCounts>
