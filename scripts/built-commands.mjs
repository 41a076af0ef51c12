// Stands in for src/cli/commands.ts in dist/cli.js: loads the bundle of the commands, with the code that an earlier process
// has compiled.
import { fileURLToPath } from 'node:url'
import { loadCompiled } from '../src/cli/compiled-code.ts'

const file = fileURLToPath(new URL('commands.cjs', import.meta.url))
// The build defines __commandsHash, the hash of that file.
const { exports, keep } = loadCompiled(file, __commandsHash, process.env)

export const runCommandLine = argv => exports.runCommandLine(argv, keep)
