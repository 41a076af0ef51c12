import assert from 'node:assert/strict'
import t from 'tap'
import { type EditionId, editionIds } from '../../src/api/editions/editions.ts'
import type { Send } from '../../src/conformance/session.ts'
import type { Fixture } from '../../src/seed/fixture-schema.ts'
import { parseMoment } from '../../src/time/korean-time.ts'
import { type Account, account, pullFrom, sessionOf } from '../support/pull.ts'

const second = '2025-05-01T09:00:00'
const column = (name: string) => ({ name, type: 'String' })
const bucket = (bucketName: string, name: string) => ({
  regionNo: '1',
  bucketName,
  prefix: 'secret-folder/in/',
  dataType: 'CSV',
  fieldList: [column(name), column('passport_number')],
})
const source = { type: 'SOURCE_OBS', id: 1700000000001, name: 'Read customers', parentNodeIds: [] }
const settings = {
  numWorker: 3,
  timeout: 20,
  nrn: 'nrn:PUB:IAM::7654321:Role/00000000-0000-11f0-aaaa-000000000000',
  scriptPath: 'dataflow-7654321-abcd/scripts/',
  logPath: 'dataflow-7654321-abcd/sparkHistoryLogs/',
}

const jobs: Fixture['jobs'] = [
  {
    // The newest of its second has the smallest id.
    jobId: 'aaaaaaaaaaa1',
    name: 'customers-import',
    description: 'Mail bugs to kim@example.com',
    createdDate: `${second}.900`,
    maxConcurrentRuns: 3,
    jobCondition: { ...settings, parameters: { owner: 'kim@example.com' } },
    type: 'SCRIPT',
    nodes: [
      { ...source, ...bucket('secret-bucket', 'salary') },
      {
        type: 'TRANSFORM_SQL',
        id: 1700000000002,
        name: 'Ask',
        parentNodeIds: [1700000000001],
        sourceNameList: [{ parentId: 1700000000001, newName: 'people' }],
        sql: 'select salary from people',
        extra: { 'kim@example.com': [7654321, true, null, ','], at: '2025-01-01T00:00:00' },
      },
      {
        type: 'TRANSFORM_AGGREGATE',
        id: 1700000000003,
        name: 'Sum',
        parentNodeIds: [1700000000002],
        groupByList: ['passport_number'],
        aggregateFieldList: [{ name: 'salary', ResultName: 'sum_of_salaries', function: 'SUM' }],
      },
      {
        type: 'TARGET_OBS',
        id: 1700000000004,
        name: 'Write customers',
        parentNodeIds: [1700000000003],
        ...bucket('secret-bucket', 'sum_of_salaries'),
        updateType: 'OVERWRITE',
        coalesce: 5000,
      },
    ],
    executions: [
      {
        // Waited less than a minute and ran less than two, though the seconds say more.
        status: 'COMPLETED',
        createdDate: '2025-05-10T10:00:00.900',
        startDate: '2025-05-10T10:01:00.100',
        endDate: '2025-05-10T10:03:00.050',
        workflowId: 'wwwwwwwwwww1',
        triggerId: 'ttttttttttt1',
        parameters: { day: '2025-05-10', who: ['kim@example.com', 7654321, 7], deep: { name: 'kim@example.com' } },
      },
      {
        // The job had another name, the trigger is gone.
        status: 'CANCELED',
        createdDate: '2025-05-11T10:00:00',
        endDate: '2025-05-11T10:05:00',
        jobName: 'customers-old',
        triggerId: 'ggggggggggg1',
        triggerName: 'trigger-gone',
        type: 'WORKFLOW',
        jobCondition: { numWorker: 5, timeout: 0 },
      },
      { status: 'RUNNING', createdDate: '2025-05-31T23:59:00', startDate: '2025-05-31T23:59:10' },
    ],
  },
  { jobId: 'mmmmmmmmmmm1', name: 'customers-export', createdDate: `${second}.500`, status: 'STOPPED', disabled: true },
  {
    jobId: 'zzzzzzzzzzz1',
    name: 'customers-export',
    createdDate: `${second}.100`,
    updatedDate: '2025-05-02T00:00:00',
    executions: [
      // In one second with an execution of another job of its workflow, and with one of its own.
      { status: 'FAILED', createdDate: '2025-05-10T10:00:00.950', workflowId: 'wwwwwwwwwww1' },
      { status: 'COMPLETED', createdDate: '2025-05-10T10:00:00.990', workflowId: 'wwwwwwwwwww1', type: 'JOB' },
    ],
  },
  { jobId: 'ddddddddddd1', name: 'unfinished-job', status: 'DRAFT', createdDate: second, nodes: [source] },
  { jobId: 'rrrrrrrrrrr1', name: 'removed-job', status: 'DELETED', createdDate: '2025-04-01T00:00:00' },
  {
    jobId: 'lllllllllll1',
    name: 'lost-history',
    createdDate: '2025-04-02T00:00:00',
    lastExecutionStatus: 'FAILED',
    lastExecutionDate: '2025-04-03T00:00:00',
  },
]

/** An account with everything that lists can show. */
const telling = (edition: EditionId): Fixture => ({
  // Editions without drafts check every graph.
  jobs: jobs.map(({ nodes, ...job }) =>
    edition === '2026-09' && job.status === 'DRAFT' ? job : { ...job, ...(nodes && { nodes }) },
  ),
  triggers: [
    { triggerId: 'ttttttttttt1', name: 'every-monday', createdDate: `${second}.200`, triggerRule: weekly },
    { triggerId: 'ttttttttttt2', name: 'customers-once', createdDate: `${second}.100`, triggerRule: once },
    {
      triggerId: 'ttttttttttt0',
      name: 'customers-event',
      type: edition === '2023-10' ? 'NONE' : 'EVENT',
      createdDate: `${second}.300`,
    },
    { triggerId: 'ttttttttttt3', name: 'by_hand', createdDate: '2025-04-01T00:00:00' },
  ],
  workflows: [
    {
      workflowId: 'wwwwwwwwwww1',
      name: 'customers-flow',
      createdDate: `${second}.700`,
      nodes: [
        { id: 'ttttttttttt1', type: 'TRIGGER' },
        { id: 'aaaaaaaaaaa1', type: 'JOB', jobCondition: settings },
        { id: 'zzzzzzzzzzz1', type: 'JOB', parentNodeIds: ['ttttttttttt1'], jobCondition: { timeout: 5 } },
        { id: 'rrrrrrrrrrr1', type: 'JOB', name: 'removed-before', parentNodeIds: [], isValid: false },
        { id: 'xxxxxxxxxxx1', type: 'JOB', name: 'unknown-job', parentNodeIds: [], isValid: false },
      ],
    },
    {
      workflowId: 'wwwwwwwwwww2',
      name: 'draft-flow',
      isTemp: edition !== '2026-09',
      createdDate: `${second}.100`,
      lastExecutionDate: '2025-05-20T00:00:00',
      nodes: [{ id: 'ggggggggggg1', name: 'trigger-gone', type: 'TRIGGER', triggerRule: 'RECURRING', isValid: false }],
    },
  ],
})

type Rule = NonNullable<NonNullable<Fixture['triggers']>[number]['triggerRule']>
const weekly: Rule = { type: 'RECURRING', interval: 'WEEK', time: '03:30', dayOfWeek: ['MONDAY', 'SUNDAY'] }
const once: Rule = { type: 'ONE_TIME', executionDate: '2025-12-24T18:00:00' }

/** What stands in the account and in no pseudonymised fixture. */
const secrets =
  /customers|kim|7654321|abcd|secret|salary|salaries|passport|people|removed-|unknown-|unfinished|-gone|lost-|every-|by_hand|-flow|aaaaaaaaaaa1|mmmmmmmmmmm1|zzzzzzzzzzz1|ddddddddddd1|rrrrrrrrrrr1|lllllllllll1|ttttttttttt|wwwwwwwwwww|ggggggggggg1|xxxxxxxxxxx1|17000000000/i

/** Starts an emulator from what was pulled, as a file would hold it. */
const restarted = (t: Parameters<typeof account>[0], { edition }: Account, fixture: object): Promise<Account> =>
  account(t, { edition, fixtures: JSON.parse(JSON.stringify(fixture)) as Fixture })

const isDate = (text: string) => parseMoment(text) !== undefined

/** Compares two values that may differ in texts and large numbers, each always in the same way. */
function assertSameShape(original: unknown, other: unknown): void {
  const there = new Map<string, unknown>()
  const back = new Map<string, unknown>()
  const paired = (from: unknown, to: unknown, stem: string) => {
    const [known = to, knownBack = from] = [there.get(`${stem} ${from}`), back.get(String(to))]
    assert.equal(known, to)
    assert.equal(knownBack, from)
    there.set(`${stem} ${from}`, to)
    back.set(String(to), from)
  }
  const walk = (from: unknown, to: unknown, key: string): void => {
    if (typeof from === 'string' && typeof to === 'string') {
      if (isDate(from)) assert.equal(to, from)
      else if (key.endsWith('Path')) assert.equal(to.split('/').length, from.split('/').length)
      else if (from !== to) paired(from, to, to.replace(/\d+$/, ''))
    } else if (Array.isArray(from) && Array.isArray(to)) {
      assert.equal(to.length, from.length)
      from.forEach((each, index) => {
        walk(each, to[index], key)
      })
    } else if (typeof from === 'object' && typeof to === 'object' && from !== null && to !== null) {
      const [ours, theirs] = [Object.entries(from), Object.entries(to)]
      assert.equal(theirs.length, ours.length)
      ours.forEach(([name, each], index) => {
        const [otherName = '', otherEach] = theirs[index] ?? []
        if (name !== otherName) paired(name, otherName, otherName.replace(/\d+$/, ''))
        walk(each, otherEach, name)
      })
    } else if (key !== 'id' && !/Ids?$/.test(key) && Number(from) < 1000) assert.equal(to, from)
    else assert.equal(typeof to, typeof from)
  }
  walk(original, other, '')
}

for (const edition of editionIds) {
  t.test(`restarts with the lists of an account of ${edition}`, async t => {
    for (const fixtures of [telling(edition), 'default', 'busy']) {
      const from = await account(t, { edition, fixtures })
      const { fixture, missing } = await pullFrom(sessionOf(from.send), edition)
      t.same(missing, [])
      const [before, after] = [await from.lists(), await (await restarted(t, from, fixture)).lists()]
      for (const [name, list] of Object.entries(before)) assert.deepEqual(after[name], list, name)
      assert.deepEqual(Object.keys(after), Object.keys(before))
    }
  })

  t.test(`gives pseudonyms to an account of ${edition} and keeps its shape`, async t => {
    const from = await account(t, { edition, fixtures: telling(edition) })
    const { fixture, missing } = await pullFrom(sessionOf(from.send), edition, { pseudonymise: true })
    t.same(missing, [])
    t.notMatch(JSON.stringify(fixture), secrets)
    assertSameShape(await from.lists(), await (await restarted(t, from, fixture)).lists())
  })
}

/** A target that fails now and then, and no request more than once in a row. */
function flaky(send: Send): { readonly send: Send; readonly failures: Record<string, number> } {
  const failures: Record<string, number> = {}
  let count = 0
  let failedAt = ''
  return {
    failures,
    send: async request => {
      count += 1
      const kind =
        count % 17 === 0 ? '429' : count % 29 === 0 ? '500' : count % 37 === 0 ? '503' : count % 41 === 0 ? 'reset' : ''
      if (kind === '' || failedAt === request.target) return send(request)
      failedAt = request.target
      failures[kind] = (failures[kind] ?? 0) + 1
      if (kind === 'reset') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
      return { status: Number(kind), headers: { 'retry-after': '1' }, text: '<html>' }
    },
  }
}

t.test('reads 3 000 jobs from a target that fails now and then', async t => {
  const from = await account(t, { generate: 3000 })
  const known = new Map<string, ReturnType<Send>>()
  const { send, failures } = flaky(from.send)
  const remembered: Send = request => {
    const made = known.get(request.target) ?? send(request)
    made.then(({ status }) => status === 200 && known.set(request.target, made)).catch(() => {})
    return made
  }
  const plain = await pullFrom(sessionOf(remembered), from.edition, { executions: 10 })
  t.same(plain.missing, [])
  for (const kind of ['429', '500', '503', 'reset']) t.ok((failures[kind] ?? 0) > 20, kind)
  const { fixture: concealed } = await pullFrom(sessionOf(remembered), from.edition, {
    executions: 10,
    pseudonymise: true,
  })
  const [to, other] = [await restarted(t, from, plain.fixture), await restarted(t, from, concealed)]
  const names = new Set<string>()
  for (const target of ['jobs', 'jobs?status=DELETED&', 'jobs?page=2&limit=1000', 'triggers', 'workflows']) {
    const path = `/api/v1/${target}${target.includes('?') ? '' : '?page=0&limit=5000'}`
    const [a, b, c] = await Promise.all([from, to, other].map(each => sessionOf(each.send).ask({ target: path })))
    assert.deepEqual(b?.json, a?.json)
    assertSameShape(a?.json, c?.json)
    const { list } = (a?.json ?? { list: [] }) as { list: { name: string }[] }
    for (const { name } of list) names.add(name)
  }
  t.equal(names.size > 3000, true)
  const text = JSON.stringify(concealed)
  t.same(
    [...names].filter(name => text.includes(`"${name}"`)),
    [],
  )
})
