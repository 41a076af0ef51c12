import assert from 'node:assert/strict'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { controlled, jobCondition } from '../support/control.ts'
import { testNow } from '../support/emulator.ts'

const waiting = 10_000
const running = 60_000

interface Execution {
  readonly queuedAt: number
  /** Set by a cancellation. */
  canceledAt?: number
  /** The latest moment at which the clock has stood since: what has happened by then stays so when the clock is set back. */
  seenAt: number
}

interface Job {
  name: string
  readonly executions: Map<string, Execution>
}

/** What the emulator should hold. Deleted jobs are gone. */
interface Model {
  now: number
  jobs: Map<string, Job>
  saved?: { readonly now: number; readonly jobs: Map<string, Job> }
}

type Real = Awaited<ReturnType<typeof controlled>>

function statusOf({ queuedAt, seenAt, canceledAt }: Execution): string {
  if (canceledAt !== undefined) return 'CANCELED'
  if (seenAt < queuedAt + waiting) return 'READY'
  return seenAt < queuedAt + waiting + running ? 'RUNNING' : 'COMPLETED'
}

const isUnderWay = (execution: Execution): boolean => ['READY', 'RUNNING'].includes(statusOf(execution))
const isBusy = ({ executions }: Job): boolean => [...executions.values()].some(isUnderWay)

/** One of what is there, if anything. */
const at = <T>(all: Iterable<T>, which: number): T | undefined => {
  const list = [...all]
  return list[which % list.length]
}

const byId = <T extends { readonly id: string }>(list: readonly T[]): T[] =>
  [...list].sort((a, b) => (a.id < b.id ? -1 : 1))

/** Compares all jobs and executions with the model. */
async function compare({ jobs }: Model, { api }: Real): Promise<void> {
  const { list, count } = await api('GET', '/jobs')
  const shown = list.map(({ jobId, name, status }: Record<string, string>) => ({ id: jobId, name, status }))
  const expected = [...jobs].map(([id, job]) => ({ id, name: job.name, status: isBusy(job) ? 'RUNNING' : 'RUNNABLE' }))
  assert.deepEqual(byId(shown), byId(expected))
  assert.equal(count, jobs.size)
  for (const [jobId, { executions }] of jobs) {
    const { list } = await api('GET', `/jobs/${jobId}/executions`)
    const shown = list.map(({ jobExecutionId, status }: Record<string, string>) => ({ id: jobExecutionId, status }))
    const expected = [...executions].map(([id, execution]) => ({ id, status: statusOf(execution) }))
    assert.deepEqual(byId(shown), byId(expected), `executions of ${jobId}`)
  }
}

function moveTo(model: Model, now: number): void {
  model.now = now
  for (const { executions } of model.jobs.values()) {
    for (const execution of executions.values()) execution.seenAt = Math.max(execution.seenAt, now)
  }
}

const body = (name: string) => ({ type: 'DATAFLOW', isTemp: false, name, nodes: [] })

type Act = (model: Model, real: Real, number: number) => Promise<void>

/** What a step does to the emulator and to the model. `number` chooses among what is there. */
const acts: Readonly<Record<string, Act>> = {
  async create(model, { api }, number) {
    const { jobId } = await api('POST', '/jobs', body(`job-${number}`))
    model.jobs.set(jobId, { name: `job-${number}`, executions: new Map() })
  },
  async rename(model, { send }, number) {
    const [id, job] = at(model.jobs, number) ?? []
    if (id === undefined || job === undefined || isBusy(job)) return
    const { status } = await send('PUT', `/api/v1/jobs/${id}`, body(`other-${number}`))
    assert.equal(status, 200)
    job.name = `other-${number}`
  },
  async delete(model, { send }, number) {
    const [id, job] = at(model.jobs, number) ?? []
    if (id === undefined || job === undefined) return
    const { status } = await send('DELETE', `/api/v1/jobs/${id}`)
    assert.equal(status, isBusy(job) ? 400 : 200)
    if (!isBusy(job)) model.jobs.delete(id)
  },
  async run(model, { send }, number) {
    const [id, job] = at(model.jobs, number) ?? []
    if (id === undefined || job === undefined) return
    const reply = await send('POST', `/api/v1/jobs/${id}/executions`, { jobCondition })
    assert.equal(reply.status, isBusy(job) ? 400 : 200)
    if (!isBusy(job)) job.executions.set(reply.body.jobExecutionId, { queuedAt: model.now, seenAt: model.now })
  },
  async cancel(model, { admin }, number) {
    const [id, job] = at(model.jobs, number) ?? []
    const [executionId, execution] = at(job?.executions ?? [], number) ?? []
    if (id === undefined || executionId === undefined || execution === undefined) return
    const { status } = await admin('POST', `/jobs/${id}/executions/${executionId}/cancel`)
    assert.equal(status, statusOf(execution) === 'COMPLETED' ? 409 : 200)
    if (isUnderWay(execution)) execution.canceledAt = model.now
  },
  async advance(model, { admin }, number) {
    const by = (number % 17) * 5000
    assert.equal((await admin('PUT', '/clock', { advance: by })).status, 200)
    moveTo(model, model.now + by)
  },
  async setBack(model, { admin }, number) {
    const now = model.now - (number % 25) * 5000
    assert.equal((await admin('PUT', '/clock', { now })).status, 200)
    moveTo(model, now)
  },
  async save(model, { admin }) {
    assert.ok([200, 201].includes((await admin('PUT', '/snapshots/model')).status))
    model.saved = structuredClone({ now: model.now, jobs: model.jobs })
  },
  async restore(model, { admin }) {
    const { status } = await admin('POST', '/snapshots/model/restore')
    assert.equal(status, model.saved ? 200 : 404)
    if (model.saved) Object.assign(model, structuredClone(model.saved))
  },
  async reset(model, { admin }) {
    assert.equal((await admin('POST', '/reset')).status, 200)
    Object.assign(model, { now: testNow, jobs: new Map() })
  },
}

class Step implements fc.AsyncCommand<Model, Real> {
  readonly name: string
  readonly number: number

  constructor(name: string, number: number) {
    this.name = name
    this.number = number
  }

  check = () => true

  async run(model: Model, real: Real): Promise<void> {
    await acts[this.name]?.(model, real, this.number)
    await compare(model, real)
  }

  toString = () => `${this.name} ${this.number}`
}

const step = (name: string) => fc.nat({ max: 999 }).map(number => new Step(name, number))
/** Steps that only add to what is there come more often than those that start over. */
const often = ['create', 'run', 'run', 'run', 'advance', 'advance', 'cancel', 'rename', 'delete', 'setBack', 'save']

async function started(t: Test): Promise<{ model: Model; real: Real }> {
  const real = await controlled(t, {
    ...{ auth: 'off', fixtures: 'none', edition: '2025-03', now: testNow },
    ...{ waitingTime: waiting, runTime: running, failureRate: 0 },
  })
  return { model: { now: testNow, jobs: new Map() }, real }
}

t.test(
  'agrees with a model of jobs and executions after any calls of the API and of the control endpoints',
  async t => {
    const steps = fc.commands([...often, ...often, 'restore', 'reset'].map(step), { maxCommands: 40, size: 'max' })
    await fc.assert(
      fc.asyncProperty(steps, async commands => {
        await fc.asyncModelRun(() => started(t), commands)
      }),
      { numRuns: 40 },
    )
    t.pass()
  },
)
