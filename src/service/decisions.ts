import type { FiringDecision } from '../domain/decision.ts'

export interface DecisionLog {
  info(facts: object, sentence: string): void
}

export interface DecisionFilter {
  readonly accountId: number
  readonly triggerId?: string | undefined
  /** The newest so many. */
  readonly limit: number
}

const usualCapacity = 1000
/** How many of one stretch of time go to the log one by one: a jump of a year makes hundreds of thousands. */
const loggedEach = 100

const sentences = { fired: 'trigger fired', skipped: 'trigger fired, but started nothing' } as const

/** Keeps the newest decisions about the firings of triggers, and writes them to the log. */
export function decisionHistory(log: DecisionLog, capacity = usualCapacity) {
  let kept: FiringDecision[] = []

  return {
    note(decisions: readonly FiringDecision[]): void {
      if (decisions.length === 0) return
      for (const { accountId: _account, outcome, ...facts } of decisions.slice(0, loggedEach)) {
        log.info({ outcome, ...facts }, sentences[outcome])
      }
      const more = decisions.length - loggedEach
      if (more > 0) log.info({ decisions: more }, 'more triggers fired; GET /__admin/triggers shows the last decisions')
      kept.push(...decisions.slice(-capacity))
      if (kept.length > 2 * capacity) kept = kept.slice(-capacity)
    },
    /** The newest decisions of an account, the newest first. */
    list: ({ accountId, triggerId, limit }: DecisionFilter): readonly FiringDecision[] =>
      kept
        .slice(-capacity)
        .filter(one => one.accountId === accountId && (triggerId === undefined || one.triggerId === triggerId))
        .reverse()
        .slice(0, limit),
    clear(accountId?: number): void {
      kept = accountId === undefined ? [] : kept.filter(one => one.accountId !== accountId)
    },
  }
}

export type DecisionHistory = ReturnType<typeof decisionHistory>
