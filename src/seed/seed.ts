import type { Assumed } from '../api/assumptions.ts'
import type { EditionTable } from '../api/edition.ts'
import type { Credential } from '../domain/account.ts'
import type { Execution, PlannedFate } from '../domain/execution.ts'
import type { Job, JobDetail } from '../domain/job.ts'
import type { Trigger } from '../domain/trigger.ts'
import type { Workflow } from '../domain/workflow.ts'
import type { Entropy } from '../entropy.ts'
import type { AccountStore } from '../store/accounts.ts'
import type { ExecutionStore } from '../store/executions.ts'
import type { JobStore } from '../store/jobs.ts'
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

/** A job with its history, oldest execution first, and what becomes of its coming executions. */
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
  readonly executions: ExecutionStore
  readonly triggers: TriggerStore
  readonly workflows: WorkflowStore
}

/** Writes seed data; `now` is the moment at which it is looked at. To be called inside a write. */
export function seedAccounts(stores: SeedStores, seed: readonly SeedAccount[], now: number): void {
  const { accounts, jobs, executions, triggers, workflows } = stores

  function seedJob(accountId: number, { job, executions: past, nextRuns }: SeedJob, counts: Map<string, number>): void {
    jobs.addAll(accountId, [job])
    for (const { id, origin, hasEnded, ...execution } of past) {
      const { jobId, workflowId } = origin
      const firedAt = workflowId === undefined ? undefined : execution.queuedAt
      const made = { jobId, workflowId, firedAt, originSeq: executions.origin(accountId, origin) }
      executions.insert(accountId, id, execution, made, hasEnded ? Math.max(now, execution.endsAt) : now)
      if (workflowId) counts.set(workflowId, (counts.get(workflowId) ?? 0) + 1)
    }
    if (past.length > 0) executions.count(accountId, `job ${job.id}`, past.length)
    if (nextRuns.length > 0) executions.plan(accountId, job.id, nextRuns)
  }

  for (const account of seed) {
    const id = accounts.open(account.name)
    for (const credential of account.credentials) accounts.addCredential(account.name, credential)
    for (const trigger of account.triggers) triggers.add(id, trigger)
    const counts = new Map<string, number>()
    for (const job of account.jobs) seedJob(id, job, counts)
    for (const workflow of account.workflows) workflows.add(id, workflow)
    for (const [workflowId, made] of counts) executions.count(id, `workflow ${workflowId}`, made)
  }
}
