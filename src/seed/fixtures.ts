import { readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Check, Errors } from 'typebox/value'
import { DataFileError, readDataFile } from '../data-file.ts'
import { packageRoot } from '../package.ts'
import { assemble, type SeedTimes, type Source } from './assemble.ts'
import { FixtureError, shown } from './complaint.ts'
import { type Fixture, fixtureSchema } from './fixture-schema.ts'
import type { SeedAccount } from './seed.ts'

const fixtureFolder = new URL('fixtures/', packageRoot)

/** Path of a bundled scenario by its name, or `undefined`. */
function bundled(name: string): string | undefined {
  const path = fileURLToPath(new URL(`${name}.json`, fixtureFolder))
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

/**
 * Reads fixtures: a path (file or folder), the name of a bundled scenario, `none`, or content given by a program.
 * Throws a FixtureError; nothing is half loaded.
 */
export async function readFixtures(fixtures: string | Fixture, times: SeedTimes): Promise<SeedAccount[]> {
  if (fixtures === 'none') return []
  const sources: Source[] = []
  if (typeof fixtures === 'string') for (const file of filesOf(fixtures)) sources.push(checked(file, await parse(file)))
  else sources.push(checked('fixtures', fixtures))
  const complaints: string[] = []
  const accounts = assemble(sources, times, complaints)
  if (complaints.length > 0) throw new FixtureError(complaints)
  return accounts
}
