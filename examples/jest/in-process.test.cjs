// CommonJS, which Jest runs without a flag: an emulator in the process of this file.
const { signRequest, startEmulator } = require('ncp-dataflow-emulator')

let emulator

beforeAll(async () => {
  emulator = await startEmulator({ fixtures: { jobs: [{ name: '매출 집계' }] } })
})
beforeEach(() => emulator.reset())
afterAll(() => emulator.stop())

test('finds a job by its Korean name', async () => {
  const target = `/api/v1/jobs?name=${encodeURIComponent('매출 집')}`
  const headers = signRequest({ method: 'GET', target, ...emulator.credentials })
  const response = await fetch(emulator.url + target, { headers })
  expect(await response.json()).toMatchObject({ count: 1, list: [{ name: '매출 집계' }] })
})
