// An emulator in the process of this file: it starts in a tenth of a second, and everything of it is this file's own.
import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { startEmulator } from 'ncp-dataflow-emulator'
import { dataFlow } from '../client.mjs'

let emulator
let client

before(async () => {
  emulator = await startEmulator({ fixtures: { jobs: [{ name: 'seeded' }] }, runTime: 3_600_000 })
  client = dataFlow({ url: emulator.url, ...emulator.credentials })
})
beforeEach(() => emulator.reset())
after(() => emulator.stop())

test('an execution of an hour takes no time', async () => {
  emulator.clock.freeze()
  const { jobId } = await client.createJob('orders')
  await client.runJob(jobId)
  emulator.clock.advance('30m')
  assert.equal((await client.newestRun(jobId)).status, 'RUNNING')
  emulator.clock.advance('1h')
  assert.equal((await client.newestRun(jobId)).status, 'COMPLETED')
})

test('finds the seeded data and nothing of the test before', async () => {
  const { list } = await client.jobs()
  assert.deepEqual(
    list.map(({ name }) => name),
    ['seeded'],
  )
})

test('sees an execution fail', async () => {
  const { jobId } = await client.createJob('orders')
  emulator.jobs.planRuns(jobId, [{ end: 'FAILED', waitingTime: 0, runTime: 0 }])
  await client.runJob(jobId)
  assert.equal((await client.newestRun(jobId)).status, 'FAILED')
})

test('asks again when the service does not answer', async () => {
  emulator.journal.clear()
  emulator.faults.add({ operation: 'getJobs', times: 2, effect: { kind: 'refuse', error: 'endpoint-timeout' } })
  assert.equal((await client.jobs()).count, 1)
  const answers = emulator.journal.entries({ operation: 'getJobs' }).map(({ status }) => status)
  assert.deepEqual(answers, [504, 504, 200])
})
