import type { Finding, Verdict } from './claim.ts'
import { type Comparison, switchesOf } from './compare.ts'

const verdicts = ['as claimed', 'different', 'not observable'] as const satisfies readonly Verdict[]

/** Hides keys: these, and any that look like one. */
export function redactedKeys(text: string, secrets: readonly string[]): string {
  let hidden = text
  for (const secret of secrets) if (secret.length > 2) hidden = hidden.replaceAll(secret, '[redacted]')
  return hidden.replace(/\bncp_iam_\w+/g, '[key]')
}

/** Hides what belongs to an account: ids, keys, resource names, addresses. */
export function redacted(text: string, secrets: readonly string[]): string {
  return redactedKeys(text, secrets)
    .replace(/\bnrn:[^\s"',;]+/g, '[nrn]')
    .replace(/\b(?=[0-9A-Za-z]*[0-9])(?=[0-9A-Za-z]*[A-Za-z])[0-9A-Za-z]{12}\b/g, '[id]')
    .replace(/\b\d{1,3}(\.\d{1,3}){3}\b/g, '[address]')
}

/** How many findings there are of each verdict. */
export const countsOf = ({ findings }: Comparison): Readonly<Record<Verdict, number>> =>
  Object.fromEntries(
    verdicts.map(verdict => [verdict, findings.filter(each => each.verdict === verdict).length]),
  ) as Record<Verdict, number>

export const summaryOf = (comparison: Comparison): string => {
  const counts = countsOf(comparison)
  return `${verdicts.map(verdict => `${counts[verdict]} ${verdict}`).join(', ')}; ${comparison.sent} requests sent`
}

/** A finding without anything private. */
const plain = (
  { id, title, mark, source, assumption, verdict, expected, seen, value }: Finding,
  secrets: readonly string[],
) => ({
  id,
  title,
  mark,
  source,
  ...(assumption !== undefined && { assumption }),
  verdict,
  expected: redacted(expected, secrets),
  seen: redacted(seen, secrets),
  ...(value !== undefined && { value }),
})

/** The comparison as JSON, without anything private. */
export const jsonReport = (comparison: Comparison, secrets: readonly string[]): string =>
  JSON.stringify(
    {
      edition: comparison.edition,
      allowed: comparison.allowed,
      counts: countsOf(comparison),
      sent: comparison.sent,
      assume: switchesOf(comparison),
      left: comparison.left.map(text => redacted(text, secrets)),
      findings: comparison.findings.map(finding => plain(finding, secrets)),
    },
    undefined,
    2,
  )

const lineOf = ({ id, mark, verdict, expected, seen }: Finding): string =>
  verdict === 'different'
    ? `different       ${id} (${mark})\n  expected ${expected}\n  seen     ${seen}`
    : `not observable  ${id} (${mark}): ${seen}`

/** The comparison as lines for a terminal: what is different, then what is not observable, then the counts. */
export const tableReport = ({ findings, ...rest }: Comparison, secrets: readonly string[]): string => {
  const lines = ['different', 'not observable'].flatMap(verdict =>
    findings.filter(each => each.verdict === verdict).map(lineOf),
  )
  return redacted([...lines, '', summaryOf({ findings, ...rest })].join('\n'), secrets)
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`

/** The comparison as Markdown that can be pasted into an issue. */
export function markdownReport(comparison: Comparison, secrets: readonly string[]): string {
  const { findings, edition, allowed } = comparison
  const of = (verdict: Verdict) => findings.filter(each => each.verdict === verdict)
  const may = allowed.runs ? 'writes and runs' : allowed.writes ? 'writes' : 'reads alone'
  const lines = [
    `# Comparison with edition ${edition}`,
    '',
    `${summaryOf(comparison)} (${may}).`,
    '',
    '## Differences',
    '',
    ...(of('different').length === 0
      ? ['None.']
      : [
          row(['Claim', 'Mark', 'Expected', 'Seen']),
          row(['---', '---', '---', '---']),
          ...of('different').map(({ id, title, mark, expected, seen }) =>
            row([`\`${id}\`: ${title}`, mark, expected, seen]),
          ),
        ]),
    '',
    '## Not observable',
    '',
    ...of('not observable').map(({ id, seen }) => `- \`${id}\`: ${seen}`),
    '',
    '## As claimed',
    '',
    of('as claimed')
      .map(({ id }) => `\`${id}\``)
      .join(', '),
    '',
  ]
  return redacted(lines.join('\n'), secrets)
}

/** The flags that make the emulator behave like the target. */
export const suggestedFlags = (comparison: Comparison): string[] =>
  Object.entries(switchesOf(comparison)).map(([name, value]) => `--assume ${name}=${value}`)
