import { readFileSync } from 'node:fs'
import { options } from '../src/config.ts'
import { openApiDocument } from '../src/http/document.ts'
import { packageRoot } from '../src/package.ts'
import { fixtureSchema } from '../src/seed/fixture-schema.ts'
import { type Assumption, assume, assumptions } from '../src/spec/assumptions.ts'
import { editionIds, editions } from '../src/spec/editions/editions.ts'
import { signaturePage } from './signature-page.ts'

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

/** The table of options as Markdown. */
export function optionsTable(): string {
  const rows = Object.values(options).map(({ flag, value, env, shown, help }) => {
    const isValue = !/ /.test(shown) && shown !== 'none'
    return [`\`--${flag} ${value}\``, `\`${env}\``, isValue ? `\`${shown}\`` : shown, help]
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

/** Every generated file. `npm run generate` writes them, test/contract/generated.test.ts compares. */
export const generatedFiles: readonly Generated[] = [
  ...editionIds.map(id => ({
    path: `openapi/${id}.json`,
    make: () => openApiDocument(editions[id], assume()),
  })),
  { path: 'fixtures/fixture.schema.json', make: fixtureJsonSchema },
  { path: 'docs/signature.md', make: signaturePage },
  {
    path: 'README.md',
    make: () =>
      withPart(withPart(committed('README.md'), 'assumptions', assumptionsTable()), 'options', optionsTable()),
  },
]
