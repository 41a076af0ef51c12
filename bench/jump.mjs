// What a jump of a year costs: others answered meanwhile, the reset after it, and the memory then.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { emulator, residentMb, signedGet } from './server.mjs'
import { median, row } from './table.mjs'

const triggers = 100
const changedJobs = 1000
const resets = 5

async function timed(work) {
  const began = performance.now()
  const result = await work()
  return { ms: performance.now() - began, result }
}

async function control(url, method, path, body) {
  const answer = await fetch(`${url}/__admin${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

/** Jobs that a trigger of their own runs every hour. */
function hourly() {
  const names = Array.from({ length: triggers }, (_, index) => String(index).padStart(3, '0'))
  return {
    jobs: names.map(name => ({ name: `job-${name}` })),
    triggers: names.map((name, index) => ({
      name: `hourly-${name}`,
      triggerRule: { type: 'RECURRING', interval: 'HOUR', time: String(index % 60).padStart(2, '0') },
    })),
    workflows: names.map(name => ({
      name: `flow-${name}`,
      nodes: [
        { type: 'TRIGGER', name: `hourly-${name}` },
        { type: 'JOB', name: `job-${name}` },
      ],
    })),
  }
}

/** Month by month, as fetch gives up on a response after five minutes. */
async function playYear(url) {
  let executions = 0
  for (let month = 1; month <= 12; month++) {
    const now = new Date(Date.UTC(2025, month, 1)).toISOString()
    executions += (await control(url, 'PUT', '/clock', { now })).executions
  }
  return { executions }
}

/** A year of 100 hourly triggers, with a client that asks all the time. */
async function yearOfTriggers() {
  const folder = mkdtempSync(join(tmpdir(), 'dataflow-bench-'))
  const file = join(folder, 'hourly.json')
  writeFileSync(file, JSON.stringify(hourly()))
  const { url, pid, stop } = await emulator('--fixtures', file, '--now', '2025-01-01T00:00:00Z')
  try {
    await control(url, 'PUT', '/clock', { frozen: true })
    let over = false
    const jump = timed(() => playYear(url)).finally(() => {
      over = true
    })
    const waits = []
    while (!over) waits.push((await timed(() => signedGet(url, '/api/v1/jobs?page=0&limit=20'))).ms)
    const { ms, result } = await jump
    const busy = residentMb(pid)
    const reset = await timed(() => control(url, 'POST', '/reset'))
    await pause(3000)
    const what = `a year of ${triggers} hourly triggers (${result.executions} executions in ${(ms / 1000).toFixed(1)} s)`
    const sorted = waits.toSorted((a, b) => a - b)
    return [
      row(
        `${what}: the slowest of ${waits.length} other requests`,
        { most: 100 },
        [sorted.at(-1)],
        'ms',
        `median ${Math.round(median(waits))} ms`,
      ),
      row(`${what}: reset`, { most: 1000 }, [reset.ms], 'ms'),
      row(
        `${what}: memory after the reset`,
        { most: 150 },
        [residentMb(pid)],
        'MB',
        `${Math.round(busy)} MB before it`,
      ),
    ]
  } finally {
    await stop()
    rmSync(folder, { recursive: true })
  }
}

/** A reset after each of 1 000 jobs was changed. */
async function resetOfChangedJobs() {
  const { url, stop } = await emulator('--fixtures', 'none', '--generate', String(changedJobs), '--auth', 'off')
  try {
    const ids = (await control(url, 'GET', `/jobs?limit=${changedJobs}`)).jobs.map(({ jobId }) => jobId)
    const took = []
    for (let round = 0; round < resets; round++) {
      for (const id of ids) await control(url, 'PATCH', `/jobs/${id}`, { name: `changed-${round}` })
      took.push((await timed(() => control(url, 'POST', '/reset'))).ms)
    }
    return [row(`reset of ${ids.length} changed jobs`, { most: 5 }, took, 'ms')]
  } finally {
    await stop()
  }
}

export const measure = async () => [...(await yearOfTriggers()), ...(await resetOfChangedJobs())]
