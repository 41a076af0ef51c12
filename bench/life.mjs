// Prints what the living parts of the API cost: jobs made and run, a year played through, and a long history.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emulator, mostResidentMb, residentMb, signed, signedGet } from './server.mjs'

const seconds = 3
const triggers = 100
const longHistory = 100_000

const folder = mkdtempSync(join(tmpdir(), 'dataflow-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const rows = []
const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

async function timed(work) {
  const began = performance.now()
  const result = await work()
  return { ms: performance.now() - began, result }
}

/** One client after the other's answer: create a job, run it, get it. */
async function createRunGet() {
  const { url, stop } = await emulator('--fixtures', 'none')
  const condition = { nrn: 'nrn:PUB', scriptPath: 'bucket/scripts/', logPath: 'bucket/logs/' }
  let made = 0
  const began = performance.now()
  while (performance.now() - began < seconds * 1000) {
    const { jobId } = JSON.parse(await signed(url, 'POST', '/api/v1/jobs', { name: `job-${made}`, nodes: [] }))
    await signed(url, 'POST', `/api/v1/jobs/${jobId}/executions`, { jobCondition: condition })
    await signedGet(url, `/api/v1/jobs/${jobId}`)
    made++
  }
  rows.push(['create, run and get a job, one client', `${Math.round((made / (performance.now() - began)) * 1000)} /s`])
  await stop()
}

/** A year at one stroke: the emulator comes back to its file a year later. */
async function yearOfTriggers() {
  const db = join(folder, 'year.db')
  const file = join(folder, 'year.json')
  const names = Array.from({ length: triggers }, (_, index) => String(index).padStart(3, '0'))
  const fixture = {
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
  writeFileSync(file, JSON.stringify(fixture))
  const before = await emulator('--fixtures', file, '--db', db, '--now', '2025-01-01T00:00:00Z')
  await signedGet(before.url, '/api/v1/jobs?limit=1')
  const rest = residentMb(before.pid)
  await before.stop()
  const { url, pid, stop } = await emulator('--fixtures', file, '--db', db, '--now', '2026-01-01T00:00:00Z')
  const { ms } = await timed(() => signedGet(url, '/api/v1/jobs?limit=1'))
  const period = 'startDate=2024-12-01T00%3A00%3A00&endDate=2026-02-01T00%3A00%3A00'
  const { totalCount } = JSON.parse(await signedGet(url, `/api/v1/stats/executions?${period}`))
  rows.push([`a year at one stroke, ${triggers} hourly triggers: executions`, totalCount])
  rows.push(['seconds', (ms / 1000).toFixed(1)])
  rows.push(['executions a second', Math.round((totalCount / ms) * 1000)])
  rows.push(['memory at rest, and the most of it', `${Math.round(rest)} MB, ${Math.round(mostResidentMb(pid))} MB`])
  rows.push(['database file', `${Math.round(statSync(db).size / 2 ** 20)} MB`])
  await stop()
}

/** Pages of a job with many executions, each asked for several times with a parameter that the API ignores. */
async function pagesOfHistory() {
  const file = join(folder, 'history.json')
  const first = Date.UTC(2025, 0, 1)
  const executions = Array.from({ length: longHistory }, (_, index) => ({
    status: index % 10 ? 'COMPLETED' : 'FAILED',
    createdDate: new Date(first + index * 60_000).toISOString(),
  }))
  writeFileSync(file, JSON.stringify({ jobs: [{ jobId: 'jobWithMany0', name: 'many', executions }] }))
  const { ms: start, result: many } = await timed(() => emulator('--fixtures', file))
  rows.push([`start with a job of ${longHistory} executions`, `${Math.round(start)} ms`])
  const list = '/api/v1/jobs/jobWithMany0/executions'
  for (const [title, page] of [
    ['first', 0],
    ['last', longHistory / 20 - 1],
  ]) {
    const times = []
    for (let round = 0; round < 20; round++) {
      times.push((await timed(() => signedGet(many.url, `${list}?page=${page}&limit=20&nonce=${round}`))).ms)
    }
    const [cold] = times
    rows.push([
      `its ${title} page of 20: at first, median of 20`,
      `${cold.toFixed(1)} ms, ${median(times).toFixed(1)} ms`,
    ])
  }
  await many.stop()
}

/** A library emulator in this process: its start, and resets after a little and after a lot was changed. */
async function startAndReset() {
  const { startEmulator, signRequest } = await import('../dist/index.js')
  const starts = []
  for (let round = 0; round < 9; round++) {
    const { ms, result } = await timed(() => startEmulator())
    starts.push(ms)
    await result.stop()
  }
  rows.push(['start in a test process, after import, median of 9', `${median(starts).toFixed(0)} ms`])

  const emulator = await startEmulator({ fixtures: 'none', generate: 1000 })
  const { credentials, inject, jobs, reset } = emulator
  async function api(method, target, body) {
    const headers = { ...signRequest({ method, target, ...credentials }), 'content-type': 'application/json' }
    const { statusCode, payload } = await inject({
      method,
      url: target,
      headers,
      payload: body && JSON.stringify(body),
    })
    if (statusCode >= 300) throw new Error(`${method} ${target}: ${statusCode} ${payload}`)
    return JSON.parse(payload)
  }
  const all = jobs.list()
  const [runnable] = all.filter(({ status }) => status === 'RUNNABLE')
  const condition = { nrn: 'nrn:PUB', scriptPath: 'bucket/scripts/', logPath: 'bucket/logs/' }
  const uses = {
    'a job created, run and deleted': async () => {
      const { jobId } = await api('POST', '/api/v1/jobs', { name: 'one-more', nodes: [] })
      await api('POST', `/api/v1/jobs/${jobId}/executions`, { jobCondition: condition })
      await api('DELETE', `/api/v1/jobs/${runnable.jobId}`)
    },
    'each of the 1 000 jobs changed': async () => {
      for (const { jobId } of all) jobs.patch(jobId, { disabled: true })
    },
  }
  for (const [title, use] of Object.entries(uses)) {
    const resets = []
    for (let round = 0; round < 15; round++) {
      await use()
      const before = process.cpuUsage()
      await reset()
      const { user, system } = process.cpuUsage(before)
      resets.push((user + system) / 1000)
    }
    rows.push([`reset of 1 000 jobs after ${title}: processor time, median of 15`, `${median(resets).toFixed(1)} ms`])
  }
  await emulator.stop()
}

/**
 * Why a signature is wrong is worked out when somebody asks: the time to read an entry of the journal, that of a request
 * that was let through beside it. Each round is in a second of its own, as the work within one is bounded.
 */
async function diagnoses() {
  const { startEmulator, signRequest } = await import('../dist/index.js')
  const { credentials, inject, journal, clock, stop } = await startEmulator({ fixtures: 'none' })
  const target = '/api/v1/jobs?page=0&limit=20'
  const path = target.replace(/\?.*/, '')
  const signatures = {
    'a request let through': timestamp => signRequest({ method: 'GET', target, timestamp, ...credentials }),
    'a signature without the query': timestamp =>
      signRequest({ method: 'GET', target: path, timestamp, ...credentials }),
    'a signature that nothing explains': timestamp =>
      signRequest({ method: 'GET', target, timestamp, ...credentials, secretKey: 'another' }),
  }
  const times = Object.fromEntries(Object.keys(signatures).map(title => [title, []]))
  for (let round = 0; round < 45; round++) {
    for (const [title, headersAt] of Object.entries(signatures)) {
      const { gateway } = clock.gatewaySkew((round + 1) * 1000)
      const { statusCode } = await inject({ url: target, headers: headersAt(Date.parse(gateway.now)) })
      if ((statusCode === 200) !== (title === 'a request let through')) throw new Error(`${title}: ${statusCode}`)
      const { ms, result } = await timed(() => journal.entries({ limit: 1 }))
      if (statusCode !== 200 && result[0].diagnosis.verdict === 'skipped') throw new Error(`${title}: not diagnosed`)
      times[title].push(ms)
    }
  }
  for (const [title, all] of Object.entries(times)) {
    rows.push([`reading the journal's entry of ${title}, median of 45`, `${median(all).toFixed(2)} ms`])
  }
  await stop()
}

await startAndReset()
await diagnoses()
await createRunGet()
await yearOfTriggers()
await pagesOfHistory()
console.log('\n| Measure | emulator |\n| --- | --- |')
for (const cells of rows) console.log(`| ${cells.join(' | ')} |`)
