#!/usr/bin/env node
import { nodeProblem } from '../package.ts'

// Everything else is loaded only where it can run.
const problem = nodeProblem(process.versions.node)
if (problem === undefined) {
  void import('./commands.ts').then(({ runCommandLine }) => runCommandLine(process.argv.slice(2)))
} else {
  process.stderr.write(`ncp-dataflow-emulator: ${problem}\n`)
  process.exitCode = 1
}
