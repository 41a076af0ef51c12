import type BetterSqlite3 from 'better-sqlite3'
import t, { type Test } from 'tap'
import { dataKinds } from '../../src/domain/data-kind.ts'
import type { Job, JobDetail } from '../../src/domain/job.ts'
import { usualCondition } from '../../src/domain/job-condition.ts'
import type { Trigger } from '../../src/domain/trigger.ts'
import type { Workflow } from '../../src/domain/workflow.ts'
import { openDatabase } from '../../src/store/database.ts'
import { createStores } from '../../src/store/stores.ts'

const job: JobDetail = {
  id: 'aaaaaaaaaaaa',
  name: 'job',
  kind: 'visual',
  state: 'runnable',
  createdAt: 1000,
  updatedAt: 1000,
  disabled: false,
  maxConcurrentRuns: 1,
  description: '',
  nodes: '[]',
  condition: usualCondition,
}
const trigger: Trigger = {
  id: 'tttttttttttt',
  name: 'trigger',
  kind: 'none',
  rule: { every: 'never' },
  createdAt: 1,
  updatedAt: 1,
}
const workflow: Workflow = { id: 'wwwwwwwwwwww', name: 'flow', nodes: [], draft: true, createdAt: 1, updatedAt: 1 }
const execution = { queuedAt: 1, startsAt: 2, endsAt: 3, end: 'completed' } as const
const origin = { jobId: job.id, jobName: 'job', kind: 'job', condition: usualCondition, parameters: {} } as const
const lastExecution: Job['lastExecution'] = { state: 'completed', at: 5 }

/** Stores of two accounts, the first with a job, an execution of it, a trigger and a workflow. */
function filled(t: Test) {
  const database = openDatabase(':memory:')
  t.teardown(database.close)
  const stores = createStores(database)
  const { accounts, jobs, executions, triggers, workflows } = stores
  const [own, other] = [accounts.open('own'), accounts.open('other')]
  jobs.addAll(own, [job])
  executions.add(own, { id: 'rrrrrrrrrrrr', origin, ...execution }, 0)
  triggers.add(own, trigger)
  workflows.add(own, workflow)
  const changedBy = (change: () => void, account = own): string[] => {
    const before = dataKinds.map(kind => database.versionOf(account, [kind]))
    change()
    return dataKinds.filter((kind, at) => database.versionOf(account, [kind]) !== before[at])
  }
  return { ...stores, own, other, changedBy }
}
type Filled = ReturnType<typeof filled>

/** Every change that a store makes, and the kinds of data that it is one of. */
const changes: [title: string, change: (stores: Filled) => unknown, kinds: readonly string[]][] = [
  ['adding a job', ({ jobs, own }) => jobs.addAll(own, [{ ...job, id: 'b' }]), ['jobs']],
  ['adding no job', ({ jobs, own }) => jobs.addAll(own, []), []],
  ['changing a job', ({ jobs, own }) => jobs.update(own, { ...job, name: 'new' }), ['jobs']],
  ['changing no job', ({ jobs, own }) => jobs.update(own, { ...job, id: 'none' }), []],
  ['putting a job', ({ jobs, own }) => jobs.put(own, { ...job, createdAt: 7 }), ['jobs']],
  ['removing a job', ({ jobs, own }) => jobs.remove(own, job.id), ['jobs']],
  ['removing no job', ({ jobs, own }) => jobs.remove(own, 'none'), []],
  [
    'setting the last execution',
    ({ jobs, own }) => jobs.setExecution(own, job.id, 'runnable', lastExecution),
    ['jobs'],
  ],
  ['setting what is set', ({ jobs, own }) => jobs.setExecution(own, job.id, 'runnable', undefined), []],
  [
    'adding an execution',
    ({ executions, own }) => executions.add(own, { id: 'r', origin, ...execution }, 0),
    ['executions'],
  ],
  [
    'ending an execution',
    ({ executions }) => executions.setExecution(1, { ...execution, endsAt: 9 }, 9),
    ['executions'],
  ],
  ['ending no execution', ({ executions }) => executions.setExecution(99, execution, 9), []],
  [
    'noting that an execution goes on',
    ({ executions, database }) =>
      database.write(() => executions.dueUntil(2).forEach(due => void executions.noteDue(due, 2))),
    ['executions'],
  ],
  ['removing runs', ({ executions, own }) => executions.removeOf(own, job.id), ['executions']],
  [
    'planning runs',
    ({ executions, own }) => executions.plan(own, job.id, [{ end: 'failed', waitingMs: 1, runningMs: 1 }]),
    [],
  ],
  ['adding a trigger', ({ triggers, own }) => triggers.add(own, { ...trigger, id: 't' }), ['triggers']],
  ['removing a trigger', ({ triggers, own }) => triggers.remove(own, trigger.id), ['triggers']],
  ['removing no trigger', ({ triggers, own }) => triggers.remove(own, 'none'), []],
  ['adding a workflow', ({ workflows, own }) => workflows.add(own, { ...workflow, id: 'w' }), ['workflows']],
  ['changing a workflow', ({ workflows, own }) => workflows.update(own, { ...workflow, name: 'n' }), ['workflows']],
  ['changing no workflow', ({ workflows, own }) => workflows.update(own, { ...workflow, id: 'none' }), []],
  ['starting a workflow', ({ workflows }) => workflows.fired(1, 5), ['workflows']],
  ['removing a workflow', ({ workflows, own }) => workflows.remove(own, workflow.id), ['workflows']],
  ['removing no workflow', ({ workflows, own }) => workflows.remove(own, 'none'), []],
  ['noting the time reached', ({ workflows }) => workflows.settle(5), []],
  ['adding an account', ({ accounts }) => accounts.open('third'), []],
  ['removing an account', ({ accounts, other }) => accounts.remove(other), dataKinds],
]

for (const [title, change, kinds] of changes) {
  t.test(`tells what changes: ${title}`, async t => {
    const stores = filled(t)
    t.same(
      stores.changedBy(() => change(stores)),
      kinds,
    )
    if (kinds === dataKinds) return
    const fresh = filled(t)
    t.same(
      fresh.changedBy(() => change(fresh), fresh.other),
      [],
      'and nothing of another account',
    )
  })
}

/** Tables whose rows a response shows, with the kind of data that they hold. */
const shown = { jobs: 'jobs', runs: 'executions', triggers: 'triggers', workflows: 'workflows' } as const

t.test('tells every change of a row that SQLite sees', async t => {
  for (const [title, change] of changes) {
    const stores = filled(t)
    const { sql } = stores.database
    const seen = new Set<string>()
    for (const [table, kind] of Object.entries(shown)) watch(sql, table, () => seen.add(kind))
    const told = stores.changedBy(() => change(stores))
    t.same(
      [...seen].filter(kind => !told.includes(kind)),
      [],
      title,
    )
  }
})

/** Calls `changed` for every row of a table that a statement adds, deletes or makes different. */
function watch(sql: BetterSqlite3.Database, table: string, changed: () => void): void {
  sql.function(`changed_${table}`, () => {
    changed()
    return null
  })
  const columns = sql.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table)
  const row = (of: string) => `(${columns.map(column => `${of}.${column}`).join(', ')})`
  for (const when of ['INSERT', 'DELETE', `UPDATE`]) {
    const different = when === 'UPDATE' ? `WHEN ${row('old')} IS NOT ${row('new')}` : ''
    sql.exec(
      `CREATE TEMP TRIGGER watch_${table}_${when} AFTER ${when} ON main.${table} ${different} BEGIN SELECT changed_${table}(); END`,
    )
  }
}

t.test('changes no version in a write that fails, and uses none again', async t => {
  const { jobs, database, own, changedBy } = filled(t)
  const seen: number[] = []
  const failing = () =>
    database.write(() => {
      jobs.update(own, { ...job, name: 'for a moment' })
      seen.push(database.versionOf(own, ['jobs']))
      throw new Error('no')
    })
  t.same(
    changedBy(() => t.throws(failing, /no/)),
    [],
  )
  t.equal(jobs.find(own, job.id)?.name, 'job')
  jobs.update(own, { ...job, name: 'after it' })
  t.not(database.versionOf(own, ['jobs']), seen[0])
  const outer = () =>
    database.write(() => {
      t.throws(failing, /no/)
      jobs.setExecution(own, job.id, 'running', lastExecution)
    })
  t.throws(outer, /no/)
  t.same([...new Set([...seen, database.versionOf(own, ['jobs'])])].length, 3)
  t.match(
    jobs.find(own, job.id),
    { name: 'after it', state: 'runnable' },
    'a failure inside undoes the outer write, too',
  )
})
