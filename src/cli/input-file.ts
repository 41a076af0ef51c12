import { readFileSync } from 'node:fs'
import { UsageError } from '../config/usage-error.ts'

/** Reads a file that a flag names, one character per byte. Throws a UsageError if it cannot be read. */
export function inputFile(flag: string, path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch (error) {
    throw new UsageError(`${flag} ${JSON.stringify(path)}: cannot read it (${(error as Error).message})`)
  }
}
