import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { editions } from '../api/editions/editions.ts'
import { isLoopback } from '../config/client-url.ts'
import type { CommandLine } from '../config/command-line.ts'
import { UsageError } from '../config/usage-error.ts'
import { type Exchange, fileNames, operationAt, type Recording, recordTarget } from '../conformance/record.ts'
import { redactedKeys } from '../conformance/report.ts'
import { BudgetError, InterruptedError, TargetError } from '../conformance/session.ts'
import { indentedJson } from '../schema/json.ts'
import { numberOf } from './compare.ts'
import { sendRequest } from './http-request.ts'
import { inputFile } from './input-file.ts'
import { fail, print } from './output.ts'
import { encodedTarget, parseBaseUrl } from './request-target.ts'
import { agreed, hostOf, openSession, secretsOf, targetUrl, withTarget } from './target.ts'

const usualBudget = 500
const journalMs = 10_000

/** The GET targets that a running emulator received. */
async function journalTargets({ extra, config }: CommandLine): Promise<string[]> {
  if (extra['from-journal'] === undefined) return []
  const url = parseBaseUrl(String(extra['from-journal']), '--from-journal')
  const secure = url.protocol === 'https:'
  try {
    const { status, body } = await sendRequest({
      ...{ secure, host: hostOf(url), port: Number(url.port || (secure ? 443 : 80)), method: 'GET' },
      target: '/__admin/requests?method=GET&limit=1000000',
      headers: { host: url.host, ...(config.adminToken && { authorization: `Bearer ${config.adminToken}` }) },
      timeoutMs: journalMs,
      ca: () => undefined,
    })
    if (status !== 200) throw new Error(`it responds ${status}`)
    const { requests } = JSON.parse(body.toString()) as { requests: { target: string; operation: string | null }[] }
    return requests.filter(({ operation }) => operation !== null).map(({ target }) => target)
  } catch (error) {
    throw new UsageError(`--from-journal ${url.origin}: has no journal to read: ${(error as Error).message}`)
  }
}

/** The targets that the flags name, each once; `undefined`: they name none. Throws a UsageError. */
async function targetsOf(line: CommandLine): Promise<string[] | undefined> {
  const { extra, config } = line
  const listed = extra.targets === undefined ? [] : inputFile('--targets', String(extra.targets)).split(/\r?\n/)
  const given = [[extra.get ?? []].flat() as string[], listed, await journalTargets(line)].flat()
  const named = given
    .map(text => text.replace(/^GET\s+/, '').trim())
    .filter(text => text !== '' && !text.startsWith('#'))
  const isAsked = ['get', 'targets', 'from-journal'].some(flag => extra[flag] !== undefined)
  if (!isAsked) return undefined
  const targets = [...new Set(named.map(encodedTarget))]
  if (targets.length === 0)
    throw new UsageError('record: there is no target to read in what --get, --targets or --from-journal name')
  for (const target of targets) {
    if (operationAt(target, editions[config.edition], config.assume)) continue
    throw new UsageError(
      `record: edition ${config.edition} has no operation that reads ${JSON.stringify(target.slice(0, 200))}; give a path such as /api/v1/jobs?page=0&limit=20`,
    )
  }
  return targets
}

type NamedText = readonly [name: string, text: string]

/** Writes files whole: all of them beside their places first, so that what cannot be written replaces nothing. */
function replaceFiles(folder: string, files: readonly NamedText[]): void {
  const drafts = files.map(([name, text]) => ({ name, text, draft: join(folder, `.${name}.${process.pid}.tmp`) }))
  try {
    for (const { text, draft } of drafts) writeFileSync(draft, text, { flush: true })
    for (const { name, draft } of drafts) renameSync(draft, join(folder, name))
  } catch (error) {
    for (const { draft } of drafts) rmSync(draft, { force: true })
    throw error
  }
}

/** Throws a UsageError when the files cannot be written. */
function writeFiles(folder: string, files: readonly NamedText[]): void {
  try {
    mkdirSync(folder, { recursive: true })
    replaceFiles(folder, files)
  } catch (error) {
    throw new UsageError(`--out ${JSON.stringify(folder)}: cannot be written: ${(error as Error).message}`)
  }
}

const lineOf = ({ target, status, flaws }: Exchange, file: string): string =>
  [
    `${flaws.length === 0 ? 'as documented' : 'different    '}  ${status} GET ${target} -> ${file}`,
    ...flaws.map(flaw => `  ${flaw}`),
  ].join('\n')

/** Prints what was read and what does not fit. */
function printRecording({ exchanges, missing }: Recording, files: readonly string[], json: boolean): void {
  if (json) {
    const shown = exchanges.map(({ stub: _stub, ...rest }, index) => ({ ...rest, file: files[index] }))
    print(JSON.stringify({ exchanges: shown, missing }, undefined, 2))
    return
  }
  for (const [index, exchange] of exchanges.entries()) print(lineOf(exchange, files[index] ?? ''))
  for (const each of missing) print(`not read       ${each}`)
}

/** Says that a recording which ended early left no files. */
function nothingWritten(error: Error): never {
  const isKnown = [TargetError, InterruptedError, BudgetError].some(kind => error instanceof kind)
  throw isKnown ? new TargetError(`${error.message}; nothing was written`) : error
}

/** Records responses of a target as stubs: exit 0 all as documented, 1 some are not, 2 nothing was written. */
export async function record(line: CommandLine): Promise<void> {
  const { extra, config } = line
  if (extra.out === undefined) throw new UsageError('record: needs --out DIR, such as recordings')
  const url = targetUrl(line)
  const budget = numberOf('budget', extra.budget, usualBudget)
  const targets = await targetsOf(line)
  const host = hostOf(url)
  const rate = isLoopback(host) ? '' : ', at most 2 a second'
  const what = targets ? `${targets.length} targets` : 'one response of every reading operation'
  process.stderr.write(
    `Records ${what} of ${url.host} (edition ${config.edition}): at most ${budget} requests${rate}. It only reads.\n`,
  )
  if (!(await agreed(host))) return fail(2, 'record: not begun')
  await withTarget(line, url, async signal => {
    const recording = await recordTarget({
      session: openSession(line, url, { budget, signal, patience: 3 }),
      ...{ edition: editions[config.edition], assumed: config.assume, keepData: extra['keep-data'] === true },
      ...(targets && { targets }),
    }).catch(nothingWritten)
    const files = fileNames(recording.exchanges)
    const secrets = secretsOf(line, url)
    writeFiles(
      String(extra.out),
      recording.exchanges.map(({ stub }, index) => [
        files[index] ?? '',
        `${redactedKeys(indentedJson(stub), secrets)}\n`,
      ]),
    )
    printRecording(recording, files, extra.json === true)
    process.exitCode = recording.exchanges.every(({ flaws }) => flaws.length === 0) ? 0 : 1
  })
}
