// Shares the emulator of global-setup.mjs with every other worker; each test has an account of its own.
import { dataFlow } from '../client.mjs'
import { control, newAccount } from '../control.mjs'

const url = process.env.DATAFLOW_URL
let account
let client

beforeEach(async () => {
  account = await newAccount(url)
  client = dataFlow({ url, ...account })
})
afterEach(() => account.remove())

test('lists the job that it made, and no other', async () => {
  const { jobId } = await client.createJob('orders')
  const { list, count } = await client.jobs()
  expect(count).toBe(1)
  expect(list[0]).toMatchObject({ jobId, name: 'orders', status: 'RUNNABLE' })
})

// The clock is one for all accounts: it is moved in this file alone, and no other file waits for an execution.
test('an execution of an hour takes no time', async () => {
  await control(url, 'PUT', '/clock', { frozen: true })
  const { jobId } = await client.createJob('orders')
  await client.runJob(jobId)
  await control(url, 'PUT', '/clock', { advance: '30m' })
  expect(await client.newestRun(jobId)).toMatchObject({ status: 'RUNNING' })
  await control(url, 'PUT', '/clock', { advance: '1h' })
  expect(await client.newestRun(jobId)).toMatchObject({ status: 'COMPLETED' })
  await control(url, 'PUT', '/clock', { system: true })
})

test('sees an execution fail', async () => {
  const { jobId } = await client.createJob('orders')
  await account.planRuns(jobId, [{ end: 'FAILED', waitingTime: 0, runTime: 0 }])
  await client.runJob(jobId)
  expect(await client.newestRun(jobId)).toMatchObject({ status: 'FAILED' })
})

test('asks again when the service does not answer', async () => {
  await account.addFault({ operation: 'getJobs', times: 2, effect: { kind: 'refuse', error: 'endpoint-timeout' } })
  expect(await client.jobs()).toMatchObject({ count: 0 })
  const requests = await account.requests({ operation: 'getJobs' })
  expect(requests.map(({ status }) => status)).toEqual([504, 504, 200])
})
