import { type TriggerEndpointDeps, triggersEndpoint } from '../admin/triggers.ts'
import type { SkipReason } from '../domain/decision.ts'
import { asRangeErrors } from './range-errors.ts'

/** A trigger, what it starts and when. Times are epoch milliseconds of the simulation clock. */
export interface TriggerState {
  readonly triggerId: string
  readonly name: string
  readonly type: 'SCHEDULED' | 'EVENT' | 'NONE'
  /** As in the API. */
  readonly triggerRule: Readonly<Record<string, unknown>>
  /** ISO 8601 in Korean time. */
  readonly updatedDate: string
  /** The workflows that use it; a trigger without workflows starts nothing. */
  readonly workflows: readonly {
    readonly workflowId: string
    readonly name: string
    readonly nextFiring: number | null
  }[]
  readonly nextFirings: readonly number[]
}

/** The result of a firing for one job, or for a whole workflow. */
export interface TriggerDecision {
  /** When it was decided, in epoch milliseconds of the simulation clock. */
  readonly at: number
  /** When the trigger fired: earlier than `at` for a job that waited for preceding jobs. */
  readonly firedAt: number
  readonly triggerId: string
  readonly triggerName: string
  readonly workflowId: string
  readonly workflowName: string
  /** Absent if the decision is about the whole workflow. */
  readonly jobId?: string
  readonly jobName?: string
  /** The execution that was started. */
  readonly jobExecutionId?: string
  readonly outcome: 'fired' | 'skipped'
  readonly reason?: SkipReason
  /** The reason in words. */
  readonly detail?: string
}

/** The account of the triggers; default: `default`. */
export interface TriggerQuery {
  readonly account?: string | undefined
  readonly triggerId?: string | undefined
}

/** When triggers fire next, and why one did not start an execution. An unknown account throws a RangeError. */
export interface EmulatorTriggers {
  /** The triggers, newest first, each with its next `firings` times (default 5, at most 100). */
  list(query?: TriggerQuery & { readonly firings?: number | undefined }): readonly TriggerState[]
  /** The results of the last firings, newest first (`limit`: default 20, at most 1000). */
  decisions(query?: TriggerQuery & { readonly limit?: number | undefined }): readonly TriggerDecision[]
}

export function emulatorTriggers(deps: TriggerEndpointDeps): EmulatorTriggers {
  const { ask } = triggersEndpoint(deps)

  function asked(query: object) {
    const given = Object.entries(query).filter(([, value]) => value !== undefined)
    const text = Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
    const reply: unknown = asRangeErrors(() => ask({ params: {}, query: text }))
    return reply as {
      readonly triggers: readonly TriggerState[]
      readonly decisions: readonly TriggerDecision[]
    }
  }

  return {
    list: (query = {}) => asked({ ...query, decisions: 0 }).triggers,
    decisions: ({ limit, ...query } = {}) => asked({ ...query, decisions: limit, firings: 0 }).decisions,
  }
}
