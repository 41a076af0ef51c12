// On Node 20 alone: installs the SQLite module of node20/ (see src/store/sqlite.ts). Elsewhere it does nothing.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

if (process.versions.node.startsWith('20.')) {
  const { status } = spawnSync('npm', ['ci'], {
    cwd: fileURLToPath(new URL('../node20/', import.meta.url)),
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  process.exitCode = status ?? 1
}
