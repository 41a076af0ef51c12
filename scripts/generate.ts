// Writes every committed file that is made from the sources: `npm run generate`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { packageRoot } from '../src/package.ts'
import { generatedFiles } from './generated.ts'

for (const { path, make } of generatedFiles) {
  const file = new URL(path, packageRoot)
  mkdirSync(new URL('.', file), { recursive: true })
  writeFileSync(file, await make())
}
