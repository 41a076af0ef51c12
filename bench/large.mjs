// A hundred thousand jobs: the start that generates them, filters, late pages and the page that lists all.
import { mkdtempSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { signRequest } from 'ncp-dataflow-emulator'
import { credentials, emulator, mostResidentMb, scratch, signed, signedGet } from './server.mjs'
import { row } from './table.mjs'

const many = 100_000
const rounds = 9

async function timed(work) {
  const began = performance.now()
  const result = await work()
  return { ms: performance.now() - began, result }
}

/** Reads a response to its end without keeping it. */
const drain = (url, target) =>
  new Promise((resolve, reject) => {
    const headers = signRequest({ method: 'GET', target, ...credentials })
    request(url + target, { headers }, response => response.resume().once('end', resolve))
      .once('error', reject)
      .end()
  })

/** The first late page after each of several writes. */
async function latePages(url) {
  const { totalCount, count } = JSON.parse(await signedGet(url, '/api/v1/jobs?limit=1'))
  const last = Math.ceil((totalCount ?? count) / 20) - 1
  const times = []
  for (let round = 0; round < rounds; round++) {
    await signed(url, 'POST', '/api/v1/jobs', { name: `late-${round}`, nodes: [] })
    times.push((await timed(() => signedGet(url, `/api/v1/jobs?page=${last}&limit=20`))).ms)
  }
  return times
}

async function filters(url) {
  const times = []
  for (let round = 0; round < rounds; round++) {
    times.push((await timed(() => signedGet(url, `/api/v1/jobs?page=0&limit=20&name=${'etaoinshr'[round]}`))).ms)
  }
  return times
}

async function everything({ url, pid }) {
  const before = mostResidentMb(pid)
  let over = false
  const all = timed(() => drain(url, `/api/v1/jobs?page=0&limit=${many}`)).then(end => {
    over = true
    return end
  })
  const waits = []
  while (!over) waits.push((await timed(() => signedGet(url, '/api/v1/jobs?page=0&limit=5'))).ms)
  const { ms } = await all
  return [
    row(
      `limit=${many}: the slowest of ${waits.length} other requests`,
      { most: 50 },
      [Math.max(...waits)],
      'ms',
      `all in ${(ms / 1000).toFixed(1)} s`,
    ),
    row(`limit=${many}: peak of memory`, { most: 250 }, [mostResidentMb(pid)], 'MB', `${Math.round(before)} MB before`),
  ]
}

export async function measure() {
  const db = join(mkdtempSync(join(scratch(), 'large-')), 'large.db')
  const { ms, result: server } = await timed(() =>
    emulator('--fixtures', 'none', '--generate', String(many), '--db', db),
  )
  const sizeOf = file => statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const log = sizeOf(`${db}-wal`) / sizeOf(db)
  const small = await emulator('--fixtures', 'none', '--generate', '1000')
  const lateSmall = await latePages(small.url)
  await small.stop()
  const lateLarge = await latePages(server.url)
  const rows = [
    row(`--generate ${many} into a file`, { most: 5 }, [ms / 1000], 's'),
    row('its WAL when the port opens', { most: 0.1 }, [log], 'x the file'),
    row(`name filter, first page, ${many} jobs, a miss`, { most: 5 }, await filters(server.url), 'ms'),
    row(
      `first late page after a write, ${many} jobs`,
      { most: 3 },
      lateLarge.map((one, round) => one / lateSmall[round]),
      'x at 1 000',
    ),
    ...(await everything(server)),
  ]
  await server.stop()
  return rows
}
