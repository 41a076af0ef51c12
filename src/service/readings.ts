import type { ExecutionOrigin } from '../domain/execution.ts'
import { plan } from '../domain/firing.ts'
import { conditionOf, type JobDetail } from '../domain/job.ts'
import type { JobCondition } from '../domain/job-condition.ts'
import type { WiredTrigger } from '../domain/timeline.ts'
import type { Trigger } from '../domain/trigger.ts'
import type { ExecutionStore } from '../store/executions.ts'
import type { JobStore } from '../store/jobs.ts'
import type { TriggerStore } from '../store/triggers.ts'
import type { StoredWorkflow, WorkflowStore } from '../store/workflows.ts'
import { checkNodes } from './scheduling.ts'

export interface Wired extends WiredTrigger {
  readonly workflow: StoredWorkflow
  readonly triggerId: string
  /** Absent where it was deleted after it had fired. */
  readonly trigger: Trigger | undefined
}

export interface ReadingsDeps {
  readonly jobs: JobStore
  readonly executions: ExecutionStore
  readonly triggers: TriggerStore
  readonly workflows: WorkflowStore
}

/** Finds a thing once and remembers it. */
function remembering<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return key => {
    if (!known.has(key)) known.set(key, find(key))
    return known.get(key) as Value
  }
}

/** What playing through time reads of the data, each thing once: to be made anew when somebody else has written. */
export function readings({ jobs, executions, triggers, workflows }: ReadingsDeps) {
  const jobAt = remembering((key: string) => {
    const [accountId = '', jobId = ''] = key.split(' ')
    return jobs.find(Number(accountId), jobId)
  })

  const wires = new Map<string, Wired>()
  function wired(workflow: StoredWorkflow, triggerId: string): Wired {
    const key = `${workflow.accountId}/${workflow.id}/${triggerId}`
    const known = wires.get(key)
    if (known) return known
    const trigger = triggers.find(workflow.accountId, triggerId)
    const steps = plan(workflow.nodes, triggerId)
    const made: Wired = { key, rule: { every: 'never' }, steps, workflow, triggerId, trigger }
    wires.set(key, made)
    return made
  }

  const origins = new Map<string, { readonly seq: number; readonly condition: JobCondition }>()
  /** Why a firing makes executions of a job, by the row number that they share, and the settings that they have. */
  function originOf({ workflow, triggerId, trigger, key }: Wired, job: JobDetail) {
    const known = origins.get(`${key} ${job.id}`)
    if (known) return known
    const node = workflow.nodes.find(({ id, kind }) => id === job.id && kind === 'job')
    const condition = conditionOf(job.kind, job.condition, node?.condition)
    const origin: ExecutionOrigin = {
      jobId: job.id,
      jobName: job.name,
      kind: 'workflow',
      workflowId: workflow.id,
      triggerId,
      triggerName: trigger?.name,
      condition,
      parameters: {},
    }
    const made = { seq: executions.origin(workflow.accountId, origin), condition }
    origins.set(`${key} ${job.id}`, made)
    return made
  }

  return {
    jobOf: (accountId: number, jobId: string) => jobAt(`${accountId} ${jobId}`),
    workflowAt: remembering(workflows.at),
    checked: remembering((workflow: StoredWorkflow) => checkNodes({ jobs, triggers }, workflow)),
    wired,
    originOf,
  }
}

export type Readings = ReturnType<typeof readings>
