import { type Credential, defaultAccount } from '../domain/account.ts'
import { newId } from '../entropy.ts'
import type { Assembly } from './assembly.ts'
import type { Unique } from './complaints.ts'
import type { Fixture, FixtureCredential, FixtureJob, FixtureTrigger, FixtureWorkflow } from './fixture-schema.ts'
import { type Location, type Placed, within } from './placed.ts'
import { withAbsoluteDates } from './relative-dates.ts'

export interface Source {
  readonly name: string
  readonly fixture: Fixture
}

export interface Gathered {
  readonly name: string
  readonly credentials: Credential[]
  readonly jobs: Placed<FixtureJob>[]
  readonly triggers: Placed<FixtureTrigger>[]
  readonly workflows: Placed<FixtureWorkflow>[]
  readonly unique: Readonly<Record<'jobId' | 'triggerId' | 'workflowId' | 'jobExecutionId', Unique>>
}

interface Part extends Location {
  readonly account: string
  readonly content: Pick<Fixture, 'credentials' | 'jobs' | 'triggers' | 'workflows'>
}

const partsOf = ({ name: source, fixture }: Source): Part[] => [
  { source, path: [], account: defaultAccount, content: fixture },
  ...(fixture.accounts ?? []).map(({ name: account, ...content }, index) => ({
    source,
    path: ['accounts', index],
    account,
    content,
  })),
]

const toCredential = ({ accessKey, secretKey, active = true, subscribed = true }: FixtureCredential): Credential => ({
  accessKey,
  secretKey,
  active,
  subscribed,
})

function place<Key extends 'jobId' | 'triggerId' | 'workflowId', Given extends { readonly [K in Key]?: string }>(
  { times }: Assembly,
  part: Part,
  kind: 'job' | 'trigger' | 'workflow',
  key: Key,
  unique: Unique,
  given: readonly Given[] = [],
  known: Placed<Given>[],
): void {
  given.forEach((one, index) => {
    const id = one[key] ?? newId(times.chance.fork(`${part.account}/${kind}/${known.length}`))
    const at = within(part, `${kind}s`, index)
    unique(id, within(at, key))
    known.push({ given: one, id, ...at })
  })
}

/** The accounts of all sources, in the order in which they are named first. */
export function gather(sources: readonly Source[], assembly: Assembly): Gathered[] {
  const { complaints, times } = assembly
  const uniqueKey = complaints.unique('access key')
  const accounts = new Map<string, Gathered>()

  function accountNamed(name: string): Gathered {
    const known = accounts.get(name)
    if (known) return known
    const unique = {
      jobId: complaints.unique('jobId'),
      triggerId: complaints.unique('triggerId'),
      workflowId: complaints.unique('workflowId'),
      jobExecutionId: complaints.unique('jobExecutionId'),
    }
    const made: Gathered = { name, credentials: [], jobs: [], triggers: [], workflows: [], unique }
    accounts.set(name, made)
    return made
  }

  for (const part of sources.map(source => withAbsoluteDates(source, times.now)).flatMap(partsOf)) {
    const { credentials = [], jobs, triggers, workflows } = part.content
    const account = accountNamed(part.account)
    credentials.forEach((credential, index) => {
      uniqueKey(credential.accessKey, within(part, 'credentials', index, 'accessKey'))
      account.credentials.push(toCredential(credential))
    })
    place(assembly, part, 'job', 'jobId', account.unique.jobId, jobs, account.jobs)
    place(assembly, part, 'trigger', 'triggerId', account.unique.triggerId, triggers, account.triggers)
    place(assembly, part, 'workflow', 'workflowId', account.unique.workflowId, workflows, account.workflows)
  }
  return [...accounts.values()]
}
