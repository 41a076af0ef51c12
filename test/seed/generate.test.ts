import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { faker } from '@faker-js/faker/locale/en'
import t from 'tap'
import { stateAt } from '../../src/domain/lifetime.ts'
import { entropy } from '../../src/entropy.ts'
import { type Generation, generated as generatedAccount, generatedJobs } from '../../src/seed/generate.ts'

const generated = (count: number, seed: string, more: Partial<Generation> = {}) => [
  ...generatedJobs(count, { chance: entropy(seed), ...more }),
]
const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)

t.test('generates the same bytes from the same seed, and others from another', async t => {
  t.equal(digest(generated(50, '1')), '1d3607c04bffaf86', 'what users have seen stays as it is')
  for (const seed of ['1', 'autumn', '']) {
    t.equal(digest(generated(300, seed)), digest(generated(300, seed)), `seed "${seed}"`)
    t.not(digest(generated(300, seed)), digest(generated(300, `${seed}x`)))
  }
})

t.test('leaves a faker alone that someone else has seeded', async t => {
  faker.seed(42)
  const undisturbed = [faker.number.int(), faker.number.int()]
  faker.seed(42)
  const first = faker.number.int()
  generated(3, '1')
  t.same([first, faker.number.int()], undisturbed)
})

t.test('generates plausible jobs', async t => {
  const now = Date.UTC(2030, 0, 1)
  for (const [seed, at] of [
    ['1', undefined],
    ['2', now],
  ] as const) {
    const jobs = generated(5000, seed, { now: at })
    const newest = at ?? Date.UTC(2025, 11, 31, 15)
    for (const { name, createdAt, updatedAt, lastExecution, state } of jobs) {
      const ordered = createdAt <= updatedAt && updatedAt <= newest
      const ran = !lastExecution || (createdAt <= lastExecution.at && lastExecution.at <= newest)
      const busy = (state === 'running') === (lastExecution?.state === 'running' || lastExecution?.state === 'ready')
      const sound = /^[A-Za-z_][A-Za-z0-9_-]{2,99}$/.test(name) && ordered && ran && (busy || !lastExecution)
      if (!sound) t.fail('an unbelievable job', { job: { name, createdAt, updatedAt, lastExecution, state } })
    }
    t.equal(new Set(jobs.map(job => job.name)).size, jobs.length, 'names are unique')
    t.equal(new Set(jobs.map(job => job.id)).size, jobs.length, 'ids are unique')
    t.equal(new Set(jobs.map(job => job.state)).size, 7, 'every status occurs')
    t.ok(
      jobs.some(job => job.disabled) && jobs.some(job => job.kind === 'script') && jobs.some(job => !job.lastExecution),
      'the rare kinds occur',
    )
  }
})

const whole = (count: number, seed: string, from = Date.UTC(2026, 5, 1)) => {
  const { triggers, jobs, workflows, ...account } = generatedAccount(count, { chance: entropy(seed), from })
  return { ...account, triggers, jobs: [...jobs], workflows: [...workflows] }
}

t.test('generates a consistent account', async t => {
  t.equal(digest(whole(200, '1')), digest(whole(200, '1')), 'the same seed makes the same bytes')
  t.not(digest(whole(200, '1')), digest(whole(200, '2')))
  const from = Date.UTC(2026, 5, 1)
  const { triggers, jobs, workflows } = whole(2500, '1', from)
  t.equal(workflows.length, 125, 'a workflow for every twenty jobs')
  t.same(new Set(triggers.map(({ rule }) => rule.every)), new Set(['never', 'hour', 'day', 'week', 'month']))

  const known = new Set([...jobs.map(({ job }) => job.id), ...triggers.map(({ id }) => id)])
  t.ok(workflows.every(({ nodes }) => nodes.length >= 2 && nodes.every(({ id }) => known.has(id))))
  const ids = jobs.flatMap(({ executions }) => executions.map(({ id }) => id))
  t.equal(new Set(ids).size, ids.length, 'ids of executions are unique')
  for (const { job, executions } of jobs) {
    const newest = executions.at(-1)
    const ordered = executions.every(({ queuedAt, startsAt, endsAt }, index) => {
      const next = executions[index + 1]
      return (
        job.createdAt <= queuedAt && queuedAt <= startsAt && startsAt <= endsAt && (!next || endsAt < next.queuedAt)
      )
    })
    const last = newest && { state: stateAt(newest, from), at: newest.queuedAt }
    if (!ordered || digest([last]) !== digest([job.lastExecution]))
      t.fail('an unbelievable history', { job, executions })
  }
  t.equal(Math.max(...jobs.slice(0, 2000).map(({ executions }) => executions.length)), 10)
  t.equal(Math.max(...jobs.slice(2000).map(({ executions }) => executions.length)), 1, 'beyond that the newest alone')
})

t.test('reports its progress', async t => {
  const told: number[][] = []
  generated(2500, '1', { progress: (done, of) => told.push([done, of]) })
  t.same(told, [
    [0, 2500],
    [1000, 2500],
    [2000, 2500],
    [2500, 2500],
  ])
  t.same(generated(0, '1'), [])
})

t.test('loads faker with the generator only, and only when it is used', async t => {
  const folder = fileURLToPath(new URL('../../src', import.meta.url))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
  const importing = (module: string) =>
    files.filter(file => new RegExp(`from '[^']*${module}`).test(readFileSync(`${folder}/${file}`, 'utf8')))
  t.same(importing('@faker-js/'), ['seed/generate.ts'])
  t.same(importing('/generate\\.ts'), [], 'no import that runs at start')
})
