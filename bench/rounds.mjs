// Requests against two servers in turns, and the processor time that each request cost them.
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { credentials } from './server.mjs'

/** Microseconds of processor time that a process has used, at the kernel's hundred ticks a second. */
export function processorUs(pid) {
  const [, , ...fields] = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/\(.*\)/, '()')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}

/** A process that makes load; `load(order)` resolves to what it saw. */
export function loadGenerator() {
  const child = fork(join(import.meta.dirname, 'load.mjs'))
  return {
    load: order =>
      new Promise((resolve, reject) => {
        child.once('message', ({ result, error }) => (error ? reject(new Error(error)) : resolve(result)))
        child.send({ credentials, connections: 8, ...order })
      }),
    stop: () => child.disconnect(),
  }
}

/** Both servers under their orders in turns, warmed up first; the figures of each round. */
export async function inTurns({ ours, theirs, rounds = 7, seconds = 1, warmSeconds = 1.5 }) {
  const { load, stop } = loadGenerator()
  const sides = { ours, theirs }
  const results = { ours: [], theirs: [] }
  for (const { server, order } of Object.values(sides))
    await load({ port: server.port, ...order, seconds: warmSeconds })
  for (let round = 0; round < rounds; round++) {
    for (const [who, { server, order }] of Object.entries(sides)) {
      const before = processorUs(server.pid)
      const result = await load({ port: server.port, ...order, seconds })
      results[who].push({ ...result, cpuUs: (processorUs(server.pid) - before) / result.answers })
    }
  }
  stop()
  return results
}
