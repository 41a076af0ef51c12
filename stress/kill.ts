import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase } from '../src/store/database.ts'
import { complaintsAbout } from './invariants.ts'
import { type Random, random } from './random.ts'
import { type Server, send, spawnEmulator, startServer } from './server.ts'
import type { Call } from './traffic.ts'

/** Names of the jobs by id, as the emulator has acknowledged them. */
type Names = ReadonlyMap<string, string>

interface Outcome {
  /** What the file must hold: one of these. */
  readonly allowed: readonly Names[]
}

const agent = new Agent({ keepAlive: true })
const call = (method: string, target: string, body?: unknown): Call => ({
  method,
  target,
  ...(body !== undefined && { body: JSON.stringify(body) }),
})

function namesIn(db: string): Names {
  const database = openDatabase(db)
  try {
    const rows = database.sql.prepare<[], { id: string; name: string }>('SELECT id, name FROM jobs').all()
    return new Map(rows.map(({ id, name }) => [id, name]))
  } finally {
    database.close()
  }
}

const same = (a: Names, b: Names) => a.size === b.size && [...a].every(([id, name]) => b.get(id) === name)

/** Kills the emulator after a while, and returns once it is dead. */
async function killAfter({ child, ended }: Pick<Server, 'child' | 'ended'>, ms: number): Promise<void> {
  await pause(ms)
  child.kill('SIGKILL')
  await ended
}

/** Creates and renames jobs until the emulator dies: at most the last write may or may not be there. */
async function duringWrites(r: Random, server: Server, before: Names): Promise<Outcome> {
  const names = new Map(before)
  let next = names
  const dead = killAfter(server, r.below(300))
  try {
    for (let number = 0; ; number++) {
      const [id] = [...names.keys()]
      if (id !== undefined && r.chance(0.4)) {
        next = new Map(names).set(id, `renamed-${number}`)
        const { status } = await send(
          server.port,
          call('PATCH', `/__admin/jobs/${id}`, { name: `renamed-${number}` }),
          agent,
        )
        if (status !== 200) throw new Error(`PATCH answered ${status}`)
        names.set(id, `renamed-${number}`)
      } else {
        // The id is the emulator's to choose: one job more, of this name.
        next = new Map(names).set('', `made-${number}`)
        const { status, text } = await send(
          server.port,
          call('POST', '/api/v1/jobs', { name: `made-${number}`, nodes: [] }),
          agent,
        )
        if (status >= 300) throw new Error(`POST answered ${status} ${text}`)
        names.set(JSON.parse(text).jobId, `made-${number}`)
      }
    }
  } catch (error) {
    if (error instanceof Error && / answered /.test(error.message)) throw error
  }
  await dead
  return { allowed: [names, next] }
}

/** One call that changes everything: it has happened, or it has not. */
async function duringOne(r: Random, server: Server, before: Names, asked: Call, after: Names): Promise<Outcome> {
  let acknowledged = false
  const answered = send(server.port, asked, agent).then(
    ({ status }) => {
      acknowledged = status < 300
    },
    () => undefined,
  )
  await killAfter(server, r.below(60))
  await answered
  return { allowed: acknowledged ? [after] : [before, after] }
}

/** The first start: all that was to be seeded is there, or nothing. */
async function duringSeeding(r: Random, folder: string, number: number): Promise<readonly string[]> {
  const db = join(folder, `seed-${number}.db`)
  const flags = ['--db', db, '--generate', '3000', '--fixtures', 'none']
  await killAfter(spawnEmulator(flags), 200 + r.below(1500))
  const jobs = namesIn(db).size
  return [...(jobs === 0 || jobs === 3000 ? [] : [`${jobs} of 3000 jobs were seeded`]), ...complaintsAbout(db)]
}

const kinds = ['writes', 'writes', 'jump', 'reset', 'snapshot', 'seeding'] as const

/** Kills so many emulators and says what was lost or half there. */
export async function killRounds(rounds: number, seed: number): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dataflow-kill-'))
  const db = join(folder, 'kill.db')
  const flags = ['--db', db, '--fixtures', 'busy']
  const problems: string[] = []
  try {
    const first = await startServer(flags)
    first.child.kill('SIGTERM')
    await first.ended
    const seeded = namesIn(db)
    let before = seeded
    for (let number = 0; number < rounds; number++) {
      const r = random(seed + number)
      const kind = r.of(kinds)
      const complain = (found: readonly string[]) =>
        problems.push(...found.map(text => `round ${number}, ${kind}: ${text}`))
      if (kind === 'seeding') {
        complain(await duringSeeding(r, folder, number))
        continue
      }
      const server = await startServer(flags)
      const one = (asked: Call, after: Names) => duringOne(r, server, before, asked, after)
      let outcome: Outcome
      if (kind === 'writes') outcome = await duringWrites(r, server, before)
      else if (kind === 'jump') outcome = await one(call('PUT', '/__admin/clock', { advance: '60d' }), before)
      else if (kind === 'reset') outcome = await one(call('POST', '/__admin/reset'), seeded)
      else {
        await send(server.port, call('PUT', '/__admin/snapshots/kill'), agent)
        await send(server.port, call('POST', '/__admin/reset'), agent)
        outcome = await one(call('POST', '/__admin/snapshots/kill/restore'), before)
        outcome = { allowed: [...outcome.allowed, seeded] }
      }
      const found = namesIn(db)
      // A new job whose acknowledgement was lost has an id that nobody knows: then one more is allowed, of that name.
      const fits = outcome.allowed.some(names => {
        const unknown = names.get('')
        if (unknown === undefined) return same(names, found)
        const extra = [...found].filter(([id]) => !names.has(id))
        return extra.length === 1 && extra[0]?.[1] === unknown && found.size === names.size
      })
      if (!fits)
        complain([`holds ${found.size} jobs, expected ${outcome.allowed.map(({ size }) => size).join(' or ')}`])
      complain(complaintsAbout(db))
      before = found
      if (number % 20 === 19) console.log(`${number + 1} kills, ${problems.length} problems`)
    }
  } finally {
    agent.destroy()
    rmSync(folder, { recursive: true, force: true })
  }
  return problems
}
