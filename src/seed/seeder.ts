import type { Assumed } from '../api/assumptions.ts'
import type { EditionTable } from '../api/edition.ts'
import type { Entropy } from '../entropy.ts'
import type { Log } from '../log.ts'
import { warnOfContradictions } from './check.ts'
import { rejectFixture } from './complaint.ts'
import type { Fixture } from './fixture-schema.ts'
import { isBundled, readAccount, readFixtures } from './fixtures.ts'
import { type SeedAccount, type SeedStores, type SeedTimes, seedAccounts } from './seed.ts'

export interface SeederDeps {
  readonly stores: SeedStores
  readonly options: {
    /** What a start is seeded with: a path, the name of a bundled scenario, or content. */
    readonly fixtures: string | Fixture
    /** How many jobs the generator adds. */
    readonly generate: number
    /** Milliseconds that an execution waits and runs when the fixture does not say. */
    readonly waitingTime: number
    readonly runTime: number
  }
  /** Reports how many of the generated jobs are done. */
  readonly progress?: ((done: number, of: number) => void) | undefined
  readonly chance: Entropy
  readonly edition: EditionTable
  readonly assumed: Assumed
  /** Data that contradicts itself is warned of. */
  readonly log: Log
}

/** From so many jobs on, building indexes afterwards costs less than it saves. */
const many = 2000

/** Reads fixtures, runs the generator and writes what they give. */
export function createSeeder(deps: SeederDeps) {
  const { stores, edition, assumed, progress, chance, log } = deps
  const { fixtures, generate, waitingTime, runTime } = deps.options

  /** Dates that a fixture leaves out, and executions under way, refer to `now`. */
  const timesAt = (now: number): SeedTimes => ({
    now,
    from: now,
    waitingMs: waitingTime,
    runningMs: runTime,
    chance: chance.fork('fixtures'),
    edition,
    assumed,
  })

  return {
    /** Reads the data of a start; `fill` writes it, inside a write. Throws a FixtureError. */
    async readAll(now: number) {
      const accounts: SeedAccount[] = [...(await readFixtures(fixtures, timesAt(now)))]
      if (!isBundled(fixtures)) warnOfContradictions(accounts, { now, atOnce: edition.concurrency }, log)
      if (generate > 0) {
        const { generated } = await import('./generate.ts')
        accounts.push(generated(generate, { chance: chance.fork('generate'), now, from: now, progress }))
      }
      return { isLarge: generate >= many, fill: () => seedAccounts(stores, accounts, now) }
    },
    /**
     * Reads the data of one account for a request; the result writes it under the account's name, inside a write.
     * What is wrong with the fixture is thrown as an invalid parameter of that request, by either.
     */
    async readAccount(given: string | object): Promise<(name: string, now: number) => void> {
      const seed = await readAccount(given as string | Fixture, fixtures).catch(rejectFixture)
      return (name, now) => {
        try {
          const content = seed(timesAt(now))
          if (content) seedAccounts(stores, [{ ...content, name }], now)
        } catch (error) {
          rejectFixture(error)
        }
      }
    },
  }
}
