// One write for each ten reads, beside a bare server that only answers the reads.
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { inTurns } from './rounds.mjs'
import { bare, constant, emulator, scratch, signed } from './server.mjs'
import { ratios, row } from './table.mjs'

const target = '/api/v1/jobs?page=0&limit=20'

async function mixed(title, goal, flags) {
  const ours = await emulator('--fixtures', 'none', ...flags)
  const theirs = await bare(await constant(ours.url, target))
  const { jobId } = JSON.parse(await signed(ours.url, 'POST', '/api/v1/jobs', { name: 'mixed', nodes: [] }))
  const write = {
    every: 11,
    method: 'PUT',
    target: `/api/v1/jobs/${jobId}`,
    body: JSON.stringify({ name: 'mixed', type: 'DATAFLOW', nodes: [] }),
  }
  const measured = await inTurns({
    ours: { server: ours, order: { target, write } },
    theirs: { server: theirs, order: { target } },
  })
  await Promise.all([ours.stop(), theirs.stop()])
  const each = who => measured[who].map(one => one.cpuUs)
  return row(title, { most: goal }, ratios(each('ours'), each('theirs')), 'x bare CPU')
}

export async function measure() {
  const folder = mkdtempSync(join(scratch(), 'mixed-'))
  return [
    await mixed('one write for each ten reads, 1 000 jobs in memory', 3, ['--generate', '1000']),
    await mixed('one write for each ten reads, 100 000 jobs in a file', 4, [
      '--generate',
      '100000',
      '--db',
      join(folder, 'mixed.db'),
    ]),
  ]
}
