import assert from 'node:assert/strict'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { type Job, type JobQuery, jobKinds, jobStates, type NameFilter } from '../../src/domain/job.ts'
import { executionStates } from '../../src/domain/lifetime.ts'
import { accountStore } from '../../src/store/accounts.ts'
import { openDatabase } from '../../src/store/database.ts'
import { jobStore } from '../../src/store/jobs.ts'

/** A store in memory with two accounts. */
function stores(t?: Test) {
  const database = openDatabase(':memory:')
  t?.teardown(database.close)
  const accounts = accountStore(database)
  return { database, jobs: jobStore(database), mine: accounts.open('mine'), theirs: accounts.open('theirs') }
}

const asciiLower = (text: string): string => text.replaceAll(/[A-Z]/g, letter => letter.toLowerCase())

const compare = {
  substring: (name: string, text: string) => name.includes(text),
  exact: (name: string, text: string) => name === text,
  prefix: (name: string, text: string) => name.startsWith(text),
}

function named(name: string, filter: NameFilter | undefined): boolean {
  if (!filter) return true
  const { text, match, ignoreCase } = filter
  return ignoreCase ? compare[match](asciiLower(name), asciiLower(text)) : compare[match](name, text)
}

const isAsked = (job: Job, { states, name }: JobQuery): boolean =>
  (states === 'all' || (states === 'living' ? job.state !== 'deleted' : states.includes(job.state))) &&
  named(job.name, name)

const byAge = (a: Job, b: Job): number => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)

/** All jobs that a query asks for, in its order: computed as a reader of the documents would. */
function expected(jobs: readonly Job[], query: JobQuery): Job[] {
  const found = jobs.filter(job => isAsked(job, query)).sort(byAge)
  return query.order === 'oldest' ? found : found.reverse()
}

const letter = fc.constantFrom('a', 'A', 'b', '_', '%', '-', '\\', '*', 'é', 'É', '가', '😀')
const someName = fc.array(letter, { maxLength: 4 }).map(letters => letters.join(''))

const someJob: fc.Arbitrary<Job> = fc
  .record(
    {
      id: fc.stringMatching(/^[0-9A-Za-z]{12}$/),
      name: someName,
      kind: fc.constantFrom(...jobKinds),
      state: fc.constantFrom(...jobStates),
      ran: fc.option(
        fc.record({ state: fc.constantFrom(...executionStates), at: fc.nat() }, { noNullPrototype: true }),
      ),
      // Few moments, so that many are equal.
      createdAt: fc.nat(3),
      updatedAt: fc.nat(),
      disabled: fc.boolean(),
      maxConcurrentRuns: fc.integer({ min: 1, max: 9 }),
    },
    { noNullPrototype: true },
  )
  .map(({ ran, ...job }) => (ran ? { ...job, lastExecution: ran } : job))

const someJobs = fc.uniqueArray(someJob, { selector: ({ id }) => id, maxLength: 25 })

const asked = fc.record(
  {
    states: fc.oneof(
      fc.constantFrom('living' as const, 'all' as const),
      fc.subarray([...jobStates]),
      fc.constantFrom(...jobStates).map(state => [state]),
    ),
    name: fc.option(
      fc.record(
        { text: someName, match: fc.constantFrom('substring', 'exact', 'prefix'), ignoreCase: fc.boolean() },
        { noNullPrototype: true },
      ),
      { nil: undefined },
    ) as fc.Arbitrary<NameFilter | undefined>,
    order: fc.constantFrom('newest' as const, 'oldest' as const),
  },
  { noNullPrototype: true },
)

const onPage = (page: number, size: number) => ({ page, size, limit: size, beyond: 'empty' }) as const

type Ask = (query: JobQuery) => { readonly list: readonly Job[]; readonly total: number }

/** Lays the pages of a query end to end, one page past the end included, and checks what each says. */
function laid(ask: Ask, query: Omit<JobQuery, keyof ReturnType<typeof onPage>>, size: number, total: number): Job[] {
  const all: Job[] = []
  for (let page = 0; page <= Math.ceil(total / size); page++) {
    const part = ask({ ...query, ...onPage(page, size) })
    assert.equal(part.total, total)
    assert.ok(part.list.length === Math.max(0, Math.min(size, total - page * size)))
    all.push(...part.list)
  }
  return all
}

t.test('returns pages that join to what a query asks for, in its order, whatever the data', async t => {
  const { database, jobs, mine, theirs } = stores(t)
  fc.assert(
    fc.property(someJobs, someJobs, asked, fc.integer({ min: 1, max: 30 }), (own, foreign, query, size) => {
      database.sql.exec('SAVEPOINT before')
      try {
        jobs.addAll(mine, own)
        jobs.addAll(theirs, foreign)
        const whole = expected(own, { ...query, ...onPage(0, 1) })
        assert.deepEqual(
          laid(asking => jobs.page(mine, asking), query, size, whole.length),
          whole,
        )
        assert.deepEqual(jobs.page(mine, { ...query, ...onPage(0, 0) }), {
          list: [],
          total: whole.length,
          page: 0,
          limit: 0,
        })
        assert.equal(jobs.total(), own.length + foreign.length)
      } finally {
        database.sql.exec('ROLLBACK TO before; RELEASE before')
        // A rollback behind the back of `write` is a change like any other.
        database.write(() => undefined)
      }
    }),
    { numRuns: 150 },
  )
})

/** As many jobs as asked, names and states that recur in different rhythms. */
const row = (count: number): Job[] =>
  Array.from({ length: count }, (_, index) => ({
    id: String((index * 7919) % count).padStart(12, '0'),
    name: `${['load', 'Load', 'sync_x', 'sync-x', 'a%b'][index % 5]}-${index}`,
    kind: 'visual',
    state: jobStates[index % jobStates.length] ?? 'runnable',
    createdAt: Math.floor(index / 3) * 1000,
    updatedAt: index * 1000,
    disabled: false,
    maxConcurrentRuns: 1,
  }))

t.test('returns the same for pages so far behind that they are found by position', async t => {
  const { jobs, mine, theirs } = stores(t)
  const own = row(1300)
  jobs.addAll(theirs, row(700))
  jobs.addAll(mine, own)
  const far = fc.record(
    {
      states: fc.constantFrom('living' as const, 'all' as const, [...jobStates], ['runnable' as const]),
      name: fc.constantFrom<NameFilter | undefined>(
        undefined,
        { text: '-', match: 'substring', ignoreCase: false },
        { text: 'LOAD', match: 'prefix', ignoreCase: true },
        { text: 'c_x', match: 'substring', ignoreCase: false },
      ),
      order: fc.constantFrom('newest' as const, 'oldest' as const),
    },
    { noNullPrototype: true },
  )
  fc.assert(
    fc.property(far, fc.integer({ min: 40, max: 1400 }), (query, size) => {
      const whole = expected(own, { ...query, ...onPage(0, 1) })
      assert.deepEqual(
        laid(asking => jobs.page(mine, asking), query, size, whole.length),
        whole,
      )
    }),
    { numRuns: 40 },
  )
})

t.test('follows every write at once on a page far behind', async t => {
  const { jobs, mine } = stores(t)
  const own = row(1200)
  const last = { states: 'all', order: 'oldest', ...onPage(1, 1000) } as const
  jobs.addAll(mine, own.slice(0, 1100))
  t.equal(jobs.page(mine, last).list.length, 100)
  for (const job of own.slice(1100, 1110)) {
    jobs.addAll(mine, [job])
    const { list, total } = jobs.page(mine, last)
    t.equal(list.length, total - 1000)
    t.same(list.at(-1)?.createdAt, job.createdAt)
  }
  t.throws(() => jobs.addAll(mine, own.slice(1110, 1120).concat(own.slice(0, 1))))
  t.equal(jobs.page(mine, last).total, 1110)
})

t.test('returns among 100 000 jobs the pages that a plain computation gives', async t => {
  const { jobs, mine } = stores(t)
  const count = 100_000
  const own = row(count)
  jobs.addAll(mine, own)
  const load = { text: 'load-99', match: 'substring', ignoreCase: false } as const
  const queries: Pick<JobQuery, 'states' | 'name' | 'order'>[] = [
    { states: 'living', order: 'newest' },
    { states: ['draft'], order: 'oldest' },
    { states: 'living', order: 'newest', name: load },
    { states: 'all', order: 'oldest', name: { ...load, text: 'LOAD', match: 'prefix', ignoreCase: true } },
  ]
  for (const query of queries) {
    const whole = expected(own, { ...query, ...onPage(0, 20) })
    const pages = Math.ceil(whole.length / 20)
    for (const page of [0, 1, Math.floor(pages / 2), pages - 1, pages]) {
      const list = whole.slice(page * 20, page * 20 + 20)
      t.same(jobs.page(mine, { ...query, ...onPage(page, 20) }), { list, total: whole.length, page, limit: 20 })
    }
  }
})
