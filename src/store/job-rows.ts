import type { Job, JobDetail, JobKind, JobState } from '../domain/job.ts'
import { type JobCondition, usualCondition } from '../domain/job-condition.ts'
import type { ExecutionState } from '../domain/lifetime.ts'

export interface JobRow {
  seq: number
  account_id: number
  id: string
  name: string
  kind: JobKind
  state: JobState
  last_run_state: ExecutionState | null
  last_run_at: number | null
  created_at: number
  updated_at: number
  disabled: number
  max_concurrent_runs: number
}

export const toJob = (row: JobRow): Job => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  state: row.state,
  ...(row.last_run_state !== null && row.last_run_at !== null
    ? { lastExecution: { state: row.last_run_state, at: row.last_run_at } }
    : {}),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  disabled: row.disabled === 1,
  maxConcurrentRuns: row.max_concurrent_runs,
})

export const toRow = (accountId: number, job: Job): Omit<JobRow, 'seq'> => ({
  account_id: accountId,
  id: job.id,
  name: job.name,
  kind: job.kind,
  state: job.state,
  last_run_state: job.lastExecution?.state ?? null,
  last_run_at: job.lastExecution?.at ?? null,
  created_at: job.createdAt,
  updated_at: job.updatedAt,
  disabled: Number(job.disabled),
  max_concurrent_runs: job.maxConcurrentRuns,
})

export interface GraphRow {
  description: string | null
  nodes: string | null
  condition: string | null
}

/** A job without a graph of its own has an empty one and the settings of a new job. */
export const toDetail = (row: JobRow & GraphRow): JobDetail => ({
  ...toJob(row),
  description: row.description ?? '',
  nodes: row.nodes ?? '[]',
  condition: row.condition === null ? usualCondition : (JSON.parse(row.condition) as JobCondition),
})
