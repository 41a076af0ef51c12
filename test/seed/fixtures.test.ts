import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { assume } from '../../src/api/assumptions.ts'
import { editions } from '../../src/api/editions/editions.ts'
import { jobStates } from '../../src/domain/job.ts'
import { executionStates } from '../../src/domain/lifetime.ts'
import { entropy } from '../../src/entropy.ts'
import type { Fixture } from '../../src/seed/fixture-schema.ts'
import { readFixtures, scenarioNames } from '../../src/seed/fixtures.ts'
import type { SeedTimes } from '../../src/seed/seed.ts'

const now = Date.UTC(2025, 4, 31, 15)

const times = {
  now,
  from: now,
  waitingMs: 1000,
  runningMs: 3000,
  edition: editions['2025-03'],
  assumed: assume(),
}

const accountsOf = async (fixtures: string | Fixture, more: Partial<SeedTimes> = {}) =>
  (await readFixtures(fixtures, { ...times, chance: entropy('1'), ...more })).map(account => ({
    ...account,
    jobs: [...account.jobs],
  }))
const read = async (fixtures: string | Fixture, seed = '1') =>
  (await accountsOf(fixtures, { chance: entropy(seed) })).map(({ name, credentials, jobs }) => ({
    name,
    credentials,
    jobs: jobs.map(({ job }) => job),
  }))

const jobsOf = async (fixtures: string | Fixture) => (await read(fixtures)).flatMap(({ jobs }) => jobs)

/** A folder with these files, and the path of one of them. */
function folder(t: Test, files: Readonly<Record<string, string>>): string {
  const path = t.testdir()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(path, name, '..'), { recursive: true })
    writeFileSync(join(path, name), text)
  }
  return path
}

t.test('seeds the bundled scenarios', async t => {
  t.same(scenarioNames(), ['busy', 'default', 'empty'])
  t.same(await jobsOf('empty'), [])
  t.same(await read('none'), [])

  const busy = await jobsOf('busy')
  t.ok(busy.filter(job => job.lastExecution?.state === 'running').length > 20)
  t.ok(busy.filter(job => job.lastExecution?.state === 'ready').length > 5)

  const jobs = await jobsOf('default')
  t.same(new Set(jobs.map(job => job.state)), new Set(jobStates), 'every status')
  t.same(
    new Set(jobs.map(job => job.lastExecution?.state)),
    new Set([...executionStates, undefined]),
    'every run status, and none',
  )
  t.same(new Set(jobs.map(job => job.kind)), new Set(['visual', 'script']))
  t.ok(jobs.some(job => job.disabled))

  for (const job of [...jobs, ...busy]) {
    t.ok(job.createdAt <= job.updatedAt, `${job.name} was made before it was changed`)
    t.ok(!job.lastExecution || job.createdAt <= job.lastExecution.at, `${job.name} was made before it ran`)
  }
})

t.test('completes a job whatever was left out', async t => {
  const [job, other] = await jobsOf({ jobs: [{ name: 'abc' }, { name: 'abd' }] })
  t.match(job, {
    name: 'abc',
    kind: 'visual',
    state: 'runnable',
    createdAt: now,
    updatedAt: now,
    disabled: false,
    maxConcurrentRuns: 1,
  })
  t.match(job?.id, /^[0-9A-Za-z]{12}$/)
  t.not(job?.id, other?.id)
  t.same(await read({ jobs: [{ name: 'abc' }] }), await read({ jobs: [{ name: 'abc' }] }), 'same seed, same ids')
  t.not((await read({ jobs: [{ name: 'abc' }] }, '2'))[0]?.jobs[0]?.id, job?.id, 'another seed, other ids')
})

const full = {
  jobId: 'aB3dE5fG7hJ9',
  name: '_full-job',
  type: 'SCRIPT',
  status: 'STOPPED',
  lastExecutionStatus: 'CANCELED',
  lastExecutionDate: '2025-03-02T00:00:00.250',
  createdDate: '2025-03-01T00:00:00Z',
  updatedDate: '2025-03-02T00:00:00-05:00',
  disabled: true,
  maxConcurrentRuns: 3,
} as const
const credential = { accessKey: 'AK', secretKey: 'SK' }
const content: Fixture = {
  credentials: [credential],
  jobs: [full],
  accounts: [
    {
      name: 'team_b',
      credentials: [{ ...credential, accessKey: 'BK', active: false, subscribed: false }],
      jobs: [full],
    },
    { name: 'default', jobs: [{ name: 'one-more', jobId: 'K2mN4pQ6rS8t' }] },
  ],
}

t.test('reads the same content as object, JSON, YAML and folder', async t => {
  const json = JSON.stringify(content)
  const path = folder(t, {
    'a.json': `\uFEFF${json}`,
    'a.yaml': `# a comment\n${json}`,
    'parts/1.json': JSON.stringify({ credentials: content.credentials, jobs: content.jobs }),
    'parts/2.yml': JSON.stringify({ accounts: content.accounts }),
    'parts/notes.txt': 'not a fixture',
    'parts/fixture.schema.json': '{"type":"object"}',
  })
  const wanted = await read(content)
  t.match(wanted, [
    {
      name: 'default',
      credentials: [{ accessKey: 'AK', secretKey: 'SK', active: true, subscribed: true }],
      jobs: [
        {
          id: 'aB3dE5fG7hJ9',
          name: '_full-job',
          kind: 'script',
          state: 'stopped',
          lastExecution: { state: 'canceled', at: Date.UTC(2025, 2, 1, 15, 0, 0, 250) },
          createdAt: Date.UTC(2025, 2, 1),
          updatedAt: Date.UTC(2025, 2, 2, 5),
          disabled: true,
          maxConcurrentRuns: 3,
        },
        { name: 'one-more' },
      ],
    },
    { name: 'team_b', credentials: [{ active: false, subscribed: false }], jobs: [{ id: 'aB3dE5fG7hJ9' }] },
  ])
  for (const name of ['a.json', 'a.yaml', 'parts']) t.same(await read(join(path, name)), wanted, name)
})

const oneJob = (job: object): string => JSON.stringify({ jobs: [{ name: 'good-one' }, { name: 'abc', ...job }] })

const members =
  'name, jobId, description, type, status, lastExecutionStatus, lastExecutionDate, createdDate, updatedDate, disabled, maxConcurrentRuns, nodes, jobCondition, executions, nextRuns'

const march = '2025-03-01T00:00:00+09:00'
const may = '2025-05-01T00:00:00+09:00'

t.test('reads anchors and merge keys of a YAML fixture', async t => {
  const yaml = [
    'jobs:',
    '  - &base { name: first, status: STOPPED, createdDate: "2025-03-20T08:54:03+09:00" }',
    '  - { <<: *base, name: second }',
    'accounts:',
    '  - name: team-a',
    '    jobs: &both [{ <<: *base, name: third }]',
    '  - { name: team-b, jobs: *both }',
  ]
  const { jobs, accounts } = {
    jobs: [{ name: 'first' }, { name: 'second' }],
    accounts: ['team-a', 'team-b'].map(name => ({ name, jobs: [{ name: 'third' }] })),
  }
  const whole = <Job extends object>(job: Job) =>
    ({ ...job, status: 'STOPPED', createdDate: '2025-03-20T08:54:03+09:00' }) as const
  const plain = {
    jobs: jobs.map(whole),
    accounts: accounts.map(({ name, jobs }) => ({ name, jobs: jobs.map(whole) })),
  }
  const path = folder(t, { 'a.yaml': yaml.join('\n'), 'b.json': JSON.stringify(plain) })
  const found = await read(join(path, 'a.yaml'))
  t.same(found, await read(join(path, 'b.json')))
  t.same(
    found.map(({ name, jobs }) => [name, jobs.map(({ name, state }) => `${name} ${state}`)]),
    [
      ['default', ['first stopped', 'second stopped']],
      ['team-a', ['third stopped']],
      ['team-b', ['third stopped']],
    ],
  )
})

/** What a file holds and the beginning of what is said of it, without the name of the file. */
const mistakes: readonly { readonly text: string; readonly says: string; readonly yaml?: true }[] = [
  { text: '[]', says: '/: expected an object, found []' },
  {
    text: '{"job": []}',
    says: '/job: expected one of the members description, credentials, jobs, triggers, workflows, accounts, found []',
  },
  {
    text: '{"a/b~": 1}',
    says: '/a~1b~0: expected one of the members description, credentials, jobs, triggers, workflows, accounts, found 1',
  },
  { text: '{"jobs": {}}', says: '/jobs: expected a list, found {}' },
  {
    text: '{"jobs": [{}]}',
    says: '/jobs/0/name: expected 3 to 100 letters, digits, _ and -, the first a letter or _, found nothing',
  },
  { text: oneJob({ colour: 'red' }), says: `/jobs/1/colour: expected one of the members ${members}, found "red"` },
  {
    text: '{"jobs": [{"name": "abc", "__proto__": {"disabled": true}}]}',
    says: `/jobs/0/__proto__: expected one of the members ${members}, found {"disabled":true}`,
  },
  {
    text: oneJob({ name: 'ab' }),
    says: '/jobs/1/name: expected 3 to 100 letters, digits, _ and -, the first a letter or _, found "ab"',
  },
  {
    text: oneJob({ name: `a${'b'.repeat(100)}` }),
    says: `/jobs/1/name: expected 3 to 100 letters, digits, _ and -, the first a letter or _, found "a${'b'.repeat(58)}...`,
  },
  {
    text: oneJob({ jobId: 'gqigvH******' }),
    says: '/jobs/1/jobId: expected 12 letters and digits, found "gqigvH******"',
  },
  {
    text: oneJob({ status: 'runnable' }),
    says: '/jobs/1/status: expected one of RUNNABLE, RUNNING, DELETED, UNKNOWN, DRAFT, STOPPED, EDITING, found "runnable"',
  },
  { text: oneJob({ type: 'SPARK' }), says: '/jobs/1/type: expected one of DATAFLOW, VISUAL, SCRIPT, found "SPARK"' },
  { text: oneJob({ disabled: 'no' }), says: '/jobs/1/disabled: expected true or false, found "no"' },
  {
    text: oneJob({ maxConcurrentRuns: 0 }),
    says: '/jobs/1/maxConcurrentRuns: expected a whole number, 1 or more, found 0',
  },
  {
    text: oneJob({ createdDate: '20.03.2025' }),
    says: '/jobs/1/createdDate: expected a date such as 2025-03-20T08:54:03+09:00 or -2d, found "20.03.2025"',
  },
  ...['2025-02-30T00:00:00', '2025-13-01T00:00:00Z', '2025-02-28T24:30:00', '2023-02-29T00:00:00+09:00'].map(
    updatedDate => ({
      text: oneJob({ updatedDate }),
      says: `/jobs/1/updatedDate: expected a day and time that exist, found ${JSON.stringify(updatedDate)}`,
    }),
  ),
  {
    text: oneJob({ lastExecutionStatus: 'FAILED' }),
    says: '/jobs/1: expected lastExecutionStatus and lastExecutionDate together, found one of them',
  },
  {
    text: '{"jobs": [{"name": "abc", "jobId": "aaaaaaaaaaaa"}, {"name": "abd", "jobId": "aaaaaaaaaaaa"}]}',
    says: '/jobs/1/jobId: expected another jobId than elsewhere, found "aaaaaaaaaaaa", which stands at FILE: /jobs/0/jobId',
  },
  {
    text: '{"credentials": [{"accessKey": "A", "secretKey": "sssh"}], "accounts": [{"name": "b", "credentials": [{"accessKey": "A", "secretKey": "sssh"}]}]}',
    says: '/accounts/0/credentials/0/accessKey: expected another access key than elsewhere, found "A", which stands at FILE: /credentials/0/accessKey',
  },
  {
    text: '{"credentials": [{"accessKey": "A", "secretKey": "sssh sssh"}]}',
    says: '/credentials/0/secretKey: expected 1 to 200 visible ASCII characters, such as ncp_iam_BBBB0001, found another',
  },
  {
    text: '{"accounts": [{"credentials": [{"accessKey": "A", "secretKey": "sssh"}]}]}',
    says: '/accounts/0/name: expected 1 to 100 letters, digits, _ and -, found nothing',
  },
  {
    text: '{"triggers": [{"name": "abc", "triggerRule": {"type": "RECURRING", "interval": "DAY"}}]}',
    says: '/triggers/0/triggerRule/time: must be a time of day such as 10:00, is missing',
  },
  {
    text: '{"accounts": [{"name": "b", "triggers": [{"name": "abc", "type": "SCHEDULED"}]}]}',
    says: '/accounts/0/triggers/0/triggerRule/type: must be RECURRING or ONE_TIME for a trigger of type SCHEDULED',
  },
  {
    text: oneJob({ nodes: [{ type: 'SOURCE_TAPE', id: 1, name: 'a', parentNodeIds: [] }] }),
    says: '/jobs/1/nodes/0/type (node 1 "a"): must be one of ',
  },
  {
    text: '{"jobs": [{"name": "abc", "nodes": [{"id": 9007199254740993}]}]}',
    says: '/jobs/0/nodes/0/id: expected a whole number up to 9007199254740991, found one that was rounded',
  },
  {
    text: '{"workflows": [{"name": "abc", "nodes": [{"type": "JOB", "name": "nobody"}]}]}',
    says: '/workflows/0/nodes/0/name: expected the id or name of a job of this account, found "nobody"',
  },
  {
    text: '{"jobs": [{"name": "abc"}, {"name": "abc"}], "workflows": [{"name": "abc", "nodes": [{"type": "JOB", "name": "abc"}]}]}',
    says: '/workflows/0/nodes/0/name: expected the id, because several have this name, of a job of this account, found "abc"',
  },
  {
    text: '{"workflows": [{"name": "abc", "nodes": [{"type": "TRIGGER", "id": "aaaaaaaaaaaa"}]}]}',
    says: '/workflows/0/nodes/0/id: expected the id or name of a trigger of this account, found "aaaaaaaaaaaa"',
  },
  {
    text: '{"triggers": [{"name": "tick"}], "workflows": [{"name": "abc", "nodes": [{"type": "TRIGGER", "name": "tick", "parentNodeIds": ["x"]}]}]}',
    says: '/workflows/0/nodes/0/parentNodeIds: must be an empty list for a trigger',
  },
  ...(
    [
      [{ executions: [{ status: 'DONE', createdDate: may }] }, 'executions/0/status: expected one of READY, '],
      [{ executions: [{ status: 'FAILED', createdDate: 'x' }] }, 'executions/0/createdDate: expected a date such as '],
      [
        { executions: [{ status: 'FAILED', createdDate: '2025-02-30T00:00:00' }] },
        'executions/0/createdDate: expected a day and time that exist, found "2025-02-30T00:00:00"',
      ],
      [
        { executions: [{ status: 'FAILED', createdDate: may, startDate: march }] },
        'executions/0/startDate: expected a date that is not before createdDate',
      ],
      [
        { executions: [{ status: 'COMPLETED', createdDate: march, startDate: may, endDate: march }] },
        'executions/0/endDate: expected a date that is not before the start',
      ],
      [
        { executions: [{ status: 'CANCELED', createdDate: may, endDate: march }] },
        'executions/0/endDate: expected a date that is not before createdDate',
      ],
      [
        { executions: [{ status: 'READY', createdDate: march, startDate: may }] },
        'executions/0/startDate: expected nothing in an execution that is READY',
      ],
      [
        { executions: [{ status: 'RUNNING', createdDate: march, endDate: may }] },
        'executions/0/endDate: expected nothing in an execution that is RUNNING',
      ],
      [
        { executions: [{ status: 'FAILED', createdDate: march, outcome: {} }] },
        'executions/0/outcome: expected nothing in an execution that is FAILED',
      ],
      [
        { createdDate: may, executions: [{ status: 'FAILED', createdDate: march }] },
        'executions/0/createdDate: expected a date that is not before the job',
      ],
      [
        { executions: [{ status: 'FAILED', createdDate: march, triggerId: 'tick' }] },
        'executions/0/triggerId: expected the id or name of a trigger of this account, found "tick"',
      ],
      [
        { executions: [{ status: 'FAILED', createdDate: march, workflowId: 'flow' }] },
        'executions/0/workflowId: expected the id or name of a workflow of this account, found "flow"',
      ],
      [
        {
          lastExecutionStatus: 'FAILED',
          lastExecutionDate: may,
          executions: [
            { status: 'COMPLETED', createdDate: may },
            { status: 'FAILED', createdDate: march },
          ],
        },
        'lastExecutionStatus: expected COMPLETED as in the newest execution, found "FAILED"',
      ],
      [
        {
          lastExecutionStatus: 'FAILED',
          lastExecutionDate: may,
          executions: [{ status: 'FAILED', createdDate: march }],
        },
        `lastExecutionDate: expected ${march} as in the newest execution, found "${may}"`,
      ],
      [
        { status: 'RUNNING', executions: [{ status: 'FAILED', createdDate: march }] },
        'status: expected an execution under way, found "RUNNING"',
      ],
      [
        { status: 'RUNNABLE', executions: [{ status: 'READY', createdDate: march }] },
        'status: expected RUNNING, because an execution is under way, found "RUNNABLE"',
      ],
      [{ nextRuns: [{ runningMs: -1 }] }, 'nextRuns/0/runningMs: expected a whole number, 0 or more, found -1'],
      [{ jobCondition: { numWorker: 1 } }, 'jobCondition/numWorker: expected a whole number from 2 to 10, found 1'],
    ] as const
  ).map(([job, says]) => ({ text: oneJob(job), says: `/jobs/1/${says}` })),
  { text: '', says: 'is not JSON: line 1, column 1: expected a value, found the end of the file' },
  {
    text: '{\n  "jobs": [\n    {"name": "abc",}\n  ]\n}',
    says: 'is not JSON: line 3, column 20: expected a name in double quotes, found "}"',
  },
  { text: '{"jobs": [\n', says: 'is not JSON: line 2, column 1: expected a value or "]", found the end of the file' },
  { text: '{"jobs": [1 2]}', says: 'is not JSON: line 1, column 13: expected "," or "]", found "2]}"' },
  {
    text: '{"jobs": [],\n jobs: []}',
    says: 'is not JSON: line 2, column 2: expected a name in double quotes, found "jobs: []}"',
  },
  { text: '{"jobs" []}', says: 'is not JSON: line 1, column 9: expected ":", found "[]}"' },
  {
    text: '{"a": {"b": [true, null, -1.5e3]} "c": 1}',
    says: 'is not JSON: line 1, column 35: expected "," or "}", found "\\"c\\": 1}"',
  },
  { text: '{}\n{}', says: 'is not JSON: line 2, column 1: expected the end of the file, found "{}"' },
  { text: '{"name": "a\tb"}', says: 'is not JSON: line 1, column 10: expected a value, found "\\"a\\tb\\"}"' },
  { text: '{"jobs": ]', says: 'is not JSON: line 1, column 10: expected a value, found "]"' },
  {
    text: 'jobs:\n  - name: [abc',
    yaml: true,
    says: 'is not YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 15',
  },
  {
    text: 'jobs:\n  - name: abc\n    name: abd\n',
    yaml: true,
    says: 'is not YAML: Map keys must be unique at line 3, column 5',
  },
]

t.test('reports a mistake with file, place and what was expected', async t => {
  const path = t.testdir()
  for (const [index, { text, says, yaml }] of mistakes.entries()) {
    const file = join(path, `${index}.${yaml ? 'yaml' : 'json'}`)
    writeFileSync(file, text)
    const error = await read(file).then(
      () => new Error('it was read'),
      (error: Error) => error,
    )
    const wanted = `${file}: ${says.replace('FILE', file)}`
    t.equal(says.endsWith(' ') ? error.message.slice(0, wanted.length) : error.message, wanted, says.slice(0, 70))
    t.equal(error.name, 'FixtureError')
    t.notMatch(error.message, 'sssh')
  }
})

t.test('reports every mistake of a fixture, and cuts off a long list', async t => {
  const bad = { lastExecutionStatus: 'FAILED', jobId: 'aaaaaaaaaaaa' } as const
  const jobs = Array.from({ length: 8 }, (_, index) => ({ name: `job-${index}`, ...bad }))
  const error = await read({ jobs }).catch((error: Error) => error)
  const lines = (error as Error).message.split('\n')
  t.equal(lines.length, 11)
  t.match(lines[0], /^fixtures: \/jobs\/1\/jobId: /)
  t.equal(lines[10], '... and 5 more')
})

t.test('reports paths that lead nowhere', async t => {
  const path = folder(t, { 'empty/x.txt': '', 'odd.json/x': '' })
  const allowed = 'expected a file, a folder, "none" or one of the bundled scenarios: busy, default, empty'
  for (const [given, says] of [
    ['nowhere', `nowhere: ${allowed}`],
    ['../package', `../package: ${allowed}`],
    ['fixture.schema', `fixture.schema: ${allowed}`],
    [join(path, 'empty'), `${join(path, 'empty')}: expected a file ending in .json, .yaml or .yml in this folder`],
    [path, `${join(path, 'odd.json')}: cannot be read: EISDIR: illegal operation on a directory, read`],
  ] as const) {
    await t.rejects(read(given), { name: 'FixtureError', message: says })
  }
})

t.test('distinguishes a bug of a reader from a mistake of the file', async t => {
  const broken = () => {
    throw new TypeError('a bug')
  }
  const content = { triggers: [{ name: 'tick' }] }
  const { operations, ...same } = editions['2025-03']
  const createTrigger = operations.createTrigger && { ...operations.createTrigger, body: broken }
  const edition = { ...same, operations: { ...operations, ...(createTrigger && { createTrigger }) } }
  await t.rejects(accountsOf(content, { edition }), { name: 'TypeError', message: 'a bug' })
})

t.test('accepts the example in the documents', async t => {
  const pages = ['README.md', 'docs/data.md'].filter(page => existsSync(page))
  const text = pages.map(page => readFileSync(page, 'utf8')).join('\n')
  const [, example = ''] = /```yaml\n(# jobs\.yaml.*?)```/s.exec(text) ?? []
  const path = folder(t, { 'jobs.yaml': example })
  const [own, analytics, ...more] = await accountsOf(join(path, 'jobs.yaml'))
  t.same(more, [])
  t.match(own, {
    name: 'default',
    jobs: [
      { job: { name: 'orders-daily', lastExecution: { state: 'completed' } } },
      { job: { name: 'orders-hourly', state: 'running', lastExecution: { state: 'running' } } },
    ],
    triggers: [{ name: 'every-night' }],
    workflows: [{ name: 'nightly' }],
  })
  t.match(analytics, { name: 'analytics', jobs: [{ job: { name: 'clicks-weekly' } }] })
  t.same(analytics?.credentials, [
    { accessKey: 'ncp_iam_ANALYTICS', secretKey: 'ncp_iam_ANALYTICSSECRET', active: true, subscribed: true },
  ])
})
