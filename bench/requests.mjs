// Signed requests beside a bare server that answers the same bytes: asked before, never asked before, and memory.
import { inTurns, loadGenerator } from './rounds.mjs'
import { bare, constant, emulator, residentMb } from './server.mjs'
import { ratios, row } from './table.mjs'

const target = '/api/v1/jobs?page=0&limit=20'
const manyRequests = 200_000

const speed = ({ ours, theirs }) =>
  ratios(
    ours.map(one => one.perSecond),
    theirs.map(one => one.perSecond),
  )
const cpu = ({ ours }) => ours.map(one => one.cpuUs)

export async function measure() {
  const ours = await emulator('--fixtures', 'none', '--generate', '1000')
  const theirs = await bare(await constant(ours.url, target))
  const rows = []
  for (const connections of [10, 50]) {
    const order = { target, connections }
    const measured = await inTurns({ ours: { server: ours, order }, theirs: { server: theirs, order } })
    const what = `a page of 20 of 1 000 jobs, asked before, ${connections} connections`
    rows.push(
      row(what, { least: 0.8 }, speed(measured), 'of bare', `${Math.round(measured.theirs[0].perSecond)} /s bare`),
    )
    rows.push(row(`${what}: processor time`, {}, cpu(measured), 'us', `${measured.theirs[0].cpuUs.toFixed(1)} us bare`))
  }
  const missed = await inTurns({
    ours: { server: ours, order: { target, unique: true } },
    theirs: { server: theirs, order: { target } },
  })
  rows.push(row('the same with another question each time: processor time', { most: 70 }, cpu(missed), 'us'))
  rows.push(row('the same with another question each time', { least: 0.3 }, speed(missed), 'of bare'))
  await Promise.all([ours.stop(), theirs.stop()])
  return [...rows, ...(await memory())]
}

/** Fresh servers, so that both have answered the same number of requests. */
async function memory() {
  const ours = await emulator('--fixtures', 'none', '--generate', '1000')
  const theirs = await bare(await constant(ours.url, target))
  const { load, stop } = loadGenerator()
  const sizes = { ours: [], theirs: [] }
  for (let half = 0; half < 2; half++) {
    for (const [who, { port, pid }] of Object.entries({ ours, theirs })) {
      await load({ port, target, connections: 10, requests: manyRequests / 2 })
      sizes[who].push(residentMb(pid))
    }
  }
  stop()
  await Promise.all([ours.stop(), theirs.stop()])
  const [halfway, end] = sizes.ours
  return [
    row(
      `memory after ${manyRequests} requests`,
      { most: 1.3 },
      [end / sizes.theirs[1]],
      'x bare',
      `${Math.round(end)} MB`,
    ),
    row('memory after the second half of them', { most: 1.05 }, [end / halfway], 'x after the first'),
  ]
}
