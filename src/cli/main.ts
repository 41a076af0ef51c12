#!/usr/bin/env node
import { nodeProblem } from '../package.ts'

// Load everything else only after the Node version was checked.
const problem = nodeProblem(process.versions.node)
if (problem === undefined) {
  void import('./commands.ts').then(({ runCommandLine }) => runCommandLine(process.argv.slice(2)))
  /* c8 ignore next 4 -- a Node that is too old to run the tests */
} else {
  process.stderr.write(`ncp-dataflow-emulator: ${problem}\n`)
  process.exitCode = 1
}
