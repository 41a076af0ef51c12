import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { editions } from '../../src/api/editions/editions.ts'
import { silentLog } from '../../src/log.ts'
import type { Fixture } from '../../src/seed/fixture-schema.ts'
import { scenarioNames } from '../../src/seed/fixtures.ts'
import { findContradictions } from '../../src/store/contradictions.ts'
import { openDatabase } from '../../src/store/database.ts'
import { formatKoreanLocal } from '../../src/time/korean-date.ts'
import { emulator, type Setting, type TestEmulator, testNow } from '../support/emulator.ts'
import { day, editionIds, hour, minute } from '../support/flow.ts'

/** Where the clock goes after the start, seen from there: what is under way ends, triggers fire, and back again. */
const moves = [minute, 10 * hour, -day, 40 * day]

/** The contradictions in seeded data, at the start and after each move of the clock. */
async function contradictionsOf(t: Test, setting: Setting) {
  const { edition = '2025-03', moment = testNow } = setting
  const atOnce = editions[edition].concurrency
  const db = join(t.testdir(), 'data.db')
  const look = (now?: number) => {
    const database = openDatabase(db)
    const found = findContradictions(database, { atOnce, ...(now !== undefined && { now }) })
    database.close()
    return found
  }
  const seeded = await emulator(t, { ...setting, db })
  await seeded.emulator.stop()
  const found = [...look(moment)]
  for (const move of moves) {
    const made = await emulator(t, { ...setting, db, moment: moment + move })
    await made.get('/api/v1/jobs')
    await made.emulator.stop()
    found.push(...look())
  }
  return found
}

/** Days on which a demo starts; the published dates of the default scenario are before them. */
const starts = [testNow, Date.UTC(2026, 10, 26, 1, 30)]

for (const edition of editionIds) {
  t.test(`finds no contradiction in a bundled scenario of ${edition}, whenever it starts`, async t => {
    for (const fixtures of scenarioNames()) {
      const moments = fixtures === 'default' ? starts : starts.slice(1)
      for (const moment of moments) t.same(await contradictionsOf(t, { fixtures, edition, moment }), [], fixtures)
    }
  })
}

t.test('generates data without contradictions, whatever the seed', async t => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ minLength: 1 }),
      fc.integer({ min: 1, max: 80 }),
      fc.constantFrom(...editionIds),
      fc.constantFrom(...starts),
      async (seed, generate, edition, moment) => {
        const setting = { fixtures: 'none', seed, generate, edition, moment }
        const found = await contradictionsOf(t, setting)
        if (found.length > 0) throw new Error(JSON.stringify(found.slice(0, 3)))
      },
    ),
    { numRuns: 6 },
  )
})

/** Runs a workflow by hand: through the API where the edition can, else through the admin API. */
async function runByHand({ call, get }: TestEmulator, edition: string, wanted: string) {
  const { list } = (await get('/api/v1/workflows')).body
  const { workflowId } = list.find(({ name }: { name: string }) => name === wanted)
  const executions = `/api/v1/workflows/${workflowId}/executions`
  const { status } = await call('POST', edition === '2026-09' ? executions : `/__admin/workflows/${workflowId}/run`)
  return { status, newest: (await get(executions)).body.list[0] }
}

for (const edition of editionIds) {
  t.test(`shows the published jobs of ${edition} in the default scenario, ready for use`, async t => {
    for (const moment of starts) {
      const made = await emulator(t, { fixtures: 'default', edition, moment })
      const { get } = made
      const { list } = (await get('/api/v1/jobs?limit=1000')).body
      t.match(made.emulator.jobTotals(), { living: list.length, deleted: 1, elsewhere: 0 })
      const published = list.filter(({ name }: { name: string }) => /^job00[12]$/.test(name))
      published.sort((a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name))
      t.match(
        published.map((job: { createdDate: string }) => job.createdDate.slice(0, 19)),
        ['2025-03-20T08:54:03', '2025-03-20T08:27:32'],
      )
      t.match(published, [{ lastExecutionStatus: 'COMPLETED' }, { lastExecutionStatus: 'COMPLETED' }])
      for (const { jobId, lastExecutionStatus, lastExecutionDate } of list) {
        const { list: executions } = (await get(`/api/v1/jobs/${jobId}/executions`)).body
        t.equal(executions[0]?.status, lastExecutionStatus)
        t.equal(executions[0]?.createdDate, lastExecutionDate)
      }
      const period = [-6 * day, 0].map(from => encodeURIComponent(`${formatKoreanLocal(moment + from).slice(0, 19)}`))
      const { body: stats } = await get(`/api/v1/stats/executions?startDate=${period[0]}&endDate=${period[1]}`)
      t.ok(stats.completedCount > 5 && stats.failedCount > 0, 'this week has executions')
      t.match(await runByHand(made, edition, 'orders-on-demand'), { status: 202, newest: { status: 'READY' } })
    }
  })
}

/** The warnings of a start with these fixtures. */
async function warningsOf(t: Test, fixtures: Fixture, setting: Setting = {}): Promise<string[]> {
  const warnings: string[] = []
  const log = { ...silentLog, warn: (_facts: object, sentence: string) => void warnings.push(sentence) }
  const made = await emulator(t, { ...setting, fixtures, log })
  t.ok(made.emulator.jobs() > 0, 'the start goes on')
  return warnings
}

t.test('warns of fixtures that the real service could not hold, by the name of the job', async t => {
  t.same(await warningsOf(t, { jobs: [{ name: 'orders' }] }), [])
  const [running, last, ...rest] = await warningsOf(t, {
    jobs: [
      { name: 'busy', status: 'RUNNING' },
      { name: 'orders', lastExecutionStatus: 'FAILED', lastExecutionDate: '-1h', createdDate: '-2h' },
      { name: 'slow', executions: [{ status: 'RUNNING', createdDate: '-3d' }] },
    ],
  })
  t.match(running, /^contradiction in the fixtures: job "busy" \(\w{12}\) is running, but no execution is under way$/)
  t.match(last, /job "orders" \(\w{12}\) has a last execution that is not among its executions$/)
  t.match(rest, [/^contradiction in the fixtures: execution \w{12} of job "slow" \(\w{12}\) runs 43\d\d minutes/])
  t.equal(rest.length, 1)

  const many = Array.from({ length: 25 }, (_, index) => ({ name: `job-${index}`, status: 'RUNNING' as const }))
  const warnings = await warningsOf(t, { jobs: many }, { generate: 3 })
  t.equal(warnings.length, 21)
  t.match(warnings.at(-1), /^5 more contradictions/)
})

t.test('keeps an execution ended that is dated after the start, and warns of it', async t => {
  const executions = [{ status: 'COMPLETED' as const, createdDate: '2025-07-01T00:00:00+09:00' }]
  const fixtures = { jobs: [{ name: 'orders', executions }] }
  t.match(await warningsOf(t, fixtures), [/execution \w{12} of job "orders" \(\w{12}\) is dated after the start/])
  const { get } = await emulator(t, { fixtures })
  const [job] = (await get('/api/v1/jobs')).body.list
  t.match(job, { status: 'RUNNABLE', lastExecutionStatus: 'COMPLETED' })
  const { list } = (await get(`/api/v1/jobs/${job.jobId}/executions`)).body
  t.match(list, [{ status: 'COMPLETED', createdDate: job.lastExecutionDate }])
  t.equal((await get('/api/v1/jobs?status=RUNNING')).body.count, 0)
})

t.test('starts the default scenario before its published dates', async t => {
  const { get } = await emulator(t, { fixtures: 'default', moment: Date.UTC(2024, 0, 1) })
  const [job] = (await get('/api/v1/jobs?name=job001')).body.list
  t.match(job, { status: 'RUNNABLE', lastExecutionStatus: 'COMPLETED' })
})

t.test('finds no contradiction in the fixtures of the documents', async t => {
  const pages = ['README.md', ...readdirSync('docs').map(page => `docs/${page}`)].filter(page => page.endsWith('.md'))
  const examples = pages.flatMap(page =>
    [...readFileSync(page, 'utf8').matchAll(/```ya?ml\n(# [^\n]*--fixtures[\s\S]*?)```/g)].map(([, text = '']) => text),
  )
  t.ok(examples.length > 0)
  const folder = mkdtempSync(join(tmpdir(), 'examples-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  for (const [index, text] of examples.entries()) {
    const file = join(folder, `example-${index}.yaml`)
    writeFileSync(file, text)
    for (const edition of editionIds) t.same(await contradictionsOf(t, { fixtures: file, edition }), [], text)
  }
})
