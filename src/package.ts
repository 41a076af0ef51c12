import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const name = 'ncp-dataflow-emulator'

interface Manifest {
  readonly name: string
  readonly version: string
}

function manifestIn(folder: URL): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'))
  } catch {
    return undefined
  }
}

/** The folder of the package that a module belongs to, which a bundler may have moved out of it: then the one installed nearby. */
export function findPackageRoot(module: string): URL {
  const own = new URL('..', module)
  if (manifestIn(own)?.name === name) return own
  return new URL('.', pathToFileURL(createRequire(module).resolve(`${name}/package.json`)))
}

/** The folder that holds package.json, fixtures and openapi; the same from src/ and from dist/. */
export const packageRoot = findPackageRoot(import.meta.url)

/** The version of this package. */
export const version = (): string => manifestIn(packageRoot)?.version ?? 'unknown'
