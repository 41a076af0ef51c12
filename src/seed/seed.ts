import type { Assumed } from '../api/assumptions.ts'
import type { EditionTable } from '../api/edition.ts'
import type { Credential } from '../domain/account.ts'
import type { Execution, PlannedFate } from '../domain/execution.ts'
import type { Job, JobDetail } from '../domain/job.ts'
import type { Trigger } from '../domain/trigger.ts'
import type { Workflow } from '../domain/workflow.ts'
import type { Entropy } from '../entropy.ts'
import type { AccountStore } from '../store/accounts.ts'
import type { JobStore } from '../store/jobs.ts'
import type { RunStore } from '../store/runs.ts'
import type { TriggerStore } from '../store/triggers.ts'
import type { WorkflowStore } from '../store/workflows.ts'

export interface SeedTimes {
  /** Dates what a fixture leaves undated, in epoch milliseconds. */
  readonly now: number
  readonly from: number
  /** How long executions wait and run where nothing is said, in milliseconds. */
  readonly waitingMs: number
  readonly runningMs: number
  readonly chance: Entropy
  readonly edition: EditionTable
  readonly assumed: Assumed
}

export interface SeedExecution extends Execution {
  /** It has ended, even where the simulation clock starts before its end: as after the clock was set back. */
  readonly hasEnded?: true
}

/** A job with its history, oldest execution first, and what becomes of its coming runs. */
export interface SeedJob {
  readonly job: Job | JobDetail
  readonly executions: readonly SeedExecution[]
  readonly nextRuns: readonly PlannedFate[]
}

/** What an account starts with; read in the order triggers, jobs, workflows. */
export interface SeedAccount {
  readonly name: string
  readonly credentials: readonly Credential[]
  readonly triggers: readonly Trigger[]
  readonly jobs: Iterable<SeedJob>
  readonly workflows: Iterable<Workflow>
}

export interface SeedStores {
  readonly accounts: AccountStore
  readonly jobs: JobStore
  readonly runs: RunStore
  readonly triggers: TriggerStore
  readonly workflows: WorkflowStore
}

/** Writes seed data; `now` is the moment at which it is looked at. To be called inside a write. */
export function seedAccounts(stores: SeedStores, seed: readonly SeedAccount[], now: number): void {
  const { accounts, jobs, runs, triggers, workflows } = stores

  function seedJob(accountId: number, { job, executions, nextRuns }: SeedJob, counts: Map<string, number>): void {
    jobs.addAll(accountId, [job])
    for (const { id, origin, hasEnded, ...run } of executions) {
      const { jobId, workflowId } = origin
      const firedAt = workflowId === undefined ? undefined : run.queuedAt
      const made = { jobId, workflowId, firedAt, originSeq: runs.origin(accountId, origin) }
      runs.insert(accountId, id, run, made, hasEnded ? Math.max(now, run.endsAt) : now)
      if (workflowId) counts.set(workflowId, (counts.get(workflowId) ?? 0) + 1)
    }
    if (executions.length > 0) runs.count(accountId, `job ${job.id}`, executions.length)
    if (nextRuns.length > 0) runs.plan(accountId, job.id, nextRuns)
  }

  for (const account of seed) {
    const id = accounts.open(account.name)
    for (const credential of account.credentials) accounts.addCredential(account.name, credential)
    for (const trigger of account.triggers) triggers.add(id, trigger)
    const counts = new Map<string, number>()
    for (const job of account.jobs) seedJob(id, job, counts)
    for (const workflow of account.workflows) workflows.add(id, workflow)
    for (const [workflowId, made] of counts) runs.count(id, `workflow ${workflowId}`, made)
  }
}
