import t from 'tap'
import { type EditionId, editionIds } from '../../src/api/editions/editions.ts'
import type { Fixture } from '../../src/seed/fixture-schema.ts'
import { executionBody, newJob, settings } from '../support/bodies.ts'
import { client, jobs, refused } from '../support/client.ts'
import { emulator } from '../support/emulator.ts'

const minute = 60_000
/** Waits two minutes, runs for three. */
const slow = { waitingTime: 2 * minute, runTime: 3 * minute }

/** A moment of 2025-06-01 as an edition writes it. */
const at = (edition: EditionId, time: string) =>
  edition === '2023-10' ? `2025-06-01T00:${time}.000` : `2025-06-01T00:${time}+09:00`

for (const edition of editionIds) {
  t.test(`shows an execution of ${edition} in exactly these bytes, from its wait to its end`, async t => {
    const { send, get, create, wall } = await client(t, { edition, ...slow })
    const type = edition === '2026-09' ? { type: 'SCRIPT' } : {}
    const { jobId } = (await send('POST', jobs, { ...newJob(edition), ...type })).body
    const path = `${jobs}/${jobId}/executions`
    t.equal((await get(path)).text, '{"list":[],"count":0,"page":0,"limit":1000}')

    const sent = { ...executionBody, parameters: { day: '2025-06-01' } }
    const execution = await send('POST', path, sent)
    const id = execution.body.jobExecutionId
    const worker = edition === '2026-09' ? '' : '"workerType":"DEFAULT",'
    const condition = `"jobCondition":{${worker}${JSON.stringify(settings).slice(1)}`
    const parsed = '"parsedParameters":{"day":"2025-06-01"}'
    const made = `"createdDate":"${at(edition, '00:00')}"`
    const start = at(edition, '02:00')
    const end = at(edition, '05:00')
    t.equal(execution.status, 200)
    t.match(id, /^[0-9A-Za-z]{12}$/)
    const tail = edition === '2023-10' ? '' : `,${parsed},"type":"JOB"`
    t.equal(
      execution.text,
      `{"jobExecutionId":"${id}","jobId":"${jobId}","status":"READY",${condition},${made}${tail}}`,
    )

    const shown = (status: string, started: boolean, ended: boolean, condition: string) => {
      const startDate = started ? `"startDate":"${start}",` : ''
      const endDate = ended ? `"endDate":"${end}",` : ''
      const times = `${started ? '"waitingTime":2,' : ''}${ended ? '"runningTime":3,' : ''}`
      const [waits = '', executions = ''] = [started ? '"waitingTime":2,' : '', ended ? '"runningTime":3,' : '']
      return edition === '2023-10'
        ? `{"jobExecutionId":"${id}","jobId":"${jobId}","jobName":"nightly","status":"${status}",${condition},${times}"executorNum":3,${parsed},${made}` +
            `${started ? `,"startDate":"${start}"` : ''}${ended ? `,"endDate":"${end}"` : ''}}`
        : `{"jobExecutionId":"${id}","jobId":"${jobId}",${condition},"status":"${status}",${startDate}${endDate}${made},` +
            `"jobName":"nightly",${waits}"executorNum":3,${executions}${parsed},"type":"JOB"}`
    }
    const logged =
      edition === '2023-10' ? condition : condition.replace(/\}$/, `,"consoleLogPath":"${settings.logPath}${id}"}`)
    const steps = [
      [0, 'READY', false, false],
      [2 * minute - 1, 'READY', false, false],
      [1, 'RUNNING', true, false],
      [3 * minute - 1, 'RUNNING', true, false],
      [1, 'COMPLETED', true, true],
      [365 * 24 * 60 * minute, 'COMPLETED', true, true],
    ] as const
    for (const [wait, status, started, ended] of steps) {
      wall.moment += wait
      t.equal((await get(`${path}/${id}`)).text, shown(status, started, ended, logged), status)
      const list = `{"list":[${shown(status, started, ended, condition)}],"count":1,"page":0,"limit":1000}`
      t.equal((await get(path)).text, list)
      t.equal((await get(path)).text, list, 'and again from memory')
      t.match((await get(jobs)).body.list, [{ lastExecutionStatus: status, lastExecutionDate: at(edition, '00:00') }])
    }

    const other = await create('other')
    refused(t, await get(`${jobs}/${other}/executions/${id}`), 'not-found', /has no execution/)
    refused(t, await get(`${path}/nonesuch0000`), 'not-found', /has no execution "nonesuch0000"/)
  })
}

t.test('runs a job of 2026-09 with its stored settings where the request has none', async t => {
  const { send, create } = await client(t, { edition: '2026-09', waitingTime: 0, runTime: 0 })
  const path = `${jobs}/${await create()}`
  await send('PATCH', path, { type: 'VISUAL', jobCondition: settings })
  const bodies: [body: object | string | undefined, jobCondition: object][] = [
    [undefined, settings],
    ['', settings],
    ['{}', settings],
    [{ jobCondition: null }, settings],
    [{ jobCondition: {} }, settings],
    [{ jobCondition: { numWorker: 5 } }, { ...settings, numWorker: 5 }],
    [{}, settings],
  ]
  for (const [body, jobCondition] of bodies) {
    const execution = await send('POST', `${path}/executions`, body)
    t.equal(execution.status, 200)
    t.same(execution.body.jobCondition, jobCondition)
  }
  for (const edition of ['2023-10', '2025-03'] as const) {
    const { send, create, get } = await client(t, { edition })
    const path = `${jobs}/${await create()}/executions`
    refused(t, await send('POST', path, {}), 'bad-parameter', /^jobCondition: must be an object, is missing/)
    t.equal((await send('POST', path)).status, 400)
    t.equal((await get(path)).body.count, 0)
  }
})

t.test('limits how many executions of a job run at a time', async t => {
  for (const edition of ['2023-10', '2025-03'] as const) {
    const { send, get, create, wall } = await client(t, { edition })
    const path = `${jobs}/${await create()}/executions`
    t.equal((await send('POST', path, executionBody)).status, 200)
    refused(t, await send('POST', path, executionBody), 'bad-state', /is running, only a runnable one can be run/)
    wall.moment += minute
    t.equal((await send('POST', path, executionBody)).status, 200)
    t.equal((await get(path)).body.count, 2)
  }
  const { send, get, create, wall } = await client(t, { edition: '2026-09' })
  const path = `${jobs}/${await create()}`
  t.equal((await send('POST', `${path}/executions`)).status, 200)
  refused(
    t,
    await send('POST', `${path}/executions`),
    'bad-state',
    /1 executions? under way, its maxConcurrentRuns is 1/,
  )
  await send('PATCH', path, { type: 'VISUAL', maxConcurrentRuns: 2 })
  t.equal((await send('POST', `${path}/executions`)).status, 200)
  refused(t, await send('POST', `${path}/executions`), 'bad-state', /maxConcurrentRuns is 2/)
  wall.moment += minute
  t.equal((await send('POST', `${path}/executions`)).status, 200)
  t.same(
    (await get(`${path}/executions`)).body.list.map(({ status }: { status: string }) => status),
    ['READY', 'COMPLETED', 'COMPLETED'],
    'newest first',
  )
})

t.test('runs only a runnable job in 2023-10 and 2025-03', async t => {
  const states = ['RUNNABLE', 'DELETED', 'UNKNOWN', 'DRAFT', 'STOPPED', 'EDITING'] as const
  const fixture: Fixture['jobs'] = states.map((status, index) => ({
    jobId: `state000000${index}`.padEnd(12, '0'),
    name: status.toLowerCase(),
    status,
  }))
  for (const edition of editionIds) {
    const { send } = await client(t, { edition, jobs: fixture })
    for (const { jobId, status } of fixture) {
      const execution = await send('POST', `${jobs}/${jobId}/executions`, executionBody)
      if (status === 'DELETED') refused(t, execution, 'not-found', /unknown job/)
      else if (status === 'RUNNABLE' || edition === '2026-09') t.equal(execution.status, 200, `${edition} ${status}`)
      else refused(t, execution, 'bad-state', new RegExp(`is ${status?.toLowerCase()}, only a runnable`))
    }
  }
})

/** A timeout in minutes under some assumptions, and how an execution of ten minutes ends. */
const timeouts = [
  { assume: {}, timeout: 11, status: 'COMPLETED', runningTime: 10 },
  { assume: {}, timeout: 10, status: 'COMPLETED', runningTime: 10 },
  { assume: {}, timeout: 9, status: 'FAILED', runningTime: 9 },
  { assume: { timeoutEnd: 'canceled' }, timeout: 9, status: 'CANCELED', runningTime: 9 },
  { assume: {}, timeout: 0, status: 'COMPLETED', runningTime: 10 },
  { assume: { timeoutZero: 'default' }, timeout: 0, status: 'COMPLETED', runningTime: 10 },
  { assume: {}, timeout: 0, status: 'COMPLETED', runningTime: 400, runTime: 400 * minute },
  { assume: { timeoutZero: 'default' }, timeout: 0, status: 'FAILED', runningTime: 360, runTime: 400 * minute },
] as const

for (const { status, timeout, assume, runningTime, ...rest } of timeouts) {
  t.test(
    `ends with ${status} after ${runningTime} under a timeout of ${timeout}, assuming ${JSON.stringify(assume)}`,
    async t => {
      const { send, get, create, wall } = await client(t, { assume, waitingTime: 0, runTime: 10 * minute, ...rest })
      const jobPath = `${jobs}/${await create()}`
      const execution = await send('POST', `${jobPath}/executions`, { jobCondition: { ...settings, timeout } })
      wall.moment += runningTime * minute
      const path = `${jobPath}/executions/${execution.body.jobExecutionId}`
      t.match((await get(path)).body, { status, runningTime, waitingTime: 0 })
      t.match((await get(jobPath)).body, { status: 'RUNNABLE', lastExecutionStatus: status })
    },
  )
}

t.test('rejects a timeout of 0 as the assumption says', async t => {
  const { send, create } = await client(t, { assume: { timeoutZero: 'refuse' } })
  const body = { jobCondition: { ...settings, timeout: 0 } }
  refused(t, await send('POST', `${jobs}/${await create()}/executions`, body), 'bad-parameter', /timeout: .* from 1 to/)
})

t.test('runs fail as often as the settings say', async t => {
  const { send, get, create, wall } = await client(t, { failureRate: 1 })
  const path = `${jobs}/${await create()}/executions`
  await send('POST', path, executionBody)
  wall.moment += minute
  t.match((await get(path)).body.list, [{ status: 'FAILED' }])
})

t.test('responds to executeJob with 201 or 202 as the assumption says', async t => {
  for (const runStatus of ['200', '201', '202'] as const) {
    const { send, create } = await client(t, { assume: { runStatus } })
    t.equal((await send('POST', `${jobs}/${await create()}/executions`, executionBody)).status, Number(runStatus))
  }
})

t.test('accepts a trigger and a workflow in executeJob', async t => {
  for (const edition of editionIds) {
    for (const runReferences of ['query', 'both'] as const) {
      const { send, get, create } = await client(t, { edition, runTime: 0, waitingTime: 0, assume: { runReferences } })
      const rule = { name: 'hand', type: 'NONE', triggerRule: { type: 'NONE' } }
      const { triggerId } = (await send('POST', '/api/v1/triggers', rule)).body
      const { workflowId } = (await send('POST', '/api/v1/workflows', { name: 'flow', isTemp: true, nodes: [] })).body
      t.match(workflowId, /^\w{12}$/)
      const path = `${jobs}/${await create()}/executions`
      const look = async (query: string, body: object = {}) => {
        const execution = await send('POST', `${path}${query}`, { ...executionBody, ...body })
        return execution.status === 200 ? (await get(`${path}/${execution.body.jobExecutionId}`)).body : execution
      }
      t.match(await look(`?triggerId=${triggerId}&workflowId=${workflowId}`), { triggerId, triggerName: 'hand' })
      t.notOk('triggerId' in (await look('?triggerId=&workflowId=')))
      refused(t, await look('?triggerId=nope'), 'not-found', /unknown trigger "nope"/)
      refused(t, await look('?workflowId=nope'), 'not-found', /unknown workflow "nope"/)
      refused(t, await look('?triggerId=a&triggerId=b'), 'bad-parameter', /^triggerId: must be given once/)

      const inBody = await look('', { triggerId, workflowId })
      if (runReferences === 'both') t.match(inBody, { triggerId })
      else t.notOk('triggerId' in inBody)
      const unknown = await look('', { workflowId: 'nope' })
      if (runReferences === 'both') refused(t, unknown, 'not-found', /unknown workflow/)
      else t.equal(unknown.status, 'COMPLETED')
      if (runReferences === 'both') t.match(await look(`?triggerId=${triggerId}`, { triggerId: 'nope' }), { triggerId })
    }
  }
})

t.test('returns parameters digit for digit', async t => {
  const { call, create, get } = await client(t)
  const path = `${jobs}/${await create()}/executions`
  const parameters = '{"big":12345678901234567890,"__proto__":{"a":[null,true,-0.1e400]},"none":null,"":"가"}'
  const body = `{"jobCondition":${JSON.stringify(settings)},"parameters":${parameters}}`
  const execution = await call('POST', path, {}, body)
  t.equal(execution.status, 200)
  t.match(execution.text, `"parsedParameters":${parameters},`)
  t.match((await get(`${path}/${execution.body.jobExecutionId}`)).text, `"parsedParameters":${parameters},`)
})

t.test('returns pages that join to the whole list', async t => {
  for (const edition of editionIds) {
    const { send, get, create } = await client(t, { edition, waitingTime: 0, runTime: 0 })
    const path = `${jobs}/${await create()}/executions`
    const made: string[] = []
    for (let nth = 0; nth < 7; nth++) made.unshift((await send('POST', path, executionBody)).body.jobExecutionId)
    const page = async (query: string) => {
      const { body } = await get(`${path}${query}`)
      t.equal(body.count, 7)
      return body.list.map(({ jobExecutionId }: { jobExecutionId: string }) => jobExecutionId)
    }
    t.same(await page(''), made, 'newest first, ties by order of creation')
    t.same([...(await page('?limit=3')), ...(await page('?page=1&limit=3')), ...(await page('?page=2&limit=3'))], made)
    t.same(await page('?page=3&limit=3'), [])
    t.same(await page('?limit=0'), [], 'allowed in every edition')
    for (const query of ['?page=-1', '?limit=x', '?limit=2147483648', '?page=1&page=2']) {
      refused(t, await get(path + query), 'bad-parameter', /^(page|limit): /)
    }
  }
  const { send, get, create } = await client(t, { assume: { order: 'oldest' }, waitingTime: 0, runTime: 0 })
  const path = `${jobs}/${await create()}/executions`
  const made: string[] = []
  for (let nth = 0; nth < 3; nth++) made.push((await send('POST', path, executionBody)).body.jobExecutionId)
  t.match(
    (await get(path)).body.list,
    made.map(jobExecutionId => ({ jobExecutionId })),
  )
})

t.test('keeps in an execution the name that the job had then', async t => {
  const { send, get, create } = await client(t, { edition: '2026-09' })
  const path = `${jobs}/${await create('before')}`
  await send('POST', `${path}/executions`)
  t.equal((await send('PATCH', path, { ...newJob('2026-09'), name: 'after' })).body.name, 'after')
  t.match((await get(`${path}/executions`)).body.list, [{ jobName: 'before' }])
})

t.test(
  'rejects executeJob for a job that a fixture put into RUNNING, where one execution at a time is allowed',
  async t => {
    const jobs = [{ jobId: 'AAAAAAAAAAAA', name: 'stuck', status: 'RUNNING' as const }]
    const body = JSON.stringify({ jobCondition: { nrn: 'role', scriptPath: 'scripts/', logPath: 'logs/' } })
    for (const [edition, status] of [
      ['2023-10', 400],
      ['2025-03', 400],
      ['2026-09', 200],
    ] as const) {
      const { call } = await emulator(t, { edition, jobs })
      const answer = await call('POST', '/api/v1/jobs/AAAAAAAAAAAA/executions', {}, body)
      t.equal(answer.status, status, edition)
      if (status === 400) t.match(answer.body, { error: { message: 'bad-state' } })
    }
  },
)
