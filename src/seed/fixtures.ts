import { readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, extname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultAccount } from '../domain/account.ts'
import { packageRoot } from '../package.ts'
import { DataFileError, readDataFile } from '../schema/data-file.ts'
import { type Flaw, InvalidData, pointerOf } from '../schema/place.ts'
import { check } from '../schema/shape.ts'
import { assemble } from './assemble.ts'
import { FixtureError, type PlacedComplaint, shown } from './complaint.ts'
import { type Fixture, fixtureShape } from './fixture-schema.ts'
import type { Source } from './gather.ts'
import type { SeedAccount, SeedTimes } from './seed.ts'

const fixtureFolder = new URL('fixtures/', packageRoot)

const scenarioFile = (name: string): string => fileURLToPath(new URL(`${name}.json`, fixtureFolder))

/** Path of a bundled scenario by its name, or `undefined`. */
function bundled(name: string): string | undefined {
  const path = scenarioFile(name)
  return /^[a-z][a-z-]*$/.test(name) && statSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined
}

/** Whether this is `none` or a bundled scenario and no file of that name: data that tests have checked. */
export const isBundled = (fixtures: string | Fixture): boolean =>
  fixtures === 'none' ||
  (typeof fixtures === 'string' && !statSync(fixtures, { throwIfNoEntry: false }) && bundled(fixtures) !== undefined)

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

/** One flaw of a fixture, in one line without secrets. */
function complaintOf(name: string, { keys, complaint: flaw, expected, value }: Flaw): PlacedComplaint {
  const found = keys.at(-1) === 'secretKey' && value !== undefined ? 'another' : shown(value)
  const complaint = expected === undefined ? flaw : `expected ${expected}, found ${found}`
  return { line: `${name}: ${pointerOf(keys) || '/'}: ${complaint}`, path: keys, complaint }
}

/** Checks parsed content against the shape of fixtures; throws a FixtureError with every flaw. */
function checked(name: string, content: unknown): Source {
  try {
    return { name, fixture: check(fixtureShape, content, { everyFlaw: true }) }
  } catch (error) {
    if (!(error instanceof InvalidData)) throw error
    throw new FixtureError(error.flaws.map(flaw => complaintOf(name, flaw)))
  }
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
  return assemble(sources, times)
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
    const [account] = assemble([source], times)
    return account && { ...account, credentials: [] }
  }
}
