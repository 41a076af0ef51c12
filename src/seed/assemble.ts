import { bodyParts } from '../api/body-parts.ts'
import type { Assembly } from './assembly.ts'
import { FixtureError } from './complaint.ts'
import { complaintList } from './complaints.ts'
import { type Gathered, gather, type Source } from './gather.ts'
import { assembleJob } from './jobs.ts'
import { finder, named } from './references.ts'
import type { SeedAccount, SeedJob, SeedTimes } from './seed.ts'
import { assembleTriggers } from './triggers.ts'
import { assembleWorkflow } from './workflows.ts'

function lastExecutionsOf(jobs: readonly SeedJob[]): ReadonlyMap<string, number> {
  const lastExecutions = new Map<string, number>()
  for (const { origin, queuedAt } of jobs.flatMap(({ executions }) => executions)) {
    const { workflowId } = origin
    if (workflowId) lastExecutions.set(workflowId, Math.max(queuedAt, lastExecutions.get(workflowId) ?? queuedAt))
  }
  return lastExecutions
}

function assembleAccount(assembly: Assembly, account: Gathered): SeedAccount {
  const { triggers, find } = assembleTriggers(assembly, account.triggers)
  const references = { trigger: find, workflow: finder(account.workflows.map(named)) }
  const jobs = account.jobs.map(job => assembleJob(assembly, account, job, references))
  const lastExecutions = lastExecutionsOf(jobs)
  const nodeReferences = { trigger: find, job: finder(account.jobs.map(named)) }
  const workflows = account.workflows.map(workflow =>
    assembleWorkflow(assembly, workflow, nodeReferences, lastExecutions.get(workflow.id)),
  )
  return { name: account.name, credentials: account.credentials, triggers, jobs, workflows }
}

/** Turns checked sources into seed data; throws a FixtureError with everything that contradicts itself. */
export function assemble(sources: readonly Source[], times: SeedTimes): SeedAccount[] {
  const complaints = complaintList()
  const assembly: Assembly = { times, complaints, api: bodyParts(times.edition, times.assumed) }
  const accounts = gather(sources, assembly).map(account => assembleAccount(assembly, account))
  if (complaints.list.length > 0) throw new FixtureError(complaints.list)
  return accounts
}
