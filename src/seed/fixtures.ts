import { readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, extname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Check, Errors } from 'typebox/value'
import { defaultAccount } from '../domain/account.ts'
import { packageRoot } from '../package.ts'
import { DataFileError, readDataFile } from '../schema/data-file.ts'
import { assemble, type SeedTimes, type Source } from './assemble.ts'
import { FixtureError, shown } from './complaint.ts'
import { type Fixture, fixtureSchema } from './fixture-schema.ts'
import type { SeedAccount } from './seed.ts'

const fixtureFolder = new URL('fixtures/', packageRoot)

const scenarioFile = (name: string): string => fileURLToPath(new URL(`${name}.json`, fixtureFolder))

/** Path of a bundled scenario by its name, or `undefined`. */
function bundled(name: string): string | undefined {
  const path = scenarioFile(name)
  return /^[a-z][a-z-]*$/.test(name) && statSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined
}

/** The bundled scenarios that `--fixtures` takes by name. */
export const scenarioNames = (): string[] =>
  readdirSync(fixtureFolder)
    .filter(file => file.endsWith('.json') && !file.includes('.schema.'))
    .map(file => basename(file, '.json'))
    .sort()

const isFixtureFile = (file: string) => /\.(json|ya?ml)$/.test(file) && !file.endsWith('.schema.json')

function filesOf(path: string): string[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory()) {
    const files = readdirSync(path).filter(isFixtureFile).sort()
    if (files.length === 0)
      throw new FixtureError([`${path}: expected a file ending in .json, .yaml or .yml in this folder`])
    return files.map(file => join(path, file))
  }
  if (found?.isFile()) return [path]
  const scenario = bundled(path)
  if (scenario) return [scenario]
  throw new FixtureError([
    `${path}: expected a file, a folder, "none" or one of the bundled scenarios: ${scenarioNames().join(', ')}`,
  ])
}

async function parse(file: string): Promise<unknown> {
  try {
    return await readDataFile(file)
  } catch (error) {
    throw error instanceof DataFileError ? new FixtureError([`${file}: ${error.message}`]) : error
  }
}

type Complaint = ReturnType<typeof Errors>[number]

function valueAt(root: unknown, pointer: string): unknown {
  let value = root
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  }
  return value
}

const escaped = (member: string): string => member.replaceAll('~', '~0').replaceAll('/', '~1')

/** The members that the schema at a place knows. */
function membersAt(schemaPath: string): object {
  const found = valueAt(fixtureSchema, schemaPath.slice(1))
  return typeof found === 'object' && found !== null && 'properties' in found ? Object(found.properties) : {}
}

/** The title of the schema that refused, which says in words what a pattern means. */
function titleAt(schemaPath: string): string | undefined {
  const found = valueAt(fixtureSchema, schemaPath.slice(1))
  return typeof found === 'object' && found !== null && 'title' in found ? String(found.title) : undefined
}

/** What was expected, and where when that is not the place the schema speaks of. */
function expectations(complaint: Complaint): { readonly expected: string; readonly member?: string }[] {
  const params = complaint.params as Record<string, unknown>
  switch (complaint.keyword) {
    case 'required':
      return [{ expected: `the member ${(params.requiredProperties as string[]).join(', ')}` }]
    case 'additionalProperties': {
      const allowed = Object.keys(membersAt(complaint.schemaPath)).filter(name => name !== '$schema')
      return (params.additionalProperties as string[]).map(member => ({
        expected: `one of the members ${allowed.join(', ')}`,
        member,
      }))
    }
    case 'enum':
      return [{ expected: `one of ${(params.allowedValues as string[]).join(', ')}` }]
    case 'type':
      return [{ expected: `a value of type ${params.type}` }]
    case 'pattern':
      return [{ expected: titleAt(complaint.schemaPath) ?? complaint.message }]
    case 'boolean':
      // Repeats what additionalProperties said.
      return []
    default:
      return [{ expected: complaint.message.replace(/^must be /, 'a value ') }]
  }
}

/** Checks parsed content against the schema and the rules that a schema cannot say. */
function checked(name: string, content: unknown): Source {
  if (!Check(fixtureSchema, content)) {
    const complaints = Errors(fixtureSchema, content).flatMap(complaint =>
      expectations(complaint).map(({ expected, member }) => {
        const at = complaint.instancePath + (member === undefined ? '' : `/${escaped(member)}`)
        return `${name}: ${at || '/'}: expected ${expected}, found ${at.endsWith('/secretKey') ? 'another' : shown(valueAt(content, at))}`
      }),
    )
    throw new FixtureError(complaints)
  }
  return { name, fixture: content }
}

/** Turns sources into seed data, or throws a FixtureError with all that is wrong with them. */
function assembled(sources: readonly Source[], times: SeedTimes): SeedAccount[] {
  const complaints: string[] = []
  const accounts = assemble(sources, times, complaints)
  if (complaints.length > 0) throw new FixtureError(complaints)
  return accounts
}

/**
 * Reads fixtures: a path (file or folder), the name of a bundled scenario, `none`, or content given by a program.
 * Throws a FixtureError; nothing is half loaded.
 */
export async function readFixtures(fixtures: string | Fixture, times: SeedTimes): Promise<SeedAccount[]> {
  if (fixtures === 'none') return []
  const sources: Source[] = []
  if (typeof fixtures === 'string') for (const file of filesOf(fixtures)) sources.push(checked(file, await parse(file)))
  else sources.push(checked('fixtures', fixtures))
  return assembled(sources, times)
}

/** The fixture files that were named at the start, but none to which a link leads out of their folder. */
function filesNamed(fixtures: string): string[] {
  const found = fixtures === 'none' ? undefined : statSync(fixtures, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found ? [fixtures] : []
  const folder = realpathSync(fixtures)
  return readdirSync(folder)
    .filter(isFixtureFile)
    .sort()
    .map(file => join(folder, file))
    .filter(file => statSync(file, { throwIfNoEntry: false })?.isFile() && isWithin(folder, realpathSync(file)))
}

const isWithin = (folder: string, path: string): boolean => path.startsWith(join(folder, sep))

/**
 * What may be asked for by name while the emulator runs: the bundled scenarios, and the files named at the start,
 * without their endings. A name is looked up here and never becomes a path, so none leads anywhere else.
 */
function shelf(started: string | Fixture): ReadonlyMap<string, string> {
  const own = typeof started === 'string' ? filesNamed(started) : []
  const nameOf = (file: string): [string, string] => [basename(file, extname(file)), file]
  // The first of two that have one name counts, and one's own before a bundled one.
  return new Map([...scenarioNames().map(name => nameOf(scenarioFile(name))), ...own.reverse().map(nameOf)])
}

/**
 * Reads what one account is to start with: a fixture by its name, or its content. What stands outside `accounts` is
 * taken, a fixture that has accounts of its own is refused; its credentials are left out, as a key belongs to one account.
 * The file is read before the promise resolves, the times are asked when the seed is made.
 */
export async function readAccount(
  fixtures: string | Fixture,
  started: string | Fixture,
): Promise<(times: SeedTimes) => Omit<SeedAccount, 'name'> | undefined> {
  if (fixtures === 'none') return () => undefined
  const known = typeof fixtures === 'string' ? shelf(started) : undefined
  const file = typeof fixtures === 'string' ? known?.get(fixtures) : undefined
  if (known && file === undefined) {
    throw new FixtureError([
      `fixtures: there is no ${shown(fixtures)}; there are none, ${[...known.keys()].sort().join(', ')}`,
    ])
  }
  const source = file === undefined ? checked('fixtures', fixtures) : checked(file, await parse(file))
  const others = (source.fixture.accounts ?? []).filter(({ name }) => name !== defaultAccount)
  if (others.length > 0) {
    throw new FixtureError([
      `${source.name}: /accounts: expected data of one account, found also ${others.map(({ name }) => name).join(', ')}`,
    ])
  }
  return times => {
    const [account] = assembled([source], times)
    return account && { ...account, credentials: [] }
  }
}
