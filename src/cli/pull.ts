import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isatty } from 'node:tty'
import { editions } from '../api/editions/editions.ts'
import { isLoopback } from '../config/client-url.ts'
import type { CommandLine } from '../config/command-line.ts'
import { UsageError } from '../config/usage-error.ts'
import { InterruptedError, TargetError } from '../conformance/session.ts'
import { writerTo } from '../log.ts'
import { missingLines } from '../pull/missing.ts'
import { type Pulled, pullAccount } from '../pull/pull.ts'
import type { Lists } from '../pull/read-account.ts'
import { progressBar } from './banner.ts'
import { numberOf } from './compare.ts'
import { print, warn } from './output.ts'
import { agreed, hostOf, openSession, targetUrl, withTarget } from './target.ts'

/** Enough for an account of 4 000 jobs with executions. */
const usualBudget = 10_000
const usualExecutions = 100
/** How often a request is sent again that fails. */
const patience = 5

/** The file to write. Throws a UsageError when it cannot be written, before anything is read. */
export function outputFile({ extra }: CommandLine): string {
  if (extra.out === undefined) throw new UsageError('pull: needs --out FILE, such as fixture.json')
  const file = String(extra.out)
  try {
    accessSync(dirname(file), constants.W_OK)
  } catch {
    throw new UsageError(`--out ${JSON.stringify(file)}: must be in a folder that exists and can be written to`)
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--out ${JSON.stringify(file)}: must be a file, is a folder`)
  }
  return file
}

function executionsOf({ extra }: CommandLine): number {
  return extra.executions === '0' ? 0 : numberOf('executions', extra.executions, usualExecutions)
}

/** Writes a file in one step: a reader sees what was there before, or all of it. */
export function replaceFile(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(temporary, text, { flush: true })
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw new UsageError(`--out ${JSON.stringify(file)}: cannot be written: ${(error as Error).message}`)
  }
}

const counted = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`

/** What the lists hold, in words. */
const listed = ({ jobs, deleted, triggers, workflows }: Lists): string =>
  [
    counted(jobs.length, 'job'),
    ...(deleted.length > 0 ? [counted(deleted.length, 'deleted job')] : []),
    counted(triggers.length, 'trigger'),
    counted(workflows.length, 'workflow'),
  ].join(', ')

const minutesFor = (requests: number): string => `about ${Math.max(1, Math.ceil(requests / 120))} min`

const remaining = (left: number, of: number): string => `${left} of ${of} jobs and lists of executions`

/** What was written, in one line. */
function summary({ fixture: { jobs, triggers, workflows }, sent }: Pulled, file: string): string {
  const executions = jobs.reduce((sum, { executions }) => sum + (Array.isArray(executions) ? executions.length : 0), 0)
  const parts = [
    counted(jobs.length, 'job'),
    counted(executions, 'execution'),
    counted(triggers.length, 'trigger'),
    counted(workflows.length, 'workflow'),
  ]
  return `wrote ${file}: ${parts.join(', ')}; ${counted(sent, 'request')} sent`
}

/** Takes an account home as a fixture: exit 0 complete, 1 something is missing, 2 nothing was written. */
export async function pull(line: CommandLine): Promise<void> {
  const file = outputFile(line)
  const url = targetUrl(line)
  const executions = executionsOf(line)
  const budget = numberOf('budget', line.extra.budget, usualBudget)
  const host = hostOf(url)
  const isSlow = !isLoopback(host)
  process.stderr.write(
    `Reads the account at ${url.host} (edition ${line.config.edition}): at most ${budget} requests${isSlow ? ', at most 2 a second' : ''}. It only reads.\n`,
  )
  const draw = isatty(2) ? progressBar(text => writerTo(2).write(text), { what: 'reading', from: 1 }) : () => {}
  let toCome = 'everything'

  await withTarget(line, url, async signal => {
    const session = openSession(line, url, { budget, signal, patience })
    try {
      const pulled = await pullAccount({
        session,
        edition: editions[line.config.edition],
        executions,
        budget,
        pseudonymise: line.extra.pseudonymise === true,
        async counted(lists, requests) {
          toCome = remaining(requests, requests)
          const time = isSlow ? `, ${minutesFor(requests)}` : ''
          process.stderr.write(`${listed(lists)}: ${requests} more requests${time}\n`)
          if (!(await agreed(host))) throw new TargetError('not begun')
        },
        progress(done, of) {
          draw(done, of)
          toCome = remaining(of - done, of)
        },
      })
      replaceFile(file, `${JSON.stringify(pulled.fixture, undefined, 2)}\n`)
      print(summary(pulled, file))
      for (const missing of missingLines(pulled.missing)) warn(`pull: missing: ${missing}`)
      process.exitCode = pulled.missing.length === 0 ? 0 : 1
    } catch (error) {
      if (error instanceof InterruptedError) {
        throw new TargetError(`interrupted, nothing was written; missing: ${toCome}`)
      }
      throw error instanceof TargetError ? new TargetError(`${error.message}; nothing was written`) : error
    }
  })
}
