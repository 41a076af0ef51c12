import { executionStatusWord, meaningOf } from '../api/vocabulary.ts'
import type { PlannedFate } from '../domain/execution.ts'
import type { Lifetime } from '../domain/lifetime.ts'
import { newId } from '../entropy.ts'
import { parseMoment } from '../time/korean-time.ts'
import type { Assembly } from './assembly.ts'
import type { FixtureExecution, FixtureJob, FixtureOutcome } from './fixture-schema.ts'
import type { Gathered } from './gather.ts'
import { type Placed, within } from './placed.ts'
import type { SeedTimes } from './seed.ts'

export interface PlacedExecution {
  readonly placed: Placed<FixtureExecution>
  readonly execution: Lifetime
}

const endOf = (word: NonNullable<FixtureOutcome['status']>) => meaningOf(executionEndWord, word)
const { completed, failed, canceled } = executionStatusWord
const executionEndWord = { completed, failed, canceled } as const

export const isUnderWay = ({ status }: FixtureExecution): boolean =>
  status === executionStatusWord.ready || status === executionStatusWord.running

export const fateOf = (
  { status = completed, waitingMs, runningMs }: FixtureOutcome,
  times: Pick<SeedTimes, 'waitingMs' | 'runningMs'>,
): PlannedFate => ({
  end: endOf(status),
  waitingMs: waitingMs ?? times.waitingMs,
  runningMs: runningMs ?? times.runningMs,
})

function datesIn({ complaints }: Assembly, placed: Placed<FixtureExecution>, queuedAt: number) {
  const { given } = placed

  function dateAfter(key: 'startDate' | 'endDate', otherwise: number, earliest: number, what: string): number {
    const found = complaints.time(within(placed, key), given[key], otherwise)
    if (found < earliest) complaints.add(within(placed, key), `expected a date that is not before ${what}`)
    return found
  }

  return {
    start: (otherwise: number) => dateAfter('startDate', otherwise, queuedAt, 'createdDate'),
    end: (otherwise: number, earliest: number, what: string) => dateAfter('endDate', otherwise, earliest, what),
    mustNotHave(...keys: readonly ('startDate' | 'endDate' | 'outcome')[]): void {
      for (const key of keys) {
        if (given[key] !== undefined) {
          complaints.add(within(placed, key), `expected nothing in an execution that is ${given.status}`)
        }
      }
    },
  }
}

/** The times of an execution. One under way goes on from the time of seeding. */
function toLifetime(assembly: Assembly, placed: Placed<FixtureExecution>): Lifetime {
  const { from, waitingMs, runningMs } = assembly.times
  const { status, createdDate, startDate, endDate, outcome = {} } = placed.given
  const queuedAt = assembly.complaints.time(within(placed, 'createdDate'), createdDate, from)
  const fate = fateOf(outcome, assembly.times)
  const { start, end, mustNotHave } = datesIn(assembly, placed, queuedAt)

  switch (status) {
    case 'READY': {
      mustNotHave('startDate', 'endDate')
      const startsAt = Math.max(queuedAt, from) + Math.max(1, fate.waitingMs)
      return { queuedAt, startsAt, endsAt: startsAt + fate.runningMs, end: fate.end }
    }
    case 'RUNNING': {
      mustNotHave('endDate')
      const startsAt = start(Math.min(queuedAt + waitingMs, Math.max(queuedAt, from)))
      return { queuedAt, startsAt, endsAt: Math.max(startsAt, from) + Math.max(1, fate.runningMs), end: fate.end }
    }
    default: {
      mustNotHave('outcome')
      if (status === 'CANCELED' && startDate === undefined) {
        const endsAt = end(queuedAt + waitingMs, queuedAt, 'createdDate')
        return { queuedAt, startsAt: endsAt + 1, endsAt, end: 'canceled' }
      }
      const latest = endDate === undefined ? Number.POSITIVE_INFINITY : parseMoment(endDate)
      const startsAt = start(Math.max(queuedAt, Math.min(queuedAt + waitingMs, latest ?? queuedAt)))
      return { queuedAt, startsAt, endsAt: end(startsAt + runningMs, startsAt, 'the start'), end: endOf(status) }
    }
  }
}

/** The executions of a job, oldest first; those with equal dates in the order of the file. */
export function executionsOf(
  assembly: Assembly,
  account: Gathered,
  job: Placed<FixtureJob>,
): readonly PlacedExecution[] {
  const executions = (job.given.executions ?? []).map((given, index) => {
    const id = given.jobExecutionId ?? newId(assembly.times.chance.fork(`${account.name}/execution/${job.id}/${index}`))
    const placed = { given, id, ...within(job, 'executions', index) }
    account.unique.jobExecutionId(id, within(placed, 'jobExecutionId'))
    return { placed, execution: toLifetime(assembly, placed) }
  })
  return executions.sort((a, b) => a.execution.queuedAt - b.execution.queuedAt)
}
