import t, { type Test } from 'tap'
import { type EditionId, editionIds } from '../../src/api/editions/editions.ts'
import { executionBody, newJob, nodesText, settings, shownNodes } from '../support/bodies.ts'
import { type Client, client, jobs, refused } from '../support/client.ts'
import type { Setting } from '../support/emulator.ts'

const withDrafts = ['2023-10', '2025-03'] as const
const minute = 60_000

const dates = {
  '2023-10': ['2025-06-01T00:00:00.000', '2025-06-01T00:01:00.000'],
  '2025-03': ['2025-06-01T00:00:00+09:00', '2025-06-01T00:01:00+09:00'],
  '2026-09': ['2025-06-01T00:00:00+09:00', '2025-06-01T00:01:00+09:00'],
} as const satisfies Record<EditionId, readonly [string, string]>

const usual = {
  '2023-10': '"runCondition":{"workerType":"DEFAULT","numWorker":2,"timeout":360}',
  '2025-03': '"runCondition":{"workerType":"DEFAULT","numWorker":2,"timeout":360}',
  '2026-09': '"jobCondition":{"numWorker":2,"timeout":360}',
} as const satisfies Record<EditionId, string>

for (const edition of editionIds) {
  t.test(`creates a job of ${edition} and shows it in exactly these bytes`, async t => {
    const { send, get, wall, update, emulator } = await client(t, { edition })
    const c = edition === '2026-09'
    const created = await send('POST', jobs, `{"name":"nightly",${c ? '"type":"SCRIPT",' : ''}"nodes":${nodesText}}`)
    const { jobId } = created.body
    const [made, changed] = dates[edition]
    const head = c ? `"type":"SCRIPT","status":"READY","maxConcurrentRuns":1` : `"type":"DATAFLOW","status":"RUNNABLE"`
    const shown = (name: string, condition: string, updated: string) =>
      `{"jobId":"${jobId}","name":"${name}",${head},"nodes":${shownNodes},${condition},"createdDate":"${made}","updatedDate":"${updated}"}`
    t.equal(created.status, 201)
    t.equal(created.text, shown('nightly', usual[edition], made))

    const described = (text: string) =>
      edition === '2023-10' ? text.replace('"type":"DATA', '"description":"","type":"DATA') : text
    t.equal((await get(`${jobs}/${jobId}`)).text, described(created.text), 'every digit is kept')

    wall.moment += minute
    const set = await send('PUT', `${jobs}/${jobId}/executions`, { jobCondition: settings })
    const worker = c ? '' : '"workerType":"DEFAULT",'
    const condition = `"${c ? 'jobCondition' : 'runCondition'}":{${worker}${JSON.stringify(settings).slice(1)}`
    t.equal(set.status, 200)
    t.equal(set.text, described(shown('nightly', condition, changed)))
    t.equal(
      (await get(`${jobs}/${jobId}`)).text,
      described(shown('nightly', condition, changed)),
      'a write is seen at once',
    )

    const type = c ? 'SCRIPT' : 'DATAFLOW'
    const renamed = await send(
      update,
      `${jobs}/${jobId}`,
      `{"name":"other","type":"${type}","isTemp":false,"nodes":${nodesText}}`,
    )
    t.equal(renamed.status, 200)
    t.equal(renamed.text, shown('other', condition, changed))
    t.match((await get(jobs)).body, { count: 1, list: [{ jobId, name: 'other', updatedDate: changed }] })

    const otherMethod = update === 'PUT' ? 'PATCH' : 'PUT'
    t.match((await send(otherMethod, `${jobs}/${jobId}`, {})).body, { error: { errorCode: '300' } })

    t.equal((await send('POST', `${jobs}/verify`, `{"name":"nightly","nodes":${nodesText}}`)).text, 'true')
    t.equal((await get(jobs)).body.count, 1, 'a checked job is not kept')
    t.equal(emulator.jobs(), 1)

    wall.moment += minute
    const deleted = await send('DELETE', `${jobs}/${jobId}`)
    t.equal(`${deleted.status} ${deleted.text}`, '200 true')
    t.equal((await get(jobs)).body.count, 0)
    const ways: [string, string, object?][] = [
      ['GET', ''],
      ['DELETE', ''],
      [update, '', { name: 'other', type, isTemp: false, nodes: [] }],
      ['GET', '/executions'],
      ['GET', '/executions/abcdefghijkl'],
      ['POST', '/executions', executionBody],
      ['PUT', '/executions', executionBody],
    ]
    for (const [method, path, body] of ways) {
      for (const id of [jobId, 'unknown', 'constructor', '%EA%B0%80', "'%20OR%201=1", 'a%2Fb']) {
        refused(t, await send(method, `${jobs}/${id}${path}`, body), 'not-found', /^unknown job "/)
      }
    }
    if (c) return
    const [gone] = (await get(`${jobs}?status=DELETED`)).body.list
    t.match(gone, { jobId, status: 'DELETED' })
    t.ok(gone.updatedDate > changed, 'the date of a deletion')
  })
}

/** Bodies of createJob that break a rule, with the editions that refuse them. */
const rules: [title: string, change: object, editions: string, names: RegExp][] = [
  ['two letters', { name: 'ab' }, 'ABC', /^name: /],
  ['20 letters', { name: 'n'.repeat(20) }, '', /^name/],
  ['21 letters', { name: 'n'.repeat(21) }, 'A', /^name: .* 3 to 20 /],
  ['100 letters', { name: 'n'.repeat(100) }, 'A', /^name: /],
  ['101 letters', { name: 'n'.repeat(101) }, 'ABC', /^name: /],
  ['a leading digit', { name: '1abc' }, 'ABC', /first a letter or _/],
  ['a leading hyphen', { name: '-abc' }, 'ABC', /^name: /],
  ['a leading underscore', { name: '_abc' }, '', /^name/],
  ['a space', { name: 'a bc' }, 'ABC', /^name: /],
  ['a Korean name', { name: '가나다' }, 'ABC', /^name: /],
  ['a line break behind', { name: 'abc\n' }, 'ABC', /^name: /],
  ['no name', { name: undefined }, 'ABC', /^name: .*is missing/],
  ['no nodes', { nodes: undefined }, 'AB', /^nodes: .*is missing/],
  ['a type that is none', { type: 'DATAFLOW' }, 'C', /^type: must be one of VISUAL, SCRIPT, was "DATAFLOW"/],
  ['no type', { type: undefined }, 'C', /^type: .*is missing/],
  ['no execution at all', { maxConcurrentRuns: 0 }, 'C', /^maxConcurrentRuns: /],
  ['half an execution', { maxConcurrentRuns: 1.5 }, 'C', /^maxConcurrentRuns: /],
  [
    'parameters of a visual job',
    { jobCondition: { parameters: { a: 'b' } } },
    'C',
    /^jobCondition: \/jobCondition\/parameters: /,
  ],
  [
    'one worker',
    { jobCondition: { numWorker: 1 } },
    'C',
    /\/jobCondition\/numWorker: must be a whole number from 2 to 10/,
  ],
  ['no time', { jobCondition: { timeout: 0 } }, 'C', /\/jobCondition\/timeout: /],
  [
    'a node of an older edition',
    { nodes: [{ type: 'TRANSFORM_DROP_NULL', id: 1, name: 'x', parentNodeIds: [] }] },
    'ABC',
    /^nodes: \/nodes\/0\//,
  ],
  ['a member nobody knows', { colour: 'red' }, '', /colour/],
]

for (const [edition, letter] of [
  ['2023-10', 'A'],
  ['2025-03', 'B'],
  ['2026-09', 'C'],
] as const) {
  t.test(`checks new jobs of ${edition} against its rules, on verify too`, async t => {
    const { send, get } = await client(t, { edition })
    let kept = 0
    for (const [title, change, editions, names] of rules) {
      const body = { ...newJob(edition), ...change }
      const created = await send('POST', jobs, body)
      if (editions.includes(letter)) refused(t, created, 'bad-parameter', names)
      else {
        t.equal(created.status, 201, title)
        kept++
      }
      if (!('jobCondition' in change || 'maxConcurrentRuns' in change || 'type' in change)) {
        const verified = await send('POST', `${jobs}/verify`, { nodes: [], ...body })
        const missingNodes = title === 'no nodes'
        t.equal(verified.status, editions.includes(letter) || missingNodes ? 400 : 200, `verify: ${title}`)
      }
    }
    t.equal((await get(jobs)).body.count, kept)
  })
}

t.test('checks the limits of execution settings, and fills in defaults', async t => {
  const cases: [change: object, editions: string][] = [
    [{ numWorker: 1 }, 'ABC'],
    [{ numWorker: 2 }, ''],
    [{ numWorker: 10 }, ''],
    [{ numWorker: 11 }, 'ABC'],
    [{ numWorker: 2.5 }, 'ABC'],
    [{ numWorker: '2' }, 'ABC'],
    [{ timeout: -1 }, 'ABC'],
    [{ timeout: 0 }, 'C'],
    [{ timeout: 1 }, ''],
    [{ timeout: 1440 }, ''],
    [{ timeout: 1441 }, 'ABC'],
    [{ nrn: undefined }, 'AB'],
    [{ scriptPath: undefined }, 'AB'],
    [{ logPath: undefined }, 'AB'],
    [{ logPath: '' }, 'ABC'],
    [{ nrn: 7 }, 'ABC'],
  ]
  for (const [edition, letter] of [
    ['2023-10', 'A'],
    ['2025-03', 'B'],
    ['2026-09', 'C'],
  ] as const) {
    const { send, create } = await client(t, { edition, waitingTime: 0, runTime: 0 })
    const path = `${jobs}/${await create()}/executions`
    for (const [change, editions] of cases) {
      const [key = '', value] = Object.entries(change)[0] ?? []
      const body = { jobCondition: { ...settings, ...change } }
      for (const method of ['PUT', 'POST']) {
        const answer = await send(method, path, body)
        if (editions.includes(letter))
          refused(t, answer, 'bad-parameter', new RegExp(`^jobCondition: /jobCondition/${key}: `))
        else {
          t.equal(answer.status, 200, `${edition} ${method} ${JSON.stringify(change)}`)
          const shown = answer.body.runCondition ?? answer.body.jobCondition
          if (value !== undefined) t.equal(shown[key], value)
        }
      }
    }
    const { nrn, scriptPath, logPath } = settings
    const sparse = await send('PUT', path, { jobCondition: { nrn, scriptPath, logPath } })
    t.match(
      sparse.body.runCondition ?? sparse.body.jobCondition,
      letter === 'C' ? { numWorker: 3 } : { numWorker: 2, timeout: 360 },
    )
    const empty = await send('PUT', path, {})
    refused(t, empty, 'bad-parameter', /^jobCondition: must be an object, is missing/)
  }
})

t.test('keeps the parameters and the limit of executions of a script job of 2026-09', async t => {
  const { send, get } = await client(t, { edition: '2026-09' })
  const jobCondition = { ...settings, parameters: { day: '2025-06-01', __proto__x: 'y' } }
  const { body } = await send('POST', jobs, { name: 'script', type: 'SCRIPT', maxConcurrentRuns: 4, jobCondition })
  t.same(body.nodes, [])
  t.same(body.jobCondition, jobCondition)
  const path = `${jobs}/${body.jobId}`
  t.match(await send('PATCH', path, { type: 'SCRIPT', maxConcurrentRuns: 5, jobCondition: { timeout: 7 } }), {
    status: 200,
  })
  t.match((await get(path)).body, {
    name: 'script',
    maxConcurrentRuns: 5,
    jobCondition: { ...jobCondition, timeout: 7 },
  })
  refused(t, await send('PATCH', path, { name: 'other' }), 'bad-parameter', /^type: .*is missing/)
  t.equal((await get(path)).body.name, 'script', 'a refused change changes nothing')
})

t.test('accepts drafts', async t => {
  for (const edition of withDrafts) {
    for (const [draftStatus, shown] of [
      ['draft', 'DRAFT'],
      ['editing', 'EDITING'],
    ] as const) {
      const { send, get, create, wall } = await client(t, { edition, assume: { draftStatus } })
      const path = `${jobs}/${await create()}`
      const change = (isTemp?: boolean) => send('PUT', path, { name: 'nightly', type: 'DATAFLOW', isTemp, nodes: [] })
      t.equal((await change(true)).body.status, shown)
      t.equal((await get(path)).body.status, shown)
      refused(t, await send('POST', `${path}/executions`, executionBody), 'bad-state', new RegExp(`is ${draftStatus}`))
      t.equal((await send('PUT', `${path}/executions`, executionBody)).body.status, shown, 'settings do not finish it')

      t.equal((await change(false)).body.status, 'RUNNABLE')
      t.equal((await send('POST', `${path}/executions`, executionBody)).status, 200)
      t.equal((await get(path)).body.status, 'RUNNING')
      t.equal((await change(false)).body.status, 'RUNNING', 'a finished change while it runs')
      refused(t, await change(true), 'bad-state', /execution under way/)
      wall.moment += minute
      t.equal((await get(path)).body.status, 'RUNNABLE', 'time alone is seen')
      const unsaid = await change()
      if (edition === '2023-10') refused(t, unsaid, 'bad-parameter', /^isTemp: /)
      else t.equal(unsaid.body.status, 'RUNNABLE')
    }
  }
  const { send, create } = await client(t)
  const path = `${jobs}/${await create()}`
  refused(t, await send('PUT', path, { name: 'nightly', type: 'VISUAL' }), 'bad-parameter', /^type: /)
  refused(t, await send('PUT', path, { name: 'nightly' }), 'bad-parameter', /^type: /)
  refused(t, await send('PUT', path, { type: 'DATAFLOW' }), 'bad-parameter', /^name: /)
  await send('PUT', path, `{"name":"nightly","type":"DATAFLOW","nodes":${nodesText}}`)
  const kept = await send('PUT', path, { name: 'nightly', type: 'DATAFLOW' })
  t.equal(kept.body.nodes.length, 3, 'nodes that are not sent stay')
})

t.test('guards a job with an execution under way', async t => {
  const under = async (setting: Setting): Promise<Client & { path: string }> => {
    const made = await client(t, setting)
    const path = `${jobs}/${await made.create()}`
    t.equal((await made.send('POST', `${path}/executions`, executionBody)).status, 200)
    return { ...made, path }
  }
  for (const edition of editionIds) {
    const { send, get, path, wall } = await under({ edition })
    t.equal((await get(path)).body.status, edition === '2026-09' ? 'READY' : 'RUNNING')
    refused(t, await send('DELETE', path), 'bad-state', /execution under way/)
    wall.moment += minute
    t.match((await get(path)).body, {
      status: edition === '2026-09' ? 'READY' : 'RUNNABLE',
      ...(edition === '2023-10' ? {} : { lastExecutionStatus: 'COMPLETED', lastExecutionDate: dates[edition][0] }),
    })
    t.match((await get(jobs)).body.list[0], { lastExecutionStatus: 'COMPLETED', lastExecutionDate: dates[edition][0] })
    t.equal((await send('DELETE', path)).text, 'true')
  }
  const { send, get, path, wall } = await under({ assume: { busyJob: 'allow' } })
  const draft = await send('PUT', path, { name: 'nightly', type: 'DATAFLOW', isTemp: true })
  t.equal(draft.body.status, 'DRAFT')
  wall.moment += minute
  t.match(
    (await get(path)).body,
    { status: 'DRAFT', lastExecutionStatus: 'COMPLETED' },
    'its execution ends, the draft stays',
  )

  const other = await under({ assume: { busyJob: 'allow' } })
  t.equal((await other.send('DELETE', other.path)).status, 200)
  other.wall.moment += minute
  t.match((await other.get(`${jobs}?status=DELETED`)).body.list, [
    { status: 'DELETED', lastExecutionStatus: 'COMPLETED' },
  ])
})

t.test('names may have to be unique', async t => {
  const { send, create } = await client(t, { assume: { jobNames: 'unique' } })
  const first = await create('first')
  const second = await create('second')
  refused(t, await send('POST', jobs, newJob('2025-03', 'first')), 'bad-parameter', /^name: .*"first"/)
  refused(t, await send('POST', `${jobs}/verify`, newJob('2025-03', 'first')), 'bad-parameter', /^name: /)
  const rename = { name: 'first', type: 'DATAFLOW' }
  refused(t, await send('PUT', `${jobs}/${second}`, rename), 'bad-parameter', /^name: /)
  t.equal((await send('PUT', `${jobs}/${first}`, rename)).status, 200, 'its own name is its own')
  await send('DELETE', `${jobs}/${first}`)
  t.equal((await send('PUT', `${jobs}/${second}`, rename)).status, 200, 'the name of a deleted job is free')

  const any = await client(t)
  t.not(await any.create('same'), await any.create('same'))
})

/** What a switched assumption changes of a job. */
const switches: [Setting, (client: Client, t: Test) => Promise<unknown>][] = [
  [
    { assume: { createStatus: '200' } },
    async ({ send }, t) => t.equal((await send('POST', jobs, newJob('2025-03'))).status, 200),
  ],
  [
    { edition: '2026-09', assume: { conditionName: 'runCondition' } },
    async ({ send }, t) =>
      t.match((await send('POST', jobs, newJob('2026-09'))).body, { runCondition: { numWorker: 2 } }),
  ],
  [
    { edition: '2026-09', assume: { maxConcurrentRuns: 'unlimited' } },
    async ({ send, create }, t) => {
      const path = `${jobs}/${await create()}`
      for (let nth = 0; nth < 3; nth++) t.equal((await send('POST', `${path}/executions`)).status, 200)
      t.match(await send('PATCH', path, { type: 'VISUAL', maxConcurrentRuns: 3 }), { body: { maxConcurrentRuns: 3 } })
      refused(
        t,
        await send('POST', `${path}/executions`),
        'bad-state',
        /3 executions under way, its maxConcurrentRuns is 3/,
      )
    },
  ],
  [
    { assume: { workerType: 'dataflow' } },
    async ({ send, create }, t) => {
      const path = `${jobs}/${await create()}/executions`
      t.equal((await send('PUT', path, executionBody)).body.runCondition.workerType, 'DATAFLOW')
      const other = { jobCondition: { ...settings, workerType: 'DEFAULT' } }
      refused(t, await send('PUT', path, other), 'bad-parameter', /workerType: must be one of DATAFLOW/)
    },
  ],
  [
    {},
    async ({ send, create }, t) => {
      const path = `${jobs}/${await create()}/executions`
      for (const workerType of ['DATAFLOW', 'DEFAULT']) {
        const sent = { jobCondition: { ...settings, workerType } }
        t.equal((await send('PUT', path, sent)).body.runCondition.workerType, workerType)
      }
    },
  ],
  [
    { assume: { nameStart: 'hyphen' } },
    async ({ send }, t) => {
      t.equal((await send('POST', jobs, newJob('2025-03', '-abc'))).status, 201)
      refused(t, await send('POST', jobs, newJob('2025-03', '_abc')), 'bad-parameter', /a letter or -/)
    },
  ],
  [
    { assume: { emptyNodes: 'refuse' } },
    async ({ send }, t) =>
      refused(t, await send('POST', jobs, newJob('2025-03')), 'bad-parameter', /^nodes: .*at least 1/),
  ],
  [
    { assume: { errorBody: 'detail' } },
    async ({ get }, t) =>
      t.same((await get(`${jobs}/none`)).body, { detail: 'unknown job "none"', errorType: 'not-found' }),
  ],
  [
    { edition: '2026-09', assume: { errorBody: 'error', errorCode: 'word' } },
    async ({ get }, t) => {
      const error = { errorCode: 'not-found', message: 'not-found', details: 'unknown job "none"' }
      t.same((await get(`${jobs}/none`)).body, { error })
    },
  ],
]

for (const [setting, look] of switches) {
  t.test(`follows ${JSON.stringify(setting)}`, async t => look(await client(t, setting), t))
}

t.test('draws the same ids for the same seed and history, each for one account', async t => {
  const ids = async (setting: Setting) => {
    const { create } = await client(t, setting)
    return [await create(), await create()]
  }
  const [first, second] = await ids({ seed: '7' })
  t.match(first, /^[0-9A-Za-z]{12}$/)
  t.not(first, second)
  t.same(await ids({ seed: '7' }), [first, second])
  t.notSame(await ids({ seed: '8' }), [first, second])
})
