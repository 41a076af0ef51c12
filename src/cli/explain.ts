import { assume } from '../api/assumptions.ts'
import type { CommandLine } from '../config/command-line.ts'
import type { Config } from '../config/config.ts'
import { UsageError } from '../config/usage-error.ts'
import { bytesOf } from '../diagnosis/bytes.ts'
import { budgets, diagnose, type KnownPair } from '../diagnosis/diagnose.ts'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import { inputFile } from './input-file.ts'
import { print } from './output.ts'

/** A call to explain, as a person types it. */
interface CallToExplain {
  readonly method: string
  /** With or without scheme and host. */
  readonly target: string
  /** Each `name: value`. */
  readonly headers: readonly string[]
  /** One character a byte. */
  readonly body?: string | undefined
  readonly pairs: readonly KnownPair[]
  /** Default: all that a command line can wait for. */
  readonly budget?: number | undefined
}

/** Says what is wrong with the signature of a call; needs no emulator. The age of the timestamp is not judged. */
export function explained({ method, target, headers, body, pairs, budget = budgets.whole }: CallToExplain): Diagnosis {
  const [, host, path] = /^(?:https?:\/\/([^/?#]+))?(\/.*)$/s.exec(target) ?? []
  if (path === undefined) {
    throw new UsageError(`explain: TARGET must start with / or be a whole address, was ${JSON.stringify(target)}`)
  }
  const named: Record<string, string> = host === undefined ? {} : { host }
  for (const header of headers) {
    const [, name, value] = /^\s*([^\s:]+)\s*:(.*)$/s.exec(header) ?? []
    if (name === undefined || value === undefined) {
      throw new UsageError(`--header ${JSON.stringify(header)}: must be NAME: VALUE`)
    }
    named[name.toLowerCase()] = bytesOf(value.trim())
  }
  const readings = assume()
  const presented = { method: method.toUpperCase(), target: bytesOf(path), headers: named }
  return diagnose(presented, { pairs: () => pairs, readings, body }, budget).diagnosis
}

/** A diagnosis for a terminal. */
export function explanationText(diagnosis: Diagnosis): string {
  const cause = diagnosis.verdict === 'explained' ? ` (${diagnosis.cause})` : ''
  const comparison = 'comparison' in diagnosis ? diagnosis.comparison : undefined
  const facts = {
    'expected text': comparison === undefined ? diagnosis.expectedText : undefined,
    'expected signature': diagnosis.expectedSignature,
  }
  const rows = Object.entries(facts).flatMap(([name, fact]) =>
    fact === undefined ? [] : [`${`${name}:`.padEnd(20)}${fact}`],
  )
  const compare =
    diagnosis.verdict === 'unexplained'
      ? ['', 'compare', ...diagnosis.compare.map(({ part, expected }) => `  ${part}: ${expected}`)]
      : []
  return [
    `${diagnosis.verdict}${cause}`,
    diagnosis.sentence,
    ...(comparison === undefined ? [] : ['', comparison]),
    ...(rows.length > 0 ? [''] : []),
    ...rows,
    ...compare,
  ].join('\n')
}

const pairsOf = ({ accessKey, secretKey, credential }: Config) => [
  { accessKey, secretKey, active: true },
  ...credential,
]

/** The command: exits with 0 for a right signature, with 1 for a wrong one. */
export function explain({ config, words, extra }: CommandLine): void {
  const [method = '', target = '', ...more] = words
  if (!target || more.length > 0) {
    throw new UsageError(`explain takes METHOD and TARGET, such as: explain GET '/api/v1/jobs?page=0' --header ...`)
  }
  const { header: headers = [], body: file } = extra as { header?: readonly string[]; body?: string }
  const body = file === undefined ? undefined : inputFile('--body', file)
  const diagnosis = explained({ method, target, headers, pairs: pairsOf(config), body })
  print(extra.json ? JSON.stringify(diagnosis) : explanationText(diagnosis))
  process.exitCode = diagnosis.verdict === 'right' ? 0 : 1
}
