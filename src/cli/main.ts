#!/usr/bin/env node
import { runCommandLine } from './commands.ts'

await runCommandLine(process.argv.slice(2))
