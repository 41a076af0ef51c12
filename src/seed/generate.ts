import type { Faker } from '@faker-js/faker'
import { faker as shared } from '@faker-js/faker/locale/en'
import type { Job, JobState } from '../domain/job.ts'
import type { RunState } from '../domain/run.ts'
import { type Entropy, newId } from '../entropy.ts'

/** The newest moment of generated data unless the simulation clock is set: midnight of 2026-01-01 in Korea. */
const epoch = Date.UTC(2025, 11, 31, 15)

const day = 24 * 60 * 60 * 1000

export interface Generation {
  readonly chance: Entropy
  /** The newest moment that may occur, in epoch milliseconds. */
  readonly now?: number | undefined
  /** Told every thousand jobs. */
  readonly progress?: ((done: number, of: number) => void) | undefined
}

const verbs = [
  'load',
  'extract',
  'clean',
  'merge',
  'sync',
  'export',
  'mask',
  'dedupe',
  'aggregate',
  'backfill',
  'validate',
]
const subjects = [
  'orders',
  'payments',
  'users',
  'sessions',
  'clicks',
  'inventory',
  'shipments',
  'invoices',
  'returns',
  'coupons',
  'sensor',
  'logs',
]
const rhythms = ['hourly', 'daily', 'nightly', 'weekly', 'monthly', 'adhoc', 'v2', 'kr', 'jp']

const states: { value: JobState; weight: number }[] = [
  { value: 'runnable', weight: 80 },
  { value: 'running', weight: 5 },
  { value: 'draft', weight: 5 },
  { value: 'editing', weight: 4 },
  { value: 'stopped', weight: 4 },
  { value: 'deleted', weight: 1 },
  { value: 'unknown', weight: 1 },
]
const ends: { value: RunState; weight: number }[] = [
  { value: 'completed', weight: 85 },
  { value: 'failed', weight: 12 },
  { value: 'canceled', weight: 3 },
]

/** An instance of our own: a test suite that runs us in its process may have seeded the shared one. */
const ownFaker = (): Faker => new (shared.constructor as typeof Faker)({ locale: shared.rawDefinitions })

/** Such as `load-orders-daily` or `merge_Garden_clicks_v2`: always within the published name rule. */
function jobName(faker: Faker, taken: Map<string, number>): string {
  const separator = faker.helpers.arrayElement(['-', '-', '_'])
  const department = faker.datatype.boolean({ probability: 0.4 }) ? [faker.commerce.department()] : []
  const words = [
    faker.helpers.arrayElement(verbs),
    ...department,
    faker.helpers.arrayElement(subjects),
    faker.helpers.arrayElement(rhythms),
  ]
  const name = words.join(separator).replaceAll(/[^A-Za-z0-9_-]/g, '')
  // The console wants names to be unique.
  const uses = (taken.get(name) ?? 0) + 1
  taken.set(name, uses)
  return uses === 1 ? name : `${name}${separator}${uses}`
}

function lastRun(faker: Faker, state: JobState, createdAt: number, now: number): Job['lastRun'] {
  if (state === 'draft' || faker.datatype.boolean({ probability: 0.1 })) return undefined
  if (state === 'running') {
    return {
      state: faker.helpers.arrayElement(['ready', 'running'] as const),
      at: faker.number.int({ min: Math.max(createdAt, now - day / 8), max: now }),
    }
  }
  return { state: faker.helpers.weightedArrayElement(ends), at: faker.number.int({ min: createdAt, max: now }) }
}

/** Believable jobs, made one by one. The same seed and moment give the same jobs on every machine. */
export function* generatedJobs(count: number, { chance, now = epoch, progress }: Generation): Generator<Job> {
  const faker = ownFaker()
  const taken = new Map<string, number>()
  faker.seed(chance.fork('faker').word())
  const ids = chance.fork('ids')
  for (let made = 0; made < count; made++) {
    if (made % 1000 === 0) progress?.(made, count)
    const createdAt = now - faker.number.int({ min: day / 24, max: 730 * day })
    const state = faker.helpers.weightedArrayElement(states)
    const ran = lastRun(faker, state, createdAt, now)
    yield {
      id: newId(ids),
      name: jobName(faker, taken),
      kind: faker.datatype.boolean({ probability: 0.25 }) ? 'script' : 'visual',
      state,
      ...(ran ? { lastRun: ran } : {}),
      createdAt,
      updatedAt: faker.number.int({ min: createdAt, max: now }),
      disabled: faker.datatype.boolean({ probability: 0.01 }),
      maxConcurrentRuns: faker.helpers.arrayElement([1, 1, 1, 2, 5]),
    }
  }
  progress?.(count, count)
}
