import type { Assumption, FixedAssumption } from '../src/api/assumption.ts'
import { assume, assumptions } from '../src/api/assumptions.ts'
import { type EditionTable, operationsOf } from '../src/api/edition.ts'
import { type EditionId, editionIds, editions } from '../src/api/editions/editions.ts'
import { fixedAssumptions } from '../src/api/fixed-assumptions.ts'
import type { Operation, OperationName } from '../src/api/operation.ts'
import { usageOf } from '../src/config/help.ts'
import { options } from '../src/config/options.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** A Markdown table of a head and rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map(cells => `| ${cells.map(cell).join(' | ')} |\n`).join('')
}

const basis = ({ evidence, confidence, question, source }: FixedAssumption | Assumption): string =>
  `${evidence} (${confidence}; ${question === 'design' ? 'a decision of this project' : question}; page \`${source}\`)`

/** docs/assumptions.md: what the documents leave open, with a switch or without. */
export function assumptionsPage(): string {
  const switched = Object.entries<Assumption>(assumptions).map(([name, assumption]) => {
    const { title, values, default: usual } = assumption
    const meanings = Object.entries(values).map(([value, meaning]) =>
      value === usual ? `**\`${value}\`**: ${meaning}` : `\`${value}\`: ${meaning}`,
    )
    return [`\`${name}\``, title, meanings.join('<br>'), basis(assumption)]
  })
  const fixed = Object.entries<FixedAssumption>(fixedAssumptions).map(([name, assumption]) => [
    `\`${name}\``,
    assumption.title,
    assumption.behaviour,
    basis(assumption),
  ])
  return `# Assumptions

This page is generated (\`npm run generate\`).

Nobody outside NAVER knows every response of the real service. Where the published documents are silent or contradict each other, the emulator
assumes something. This page lists every such behaviour, of two kinds: assumptions that you can switch, and fixed assumptions that you cannot.
The OpenAPI documents (\`openapi/\`) name both in \`x-assumption\` at the places that they affect.

The last column says what is known and how confident we are. \`Q\` numbers are open questions about the real API.

## Assumptions with a switch

Switch one with \`--assume NAME=VALUE\` (may be given several times), \`NCP_DATAFLOW_ASSUME=NAME=VALUE,...\` or \`startEmulator({ assume: { NAME: 'VALUE' } })\`.
\`GET /__admin/assumptions\` lists them with the values in force. Those of \`getJobs\` about lists, filters, names and errors hold for every operation like it.

${table(['Name', 'What is open', 'Values, the default in bold', 'Evidence (confidence; question; page)'], switched)}
## Fixed assumptions

${table(['Name', 'What is open', 'What the emulator does', 'Evidence (confidence; question; page)'], fixed)}`
}

interface OperationRow {
  readonly name: string
  readonly source: string
  readonly titles: Set<string>
  readonly cells: Map<EditionId, string>
}

/** A row for each method and path of any edition. */
function operationRows(): Map<string, OperationRow> {
  const rows = new Map<string, OperationRow>()
  for (const id of editionIds) {
    const { operations, notDocumented }: EditionTable = editions[id]
    const served = new Set(operationsOf(editions[id], assume()).map(([name]) => name))
    for (const [name, row] of Object.entries(operations) as [OperationName, Operation][]) {
      const { method, path, title, source } = row
      const key = `${method} ${path.replace('/api/v1', '')}`
      const known = rows.get(key) ?? { name, source, titles: new Set(), cells: new Map() }
      rows.set(key, known)
      known.titles.add(title)
      known.cells.set(id, served.has(name) ? (notDocumented[name] ?? 'documented') : 'when switched on')
    }
  }
  return rows
}

/** docs/operations.md: every operation in every edition. */
export function operationsPage(): string {
  const open = [...Object.entries<Assumption>(assumptions), ...Object.entries<FixedAssumption>(fixedAssumptions)]
  const pathOf = (key: string) => key.slice(key.indexOf('/'))
  const rows = [...operationRows()]
    .sort(([a], [b]) => (pathOf(a) < pathOf(b) ? -1 : 1))
    .map(([key, { name, source, titles, cells }]) => [
      `\`${key}\``,
      `\`${name}\``,
      [...titles].join(', '),
      ...editionIds.map(id => cells.get(id) ?? '-'),
      open.flatMap(([reading, about]) => (about.source === source ? [`\`${reading}\``] : [])).join(', '),
    ])
  const head = [
    'Method and path after `/api/v1`',
    'Name',
    'Published titles',
    ...editionIds.map(id => `\`${id}\``),
    'Assumptions of its page',
  ]
  return `# Operations

This page is generated (\`npm run generate\`).

An emulator serves one edition of the API (\`--edition\`). The name of an operation is the same in every edition; fault rules and filters of the
journal accept the name or a published title. A title that means different operations in different editions means that of the edition in force.

* documented: a page of that edition describes the operation
* assumed: only pages of other editions do
* observed: no page does, but the real service was seen to serve it
* when switched on: an [assumption](assumptions.md) serves it
* a dash: the edition does not have it; the response is 404/300 of the gateway

${table(head, rows)}`
}

/** docs/configuration.md: every option. */
export function configurationPage(): string {
  const rows = Object.values(options).map(option => {
    const { env, shown, help } = option
    const isValue = !/ /.test(shown) && shown !== 'none' && shown !== 'off'
    return [`\`${usageOf(option)}\``, `\`${env}\``, isValue ? `\`${shown}\`` : shown, help]
  })
  return `# Configuration

This page is generated (\`npm run generate\`).

Flags win over the environment, and the environment wins over the config file. \`--config FILE\` or \`NCP_DATAFLOW_CONFIG\` names that file: JSON or YAML,
each option under the name of its flag. The library takes the same options in camel case. An invalid value stops the start with exit code 2 and
a message that says what is allowed.

* **Text in a config file:** a number or boolean where text is expected is an error, because YAML has changed it already: \`seed: 007\` is the
  number 7, \`access-key: 0123\` is 123. Write quotes: \`seed: "007"\`. Anchors and merge keys (\`<<\`) work in a config file and in fixtures.
* **Unknown names:** an unknown flag or member of a config file is an error, an unknown variable \`NCP_DATAFLOW_*\` a warning. The variables that
  Kubernetes sets for a Service called \`ncp-dataflow\` are ignored.
* **Log:** JSON lines, or text on a terminal, on standard error. Writing never waits for the reader: up to 4 MiB are kept for a reader that is slow
  or has stopped, a terminal stopped by Ctrl-S included. Lines beyond are dropped, and a later line tells how many (\`dropped\`). Nothing is dropped
  in a file. At exit the emulator writes what is left for up to 0.7 seconds, 0.25 when nobody reads.
* **Windows and macOS** are untested. On both, writing to a terminal may wait.

${table(['Flag', 'Environment', 'Default', 'Description'], rows)}`
}
