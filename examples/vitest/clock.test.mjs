// The clock is one for all accounts: a file that moves it starts an emulator of its own.
import { startEmulator } from 'ncp-dataflow-emulator'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { dataFlow } from '../client.mjs'

let emulator
let client

beforeAll(async () => {
  emulator = await startEmulator({ fixtures: 'none', runTime: 3_600_000 })
  client = dataFlow({ url: emulator.url, ...emulator.credentials })
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.stop())

test('an execution of an hour takes no time', async () => {
  emulator.clock.freeze()
  const { jobId } = await client.createJob('orders')
  await client.runJob(jobId)
  emulator.clock.advance('30m')
  expect(await client.newestRun(jobId)).toMatchObject({ status: 'RUNNING' })
  emulator.clock.advance('1h')
  expect(await client.newestRun(jobId)).toMatchObject({ status: 'COMPLETED' })
})

test('finds nothing of the test before', async () => {
  expect(await client.jobs()).toMatchObject({ list: [], count: 0 })
})
