import { readFileSync } from 'node:fs'
import { JsonError, RawJson, readJson } from './json.ts'

/** A file that is not what its name says; the message is one line and says where. */
export class DataFileError extends Error {}

const space = /[ \t\r\n]*/y
const token =
  /[{}[\]:,]|"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

/** What may stand at a place, in words, and what each token leads to. */
type Expected = 'a value' | 'a value or "]"' | 'a name in double quotes' | 'a name in double quotes or "}"' | '":"'
type AfterValue = '"," or "}"' | '"," or "]"' | 'the end of the file'

/** The first place where JSON breaks off: JSON.parse of the Node versions we run on often does not tell. */
function faultIn(text: string): { readonly at: number; readonly expected: string } {
  const open: string[] = []
  let expected: Expected | AfterValue = 'a value'
  let at = matchAt(space, text, 0).length
  let found = matchAt(token, text, at)
  for (let next = follow(expected, found, open); next; next = follow(expected, found, open)) {
    expected = next
    at += found.length
    at += matchAt(space, text, at).length
    found = matchAt(token, text, at)
  }
  return { at, expected }
}

function follow(expected: Expected | AfterValue, found: string, open: string[]): Expected | AfterValue | undefined {
  const done = (): AfterValue =>
    open.length === 0 ? 'the end of the file' : open.at(-1) === '{' ? '"," or "}"' : '"," or "]"'
  if (found === '') return undefined
  if (expected.includes(`"${found}"`)) {
    if (found === ':') return 'a value'
    if (found === ',') return open.at(-1) === '{' ? 'a name in double quotes' : 'a value'
    open.pop()
    return done()
  }
  if (expected.startsWith('a name')) return found.startsWith('"') ? '":"' : undefined
  if (!expected.startsWith('a value') || /^[}\]:,]$/.test(found)) return undefined
  if (found !== '{' && found !== '[') return done()
  open.push(found)
  return found === '{' ? 'a name in double quotes or "}"' : 'a value or "]"'
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const { at, expected } = faultIn(text)
    const before = text.slice(0, at).split('\n')
    const rest = text.slice(at, at + 20).split('\n')[0]
    const found = at === text.length ? 'the end of the file' : JSON.stringify(rest)
    throw new DataFileError(
      `is not JSON: line ${before.length}, column ${(before.at(-1) ?? '').length + 1}: expected ${expected}, found ${found}`,
    )
  }
}

function exactNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : new RawJson(String(value))
  if (Array.isArray(value)) return value.map(exactNumbers)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, exactNumbers(member)]))
}

async function parseYaml(text: string, exact = false): Promise<unknown> {
  const { default: yaml } = await import('yaml')
  try {
    return yaml.parse(text, { logLevel: 'error', merge: true, maxAliasCount: 10_000, intAsBigInt: exact })
  } catch (error) {
    // The lines behind the first one draw the place, which the first one names.
    const [sentence = ''] = (error as Error).message.split('\n')
    throw new DataFileError(`is not YAML: ${sentence.replace(/:$/, '')}`)
  }
}

/** The text of a file, and whether its name says that it is JSON. */
function textOf(path: string): { readonly text: string; readonly isJson: boolean } {
  try {
    // Editors on Windows put a byte order mark in front.
    return { text: readFileSync(path, 'utf8').replace(/^\uFEFF/, ''), isJson: path.endsWith('.json') }
  } catch (error) {
    throw new DataFileError(`cannot be read: ${(error as Error).message}`)
  }
}

/** The content of a JSON file, or of a YAML file (any other ending; the parser is loaded only then). */
export async function readDataFile(path: string): Promise<unknown> {
  const { text, isJson } = textOf(path)
  return isJson ? parseJson(text) : parseYaml(text)
}

/** As `readDataFile`; a number that JavaScript would round is a RawJson. */
export async function readExactDataFile(path: string): Promise<unknown> {
  const { text, isJson } = textOf(path)
  if (!isJson) return exactNumbers(await parseYaml(text, true))
  parseJson(text)
  try {
    return readJson(text)
  } catch (error) {
    throw error instanceof JsonError ? new DataFileError(error.message.replace(/^the body /, '')) : error
  }
}
