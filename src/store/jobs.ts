import type { Job, JobDetail, JobState } from '../domain/job.ts'
import type { Database } from './database.ts'
import { jobLists } from './job-lists.ts'
import { type GraphRow, type JobRow, toDetail, toRow } from './job-rows.ts'

/** Adds and changes single jobs, inside a write; `changed` is told each row. */
function jobChanges({ sql }: Database, changed: (accountId: number, seq: number) => void) {
  const insert = sql.prepare<Omit<JobRow, 'seq'>>(
    `INSERT INTO jobs (account_id, id, name, kind, state, last_run_state, last_run_at, created_at, updated_at, disabled, max_concurrent_runs)
     VALUES (@account_id, @id, @name, @kind, @state, @last_run_state, @last_run_at, @created_at, @updated_at, @disabled, @max_concurrent_runs)`,
  )
  const putGraph = sql.prepare<[number, string, string, string]>(
    'INSERT OR REPLACE INTO job_graphs (job_seq, description, nodes, condition) VALUES (?, ?, ?, ?)',
  )
  const update = sql
    .prepare<Omit<JobRow, 'seq' | 'created_at' | 'last_run_state' | 'last_run_at'>, number>(
      `UPDATE jobs SET name = @name, kind = @kind, state = @state, updated_at = @updated_at, disabled = @disabled,
         max_concurrent_runs = @max_concurrent_runs WHERE account_id = @account_id AND id = @id RETURNING seq`,
    )
    .pluck()
  const setExecution = sql
    .prepare<Pick<JobRow, 'account_id' | 'id' | 'state' | 'last_run_state' | 'last_run_at'>, number>(
      `UPDATE jobs SET state = @state, last_run_state = @last_run_state, last_run_at = @last_run_at
       WHERE account_id = @account_id AND id = @id
         AND (state, last_run_state, last_run_at) IS NOT (@state, @last_run_state, @last_run_at) RETURNING seq`,
    )
    .pluck()
  const graphOf = ({ description, nodes, condition }: JobDetail) =>
    [description, nodes, JSON.stringify(condition)] as const

  function insertJob(accountId: number, job: Job | JobDetail): void {
    const seq = Number(insert.run(toRow(accountId, job)).lastInsertRowid)
    if ('nodes' in job) putGraph.run(seq, ...graphOf(job))
    changed(accountId, seq)
  }

  /** Changes a job, except its newest execution and its creation date. */
  function change(accountId: number, job: JobDetail): void {
    const { created_at: _made, last_run_state: _state, last_run_at: _at, ...given } = toRow(accountId, job)
    const seq = update.get(given)
    if (seq === undefined) return
    putGraph.run(seq, ...graphOf(job))
    changed(accountId, seq)
  }

  function changeExecution(
    accountId: number,
    id: string,
    state: JobState,
    lastExecution: Job['lastExecution'] | undefined,
  ): void {
    const [last_run_state, last_run_at] = [lastExecution?.state ?? null, lastExecution?.at ?? null]
    const seq = setExecution.get({ account_id: accountId, id, state, last_run_state, last_run_at })
    if (seq !== undefined) changed(accountId, seq)
  }

  return { insertJob, change, changeExecution }
}

/** Jobs of all accounts. */
export function jobStore(database: Database) {
  const { sql, write } = database
  const byId = sql.prepare<[number, string], JobRow & GraphRow>(
    `SELECT jobs.*, description, nodes, condition FROM jobs LEFT JOIN job_graphs ON job_seq = seq
     WHERE account_id = ? AND id = ?`,
  )
  const setCreated = sql.prepare<[number, number, string]>(
    'UPDATE jobs SET created_at = ? WHERE account_id = ? AND id = ?',
  )
  const removeGraph = sql.prepare<[number, string]>(
    'DELETE FROM job_graphs WHERE job_seq = (SELECT seq FROM jobs WHERE account_id = ? AND id = ?)',
  )
  const remove = sql
    .prepare<[number, string], number>('DELETE FROM jobs WHERE account_id = ? AND id = ? RETURNING seq')
    .pluck()
  const named = sql
    .prepare<[number, string], string>("SELECT id FROM jobs WHERE account_id = ? AND name = ? AND state <> 'deleted'")
    .pluck()

  const lists = jobLists(database)
  const { insertJob, change, changeExecution } = jobChanges(database, lists.changed)

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
        setCreated.run(job.createdAt, accountId, job.id)
        change(accountId, job)
        changeExecution(accountId, job.id, job.state, job.lastExecution)
      }),
    /** Removes a job as if it never existed; its executions are the execution store's. */
    remove: (accountId: number, id: string) =>
      write(() => {
        removeGraph.run(accountId, id)
        const seq = remove.get(accountId, id)
        if (seq !== undefined) lists.changed(accountId, seq)
      }),
    /** Records the newest execution of a job, none where it is absent, and whether one is running. */
    setExecution: (accountId: number, id: string, state: JobState, lastExecution: Job['lastExecution'] | undefined) =>
      write(() => changeExecution(accountId, id, state, lastExecution)),
    /** Ids of the living jobs with exactly this name. */
    named: (accountId: number, name: string) => named.all(accountId, name),
    total: lists.total,
    totals: lists.totals,
    page: lists.page,
  }
}

export type JobStore = ReturnType<typeof jobStore>
