import { readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Check, Errors } from 'typebox/value'
import { DataFileError, readDataFile } from '../data-file.ts'
import { type Credential, defaultAccount } from '../domain/account.ts'
import type { Job, JobKind, JobState } from '../domain/job.ts'
import { momentOf } from '../domain/moment.ts'
import type { RunState } from '../domain/run.ts'
import { type Entropy, newId } from '../entropy.ts'
import { packageRoot } from '../package.ts'
import { type Fixture, type FixtureCredential, type FixtureJob, fixtureSchema } from './fixture-schema.ts'
import type { SeedAccount } from './seed.ts'

/** A fixture that cannot be used; the message names file, place and what was expected, a line for each complaint. */
class FixtureError extends Error {
  constructor(complaints: readonly string[]) {
    const shown = complaints.slice(0, 10)
    if (complaints.length > shown.length) shown.push(`... and ${complaints.length - shown.length} more`)
    super(shown.join('\n'))
    this.name = 'FixtureError'
  }
}

/** Where fixture content comes from, for complaints. */
interface Source {
  readonly name: string
  readonly fixture: Fixture
}

export interface SeedTimes {
  /** Dates what a fixture leaves undated, in epoch milliseconds. */
  readonly now: number
  readonly chance: Entropy
}

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

const shown = (value: unknown): string => {
  const text = JSON.stringify(value, (key, member) => (key === 'secretKey' ? '(not shown)' : member)) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
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

interface Part {
  /** File and JSON pointer of what the part was read from. */
  readonly at: string
  readonly account: string
  readonly jobs: readonly FixtureJob[]
  readonly credentials: readonly FixtureCredential[]
}

const partsOf = ({ name, fixture }: Source): Part[] => [
  { at: `${name}: `, account: defaultAccount, jobs: fixture.jobs ?? [], credentials: fixture.credentials ?? [] },
  ...(fixture.accounts ?? []).map(({ name: account, jobs = [], credentials = [] }, index) => ({
    at: `${name}: /accounts/${index}`,
    account,
    jobs,
    credentials,
  })),
]

/** Complains about a value that stands at two places. */
function unique(what: string, complaints: string[]) {
  const places = new Map<string, string>()
  return (value: string, place: string) => {
    const first = places.get(value)
    if (first)
      complaints.push(
        `${place}: expected another ${what} than elsewhere, found ${shown(value)}, which stands at ${first}`,
      )
    else places.set(value, place)
  }
}

const toCredential = ({ accessKey, secretKey, active = true, subscribed = true }: FixtureCredential): Credential => ({
  accessKey,
  secretKey,
  active,
  subscribed,
})

function toJob(job: FixtureJob, id: string, now: number): Job {
  const createdAt = job.createdDate ? momentOf(job.createdDate) : now
  const { lastExecutionStatus, lastExecutionDate } = job
  return {
    id,
    name: job.name,
    kind: job.type === 'SCRIPT' ? 'script' : ('visual' satisfies JobKind),
    state: (job.status?.toLowerCase() ?? 'runnable') as JobState,
    ...(lastExecutionStatus && lastExecutionDate
      ? { lastRun: { state: lastExecutionStatus.toLowerCase() as RunState, at: momentOf(lastExecutionDate) } }
      : {}),
    createdAt,
    updatedAt: job.updatedDate ? momentOf(job.updatedDate) : createdAt,
    disabled: job.disabled ?? false,
    maxConcurrentRuns: job.maxConcurrentRuns ?? 1,
  }
}

const dates = ['lastExecutionDate', 'createdDate', 'updatedDate'] as const

/** Turns checked sources into seed data; complains about everything that contradicts itself before anything is kept. */
function assemble(sources: readonly Source[], { now, chance }: SeedTimes): SeedAccount[] {
  const complaints: string[] = []
  const ownKey = unique('access key', complaints)
  const accounts = new Map<
    string,
    { credentials: Credential[]; jobs: Job[]; ownId: (id: string, at: string) => void }
  >()
  for (const part of sources.flatMap(partsOf)) {
    const account = accounts.get(part.account) ?? { credentials: [], jobs: [], ownId: unique('jobId', complaints) }
    accounts.set(part.account, account)
    part.credentials.forEach((credential, index) => {
      ownKey(credential.accessKey, `${part.at}/credentials/${index}/accessKey`)
      account.credentials.push(toCredential(credential))
    })
    part.jobs.forEach((job, index) => {
      const at = `${part.at}/jobs/${index}`
      for (const key of dates) {
        const text = job[key]
        if (text !== undefined && Number.isNaN(momentOf(text))) {
          complaints.push(`${at}/${key}: expected a day and time that exist, found ${shown(text)}`)
        }
      }
      if ((job.lastExecutionStatus === undefined) !== (job.lastExecutionDate === undefined)) {
        complaints.push(`${at}: expected lastExecutionStatus and lastExecutionDate together, found one of them`)
      }
      const id = job.jobId ?? newId(chance.fork(`${part.account}/job/${account.jobs.length}`))
      account.ownId(id, `${at}/jobId`)
      account.jobs.push(toJob(job, id, now))
    })
  }
  if (complaints.length > 0) throw new FixtureError(complaints)
  return [...accounts].map(([name, { credentials, jobs }]) => ({ name, credentials, jobs }))
}

/**
 * Reads fixtures: a path (file or folder), the name of a bundled scenario, `none`, or content given by a program.
 * Throws a FixtureError; nothing is half loaded.
 */
export async function readFixtures(fixtures: string | Fixture, times: SeedTimes): Promise<SeedAccount[]> {
  if (typeof fixtures !== 'string') return assemble([checked('fixtures', fixtures)], times)
  if (fixtures === 'none') return []
  const sources: Source[] = []
  for (const file of filesOf(fixtures)) sources.push(checked(file, await parse(file)))
  return assemble(sources, times)
}
