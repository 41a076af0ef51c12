import { type TriggerEndpointDeps, triggersEndpoint } from '../admin/triggers.ts'
import type { SkipReason } from '../domain/decision.ts'
import { asRangeErrors } from './range-errors.ts'

/** A trigger with what it starts and when. Times are epoch milliseconds of the simulation. */
export interface TriggerState {
  readonly triggerId: string
  readonly name: string
  readonly type: 'SCHEDULED' | 'EVENT' | 'NONE'
  /** As in the API. */
  readonly triggerRule: Readonly<Record<string, unknown>>
  /** ISO 8601 in Korean time. */
  readonly updatedDate: string
  /** The workflows that use it; one that none uses starts nothing. */
  readonly workflows: readonly {
    readonly workflowId: string
    readonly name: string
    readonly nextFiring: number | null
  }[]
  readonly nextFirings: readonly number[]
}

/** What came of a firing of a trigger for one job, or for a whole workflow. */
export interface TriggerDecision {
  /** When it was decided, in epoch milliseconds of the simulation. */
  readonly at: number
  /** When the trigger fired: earlier than `at` for a job that waited for the ones before it. */
  readonly firedAt: number
  readonly triggerId: string
  readonly triggerName: string
  readonly workflowId: string
  readonly workflowName: string
  /** Left out where it concerns the whole workflow. */
  readonly jobId?: string
  readonly jobName?: string
  /** The execution that was started. */
  readonly jobExecutionId?: string
  readonly outcome: 'fired' | 'skipped'
  readonly reason?: SkipReason
  /** The reason in a sentence. */
  readonly detail?: string
}

/** Whose triggers: all of the account "default" unless this names another. */
export interface TriggerQuery {
  readonly account?: string | undefined
  readonly triggerId?: string | undefined
}

/** When triggers fire next, and why they did not start what was expected. An unknown account throws a RangeError. */
export interface EmulatorTriggers {
  /** The triggers, the newest first, each with its next `firings` times (5 unless it says otherwise, at most 100). */
  list(query?: TriggerQuery & { readonly firings?: number | undefined }): readonly TriggerState[]
  /** What came of the last firings, the newest first: 20 unless `limit` says otherwise, at most 1000. */
  decisions(query?: TriggerQuery & { readonly limit?: number | undefined }): readonly TriggerDecision[]
}

/** The triggers as a test suite looks at them. */
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
