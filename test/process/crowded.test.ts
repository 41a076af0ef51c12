import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { start } from '../support/process.ts'

const host = '127.0.0.1'
const fixtures = 'test/process/hourly.json'

/** Opens so many connections and waits until the emulator has them. */
async function crowd(t: Test, port: number, many: number, greet: (socket: Socket, index: number) => void) {
  const sockets = await Promise.all(
    Array.from(
      { length: many },
      (_, index) =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect({ port, host }, () => {
            greet(socket, index)
            resolve(socket)
          })
          socket.on('error', reject)
          t.teardown(() => socket.destroy())
        }),
    ),
  )
  return sockets
}

/** Milliseconds of processor time that a process has used. Linux only. */
function processorMs(pid: number): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')
  const [user, system] = fields.split(' ').slice(11, 13).map(Number)
  return ((user ?? 0) + (system ?? 0)) * 10
}

/** What some requests cost the emulator: time of the processor, as other tests may keep the machine busy. */
async function costOfRequests(url: string, pid: number): Promise<number> {
  const before = processorMs(pid)
  for (let round = 0; round < 300; round++) {
    const { status } = await fetch(`${url}/api/v1/jobs?limit=20`)
    if (status !== 200) throw new Error(`answered ${status}`)
  }
  return processorMs(pid) - before
}

/** The least of several measurements: what disturbs one only adds to it. */
async function usual(url: string, pid: number): Promise<number> {
  const costs = []
  for (let round = 0; round < 5; round++) costs.push(await costOfRequests(url, pid))
  return Math.min(...costs)
}

t.test('responds to others as fast beside 2 000 connections that are idle or send slowly', async t => {
  const { url, port, child, ended } = await start(t, ['--auth', 'off', '--host', host])
  const { pid = 0 } = child
  const alone = await usual(url, pid)
  const head = 'POST /api/v1/jobs HTTP/1.1\r\nHost: a\r\n'
  const sockets = await crowd(t, port, 2000, (socket, index) => {
    if (index % 4 === 1) socket.write(head)
    if (index % 4 === 2) socket.write(`${head}Content-Length: 1000\r\n\r\n{`)
  })
  const dripping = setInterval(() => {
    for (const [index, socket] of sockets.entries()) {
      if (index % 40 === 1) socket.write('x')
      if (index % 40 === 2) socket.write(' ')
    }
  }, 500)
  const crowded = await usual(url, pid)
  clearInterval(dripping)
  // What drips in costs something, too, and a tick of the kernel is 10 ms.
  t.ok(crowded <= 2 * alone + 100, `${crowded} ms, ${alone} ms alone`)
  child.kill('SIGTERM')
  const { code } = await ended
  t.equal(code, 0, 'and stops')
})

t.test('stops in the middle of a jump, with what was reached in its file', async t => {
  const db = `${t.testdir()}/jump.db`
  const { url, child, ended } = await start(t, [
    '--fixtures',
    fixtures,
    '--db',
    db,
    '--now',
    '2025-01-01',
    '--host',
    host,
  ])
  const jump = fetch(`${url}/__admin/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advance: '3650d' }),
  }).then(
    ({ status }) => status,
    () => undefined,
  )
  const now = async () => ((await (await fetch(`${url}/__admin/clock`)).json()) as { epochMs: number }).epochMs
  const began = await now()
  while ((await now()) < began + 86_400_000) await pause(10)
  const used = processorMs(child.pid ?? 0)
  child.kill('SIGTERM')
  let more = 0
  const watch = setInterval(() => {
    try {
      more = processorMs(child.pid ?? 0) - used
    } catch {
      clearInterval(watch)
    }
  }, 20)
  const { code } = await ended
  clearInterval(watch)
  t.ok(more < 2000, `after ${more} ms of processor time`)
  t.equal(code, 0)
  t.ok([undefined, 409].includes(await jump), 'the jump is not acknowledged')
  const again = await start(t, ['--fixtures', fixtures, '--db', db, '--now', '2025-01-01', '--host', host])
  const found = await fetch(`${again.url}/__admin/executions?workflowId=hourly000001`)
  const { executions } = (await found.json()) as { executions: unknown[] }
  t.ok(executions.length > 0, 'executions of the days that were reached are there')
})
