import t from 'tap'
import { asApiError } from '../../src/api/problems.ts'
import { ApiError } from '../../src/domain/api-error.ts'
import { type Problem, ServiceProblem } from '../../src/domain/problem.ts'

const rows: readonly (readonly [Problem, ApiError['code'], string])[] = [
  [{ problem: 'unknown', kind: 'job', id: 'a"b' }, 'notFound', 'unknown job "a\\"b"'],
  [
    { problem: 'unknown', kind: 'account', id: 'x', known: ['default', 'other'] },
    'notFound',
    'unknown account "x"; existing accounts: default, other',
  ],
  [
    { problem: 'unknown', kind: 'snapshot', id: 'x', known: [] },
    'notFound',
    'unknown snapshot "x"; existing snapshots: none',
  ],
  [{ problem: 'unknownExecution', jobId: 'j', executionId: 'e' }, 'notFound', 'job j has no execution "e"'],
  [{ problem: 'unknownNode', kind: 'job', id: 'j', index: 2 }, 'badParameter', 'nodes: /nodes/2/id: unknown job "j"'],
  [{ problem: 'pageOutOfRange', page: 3, total: 2 }, 'badParameter', 'page: page 3 is past the end of 2 elements'],
  [{ problem: 'jobNameTaken', name: 'n' }, 'badParameter', 'name: another job is called "n"'],
  [
    { problem: 'jobBusy', jobId: 'j', cannot: 'be deleted' },
    'badState',
    'job j has an execution under way and cannot be deleted',
  ],
  [
    { problem: 'jobNotRunnable', jobId: 'j', state: 'draft' },
    'badState',
    'job j is draft, only a runnable one can be run',
  ],
  [
    { problem: 'tooManyExecutions', jobId: 'j', underWay: 2, most: 2 },
    'badState',
    'job j has 2 executions under way, its maxConcurrentRuns is 2',
  ],
  [
    { problem: 'executionEnded', jobId: 'j', executionId: 'e', state: 'failed' },
    'badState',
    'execution e of job j has ended already (failed)',
  ],
  [{ problem: 'draftWorkflow', workflowId: 'w' }, 'badState', 'workflow w is a draft'],
  [
    { problem: 'workflowNodeDeleted', workflowId: 'w', kind: 'job', id: 'j' },
    'badState',
    'workflow w cannot run: its job j was deleted',
  ],
  [{ problem: 'workflowWithoutTrigger', workflowId: 'w' }, 'badState', 'workflow w has no start trigger'],
  [
    { problem: 'scheduledWorkflow', workflowId: 'w', triggerId: 't' },
    'badState',
    'workflow w is started by schedule (trigger t), not by hand',
  ],
  [
    { problem: 'dateOfNoExecution' },
    'badParameter',
    'lastExecutionDate: a job that was never executed has no such date',
  ],
  [
    { problem: 'dateWithoutStatus' },
    'badParameter',
    'lastExecutionDate: a job that was never executed needs lastExecutionStatus, too',
  ],
  [{ problem: 'accountNameTaken', name: 'n' }, 'badState', 'name: the account "n" exists already'],
  [{ problem: 'accessKeyTaken', accessKey: 'k' }, 'badState', 'credentials: the access key "k" is taken'],
  [{ problem: 'defaultAccount', name: 'default' }, 'badState', 'the account "default" cannot be deleted, only reset'],
  [
    { problem: 'snapshotName' },
    'badParameter',
    'name: must be 1 to 64 letters, digits, _ and -, the first a letter or digit',
  ],
  [{ problem: 'tooManySnapshots', count: 2 }, 'badState', '2 snapshots exist, which is the limit; delete one'],
  [
    { problem: 'snapshotsTooLarge', bytes: 101, most: 100 },
    'badState',
    'all snapshots together would take 101 bytes, the limit is 100; delete one',
  ],
  [
    { problem: 'noSnapshotFolder' },
    'badState',
    'snapshot files need a folder; start the emulator with --snapshots DIR',
  ],
  [{ problem: 'snapshotFile', invalid: true, reason: 'r' }, 'badParameter', 'r'],
  [{ problem: 'snapshotFile', invalid: false, reason: 'r' }, 'badState', 'r'],
]

for (const [facts, code, message] of rows) {
  t.test(`words the problem ${facts.problem} as ${code}`, async t => {
    const error = asApiError(new ServiceProblem(facts))
    t.ok(error instanceof ApiError)
    t.match(error, { code, message })
  })
}

t.test('returns any other error as it is', async t => {
  const error = new Error('a bug')
  t.equal(asApiError(error), error)
})
