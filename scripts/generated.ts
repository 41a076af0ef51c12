import { readFileSync } from 'node:fs'
import { assume } from '../src/api/assumptions.ts'
import { editionIds, editions } from '../src/api/editions/editions.ts'
import { defaults } from '../src/config/options.ts'
import { emulator } from '../src/emulator.ts'
import { openApiDocument } from '../src/http/document.ts'
import { silentLog } from '../src/log.ts'
import { packageRoot } from '../src/package.ts'
import { fixtureSchema } from '../src/seed/fixture-schema.ts'
import { apiTypes } from './api-types.ts'
import { withComparison } from './comparison-example.ts'
import { withNewWords } from './public-words.ts'
import { assumptionsPage, configurationPage, operationsPage } from './reference-pages.ts'
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
  { path: 'docs/conformance.md', make: () => withComparison(committed('docs/conformance.md')) },
  // After the documents above: it reads them as they are committed.
  { path: 'test/contract/public-words.txt', make: () => withNewWords(committed('test/contract/public-words.txt')) },
  { path: 'docs/assumptions.md', make: assumptionsPage },
  { path: 'docs/operations.md', make: operationsPage },
  { path: 'docs/configuration.md', make: configurationPage },
]
