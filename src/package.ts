import { existsSync, readFileSync } from 'node:fs'
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

export const version = (): string => manifestIn(packageRoot)?.version ?? 'unknown'

/**
 * Why this version of Node cannot run the package; undefined when it can. better-sqlite3 13 crashes on Node 20, where a
 * clone uses the older one of node20/. Written in syntax that Node 14 reads, too: the command line asks before it loads anything.
 */
export function nodeProblem(
  node: string,
  isClone = existsSync(new URL('node20/package.json', packageRoot)),
): string | undefined {
  const [major = 0, minor = 0] = node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 13) || (isClone && major === 20 && minor >= 19)) return undefined
  return `Node ${node} is too old: Node 22.13 or later is needed (22, 24 or 26); install one, for example with: nvm install 24`
}
