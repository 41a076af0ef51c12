import { once } from 'node:events'
import { get as request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import type { FaultRule } from '../../src/faults/rule.ts'
import { emulator, type TestEmulator } from '../support/emulator.ts'

const open = { auth: 'off', port: 0, host: '127.0.0.1' } as const
const path = '/api/v1/jobs'

interface Listed {
  readonly list: readonly { readonly jobId: string; readonly name: string }[]
  readonly count: number
}

const pageOf = async (made: TestEmulator, query: string): Promise<Listed> => (await made.get(`${path}?${query}`)).body

/** The list that usual pages of 1000 give. */
async function whole(made: TestEmulator): Promise<Listed['list']> {
  const list = []
  for (let page = 0; ; page++) {
    const found = await pageOf(made, `limit=1000&page=${page}`)
    list.push(...found.list)
    if (found.list.length < 1000) return list
  }
}

t.test('returns in a long page what usual pages return', async t => {
  const made = await emulator(t, { fixtures: 'none', generate: 2500, auth: 'off' })
  const list = await whole(made)
  for (const [limit, page] of [
    [1001, 0],
    [1001, 1],
    [1200, 1],
    [2401, 0],
    [1000, 2],
    [100_000, 0],
    [100_000, 1],
  ] as const) {
    const found = await made.get(`${path}?limit=${limit}&page=${page}`)
    t.equal(found.status, 200)
    const { list: part, ...rest } = found.body
    t.same(part, list.slice(page * limit, (page + 1) * limit), `page ${page} of ${limit}`)
    t.same(rest, { count: list.length, page, limit })
  }
})

t.test('counts the elements of a long page where the count is that of the page', async t => {
  const made = await emulator(t, { fixtures: 'none', generate: 1500, auth: 'off', assume: { count: 'page' } })
  const { list, count } = await pageOf(made, 'limit=1400')
  t.equal(list.length, 1400)
  t.equal(count, 1400)
})

t.test('returns a long page of executions', async t => {
  const executions = Array.from({ length: 1300 }, (_, nth) => ({
    jobExecutionId: `exec${String(nth).padStart(8, '0')}`,
    status: 'COMPLETED' as const,
    createdDate: `-${2000 - nth}m`,
  }))
  const made = await emulator(t, { auth: 'off', jobs: [{ jobId: 'jobLong00001', name: 'long', executions }] })
  const { body } = await made.get(`${path}/jobLong00001/executions?limit=2000`)
  t.equal(body.count, 1300)
  t.same(
    body.list.map(({ jobExecutionId }: { jobExecutionId: string }) => jobExecutionId),
    executions.map(({ jobExecutionId }) => jobExecutionId).reverse(),
  )
})

t.test('serves and changes other things while a long page is made, which leaves out what was deleted', async t => {
  const made = await emulator(t, { auth: 'off', fixtures: 'none', generate: 10_000 })
  const before = await whole(made)
  const last = before.at(-1)?.jobId ?? ''
  // What is loaded at the first call is there.
  t.equal((await made.call('DELETE', '/__admin/jobs/jobNone00001')).status, 404)
  let hasEnded = false
  const long = pageOf(made, 'limit=100000').finally(() => {
    hasEnded = true
  })
  t.equal((await made.get(`${path}?limit=1`)).status, 200)
  t.equal((await made.call('DELETE', `/__admin/jobs/${last}`)).status, 204)
  const json = { 'content-type': 'application/json' }
  t.equal((await made.call('PUT', '/__admin/jobs/jobNew000001', json, '{"name":"new"}')).status, 200)
  t.notOk(hasEnded, 'all of that before the page was there')
  const { list, count } = await long
  t.equal(count, before.length, 'counted when the page was asked for')
  t.same(list, before.slice(0, -1), 'every other job once, in the same order')
})

t.test('gives up a long page whose client is gone, and stops in the middle of one', async t => {
  const made = await emulator(t, { ...open, fixtures: 'none', generate: 20_000 })
  const port = Number(new URL(await made.emulator.listen()).port)
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET ${path}?limit=100000 HTTP/1.1\r\nHost: a\r\n\r\n`)
  await pause(20)
  socket.resetAndDestroy()
  t.equal((await made.get(`${path}?limit=1`)).status, 200)

  const asked = request({ port, host: '127.0.0.1', path: `${path}?limit=100000` })
  const outcome = Promise.race([once(asked, 'response').then(() => 'answered'), once(asked, 'error').then(() => 'cut')])
  await once(asked, 'socket')
  await pause(20)
  const began = performance.now()
  await made.emulator.stop()
  t.ok(performance.now() - began < 2000, 'within 2 s')
  t.match(await outcome, /answered|cut/)
})

t.test('sends a long page with its length, over a connection that stays open, and records the start of it', async t => {
  const made = await emulator(t, { ...open, fixtures: 'none', generate: 2500 })
  const usual = await whole(made)
  const url = await made.emulator.listen()
  const answer = await fetch(`${url}${path}?limit=3000`)
  const text = await answer.text()
  t.same((JSON.parse(text) as Listed).list, usual)
  t.equal(Number(answer.headers.get('content-length')), Buffer.byteLength(text))
  t.equal(answer.headers.get('transfer-encoding'), null)
  const seen = made.emulator.journal.entries().at(-1)
  t.match(seen, { status: 200, target: `${path}?limit=3000` })
  const { text: start = '', ...rest } = seen?.answer ?? {}
  t.same(rest, { cutFromBytes: Buffer.byteLength(text) })
  t.ok(text.startsWith(start.slice(0, 16_000)))
})

t.test('delays and damages a long page as any other', async t => {
  const made = await emulator(t, { ...open, fixtures: 'none', generate: 1500 })
  const url = await made.emulator.listen()
  const asked = async () => (await fetch(`${url}${path}?limit=1500`)).text()
  const text = await asked()
  const changed = async (effect: FaultRule['effect']) => {
    made.emulator.faults.add({ times: 1, effect })
    return asked()
  }
  t.equal(await changed({ kind: 'drip', bytes: 100_000, every: 1 }), text)
  t.equal(await changed({ kind: 'bad-json' }), `${text.slice(0, -1)} `)
  t.equal(await changed({ kind: 'delay', time: 5, at: 'answer' }), text)
  await t.rejects(changed({ kind: 'cut', bytes: 70_000 }))
  t.equal(await asked(), text)
})
