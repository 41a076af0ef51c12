// On Node 20 alone: installs the SQLite module of node20/ (see src/store/sqlite.ts). Elsewhere it does nothing.
import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = fileURLToPath(new URL('../node20/', import.meta.url))
const installed = join(home, 'node_modules', 'better-sqlite3')

function isInstalled() {
  if (!existsSync(join(installed, 'build', 'Release', 'better_sqlite3.node'))) return false
  const read = path => JSON.parse(readFileSync(path, 'utf8'))
  return (
    read(join(installed, 'package.json')).version === read(join(home, 'package.json')).dependencies['better-sqlite3']
  )
}

/** In a temporary folder: the compiler's makefiles break on an apostrophe in the name of the clone's folder. */
function install() {
  const folder = mkdtempSync(join(tmpdir(), 'node20-'))
  try {
    for (const name of ['package.json', 'package-lock.json', '.npmrc'])
      copyFileSync(join(home, name), join(folder, name))
    const { status } = spawnSync('npm', ['ci'], { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' })
    if (status !== 0) return status ?? 1
    rmSync(join(home, 'node_modules'), { recursive: true, force: true })
    cpSync(join(folder, 'node_modules'), join(home, 'node_modules'), { recursive: true, verbatimSymlinks: true })
    return 0
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (process.versions.node.startsWith('20.') && !isInstalled()) process.exitCode = install()
