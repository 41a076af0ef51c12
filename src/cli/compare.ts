import { writeFileSync } from 'node:fs'
import { editions } from '../api/editions/editions.ts'
import { isLoopback } from '../config/client-url.ts'
import type { CommandLine } from '../config/command-line.ts'
import { UsageError } from '../config/usage-error.ts'
import type { Permissions } from '../conformance/claim.ts'
import { type Comparison, compareTarget, switchesOf } from '../conformance/compare.ts'
import { countsOf, jsonReport, markdownReport, suggestedFlags, tableReport } from '../conformance/report.ts'
import { systemClock } from '../time/clock.ts'
import { fail, print, warn } from './output.ts'
import { agreed, hostOf, openSession, secretsOf, targetUrl, withTarget } from './target.ts'

/** Enough for every claim, retries included. */
const usualBudget = 500

/** A whole number that a flag gives. */
export function numberOf(flag: string, given: unknown, usual: number): number {
  const text = String(given ?? usual)
  if (!/^[1-9][0-9]{0,5}$/.test(text))
    throw new UsageError(`--${flag} ${JSON.stringify(text)}: must be a whole number from 1 to 999999`)
  return Number(text)
}

/** What the flags allow. Throws a UsageError for runs without writes. */
function permissionsOf({ extra }: CommandLine): Permissions {
  const writes = extra['allow-writes'] === true
  const runs = extra['allow-runs'] === true
  if (runs && !writes)
    throw new UsageError('--allow-runs: needs --allow-writes, too, as only jobs that it created are run')
  return { writes, runs }
}

/** Prints a comparison in the form that the flags name. */
function printReport(comparison: Comparison, { extra }: CommandLine, secrets: readonly string[]): void {
  if (extra.report !== undefined) writeFileSync(String(extra.report), markdownReport(comparison, secrets))
  if (extra.suggest === true) {
    const flags = suggestedFlags(comparison)
    if (extra.json === true) print(JSON.stringify({ assume: switchesOf(comparison) }, undefined, 2))
    else for (const flag of flags) print(flag)
  } else print(extra.json === true ? jsonReport(comparison, secrets) : tableReport(comparison, secrets))
}

const aboutWrites = ({ writes, runs }: Permissions): string =>
  writes
    ? ` It creates objects and deletes them${runs ? ', and runs jobs, which costs money at the real service' : ''}.`
    : ' It only reads.'

/** Compares a target with the emulator's claims: exit 0 as claimed, 1 differences, 2 could not run. */
export async function compare(line: CommandLine): Promise<void> {
  const url = targetUrl(line)
  const allowed = permissionsOf(line)
  const budget = numberOf('budget', line.extra.budget, usualBudget)
  const host = hostOf(url)
  const rate = isLoopback(host) ? '' : ', at most 2 a second'
  process.stderr.write(
    `Compares ${url.host} with edition ${line.config.edition}: at most ${budget} requests${rate}.${aboutWrites(allowed)}\n`,
  )
  if (!(await agreed(host))) return fail(2, 'compare: not begun')
  await withTarget(line, url, async signal => {
    const comparison = await compareTarget({
      session: openSession(line, url, { budget, signal }),
      edition: editions[line.config.edition],
      allowed,
      prefix: `cmp_${systemClock.now().toString(36).slice(-7)}`,
      cleaned: left => {
        for (const each of left) warn(`compare: could not delete ${each}`)
        process.stderr.write('Deleted what was created; the service may keep deleted jobs with status DELETED.\n')
      },
    })
    printReport(comparison, line, secretsOf(line, url))
    process.exitCode = countsOf(comparison).different === 0 ? 0 : 1
  })
}
