// Loads one emulator with right and hostile traffic over all operations while clocks move and data are reset, and checks
// afterwards that it answered everything, leaked nothing, and holds data without a contradiction.
// `stress -- kill` kills emulators in the middle of writes instead (kill.ts).
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { EditionId } from '../src/api/editions/editions.ts'
import { signRequest } from '../src/gateway/sign-request.ts'
import { complaintsAbout } from './invariants.ts'
import { killRounds } from './kill.ts'
import { type Random, random } from './random.ts'
import { openSockets, pair, residentMb, type Server, send, startServer } from './server.ts'
import { apiCall, controlCall, type Known, learn, nothingKnown, spoiled } from './traffic.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' }, seconds: { type: 'string' }, rounds: { type: 'string' } },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31))
const workers = 12

interface Totals {
  readonly statuses: Map<number, number>
  readonly problems: string[]
  broken: number
}

/** A connection that says something wrong, or nothing, and leaves. */
async function rudely(r: Random, port: number): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => undefined)
  socket.on('data', () => undefined)
  const head = 'POST /api/v1/jobs HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{"name'
  socket.write(
    r.of(['', 'garbage\r\n\r\n', 'GET /api', head, head.slice(0, 40), 'GET /\xff HTTP/1.1\r\n\r\n']),
    'latin1',
  )
  await pause(r.below(30))
  if (r.chance(0.5)) socket.resetAndDestroy()
  else socket.end()
  if (!socket.closed) await once(socket, 'close')
}

async function work(
  r: Random,
  { port }: Server,
  edition: EditionId,
  agent: Agent,
  known: Known,
  totals: Totals,
  until: number,
) {
  while (Date.now() < until) {
    if (r.chance(0.05)) {
      await rudely(r, port)
      continue
    }
    const reset = r.chance(0.002) ? { method: 'POST', target: '/__admin/reset' } : undefined
    const call = reset ?? (r.chance(0.15) ? controlCall(r, known, 0.1) : apiCall(r, edition, known, 0.15))
    const signed = signRequest({ method: call.method, target: call.target, ...pair })
    try {
      const { status, text } = await send(port, call, agent, r.chance(0.1) ? spoiled(r, signed) : signed)
      totals.statuses.set(status, (totals.statuses.get(status) ?? 0) + 1)
      if (status >= 500) totals.problems.push(`${JSON.stringify(call)} answered ${status} ${text.slice(0, 200)}`)
      if (status < 300 && text.startsWith('{')) learn(known, JSON.parse(text))
    } catch (error) {
      const { code = '' } = error as { code?: string }
      // Header values that Node's client does not send.
      if (code.startsWith('ERR_')) continue
      totals.broken++
      totals.problems.push(`${JSON.stringify(call)} failed at ${new Date().toISOString()}: ${error}`)
    }
  }
}

/** Returns what went wrong. */
async function load(seconds: number): Promise<readonly string[]> {
  const r = random(seed)
  const edition = r.of<EditionId>(['2023-10', '2025-03', '2026-09'])
  const folder = mkdtempSync(join(tmpdir(), 'dataflow-stress-'))
  const db = join(folder, 'stress.db')
  const server = await startServer(['--db', db, '--edition', edition, '--generate', '300', '--body-limit', '100000'])
  const agent = new Agent({ keepAlive: true, maxSockets: workers })
  const totals: Totals = { statuses: new Map(), problems: [], broken: 0 }
  try {
    const atRest = openSockets(server.pid)
    const memory: number[] = []
    const known = nothingKnown()
    const began = Date.now()
    const until = began + seconds * 1000
    const sampler = setInterval(() => memory.push(residentMb(server.pid)), 250)
    await Promise.all(
      Array.from({ length: workers }, (_, index) =>
        work(random(seed + index + 1), server, edition, agent, known, totals, until),
      ),
    )
    clearInterval(sampler)
    agent.destroy()
    await pause(1500)
    const left = openSockets(server.pid) - atRest
    if (left > 0) totals.problems.push(`${left} sockets are still open`)
    const third = Math.max(...memory.slice(0, Math.ceil(memory.length / 3)))
    const last = Math.max(...memory.slice(-Math.ceil(memory.length / 3)))
    if (last > 1.5 * third + 50)
      totals.problems.push(`memory grew from ${Math.round(third)} MB to ${Math.round(last)} MB`)
    server.child.kill('SIGTERM')
    const code = await server.ended
    if (code !== 0) totals.problems.push(`ended with ${code}`)
    if (server.errors() !== '') totals.problems.push(`logged ${server.errors().slice(0, 1000)}`)
    totals.problems.push(...complaintsAbout(db))
    const all = [...totals.statuses.values()].reduce((sum, count) => sum + count, 0)
    const told = [...totals.statuses].sort().map(([status, count]) => `${status}: ${count}`)
    console.log(
      `${all} responses of edition ${edition} in ${seconds} s (${told.join(', ')}), memory ${Math.round(third)} to ${Math.round(last)} MB`,
    )
  } finally {
    server.child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  return totals.problems
}

console.log(`seed ${seed}`)
const problems =
  positionals[0] === 'kill'
    ? await killRounds(Number(values.rounds ?? 200), seed)
    : await load(Number(values.seconds ?? 60))
for (const problem of problems.slice(0, 20)) console.error(`FAILED ${problem}`)
console.log(`${problems.length} problems, seed ${seed}`)
process.exit(problems.length > 0 ? 1 : 0)
