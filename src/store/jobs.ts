import type { Job, JobDetail, JobState } from '../domain/job.ts'
import type { RunState } from '../domain/run.ts'
import type { Database } from './database.ts'
import { jobLists } from './job-lists.ts'
import { type GraphRow, type JobRow, toDetail, toRow } from './job-rows.ts'

/** Jobs of all accounts. */
export function jobStore(database: Database) {
  const { sql, write } = database
  const insert = sql.prepare<Omit<JobRow, 'seq'>>(
    `INSERT INTO jobs (account_id, id, name, kind, state, last_run_state, last_run_at, created_at, updated_at, disabled, max_concurrent_runs)
     VALUES (@account_id, @id, @name, @kind, @state, @last_run_state, @last_run_at, @created_at, @updated_at, @disabled, @max_concurrent_runs)`,
  )
  const byId = sql.prepare<[number, string], JobRow & GraphRow>(
    `SELECT jobs.*, description, nodes, condition FROM jobs LEFT JOIN job_graphs ON job_seq = seq
     WHERE account_id = ? AND id = ?`,
  )
  const putGraph = sql.prepare<[number, string, string, string]>(
    'INSERT OR REPLACE INTO job_graphs (job_seq, description, nodes, condition) VALUES (?, ?, ?, ?)',
  )
  const update = sql.prepare<Omit<JobRow, 'seq' | 'created_at' | 'last_run_state' | 'last_run_at'>>(
    `UPDATE jobs SET name = @name, kind = @kind, state = @state, updated_at = @updated_at, disabled = @disabled,
       max_concurrent_runs = @max_concurrent_runs WHERE account_id = @account_id AND id = @id`,
  )
  const setRun = sql.prepare<[JobState, RunState | null, number | null, number, string]>(
    'UPDATE jobs SET state = ?, last_run_state = ?, last_run_at = ? WHERE account_id = ? AND id = ?',
  )
  const setCreated = sql.prepare<[number, number, string]>(
    'UPDATE jobs SET created_at = ? WHERE account_id = ? AND id = ?',
  )
  const removeGraph = sql.prepare<[number, string]>(
    'DELETE FROM job_graphs WHERE job_seq = (SELECT seq FROM jobs WHERE account_id = ? AND id = ?)',
  )
  const remove = sql.prepare<[number, string]>('DELETE FROM jobs WHERE account_id = ? AND id = ?')
  const named = sql
    .prepare<[number, string], string>("SELECT id FROM jobs WHERE account_id = ? AND name = ? AND state <> 'deleted'")
    .pluck()

  function insertJob(accountId: number, job: Job | JobDetail): void {
    const { lastInsertRowid } = insert.run(toRow(accountId, job))
    if ('nodes' in job) putGraph.run(Number(lastInsertRowid), job.description, job.nodes, JSON.stringify(job.condition))
  }

  /** Changes a job, except its newest run and its creation date. */
  function change(accountId: number, job: JobDetail): void {
    const { created_at: _made, last_run_state: _state, last_run_at: _at, ...changed } = toRow(accountId, job)
    update.run(changed)
    const seq = byId.get(accountId, job.id)?.seq
    if (seq !== undefined) putGraph.run(seq, job.description, job.nodes, JSON.stringify(job.condition))
  }

  return {
    addAll: (accountId: number, jobs: Iterable<Job | JobDetail>) =>
      write(() => {
        for (const job of jobs) insertJob(accountId, job)
      }),
    /** A job in any state, `deleted` included. */
    find(accountId: number, id: string): JobDetail | undefined {
      const row = byId.get(accountId, id)
      return row && toDetail(row)
    },
    update: (accountId: number, job: JobDetail) => write(() => change(accountId, job)),
    /** Replaces the job with this id, or adds it. */
    put: (accountId: number, job: JobDetail) =>
      write(() => {
        if (!byId.get(accountId, job.id)) return insertJob(accountId, job)
        change(accountId, job)
        setCreated.run(job.createdAt, accountId, job.id)
        setRun.run(job.state, job.lastRun?.state ?? null, job.lastRun?.at ?? null, accountId, job.id)
      }),
    /** Removes a job as if it never existed; its runs are the run store's. */
    remove: (accountId: number, id: string) =>
      write(() => {
        removeGraph.run(accountId, id)
        remove.run(accountId, id)
      }),
    /** Records the newest run of a job, none where it is absent, and whether one is running. */
    setRun: (accountId: number, id: string, state: JobState, lastRun: Job['lastRun'] | undefined) =>
      write(() => void setRun.run(state, lastRun?.state ?? null, lastRun?.at ?? null, accountId, id)),
    /** Ids of the living jobs with exactly this name. */
    named: (accountId: number, name: string) => named.all(accountId, name),
    ...jobLists(database),
  }
}

export type JobStore = ReturnType<typeof jobStore>
