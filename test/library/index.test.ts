import { join } from 'node:path'
import t from 'tap'
import { type EmulatorOptions, type RunningEmulator, signRequest, startEmulator } from '../../src/library/index.ts'
import { ClockError } from '../../src/service/clock-input.ts'

const target = '/api/v1/jobs'

async function names({ url, credentials }: RunningEmulator): Promise<string[]> {
  const answer = await fetch(url + target, { headers: signRequest({ method: 'GET', target, ...credentials }) })
  const { list } = (await answer.json()) as { list: { name: string }[] }
  return list.map(({ name }) => name)
}

t.test('starts two emulators in one process, each with its own data, key and clock', async t => {
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

t.test('treats an undefined option as left out', async t => {
  const given = { port: undefined, fixtures: undefined, now: undefined, assume: undefined, seed: undefined }
  const emulator = await startEmulator(given as unknown as EmulatorOptions)
  t.teardown(() => emulator.stop())
  t.equal((await names(emulator)).length, 19)
})

t.test('restores the seed at a reset, whatever became of the fixture, for all or for one account', async t => {
  const jobs = [{ name: 'good-one' }]
  const db = join(t.testdir(), 'reset.db')
  const target = '/api/v1/jobs'
  for (const start of ['first', 'second, on the same file']) {
    const emulator = await startEmulator({ db, fixtures: { jobs } })
    jobs.push({ name: '!' })
    const { credentials, inject } = emulator
    const sent = { ...signRequest({ method: 'POST', target, ...credentials }), 'content-type': 'application/json' }
    for (const what of [undefined, {}, { account: 'default' }]) {
      const payload = { name: 'one-more', nodes: [] }
      t.equal((await inject({ method: 'POST', url: target, headers: sent, payload })).statusCode, 201, start)
      t.equal((await names(emulator)).length, 2)
      await emulator.reset(what)
      t.same(await names(emulator), ['good-one'])
    }
    await t.rejects(emulator.reset({ account: 'x' }), { name: 'RangeError', message: 'reset: unknown account "x"' })
    await emulator.stop()
  }
})

t.test('rejects invalid options at the start', async t => {
  const running = await startEmulator({ fixtures: 'none' })
  t.teardown(() => running.stop())
  for (const [given, error] of [
    [
      { prot: 1 },
      {
        name: 'RangeError',
        message: 'startEmulator: unknown option "prot" (did you mean port?); allowed: credentials, port,',
      },
    ],
    [{ port: true }, { message: 'startEmulator: port true: must be a whole number from 0 to 65535' }],
    [{ port: 70000 }, { message: 'startEmulator: port 70000: must be a whole number from 0 to 65535' }],
    [{ edition: '2024' }, { message: 'startEmulator: edition "2024": must be one of 2023-10, 2025-03, 2026-09' }],
    [{ faults: ['slow', 'flakey'] }, { message: /^startEmulator: faults \["slow","flakey"\]: must be one of flaky, / }],
    [{ adminToken: 'a b' }, { message: /^startEmulator: adminToken: must be 1 to 200 visible ASCII characters$/ }],
    [{ now: new Date('noon') }, { message: 'startEmulator: now must be a Date or epoch milliseconds' }],
    [
      { assume: { count: 'all' } },
      { name: 'RangeError', message: 'assumption count cannot be "all"; allowed: total, page' },
    ],
    [
      { fixtures: { jobs: [{}] } },
      { name: 'FixtureError', message: /^fixtures: \/jobs\/0\/name: expected 3 to 100 letters, .*, found nothing$/ },
    ],
    [{ db: '/no/such/folder/x' }, { name: 'DatabaseError' }],
    [{ port: Number(new URL(running.url).port) }, { code: 'EADDRINUSE' }],
  ] as const) {
    await t.rejects(startEmulator(given as unknown as EmulatorOptions), error)
  }
})

t.test('seeds a database file once, and keeps what the next emulator finds in it', async t => {
  const db = join(t.testdir(), 'kept.db')
  for (const name of ['seeded', 'too-late']) {
    const emulator = await startEmulator({ db, fixtures: { jobs: [{ name }] } })
    t.same(await names(emulator), ['seeded'])
    await emulator.stop()
  }
})

t.test('moves the clock of an emulator', async t => {
  const jobId = 'libraryJob01'
  const now = Date.UTC(2025, 5, 1)
  const { clock, credentials, inject, reset, stop } = await startEmulator({
    fixtures: { jobs: [{ jobId, name: 'orders' }] },
    edition: '2026-09',
    runTime: 3_600_000,
    now,
  })
  t.teardown(stop)
  t.match(clock.freeze(), { frozen: true, rate: 1, executions: 0 })
  t.equal(clock.set(new Date(now)).epochMs, now)
  const path = `${target}/${jobId}/executions`
  const headers = () => signRequest({ method: 'POST', target: path, ...credentials })
  const sent = { 'content-type': 'application/json' }
  t.equal(
    (await inject({ method: 'POST', url: path, headers: { ...headers(), ...sent }, payload: '{}' })).statusCode,
    200,
  )
  const listed = async () => {
    const read = signRequest({ method: 'GET', target: path, ...credentials })
    return (await inject({ method: 'GET', url: path, headers: read })).json().list[0].status
  }
  t.equal(await listed(), 'READY')
  t.equal(clock.advance('2s').epochMs, now + 2000)
  t.equal(await listed(), 'RUNNING')
  t.equal(clock.advance(3_600_000).now, '2025-06-01T10:00:02.000+09:00')
  t.equal(await listed(), 'COMPLETED')
  t.match(clock.set('2025-06-02'), { now: '2025-06-02T00:00:00.000+09:00' })
  t.match(clock.rate(60), { rate: 60, frozen: true })
  t.match(clock.resume(), { rate: 60, frozen: false })
  t.match(clock.system(), { rate: 1, frozen: false })
  t.ok(clock.state().epochMs > now)
  t.match(clock.gatewaySkew(600_000), { gateway: { skewMs: 600_000 } })
  t.equal((await inject({ method: 'POST', url: path, headers: headers() })).statusCode, 401)

  const cannot: [() => unknown, RegExp][] = [
    [() => clock.set('noon'), /^set: must be a date in ISO 8601/],
    [() => clock.set(new Date('noon')), /^set: must be/],
    [() => clock.set(-1), /^now: must lead to a time from 1970/],
    [() => clock.advance('1 day'), /^advance: must be milliseconds or a time/],
    [() => clock.rate(0), /^rate: must be a number above 0/],
    [() => clock.gatewaySkew(Number.NaN), /^gatewaySkew: must be whole milliseconds/],
  ]
  for (const [change, message] of cannot) t.throws(change, { name: 'ClockError', message })
  t.ok(ClockError.prototype instanceof RangeError)
  t.throws(() => clock.advance(-1), { name: 'ClockError', message: /^advance: must not be negative, was -1; to set/ })
  t.throws(() => clock.advanceUntil('noon'), { name: 'ClockError', message: /^advanceUntil: must be "idle"/ })
  t.throws(() => clock.advanceUntil('noSuchRun001'), { name: 'RangeError', message: /^unknown execution/ })
  await reset()
  t.match(clock.state(), { rate: 1, frozen: false, gateway: { skewMs: 0 } })
})

t.test('waits for executions, and reports what triggers started', async t => {
  const now = Date.UTC(2025, 4, 31, 15)
  const emulator = await startEmulator({
    fixtures: {
      jobs: [{ name: 'orders' }],
      triggers: [
        { triggerId: 'hourlyAt0500', name: 'hourly', triggerRule: { type: 'RECURRING', interval: 'HOUR', time: '05' } },
      ],
      workflows: [
        {
          name: 'flow',
          nodes: [
            { type: 'TRIGGER', name: 'hourly' },
            { type: 'JOB', name: 'orders' },
          ],
        },
      ],
    },
    runTime: 2 * 3_600_000,
    now,
  })
  t.teardown(() => emulator.stop())
  const { clock, triggers } = emulator
  clock.freeze()
  clock.set(now)
  t.match(triggers.list({ firings: 2 }), [{ name: 'hourly', nextFirings: [now + 300_000, now + 3_900_000] }])
  t.same(triggers.decisions(), [])
  t.equal(clock.advance('1h5m').executions, 1)
  const [busy, fired] = triggers.decisions({ triggerId: 'hourlyAt0500', limit: undefined })
  t.match(busy, { outcome: 'skipped', reason: 'jobBusy' })
  t.match(fired, { outcome: 'fired', jobExecutionId: String })
  t.equal(triggers.decisions({ limit: 1 }).length, 1)
  t.equal(clock.advanceUntil(fired?.jobExecutionId ?? '').epochMs, now + 300_000 + 1000 + 2 * 3_600_000)
  t.equal(clock.advanceUntil('idle').executions, 0)
  t.throws(() => triggers.list({ account: 'nobody' }), { name: 'RangeError', message: /nobody/ })
  t.throws(() => triggers.list({ firings: -1 }), { name: 'RangeError', message: /^firings: must be/ })
})

t.test('stops at the end of the block with await using', async t => {
  const emulator = await startEmulator({ fixtures: 'none' })
  await emulator[Symbol.asyncDispose]()
  await t.rejects(fetch(`${emulator.url}/__admin/health`))
})

t.test('creates accounts for the workers of a test suite', async t => {
  const emulator = await startEmulator({ fixtures: { jobs: [{ name: 'of-default' }] } })
  t.teardown(() => emulator.stop())
  type Account = Awaited<ReturnType<typeof emulator.newAccount>>
  const seen = async ({ sign }: Account) =>
    (await emulator.inject({ method: 'GET', url: target, headers: sign('GET', target) }))
      .json()
      .list.map((job: { name: string }) => job.name)
  const [drawn, given] = await Promise.all([
    emulator.newAccount(),
    emulator.newAccount({ name: 'worker-1', fixtures: { jobs: [{ name: 'own-job' }] }, credentials: undefined }),
  ])
  t.match(drawn, { name: 'account-1', credentials: { accessKey: /^ncp_iam_EMULATOR/, secretKey: /^ncp_iam_EMULATOR/ } })
  t.same(await Promise.all([drawn, given].map(seen)), [[], ['own-job']])
  t.same(await names(emulator), ['of-default'])

  const payload = JSON.stringify({ name: 'one-more', nodes: [] })
  const headers = { ...given.sign('POST', target), 'content-type': 'application/json' }
  t.equal((await emulator.inject({ method: 'POST', url: target, headers, payload })).statusCode, 201)
  t.equal((await seen(given)).length, 2)
  await given.reset()
  t.same(await seen(given), ['own-job'])
  emulator.clock.gatewaySkew(3_600_000)
  t.same(await seen(given), ['own-job'], 'signed by the gateway clock')

  const pair = { accessKey: 'K', secretKey: 'S' }
  const refused: [object, RegExp][] = [
    [{ name: 'worker-1' }, /^name: the account "worker-1" exists already/],
    [{ credentials: given.credentials }, /^credentials: the access key .* is taken/],
    [{ fixtures: 'nope' }, /^fixtures: there is no "nope"; there are none, busy, default, empty/],
    [{ fixtures: { jobs: [{}] } }, /^fixtures: \/jobs\/0\/name: expected 3 to 100 letters/],
    [{ nmae: 'a' }, /^nmae: unknown member/],
    [{ credentials: { ...pair, secretKey: 1 } }, /secretKey/],
  ]
  for (const [options, message] of refused) {
    await t.rejects(emulator.newAccount(options as never), { name: 'RangeError', message })
  }
  const signature = given.sign('GET', target)
  await given.remove()
  await given.remove()
  t.equal((await emulator.inject({ method: 'GET', url: target, headers: signature })).statusCode, 401)
  t.throws(() => given.sign('GET', target), { name: 'RangeError', message: /^unknown access key/ })
  await t.rejects(given.reset(), { name: 'RangeError', message: 'unknown account "worker-1"' })

  await emulator.reset()
  const again = await emulator.newAccount()
  t.not(again.name, drawn.name)
  t.not(again.credentials.accessKey, drawn.credentials.accessKey)
  t.throws(() => drawn.sign('GET', target), RangeError, 'a reset of everything takes it away')
  await drawn.remove()
  t.same(await seen(again), [])
})
