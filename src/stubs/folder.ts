import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DataFileError, readExactDataFile } from '../schema/data-file.ts'
import { type InitialStub, StubError } from './stubs.ts'

const isStubFile = (name: string): boolean => /^[^.].*\.(json|ya?ml)$/i.test(name)

/** The names of the files below a folder, with slashes. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => name.replaceAll('\\', '/'))
  } catch (error) {
    throw new StubError(`${folder}: cannot be read: ${(error as Error).message}`)
  }
}

/**
 * Reads the stubs of a folder and its folders: one in each file that ends in .json, .yaml or .yml, in the order of their names. Throws a
 * StubError.
 */
export async function readStubFolder(folder: string): Promise<InitialStub[]> {
  const files = filesIn(folder)
    .filter(name => name.split('/').every(part => !part.startsWith('.')) && isStubFile(name))
    .sort()
  if (files.length === 0) {
    throw new StubError(
      `${folder}: holds no .json, .yaml or .yml file; "record" writes them, or write one by hand (docs/stubs.md)`,
    )
  }
  const stubs: InitialStub[] = []
  for (const file of files) {
    try {
      stubs.push({ file, rule: await readExactDataFile(join(folder, file)) })
    } catch (error) {
      throw error instanceof DataFileError ? new StubError(`${file}: ${error.message}`) : error
    }
  }
  return stubs
}
