import t from 'tap'
import { signRequest, startEmulator } from '../../src/library/index.ts'

t.test('reads jobs, executions and workflows, and starts a workflow', async t => {
  const emulator = await startEmulator({ now: new Date('2025-03-21T09:00:00+09:00') })
  t.teardown(() => emulator.stop())
  const [workflow] = emulator.workflows.list()
  if (!workflow) return t.fail('the default scenario has a workflow')
  t.same(emulator.workflows.get(workflow.workflowId), workflow)
  const before = emulator.workflows.executions(workflow.workflowId).length
  const started = emulator.workflows.run(workflow.workflowId)
  t.ok(started.firedAt >= Date.parse('2025-03-21T09:00:00+09:00') && started.firedAt <= emulator.clock.state().epochMs)
  t.same(emulator.workflows.run(workflow.workflowId, { triggerId: started.triggerId }).triggerId, started.triggerId)
  emulator.clock.advance('10m')
  const executions = emulator.workflows.executions(workflow.workflowId)
  t.ok(executions.length > before)
  const [newest] = executions
  t.equal(newest?.workflow?.id, workflow.workflowId)
  const jobId = newest?.jobId ?? ''
  t.same(
    emulator.jobs.executions(jobId).find(({ jobExecutionId }) => jobExecutionId === newest?.jobExecutionId),
    newest,
  )
  const job = emulator.jobs.get(jobId)
  t.ok(job.jobCondition.numWorker > 0)
  t.match(emulator.jobs.get('gqigvHn9ALUY').nodes, [{ type: /^SOURCE_/, parentNodeIds: [], settings: {} }])
  t.ok(job.workflows.some(({ workflowId }) => workflowId === workflow.workflowId))
  const listed = emulator.jobs.list().find(one => one.jobId === jobId)
  t.same([listed?.progress, listed?.endsAt], [null, null])
})

t.test('throws an error for an unknown job, workflow or account', async t => {
  const emulator = await startEmulator()
  t.teardown(() => emulator.stop())
  for (const read of [
    () => emulator.jobs.executions('nothinghere1'),
    () => emulator.workflows.get('nothinghere1'),
    () => emulator.workflows.executions('nothinghere1'),
    () => emulator.workflows.run('nothinghere1'),
    () => emulator.workflows.list({ account: 'nobody' }),
  ]) {
    t.throws(read, RangeError)
  }
})

t.test('returns one request with its checks and difference', async t => {
  const emulator = await startEmulator()
  t.teardown(() => emulator.stop())
  const { accessKey, secretKey } = emulator.credentials
  const headers = signRequest({ method: 'GET', target: '/api/v1/jobs', accessKey, secretKey })
  await emulator.inject({ method: 'GET', url: '/api/v1/jobs?page=0', headers })
  const request = emulator.journal.get(1, { reveal: true })
  if (request?.diagnosis?.verdict !== 'explained') return t.fail('the mistake is explained')
  t.equal(request.diagnosis.cause, 'query-left-out')
  t.equal(request.diagnosis.checks.find(({ outcome }) => outcome === 'failed')?.name, 'signature')
  t.match(request.diagnosis.difference, [{}, { expected: '?page=0', signed: '' }])
  t.equal(request.accessKey, accessKey)
  t.not(emulator.journal.get(1)?.accessKey, accessKey)
  t.equal(emulator.journal.get(2), undefined)
})
