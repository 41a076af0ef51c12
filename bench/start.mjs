// Spawn to the first signed 200: the emulator with its default data beside a Fastify server that answers the same bytes.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { constant, scratch, serverOf, signedGet } from './server.mjs'
import { ratios, row } from './table.mjs'

const rounds = 15
const target = '/api/v1/jobs?page=0&limit=20'
const otherVersions = [24, 26]

/** The binary of a version of Node; undefined where it cannot be had. */
function nodeOf(version) {
  try {
    const script = join(import.meta.dirname, '..', 'scripts', 'with-node.mjs')
    const [folder = ''] = execFileSync(process.execPath, [script, String(version), '--print'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split('\n')
      .slice(-1)
    return join(folder, 'node')
  } catch {
    return undefined
  }
}

async function bundledBare() {
  const outfile = join(scratch(), 'bare.mjs')
  await build({
    ...{ entryPoints: [join(import.meta.dirname, 'bare.mjs')], outfile, bundle: true, platform: 'node', format: 'esm' },
    ...{ minifyWhitespace: true, minifySyntax: true, logLevel: 'error' },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
  return outfile
}

async function timeOf(start) {
  const began = performance.now()
  const { url, stop } = await start()
  await signedGet(url, target)
  const took = performance.now() - began
  await stop()
  return took
}

/** Every contestant once a round, in turns. */
async function race(contestants) {
  const times = Object.fromEntries(Object.keys(contestants).map(name => [name, []]))
  for (const start of Object.values(contestants)) await timeOf(start)
  for (let round = 0; round < rounds; round++) {
    for (const [name, start] of Object.entries(contestants)) times[name].push(await timeOf(start))
  }
  return times
}

async function onNode(node, version, goal, body) {
  const kept = join(scratch(), `kept-${version}`)
  const never = join(scratch(), `never-${version}`)
  for (const folder of [kept, never]) mkdirSync(folder, { recursive: true })
  const emulatorIn = folder => () => serverOf(['dist/cli.js', '--port', '0'], { node, env: { TMPDIR: folder } })
  const bundled = await bundledBare()
  const times = await race({
    ours: emulatorIn(kept),
    first: () => {
      rmSync(never, { recursive: true })
      mkdirSync(never)
      return emulatorIn(never)()
    },
    bare: () => serverOf(['bench/bare.mjs', body], { node }),
    bundled: () => serverOf([bundled, body], { node }),
  })
  const what = `start to the first signed 200, Node ${version}`
  return [
    row(what, { most: goal }, ratios(times.ours, times.bare), 'x bare'),
    row(`${what}, in milliseconds`, {}, times.ours, 'ms'),
    row(
      `${what}, the first after an installation (nothing compiled is kept yet)`,
      {},
      ratios(times.first, times.bare),
      'x bare',
    ),
    row(`${what}, a bundled bare server`, {}, ratios(times.bundled, times.bare), 'x bare'),
  ]
}

export async function measure() {
  const server = await serverOf(['dist/cli.js', '--port', '0'])
  const body = await constant(server.url, target)
  await server.stop()
  const own = process.versions.node.split('.')[0]
  const rows = await onNode(process.execPath, own, own === '20' ? 1 : 0.9, body)
  for (const version of otherVersions) {
    const node = String(version) === own ? undefined : nodeOf(version)
    if (node) rows.push(...(await onNode(node, version, 0.9, body)))
  }
  return rows
}
