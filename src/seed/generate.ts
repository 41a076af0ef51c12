import type { Faker } from '@faker-js/faker'
import { faker as shared } from '@faker-js/faker/locale/en'
import { defaultAccount } from '../domain/account.ts'
import type { Execution } from '../domain/execution.ts'
import type { Job, JobState } from '../domain/job.ts'
import { usualCondition } from '../domain/job-condition.ts'
import type { ExecutionState } from '../domain/lifetime.ts'
import { type Rule, weekdays } from '../domain/schedule.ts'
import type { Trigger } from '../domain/trigger.ts'
import type { Workflow } from '../domain/workflow.ts'
import { type Entropy, newId } from '../entropy.ts'
import type { SeedAccount, SeedJob } from './seed.ts'

/** The newest moment of generated data unless the simulation clock is set: midnight of 2026-01-01 in Korea. */
const epoch = Date.UTC(2025, 11, 31, 15)

const minute = 60 * 1000
const hour = 60 * minute
const day = 24 * hour

/** So many jobs get a history; the others have their newest execution only, so that 100 000 jobs are made in seconds. */
const withHistory = 2000
const jobsAWorkflow = 20
const workflowsATrigger = 4

export interface Generation {
  readonly chance: Entropy
  /** The newest moment that may occur, in epoch milliseconds. */
  readonly now?: number | undefined
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
const ends: { value: ExecutionState; weight: number }[] = [
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

function lastExecution(faker: Faker, state: JobState, createdAt: number, now: number): Job['lastExecution'] {
  const never = faker.datatype.boolean({ probability: 0.1 })
  if (state === 'draft' || (never && state !== 'running')) return undefined
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
    const ran = lastExecution(faker, state, createdAt, now)
    yield {
      id: newId(ids),
      name: jobName(faker, taken),
      kind: faker.datatype.boolean({ probability: 0.25 }) ? 'script' : 'visual',
      state,
      ...(ran ? { lastExecution: ran } : {}),
      createdAt,
      updatedAt: faker.number.int({ min: createdAt, max: now }),
      disabled: faker.datatype.boolean({ probability: 0.01 }),
      maxConcurrentRuns: faker.helpers.arrayElement([1, 1, 1, 2, 5]),
    }
  }
  progress?.(count, count)
}

/** The executions of a job, oldest first. The newest is the last execution of the job; one under way ends after `from`. */
function historyOf(
  { id, name, createdAt, lastExecution }: Job,
  { chance, longest, now, from }: { chance: Entropy; longest: number; now: number; from: number },
): Execution[] {
  if (!lastExecution) return []
  const origin = { jobId: id, jobName: name, kind: 'job' as const, condition: usualCondition, parameters: {} }
  const executions: Execution[] = []
  const number = 1 + chance.below(longest)
  let queuedAt = lastExecution.at
  for (let made = 0; made < number && queuedAt >= createdAt; made++) {
    const state = made === 0 ? lastExecution.state : ends[chance.below(10) < 8 ? 0 : 1 + chance.below(2)]?.value
    const waiting = chance.below(2 * minute)
    const running = minute + chance.below(hour)
    const ahead = from + minute + chance.below(hour)
    const startsAt = state === 'ready' ? ahead : state === 'running' ? queuedAt : Math.min(now, queuedAt + waiting)
    const over = state === 'ready' ? startsAt + running : Math.min(now, startsAt + running)
    const endsAt = state === 'running' ? ahead : over
    const end = state === 'failed' || state === 'canceled' ? state : 'completed'
    executions.unshift({ id: newId(chance), origin, queuedAt, startsAt, endsAt, end })
    // An execution ends before the next one is asked for.
    queuedAt -= 2 * hour + chance.below(7 * day)
  }
  return executions
}

function ruleOf(chance: Entropy): Rule {
  const minuteOfDay = chance.below(24 * 60)
  switch (chance.below(5)) {
    case 0:
      return { every: 'never' }
    case 1:
      return { every: 'hour', minute: chance.below(60) }
    case 2:
      return { every: 'week', minuteOfDay, days: weekdays.filter((_day, index) => index < 1 + (minuteOfDay % 7)) }
    case 3:
      return { every: 'month', minuteOfDay, date: minuteOfDay % 3 === 0 ? 'last' : 1 + (minuteOfDay % 28) }
    default:
      return { every: 'day', minuteOfDay }
  }
}

function* generatedTriggers(count: number, chance: Entropy, now: number): Generator<Trigger> {
  for (let made = 1; made <= count; made++) {
    const rule = ruleOf(chance)
    const createdAt = now - chance.below(730 * day)
    yield {
      id: newId(chance),
      name: `${rule.every === 'never' ? 'by-hand' : `every-${rule.every}`}-${made}`,
      kind: rule.every === 'never' ? 'none' : 'scheduled',
      rule,
      createdAt,
      updatedAt: createdAt,
    }
  }
}

function toWorkflow(jobs: readonly Job[], number: number, trigger: Trigger, chance: Entropy, now: number): Workflow {
  const { every } = trigger.rule
  const triggerRule = every === 'never' ? 'NONE' : 'RECURRING'
  const chain = [trigger, ...jobs]
  const nodes = chain.map(({ id, name }, index) => ({
    id,
    name,
    parentIds: chain.slice(Math.max(0, index - 1), index).map(before => before.id),
    ...(index === 0 ? { kind: 'trigger' as const, triggerRule } : { kind: 'job' as const }),
  }))
  const createdAt = now - chance.below(365 * day)
  return {
    id: newId(chance),
    name: `workflow-${number}`,
    nodes,
    draft: chance.below(20) === 0,
    createdAt,
    updatedAt: createdAt,
  }
}

export interface AccountGeneration extends Generation {
  readonly from: number
}

/** An account full of believable data: jobs with histories, and a workflow for every twenty of them. */
export function generated(count: number, { from, ...generation }: AccountGeneration): SeedAccount {
  const { chance, now = epoch } = generation
  const workflows = Math.floor(count / jobsAWorkflow)
  const triggers = [...generatedTriggers(Math.ceil(workflows / workflowsATrigger), chance.fork('triggers'), now)]
  const grouped: Job[][] = []

  function* jobs(): Generator<SeedJob> {
    const times = { chance: chance.fork('histories'), now, from }
    let made = 0
    for (const job of generatedJobs(count, generation)) {
      if (made % jobsAWorkflow === 0) grouped.push([])
      const group = grouped.at(-1)
      if (group && group.length <= grouped.length % 3 && job.state === 'runnable') group.push(job)
      yield { job, executions: historyOf(job, { ...times, longest: made < withHistory ? 10 : 1 }), nextRuns: [] }
      made++
    }
  }
  function* wired(): Generator<Workflow> {
    const own = chance.fork('workflows')
    for (let made = 0; made < workflows; made++) {
      const trigger = triggers[made % triggers.length]
      const group = grouped[made]
      if (trigger && group) yield toWorkflow(group, made + 1, trigger, own, now)
    }
  }
  return { name: defaultAccount, credentials: [], triggers, jobs: jobs(), workflows: wired() }
}
