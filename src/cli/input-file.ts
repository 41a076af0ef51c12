import { readFileSync } from 'node:fs'
import { UsageError } from '../config/usage-error.ts'

/** The bytes of a file that a flag names, one character each. */
export function inputFile(flag: string, path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch (error) {
    throw new UsageError(`${flag} ${JSON.stringify(path)}: cannot be read (${(error as Error).message})`)
  }
}
