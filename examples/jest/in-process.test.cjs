// CommonJS, which Jest runs without a flag: an emulator in the process of this file.
const { signRequest, startEmulator } = require('ncp-dataflow-emulator')

let emulator

beforeAll(async () => {
  emulator = await startEmulator({ fixtures: { jobs: [{ name: 'daily_sales' }] } })
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.stop())

async function jobsNamed(name) {
  const target = `/api/v1/jobs?name=${encodeURIComponent(name)}`
  const headers = signRequest({ method: 'GET', target, ...emulator.credentials })
  const response = await fetch(emulator.url + target, { headers })
  return { status: response.status, ...(await response.json()) }
}

test('finds a job by a part of its name', async () => {
  expect(await jobsNamed('sales')).toMatchObject({ status: 200, count: 1, list: [{ name: 'daily_sales' }] })
})

test('signs a Korean filter with a space', async () => {
  expect(await jobsNamed('매출 집계')).toMatchObject({ status: 200, count: 0, list: [] })
})
