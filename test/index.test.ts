import { join } from 'node:path'
import t from 'tap'
import { type EmulatorOptions, type RunningEmulator, signRequest, startEmulator } from '../src/index.ts'

const target = '/api/v1/jobs'

async function names({ url, credentials }: RunningEmulator): Promise<string[]> {
  const answer = await fetch(url + target, { headers: signRequest({ method: 'GET', target, ...credentials }) })
  const { list } = (await answer.json()) as { list: { name: string }[] }
  return list.map(({ name }) => name)
}

t.test('two emulators in one process, each with its own data, key and clock', async t => {
  const one = await startEmulator({ fixtures: { jobs: [{ name: 'only-one' }] }, now: new Date('2030-01-01T00:00:00Z') })
  const two = await startEmulator({ fixtures: 'none', generate: 3, credentials: { accessKey: 'A', secretKey: 'B' } })
  t.teardown(() => Promise.all([one.stop(), two.stop()]))
  t.same(await names(one), ['only-one'])
  t.equal((await names(two)).length, 3)
  t.same(two.credentials, { accessKey: 'A', secretKey: 'B' })
  t.not(one.url, two.url)

  const headers = signRequest({ method: 'GET', target, ...one.credentials })
  const injected = await one.inject({ method: 'GET', url: target, headers })
  t.equal(injected.statusCode, 200)
  t.match(injected.json(), { list: [{ createdDate: '2030-01-01T09:00:00+09:00' }], count: 1 })
  t.equal((await two.inject({ method: 'GET', url: target, headers })).statusCode, 401, 'a key of the other one')

  await one.reset()
  t.same(await names(one), ['only-one'])
  await one.stop()
  await one.stop()
  await t.rejects(fetch(one.url), 'nobody listens any more')
})

t.test('what is undefined is not given', async t => {
  const given = { port: undefined, fixtures: undefined, now: undefined, assume: undefined, seed: undefined }
  const emulator = await startEmulator(given as unknown as EmulatorOptions)
  t.teardown(() => emulator.stop())
  t.equal((await names(emulator)).length, 17)
})

t.test('reset keeps the data when a fixture became unusable', async t => {
  const jobs = [{ name: 'good-one' }]
  const emulator = await startEmulator({ fixtures: { jobs } })
  t.teardown(() => emulator.stop())
  jobs.push({ name: '!' })
  await t.rejects(emulator.reset(), { name: 'FixtureError' })
  t.same(await names(emulator), ['good-one'])
})

t.test('a start that cannot be', async t => {
  const running = await startEmulator({ fixtures: 'none' })
  t.teardown(() => running.stop())
  for (const [given, error] of [
    [
      { prot: 1 },
      { name: 'RangeError', message: 'startEmulator: there is no option "prot"; allowed: credentials, port,' },
    ],
    [{ port: 70000 }, { message: 'startEmulator: port 70000: must be a whole number from 0 to 65535' }],
    [{ edition: '2024' }, { message: 'startEmulator: edition "2024": must be one of 2023-10, 2025-03, 2026-09' }],
    [{ now: new Date('noon') }, { message: 'startEmulator: now must be a Date or epoch milliseconds' }],
    [
      { assume: { count: 'all' } },
      { name: 'RangeError', message: 'assumption count cannot be "all"; allowed: total, page' },
    ],
    [
      { fixtures: { jobs: [{}] } },
      { name: 'FixtureError', message: 'fixtures: /jobs/0: expected the member name, found {}' },
    ],
    [{ db: '/no/such/folder/x' }, { name: 'DatabaseError' }],
    [{ port: Number(new URL(running.url).port) }, { code: 'EADDRINUSE' }],
  ] as const) {
    await t.rejects(startEmulator(given as unknown as EmulatorOptions), error)
  }
})

t.test('a database file is seeded once; the next emulator on it keeps what it finds', async t => {
  const db = join(t.testdir(), 'kept.db')
  for (const name of ['planted', 'too-late']) {
    const emulator = await startEmulator({ db, fixtures: { jobs: [{ name }] } })
    t.same(await names(emulator), ['planted'])
    await emulator.stop()
  }
})
