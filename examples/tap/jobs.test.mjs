// An emulator in the process of this file: it starts in a tenth of a second, and everything of it is this file's own.
import { startEmulator } from 'ncp-dataflow-emulator'
import t from 'tap'
import { dataFlow } from '../client.mjs'

const emulator = await startEmulator({ fixtures: { jobs: [{ name: 'seeded' }] }, runTime: 3_600_000 })
const client = dataFlow({ url: emulator.url, ...emulator.credentials })
t.beforeEach(() => emulator.reset())
t.teardown(() => emulator.stop())

t.test('an execution of an hour takes no time', async t => {
  emulator.clock.freeze()
  const { jobId } = await client.createJob('orders')
  await client.runJob(jobId)
  emulator.clock.advance('30m')
  t.match(await client.newestRun(jobId), { status: 'RUNNING' })
  emulator.clock.advance('1h')
  t.match(await client.newestRun(jobId), { status: 'COMPLETED' })
})

t.test('finds the seeded data and nothing of the test before', async t => {
  t.match(await client.jobs(), { list: [{ name: 'seeded' }], count: 1 })
})

t.test('sees an execution fail', async t => {
  const { jobId } = await client.createJob('orders')
  emulator.jobs.planRuns(jobId, [{ end: 'FAILED', waitingTime: 0, runTime: 0 }])
  await client.runJob(jobId)
  t.match(await client.newestRun(jobId), { status: 'FAILED' })
})

t.test('asks again when the service does not answer', async t => {
  emulator.journal.clear()
  emulator.faults.add({ operation: 'getJobs', times: 2, effect: { kind: 'refuse', error: 'endpoint-timeout' } })
  t.match(await client.jobs(), { count: 1 })
  const answers = emulator.journal.entries({ operation: 'getJobs' }).map(({ status }) => status)
  t.same(answers, [504, 504, 200])
})
