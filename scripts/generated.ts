import { readFileSync } from 'node:fs'
import { type Assumption, assume, assumptions } from '../src/api/assumptions.ts'
import { type EditionTable, operationsOf } from '../src/api/edition.ts'
import { type EditionId, editionIds, editions } from '../src/api/editions/editions.ts'
import type { Operation, OperationName } from '../src/api/operation.ts'
import { usageOf } from '../src/config/help.ts'
import { defaults, options } from '../src/config/options.ts'
import { emulator } from '../src/emulator.ts'
import { openApiDocument } from '../src/http/document.ts'
import { silentLog } from '../src/log.ts'
import { packageRoot } from '../src/package.ts'
import { fixtureSchema } from '../src/seed/fixture-schema.ts'
import { apiTypes } from './api-types.ts'
import { withNewWords } from './public-words.ts'
import { signaturePage } from './signature-page.ts'
import { troubleshootingPage } from './troubleshooting-page.ts'

/** A committed file that is made from the sources, or holds a part that is. */
export interface Generated {
  /** From the root of the package. */
  readonly path: string
  /** The whole content the file should have. */
  readonly make: () => string | Promise<string>
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** The schema of fixture files for editors: draft 2020-12, as JSON Schema words it. */
const fixtureJsonSchema = (): string =>
  json({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...fixtureSchema })

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** The table of assumptions as Markdown: the default in bold, the value to switch to beside its meaning. */
export function assumptionsTable(): string {
  const rows = Object.entries<Assumption>(assumptions).map(([name, { title, values, confidence, ...assumption }]) => {
    const readings = Object.entries(values).map(([value, meaning]) =>
      value === assumption.default ? `**\`${value}\`**: ${meaning}` : `\`${value}\`: ${meaning}`,
    )
    return [`\`${name}\``, title, readings.join('<br>'), `${assumption.evidence} (${confidence})`]
  })
  const lines = [
    ['Name', 'What is open', 'Values, the default in bold', 'Evidence (confidence)'],
    ['---', '---', '---', '---'],
    ...rows,
  ]
  return lines.map(cells => `| ${cells.map(cell).join(' | ')} |\n`).join('')
}

/** The table of operations as Markdown: a row for each method and path, with the open readings of its page. */
function operationsTable(): string {
  interface Row {
    readonly source: string
    readonly titles: Set<string>
    readonly cells: Map<EditionId, string>
  }
  const rows = new Map<string, Row>()
  for (const id of editionIds) {
    const { operations, notDocumented }: EditionTable = editions[id]
    const served = new Set(operationsOf(editions[id], assume()).map(([name]) => name))
    for (const [name, { method, path, title, source }] of Object.entries(operations) as [OperationName, Operation][]) {
      const key = `${method} ${path.replace('/api/v1', '')}`
      const row = rows.get(key) ?? { source, titles: new Set(), cells: new Map() }
      rows.set(key, row)
      row.titles.add(title)
      row.cells.set(id, served.has(name) ? (notDocumented[name] ?? 'documented') : 'when switched on')
    }
  }
  const open = Object.entries<Assumption>(assumptions)
  const body = [...rows]
    .sort(([a], [b]) => (a.slice(a.indexOf('/')) < b.slice(b.indexOf('/')) ? -1 : 1))
    .map(([key, { source, titles, cells }]) => [
      `\`${key}\``,
      [...titles].join(', '),
      ...editionIds.map(id => cells.get(id) ?? '-'),
      open.flatMap(([name, assumption]) => (assumption.source === source ? [`\`${name}\``] : [])).join(', '),
    ])
  const head = [
    'Method and path after `/api/v1`',
    'Published titles',
    ...editionIds.map(id => `\`${id}\``),
    'Open readings',
  ]
  const lines = [head, head.map(() => '---'), ...body]
  return lines.map(cells => `| ${cells.map(cell).join(' | ')} |\n`).join('')
}

/** The table of options as Markdown. */
export function optionsTable(): string {
  const rows = Object.values(options).map(option => {
    const { env, shown, help } = option
    const isValue = !/ /.test(shown) && shown !== 'none' && shown !== 'off'
    return [`\`${usageOf(option)}\``, `\`${env}\``, isValue ? `\`${shown}\`` : shown, help]
  })
  const lines = [['Flag', 'Environment', 'Default', 'What for'], ['---', '---', '---', '---'], ...rows]
  return lines.map(cells => `| ${cells.map(cell).join(' | ')} |\n`).join('')
}

/** The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced. */
export function withPart(text: string, name: string, part: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const start = text.indexOf(open)
  const end = text.indexOf(close)
  if (start < 0 || end < start) throw new Error(`the markers ${open} and ${close} are missing`)
  return `${text.slice(0, start + open.length)}\n\n${part}\n${text.slice(end)}`
}

const committed = (path: string): string => readFileSync(new URL(path, packageRoot), 'utf8')

/** The document of the control endpoints, as an emulator hands it out. */
async function adminDocument(): Promise<string> {
  const { app, stop } = await emulator({ config: { ...defaults, fixtures: 'none' }, log: silentLog })
  const { payload } = await app.inject('/__admin/admin-openapi.json')
  await stop()
  return payload
}

/** Every generated file. `npm run generate` writes them, test/contract/generated.test.ts compares. */
export const generatedFiles: readonly Generated[] = [
  ...editionIds.map(id => ({
    path: `openapi/${id}.json`,
    make: () => openApiDocument(editions[id], assume()),
  })),
  { path: 'openapi/admin.json', make: adminDocument },
  { path: 'fixtures/fixture.schema.json', make: fixtureJsonSchema },
  { path: 'docs/signature.md', make: signaturePage },
  { path: 'src/library/api-types.ts', make: apiTypes },
  { path: 'docs/troubleshooting.md', make: troubleshootingPage },
  // After the documents above: it reads them as they are committed.
  { path: 'test/contract/public-words.txt', make: () => withNewWords(committed('test/contract/public-words.txt')) },
  {
    path: 'README.md',
    make: () =>
      Object.entries({ assumptions: assumptionsTable, options: optionsTable, operations: operationsTable }).reduce(
        (text, [name, table]) => withPart(text, name, table()),
        committed('README.md'),
      ),
  },
]
