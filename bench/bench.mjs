// Prints two tables. The first is this emulator beside a bare Fastify server that answers with the same bytes as a constant.
// What counts is the ratio; rounds are interleaved, so that a noisy neighbour disturbs both.
import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, release, tmpdir, totalmem, type } from 'node:os'
import { join } from 'node:path'
import { bare, credentials, emulator, residentMb, signedGet } from './server.mjs'

const starts = 7
const rounds = 7
const seconds = 1
const warmSeconds = 0.7
const connections = 8

const folder = mkdtempSync(join(tmpdir(), 'dataflow-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

/** The same bytes in a file, for the bare server. */
async function constant(url, target) {
  const file = join(folder, 'body.json')
  writeFileSync(file, await signedGet(url, target))
  return file
}

const generator = fork(join(import.meta.dirname, 'load.mjs'))
process.on('exit', () => generator.kill('SIGKILL'))
const load = order =>
  new Promise((resolve, reject) => {
    generator.once('message', ({ result, error }) => (error ? reject(new Error(error)) : resolve(result)))
    generator.send({ credentials, connections, ...order })
  })

/** Microseconds of processor time that a process has used, at the kernel's hundred ticks a second. */
function processorUs(pid) {
  const [, , ...fields] = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/\(.*\)/, '()')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}

const besideBare = []
const besideNoJournal = []
/** Medians of both, and of the ratios of each round: what disturbs a round disturbs both of its halves. */
function row(rows, measure, ours, theirs, unit, digits = 0) {
  const figure = values => `${median(values).toFixed(digits)} ${unit}`.trim()
  const ratios = ours.map((value, round) => value / theirs[round])
  rows.push([measure, figure(ours), figure(theirs), median(ratios).toFixed(2)])
}

/** Spawn to the first signed 200, in milliseconds. */
async function coldStart(spawned) {
  const began = performance.now()
  const { url, stop } = await spawned()
  await signedGet(url, '/api/v1/jobs?page=0&limit=20')
  const took = performance.now() - began
  await stop()
  return took
}

async function coldStarts() {
  const first = await emulator()
  const file = await constant(first.url, '/api/v1/jobs?page=0&limit=20')
  await first.stop()
  const ours = []
  const theirs = []
  for (let i = 0; i < starts; i++) {
    ours.push(await coldStart(() => emulator()))
    theirs.push(await coldStart(() => bare(file)))
  }
  row(besideBare, `cold start to the first signed 200, median of ${starts}`, ours, theirs, 'ms')
}

/** Two servers under the same load, in turns. */
async function inTurns(rows, title, ours, theirs, { target, unique = false, memory = false }) {
  const results = { ours: [], theirs: [] }
  for (const { port } of [ours, theirs]) await load({ port, target, unique, seconds: warmSeconds })
  for (let i = 0; i < rounds; i++) {
    for (const [who, { port, pid }] of [
      ['ours', ours],
      ['theirs', theirs],
    ]) {
      const before = processorUs(pid)
      const result = await load({ port, target, unique, seconds })
      results[who].push({ ...result, processorUs: (processorUs(pid) - before) / result.answers })
    }
  }
  const all = (who, figure) => results[who].map(result => result[figure])
  row(rows, `${title}: requests/s`, all('ours', 'perSecond'), all('theirs', 'perSecond'), '')
  row(rows, `${title}: processor time a request`, all('ours', 'processorUs'), all('theirs', 'processorUs'), 'µs')
  row(rows, `${title}: p50`, all('ours', 'p50'), all('theirs', 'p50'), 'ms', 2)
  row(rows, `${title}: p99`, all('ours', 'p99'), all('theirs', 'p99'), 'ms', 2)
  if (memory) row(rows, 'memory after this load', [residentMb(ours.pid)], [residentMb(theirs.pid)], 'MB')
}

/** Beside the bare server; the emulator goes on living for the next measure. */
async function underLoad(title, ours, target, more = {}) {
  const theirs = await bare(await constant(ours.url, target))
  await inTurns(besideBare, title, ours, theirs, { target, ...more })
  await theirs.stop()
}

await coldStarts()

const small = await emulator('--fixtures', 'none', '--generate', '1000')
await underLoad('1 000 jobs, limit=20', small, '/api/v1/jobs?page=0&limit=20', { memory: true })
await underLoad('1 000 jobs, limit=1000', small, '/api/v1/jobs?page=0&limit=1000', { memory: true })
await underLoad('1 000 jobs, limit=20, never the same question twice', small, '/api/v1/jobs?page=0&limit=20', {
  unique: true,
})
const forgetful = await emulator('--fixtures', 'none', '--generate', '1000', '--journal', '0')
await inTurns(besideNoJournal, '1 000 jobs, limit=20', small, forgetful, {
  target: '/api/v1/jobs?page=0&limit=20',
  memory: true,
})
await forgetful.stop()
await small.stop()

const large = await emulator('--fixtures', 'none', '--generate', '100000')
const { count } = JSON.parse(await signedGet(large.url, '/api/v1/jobs?limit=1'))
const lastPage = `/api/v1/jobs?page=${Math.ceil(count / 20) - 1}&limit=20`
await underLoad('100 000 jobs, first page of 20', large, '/api/v1/jobs?page=0&limit=20')
await underLoad('100 000 jobs, last page of 20', large, lastPage)
await underLoad('100 000 jobs, last page, never the same question twice', large, lastPage, { unique: true })
await large.stop()

const [cpu] = cpus()
console.log(
  `Node ${process.version}, ${type()} ${release()}, ${cpus().length} x ${cpu.model}, ${Math.round(totalmem() / 2 ** 30)} GB.`,
)
console.log(`${connections} connections, ${rounds} rounds of ${seconds} s in turns, medians.\n`)
console.log('| Measure | emulator | bare Fastify | ratio |\n| --- | --- | --- | --- |')
for (const cells of besideBare) console.log(`| ${cells.join(' | ')} |`)
console.log('\n| Cost of the journal | emulator | with `--journal 0` | ratio |\n| --- | --- | --- | --- |')
for (const cells of besideNoJournal) console.log(`| ${cells.join(' | ')} |`)
generator.disconnect()
