#!/usr/bin/env node
import module from 'node:module'
import { nodeProblem } from '../package.ts'

/**
 * Node 22.8 and later keep compiled code in a folder of the system's temporary directory, which makes a second start
 * faster. NODE_DISABLE_COMPILE_CACHE=1 switches it off.
 */
function keepCompiledCode(): void {
  if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') module.enableCompileCache()
}

// Load everything else only after the Node version was checked.
const problem = nodeProblem(process.versions.node)
if (problem === undefined) {
  keepCompiledCode()
  void import('./commands.ts').then(({ runCommandLine }) => runCommandLine(process.argv.slice(2)))
  /* c8 ignore next 4 -- a Node that is too old to run the tests */
} else {
  process.stderr.write(`ncp-dataflow-emulator: ${problem}\n`)
  process.exitCode = 1
}
