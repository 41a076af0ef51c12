import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { assume } from '../../src/api/assumptions.ts'
import { operationsOf } from '../../src/api/edition.ts'
import { type EditionId, editions } from '../../src/api/editions/editions.ts'
import type { Operation, OperationName } from '../../src/api/operation.ts'
import { signRequest } from '../../src/gateway/sign-request.ts'
import type { Fixture } from '../../src/seed/fixture-schema.ts'
import { newJob, settings } from '../support/bodies.ts'
import { type Answer, emulator, testNow } from '../support/emulator.ts'
import { editionIds, hour, minute, triggerRules } from '../support/flow.ts'

// Every operation is served.
const switches = { triggerIdInPath: 'optional' } as const

/** Both accounts start with the same, so the same ids are theirs. */
const fixtures: Fixture = {
  jobs: [
    { jobId: 'jobInBoth001', name: 'in-both', executions: [{ status: 'RUNNING', createdDate: '2025-05-31T23:59:00' }] },
    { name: 'undated', nextRuns: [{ status: 'FAILED' }, { status: 'CANCELED' }] },
  ],
  triggers: [{ triggerId: 'trgInBoth001', name: 'hourly', triggerRule: triggerRules.hourly }],
  workflows: [
    {
      workflowId: 'wrkInBoth001',
      name: 'in-both',
      nodes: [
        { type: 'TRIGGER', name: 'hourly' },
        { type: 'JOB', name: 'in-both' },
      ],
    },
  ],
}

const names = ['a', 'b'] as const
type Name = (typeof names)[number]
const keysOf = (name: string) => ({ accessKey: `KEY-OF-${name}`, secretKey: `SECRET-OF-${name}` })

interface Sent {
  readonly by: Name
  readonly operation: OperationName
  readonly method: string
  readonly target: string
  readonly body: unknown
  /** The moment on the clocks. */
  readonly at: number
}

/** An emulator that has these accounts and no other beside the default one. */
async function inhabited(t: Test, edition: EditionId, accounts: readonly Name[]) {
  const made = await emulator(t, {
    edition,
    assume: switches,
    waitingTime: 5000,
    runTime: 20 * minute,
    failureRate: 0.3,
  })
  for (const name of accounts) await made.emulator.accounts.add({ name, credentials: keysOf(name), fixtures })
  return async ({ by, method, target, body, at }: Sent): Promise<Answer> => {
    made.wall.moment = at
    const headers = signRequest({ method, target, timestamp: at, ...keysOf(by) })
    const payload = body === undefined ? undefined : JSON.stringify(body)
    return made.call(method, target, { ...headers, ...(payload && { 'content-type': 'application/json' }) }, payload)
  }
}

/** What exists, to the knowledge of all: an execution with its job. */
interface Thing {
  readonly jobId?: string
  readonly id: string
  readonly of: Name
}
type Kind = 'job' | 'trigger' | 'workflow' | 'execution'
type Known = Record<Kind, Thing[]>

/** What both have from the beginning. */
const inBoth = (): Known => ({
  job: names.map(of => ({ id: 'jobInBoth001', of })),
  trigger: names.map(of => ({ id: 'trgInBoth001', of })),
  workflow: names.map(of => ({ id: 'wrkInBoth001', of })),
  execution: [],
})

const otherThan = (name: Name): Name => (name === 'a' ? 'b' : 'a')

/** One of a list, the newest ones more often. */
const pick = <T>(list: readonly T[], choice: number): T | undefined =>
  list[list.length - 1 - (choice % (1 + (choice % Math.max(1, list.length))))]

/** A request of an operation: its ids are those of anybody, its names say whose it is. */
function requestOf(
  [name, { method, path, body }]: [OperationName, Operation],
  {
    by,
    choices,
    at,
    edition,
    known,
  }: { by: Name; choices: readonly number[]; at: number; edition: EditionId; known: Known },
) {
  let chosen = 0
  const next = () => choices[chosen++ % choices.length] ?? 0
  /** Once in so many times one of the other account. */
  function some(kind: Kind, strangeOnceIn = 3): Thing {
    const whose = next() % strangeOnceIn === 0 ? otherThan(by) : by
    const theirs = known[kind].filter(({ of }) => of === whose)
    return pick(theirs, next()) ?? { id: 'nothingThere', of: otherThan(by) }
  }
  const execution = some('execution')
  const things = {
    jobId: name === 'getJobExecution' && execution.jobId ? { ...execution, id: execution.jobId } : some('job'),
    triggerId: some('trigger'),
    workflowId: some('workflow'),
    executionId: execution,
  }
  const all = Object.values(known).flat()
  const isStrange = (thing: Thing) => !all.some(({ id, of }) => id === thing.id && of === by)
  const [job, trigger] = [some('job', 8), some('trigger', 8)]
  const own = `of-${by}-${next() % 3}`
  const drafts = edition === '2026-09' ? {} : { isTemp: next() % 4 === 0 }
  const condition = { jobCondition: settings }
  const nodes = [
    { id: trigger.id, name: 'start', type: 'TRIGGER', parentNodeIds: [] },
    { id: job.id, name: 'step', type: 'JOB', parentNodeIds: [trigger.id], ...condition },
  ]
  const triggerRule = [triggerRules.none, triggerRules.hourly, triggerRules.daily][next() % 3] ?? triggerRules.none
  const type = triggerRule.type === 'NONE' ? 'NONE' : 'SCHEDULED'
  const bodies: Partial<Record<OperationName, object>> = {
    createJob: newJob(edition, own),
    verifyJob: { name: own, nodes: [] },
    updateJob: { type: edition === '2026-09' ? 'VISUAL' : 'DATAFLOW', name: own, nodes: [], ...drafts },
    setJobCondition: condition,
    runJob: condition,
    createTrigger: { name: own, type, triggerRule },
    createWorkflow: { name: own, nodes, isTemp: false },
    updateWorkflow: { name: own, nodes, ...drafts },
  }
  const dates = `startDate=2025-05-01T00:00:00&endDate=2025-07-01T00:00:00`
  const queries: Partial<Record<OperationName, string>> = {
    runJob: next() % 4 === 0 ? `triggerId=${trigger.id}` : '',
    getJobs: ['', 'name=of', 'name=in-both', 'limit=2&page=1'][next() % 4] ?? '',
    getTriggers: ['', 'name=of', 'limit=1'][next() % 3] ?? '',
    countExecutions: dates,
    countExecutionsByDay: dates,
    getExecutionTimes: dates,
    getExecutionTimesLive: dates,
  }
  const filled = Object.entries(things).reduce((text, [key, { id }]) => text.replace(`{${key}}`, id), path)
  const query = queries[name]
  const sent: Sent = {
    by,
    operation: name,
    method,
    target: query ? `${filled}?${query}` : filled,
    body: body && bodies[name],
    at,
  }
  return { sent, strange: Object.entries(things).some(([key, thing]) => path.includes(`{${key}}`) && isStrange(thing)) }
}

/** Notes what an answer made. */
function learn(known: Known, { by, operation, target }: Sent, { status, body }: Answer): void {
  if (status >= 300) return
  const last = target.split('/').at(-1)
  const deleted = { deleteJob: 'job', deleteTrigger: 'trigger', deleteWorkflow: 'workflow' } as const
  const kind = operation in deleted ? deleted[operation as keyof typeof deleted] : undefined
  if (kind) known[kind] = known[kind].filter(({ id, of }) => id !== last || of !== by)
  if (operation === 'createJob') known.job.push({ id: body.jobId, of: by })
  if (operation === 'createTrigger') known.trigger.push({ id: body.triggerId, of: by })
  if (operation === 'createWorkflow') known.workflow.push({ id: body.workflowId, of: by })
  const jobId = target.split('/')[4]
  const executions: { jobExecutionId: string }[] =
    operation === 'runJob' ? [body] : operation === 'getJobExecutions' ? body.list : []
  for (const { jobExecutionId: id } of executions) {
    if (jobId && !known.execution.some(execution => execution.id === id)) known.execution.push({ id, jobId, of: by })
  }
}

/** Something to begin with, then every operation by each account in any order: without, and then with those that delete. */
const someSteps = (operations: readonly OperationName[]) => {
  const each = names.flatMap(by => operations.map(operation => ({ by, operation })))
  const makers = each.filter(({ operation }) => /^(create|run)/.test(operation))
  const harmless = each.filter(({ operation }) => !operation.startsWith('delete'))
  const walks = fc.tuple(
    fc.constant([...makers, ...makers]),
    fc.shuffledSubarray(harmless, { minLength: harmless.length }),
    fc.shuffledSubarray(each, { minLength: each.length }),
  )
  const length = 2 * makers.length + harmless.length + each.length
  const chance = fc.record({
    choices: fc.array(fc.nat({ max: 999 }), { minLength: 20, maxLength: 20 }),
    later: fc.oneof(fc.constant(0), fc.nat({ max: 5 * minute }), fc.nat({ max: 2 * hour })),
  })
  return fc
    .tuple(walks, fc.array(chance, { minLength: length, maxLength: length }))
    .map(([walk, drawn]) => walk.flat().map((step, index) => ({ ...step, choices: [], later: 0, ...drawn[index] })))
}

for (const edition of editionIds) {
  t.test(`keeps two accounts apart, whatever operations they use, edition ${edition}`, async t => {
    const operations = operationsOf(editions[edition], assume(switches))
    const succeeded = new Set<string>()
    let foreignIds = 0
    await fc.assert(
      fc.asyncProperty(someSteps(operations.map(([name]) => name)), async steps => {
        const known = inBoth()
        const together = await inhabited(t, edition, names)
        const seen: { sent: Sent; status: number; text: string }[] = []
        let at = testNow
        for (const { by, operation, choices, later } of steps) {
          at += later
          const row = operations.find(([name]) => name === operation)
          assert.ok(row)
          const { sent, strange } = requestOf(row, { by, choices, at, edition, known })
          const answer = await together(sent)
          const { status, text } = answer
          const other = otherThan(by)
          assert.ok(!text.includes(`of-${other}-`), `${by} sees what is of ${other}: ${text}`)
          if (strange) {
            foreignIds++
            assert.equal(status, 404, `${sent.method} ${sent.target}: ${text}`)
          }
          if (status < 300) succeeded.add(sent.operation)
          learn(known, sent, answer)
          seen.push({ sent, status, text })
        }
        for (const name of names) {
          const alone = await inhabited(t, edition, [name])
          for (const { sent, status, text } of seen.filter(({ sent }) => sent.by === name)) {
            const answer = await alone(sent)
            assert.deepEqual([answer.status, answer.text], [status, text], `${sent.method} ${sent.target}`)
          }
        }
      }),
      { numRuns: 1, seed: 2, endOnFailure: true },
    )
    t.ok(foreignIds > 10, 'ids of the other account were tried')
    t.same(
      operations.map(([name]) => name).filter(name => !succeeded.has(name)),
      [],
      'every operation had a success',
    )
  })
}

/** Talks JSON over kept-alive sockets. */
function caller(t: Test, url: string) {
  const agent = new Agent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  return (method: string, target: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) =>
    new Promise<Answer['body']>((resolve, reject) => {
      const type = body === undefined ? {} : { 'content-type': 'application/json' }
      const sent = request(url + target, { agent, method, headers: { ...headers, ...type } }, answer => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', chunk => {
          text += chunk
        })
        answer.on('end', () => resolve({ status: answer.statusCode, body: text && JSON.parse(text) }))
      })
      sent.on('error', reject)
      sent.end(body === undefined ? undefined : JSON.stringify(body))
    })
}

t.test('serves fifty workers at once, each with an account of its own', async t => {
  const { emulator: made, wall, get } = await emulator(t)
  const url = await made.listen()
  const workers = Array.from({ length: 50 }, (_, index) => index)

  async function work(worker: number) {
    const send = caller(t, url)
    const { status, body: account } = await send('POST', '/__admin/accounts', { fixtures })
    assert.equal(status, 201)
    const signed = async (method: string, target: string, body?: unknown) => {
      const answer = await send(
        method,
        target,
        body,
        signRequest({ ...account, method, target, timestamp: wall.moment }),
      )
      assert.ok(answer.status < 300, `${method} ${target}: ${answer.status}`)
      return answer.body
    }
    const jobIds: string[] = []
    for (const number of [0, 1, 2]) {
      jobIds.push((await signed('POST', '/api/v1/jobs', newJob('2025-03', `job-${number}-of-${worker}`))).jobId)
    }
    const ran = `/api/v1/jobs/${jobIds[1]}/executions`
    const { jobExecutionId } = await signed('POST', ran, { jobCondition: settings })
    const { list } = await signed('GET', ran)
    assert.deepEqual(
      list.map((execution: { jobExecutionId: string }) => execution.jobExecutionId),
      [jobExecutionId],
    )
    const jobs = (await signed('GET', '/api/v1/jobs?name=-of-')).list
    assert.deepEqual(
      jobs.map((job: { name: string }) => job.name).sort(),
      [0, 1, 2].map(n => `job-${n}-of-${worker}`),
    )
    assert.equal((await signed('GET', '/api/v1/jobs')).count, 5)
    return { ...account, ids: [...jobIds, jobExecutionId] }
  }

  const accounts = await Promise.all(workers.map(work))
  for (const what of ['name', 'accessKey', 'secretKey']) {
    t.equal(new Set(accounts.map(account => account[what])).size, 50, `every ${what} is given once`)
  }
  t.equal(new Set(accounts.flatMap(account => account.ids)).size, 200, 'ids differ from account to account')
  t.equal((await get('/api/v1/jobs')).body.count, 0, 'nothing came to the default account')
  const send = caller(t, url)
  const gone = await Promise.all(accounts.map(({ name }) => send('DELETE', `/__admin/accounts/${name}`)))
  t.same(new Set(gone.map(({ status }) => status)), new Set([204]))
  t.equal(made.jobs(), 0)
})
