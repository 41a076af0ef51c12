import t from 'tap'
import { editions } from '../../src/api/editions/editions.ts'
import type { Send } from '../../src/conformance/session.ts'
import { fitted } from '../../src/pull/fit.ts'
import { missingLines } from '../../src/pull/missing.ts'
import { createReader } from '../../src/pull/read-lists.ts'
import { testNow } from '../support/emulator.ts'
import { account, pullFrom, sessionOf } from '../support/pull.ts'

const forbidden = JSON.stringify({ error: { errorCode: '220', message: 'Permission Denied' } })

/** The target, forbidding what a pattern names. */
const forbidding =
  (send: Send, paths: RegExp): Send =>
  async request =>
    paths.test(request.target) ? { status: 403, headers: {}, text: forbidden } : send(request)

t.test('says which lists and objects may not be opened, and pulls the others', async t => {
  const { send, edition } = await account(t, { fixtures: 'default' })
  const paths = /^\/api\/v1\/(workflows|triggers|jobs\/\w+$|jobs\?status)/
  const { fixture, missing } = await pullFrom(sessionOf(forbidding(send, paths)), edition)
  const { jobs, triggers, workflows } = fixture
  t.same([triggers, workflows], [[], []])
  t.ok(jobs.length > 10)
  const reason = '403 220 Permission Denied'
  t.same(missing.slice(0, 3), [
    { what: 'deleted jobs', reason },
    { what: 'triggers', reason },
    { what: 'workflows', reason },
  ])
  const [, , , graphs] = missingLines(missing)
  t.match(graphs, /^\d+ graphs and settings of jobs \([\w-]+, [\w-]+, [\w-]+, \.\.\.\): 403 220 Permission Denied$/)
  await t.rejects(pullFrom(sessionOf(forbidding(send, /./)), edition), {
    name: 'TargetError',
    message: `no list can be read (jobs: ${reason}); nothing can be pulled`,
  })
})

t.test('keeps the nodes of a workflow whose jobs and triggers may not be listed', async t => {
  const { send, edition } = await account(t, { fixtures: 'default' })
  const { fixture } = await pullFrom(sessionOf(forbidding(send, /^\/api\/v1\/(triggers|jobs)/)), edition)
  t.ok(fixture.workflows.length > 0)
  for (const { nodes } of fixture.workflows) t.match(nodes, [{ isValid: false }])
})

t.test('says what the budget left out, and how much it must be', async t => {
  const { send, edition } = await account(t, { fixtures: 'default' })
  const { missing, sent } = await pullFrom(sessionOf(send, { budget: 20 }), edition)
  t.equal(sent, 20)
  t.match(missingLines(missing)[0], /graphs and settings of jobs .*: the budget of 20 requests is used up$/)
  await t.rejects(pullFrom(sessionOf(send), edition, { budget: 20 }), {
    name: 'TargetError',
    message: /^the account needs (\d+) requests, the budget is 20; give --budget \1 or more, or fewer --executions$/,
  })
})

t.test('gives up on a target that has gone, not on a single failure', async t => {
  const { send, edition } = await account(t, { fixtures: 'default' })
  let count = 0
  const gone: Send = request => {
    count += 1
    return count > 20 ? Promise.reject(new Error('connect ECONNREFUSED')) : send(request)
  }
  await t.rejects(pullFrom(sessionOf(gone), edition), { message: 'no response: connect ECONNREFUSED' })
  const job = { name: 'healthy', createdDate: '2025-05-01T00:00:00' }
  const small = await account(t, {
    fixtures: {
      jobs: [
        job,
        {
          ...job,
          jobId: 'job000000001',
          name: 'sick',
          executions: [{ status: 'FAILED' as const, createdDate: '2025-05-02T00:00:00' }],
        },
      ],
    },
  })
  const ill: Send = request =>
    request.target.includes('/job000000001/executions')
      ? Promise.reject(new Error('socket hang up'))
      : small.send(request)
  const { missing, fixture } = await pullFrom(sessionOf(ill), small.edition)
  t.same(missing, [{ what: 'executions of jobs', of: 'sick', reason: 'no response: socket hang up' }])
  t.match(fixture.jobs, [{ name: 'sick', lastExecutionStatus: 'FAILED' }, { name: 'healthy' }])
})

t.test('reads every page, whatever the target counts and says past the end', async t => {
  for (const assume of [{}, { count: 'page' }, { pastEnd: 'refuse' }, { count: 'page', pastEnd: 'refuse' }]) {
    for (const generate of [999, 1000, 1001]) {
      const { send } = await account(t, { generate, assume })
      const reader = createReader(sessionOf(send), editions['2025-03'])
      const [jobs, deleted] = [
        await reader.all('getJobs', 'jobId', 'jobs'),
        await reader.all('getJobs', 'jobId', 'deleted jobs', 'status=DELETED&'),
      ]
      t.equal(jobs.length + deleted.length, generate)
      t.same(reader.missing, [])
    }
  }
})

t.test('notes a list that counts more than it shows, and a response that is no list', async t => {
  const answer =
    (text: string): Send =>
    async () => ({ status: 200, headers: {}, text })
  const read = async (text: string) => {
    const reader = createReader(sessionOf(answer(text)), editions['2026-09'])
    const items = await reader.all('getJobs', 'jobId', 'jobs')
    return { items: items.length, missing: missingLines(reader.missing) }
  }
  t.same(await read('{"list":[{"jobId":"a"}],"count":5}'), {
    items: 1,
    missing: ['jobs: the list counts 5, its pages hold 1'],
  })
  t.same(await read('[]'), { items: 0, missing: ['jobs: 200'] })
  const none = { ...editions['2026-09'], operations: {} }
  t.same(await createReader(sessionOf(answer('')), none).all('getJobs', 'jobId', 'jobs'), [])
})

t.test('leaves out what a fixture cannot hold, and says so', async t => {
  const dates = { createdDate: '2025-05-01T00:00:00', updatedDate: '2025-05-01T00:00:00' }
  const ran = { status: 'COMPLETED', createdDate: '2025-05-02T00:00:00' }
  const { fixture, missing } = await fitted(
    {
      description: '',
      triggers: [
        { triggerId: 'trigger00001', name: 'kept', ...dates },
        { triggerId: 'trigger00002', name: 'odd', ...dates, triggerRule: { type: 'LUNAR' } },
      ],
      jobs: [
        { jobId: 'job000000001', name: '한글 이름', ...dates },
        { jobId: 'job000000002', name: 'new-node', ...dates, nodes: [{ type: 'TRANSFORM_TELEPATHY', id: 1 }] },
        { jobId: 'job000000003', name: 'settings', ...dates, jobCondition: { numWorker: 1000 } },
        {
          jobId: 'job000000004',
          name: 'history',
          ...dates,
          executions: [ran, { ...ran, createdDate: '2024-01-01T00:00:00' }, { ...ran, workflowId: 'workflow0002' }],
        },
        { jobId: 'job000000005', name: 'unknown', ...dates, executions: [{ ...ran, status: 'LOST' }] },
      ],
      workflows: [{ workflowId: 'workflow0002', name: 'loop', ...dates, nodes: [{ type: 'LOOP' }] }],
    },
    editions['2025-03'],
    testNow,
  )
  t.same(
    missing.map(({ what, of }) => `${what} ${of}`).sort(),
    [
      'executions of jobs history',
      'executions of jobs history',
      'executions of jobs unknown',
      'graphs of jobs new-node',
      'jobs 한글 이름',
      'settings of jobs settings',
      'triggers odd',
      'workflows loop',
    ].sort(),
  )
  for (const { reason } of missing) t.match(reason, /^the fixture cannot hold it: (expected|must be) /)
  t.match(fixture, { triggers: [{ name: 'kept' }], workflows: [] })
  t.same(
    fixture.jobs.map(({ name, nodes, jobCondition, executions }) => [name, nodes, jobCondition, executions]),
    [
      ['new-node', undefined, undefined, undefined],
      ['settings', undefined, undefined, undefined],
      ['history', undefined, undefined, [ran, ran]],
      ['unknown', undefined, undefined, undefined],
    ],
  )
})
