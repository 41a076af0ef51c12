import { type Credential, defaultAccount } from '../domain/account.ts'
import { ApiError } from '../domain/api-error.ts'
import type { PlannedFate } from '../domain/execution.ts'
import type { Job, JobDetail, JobKind, JobState } from '../domain/job.ts'
import { type JobCondition, usualCondition } from '../domain/job-condition.ts'
import { type Run, type RunEnd, type RunState, stateAt } from '../domain/run.ts'
import type { NewTrigger, Trigger } from '../domain/trigger.ts'
import type { Workflow, WorkflowNode } from '../domain/workflow.ts'
import { type Entropy, newId } from '../entropy.ts'
import { momentOf } from '../time/korean-time.ts'
import { shown } from './complaint.ts'
import type {
  Fixture,
  FixtureCondition,
  FixtureCredential,
  FixtureExecution,
  FixtureJob,
  FixtureOutcome,
  FixtureTrigger,
  FixtureWorkflow,
} from './fixture-schema.ts'
import { withAbsoluteDates } from './relative-dates.ts'
import type { SeedAccount, SeedJob } from './seed.ts'

/** Where fixture content comes from, for complaints. */
export interface Source {
  readonly name: string
  readonly fixture: Fixture
}

/** Keys and indexes that lead to a value. */
type Path = readonly (string | number)[]

/** The parts of a fixture that the API reads: each is refused, with its place, when the edition in force would. */
export interface ApiReader {
  readonly trigger: (value: unknown, at: Path) => NewTrigger
  readonly jobNodes: (value: unknown, at: Path) => string
  readonly workflowNodes: (value: unknown, at: Path) => readonly WorkflowNode[]
}

export interface SeedTimes {
  /** Dates what a fixture leaves undated, in epoch milliseconds. */
  readonly now: number
  /** The moment from which executions go on. */
  readonly from: number
  /** How long executions wait and run where nothing is said, in milliseconds. */
  readonly waitingMs: number
  readonly runningMs: number
  readonly chance: Entropy
  readonly api: ApiReader
}

const escaped = (key: string | number): string => String(key).replaceAll('~', '~0').replaceAll('/', '~1')

/** A part of a source that belongs to one account. */
interface Part {
  readonly source: string
  readonly path: Path
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

/** Something of a fixture with its place and its id. */
interface Placed<Given> {
  readonly given: Given
  readonly id: string
  readonly source: string
  readonly path: Path
}

/** What the sources say of one account. */
interface Gathered {
  readonly name: string
  readonly credentials: Credential[]
  readonly jobs: Placed<FixtureJob>[]
  readonly triggers: Placed<FixtureTrigger>[]
  readonly workflows: Placed<FixtureWorkflow>[]
  readonly own: Record<'jobId' | 'triggerId' | 'workflowId' | 'jobExecutionId', Own>
}

type Own = (value: string, place: string) => void

/** Complains about a value that stands at two places. */
function unique(what: string, complaints: string[]): Own {
  const places = new Map<string, string>()
  return (value, place) => {
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

function toCondition(given: FixtureCondition): Partial<JobCondition> {
  const { workerType, numWorker, timeout, nrn, scriptPath, logPath, parameters } = given
  return {
    ...(workerType === undefined ? {} : { workerType }),
    ...(numWorker === undefined ? {} : { workers: numWorker }),
    ...(timeout === undefined ? {} : { timeoutMinutes: timeout }),
    ...(nrn === undefined ? {} : { role: nrn }),
    ...(scriptPath === undefined ? {} : { scriptPath }),
    ...(logPath === undefined ? {} : { logPath }),
    ...(parameters === undefined ? {} : { parameters }),
  }
}

/** Where a whole number stands that JavaScript has rounded when it was read. */
function roundedIn(value: unknown, path: Path): Path | undefined {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value) ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, member] of Object.entries(value)) {
    const found = roundedIn(member, [...path, key])
    if (found) return found
  }
  return undefined
}

const ended = { COMPLETED: 'completed', FAILED: 'failed', CANCELED: 'canceled' } as const satisfies Record<
  NonNullable<FixtureOutcome['status']>,
  RunEnd
>
const isOpen = ({ status }: FixtureExecution): boolean => status === 'READY' || status === 'RUNNING'
const ruleWords = { never: 'NONE', once: 'ONE_TIME' } as const

/** Finds things by id or, where only one has it, by name. */
function finder<T extends { readonly id: string; readonly name: string }>(things: readonly T[]) {
  const byId = new Map(things.map(thing => [thing.id, thing]))
  const byName = new Map<string, T[]>()
  for (const thing of things) byName.set(thing.name, [...(byName.get(thing.name) ?? []), thing])
  return (text: string): readonly T[] => {
    const known = byId.get(text)
    return known ? [known] : (byName.get(text) ?? [])
  }
}

/**
 * Turns checked sources into seed data and adds a complaint for everything that contradicts itself.
 * What it gives is whole only when there is no complaint.
 */
export function assemble(sources: readonly Source[], times: SeedTimes, complaints: string[]): SeedAccount[] {
  const { now, from, waitingMs, runningMs, chance, api } = times
  const ownKey = unique('access key', complaints)

  const at = (source: string, path: Path) => `${source}: ${path.map(key => `/${escaped(key)}`).join('')}`
  const complain = ({ source, path }: Pick<Placed<unknown>, 'source' | 'path'>, more: Path, complaint: string) =>
    void complaints.push(`${at(source, [...path, ...more])}: ${complaint}`)

  /** Reads a part as the API does; `undefined` and a complaint where it refuses. */
  function asApi<T>(source: string, read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      // The message begins with the member that a request would have had at the top.
      complaints.push(`${source}: ${error.message.slice(error.message.indexOf('/'))}`)
      return undefined
    }
  }

  /** The moment of a date, and a complaint about one that does not exist. */
  function moment(placed: Placed<unknown>, more: Path, text: string | undefined, otherwise: number): number {
    if (text === undefined) return otherwise
    const found = momentOf(text)
    if (found !== undefined) return found
    complain(placed, more, `expected a day and time that exist, found ${shown(text)}`)
    return otherwise
  }

  function find<T extends { readonly id: string; readonly name: string }>(
    [placed, more]: readonly [Placed<unknown>, Path],
    what: string,
    found: readonly T[],
    text: string,
  ): T | undefined {
    const [first, second] = found
    if (first && !second) return first
    const expected = second ? 'the id, because several have this name,' : 'the id or name'
    complain(placed, more, `expected ${expected} of a ${what} of this account, found ${shown(text)}`)
    return undefined
  }

  const accounts = new Map<string, Gathered>()
  function gathered(name: string): Gathered {
    const known = accounts.get(name)
    if (known) return known
    const made: Gathered = {
      name,
      credentials: [],
      jobs: [],
      triggers: [],
      workflows: [],
      own: {
        jobId: unique('jobId', complaints),
        triggerId: unique('triggerId', complaints),
        workflowId: unique('workflowId', complaints),
        jobExecutionId: unique('jobExecutionId', complaints),
      },
    }
    accounts.set(name, made)
    return made
  }

  /** Gives each of a list its id and its place. */
  function place<Key extends 'jobId' | 'triggerId' | 'workflowId', Given extends { readonly [K in Key]?: string }>(
    { source, path, account }: Part,
    kind: 'job' | 'trigger' | 'workflow',
    key: Key,
    own: Own,
    given: readonly Given[] | undefined,
    known: Placed<Given>[],
  ): void {
    given?.forEach((one, index) => {
      const id = one[key] ?? newId(chance.fork(`${account}/${kind}/${known.length}`))
      const here = [...path, `${kind}s`, index]
      own(id, at(source, [...here, key]))
      known.push({ given: one, id, source, path: here })
    })
  }

  for (const part of sources.map(one => withAbsoluteDates(one, now)).flatMap(partsOf)) {
    const { credentials, jobs, triggers, workflows } = part.content
    const account = gathered(part.account)
    credentials?.forEach((credential, index) => {
      ownKey(credential.accessKey, at(part.source, [...part.path, 'credentials', index, 'accessKey']))
      account.credentials.push(toCredential(credential))
    })
    place(part, 'job', 'jobId', account.own.jobId, jobs, account.jobs)
    place(part, 'trigger', 'triggerId', account.own.triggerId, triggers, account.triggers)
    place(part, 'workflow', 'workflowId', account.own.workflowId, workflows, account.workflows)
  }

  const dated = (placed: Placed<{ readonly createdDate?: string; readonly updatedDate?: string }>, otherwise = now) => {
    const createdAt = moment(placed, ['createdDate'], placed.given.createdDate, otherwise)
    return { createdAt, updatedAt: moment(placed, ['updatedDate'], placed.given.updatedDate, createdAt) }
  }

  function toTrigger(placed: Placed<FixtureTrigger>): Trigger[] {
    const { name, triggerRule = { type: 'NONE' }, type } = placed.given
    const sent = {
      type: type ?? (triggerRule.type === 'NONE' ? 'NONE' : 'SCHEDULED'),
      triggerRule,
    }
    const read = asApi(placed.source, () => api.trigger(sent, placed.path))
    return read ? [{ id: placed.id, name, kind: read.kind, rule: read.rule, ...dated(placed) }] : []
  }

  /** How a coming run goes, or how one under way goes on. */
  const toFate = ({ status = 'COMPLETED', ...lasts }: FixtureOutcome): PlannedFate => ({
    end: ended[status],
    waitingMs: lasts.waitingMs ?? waitingMs,
    runningMs: lasts.runningMs ?? runningMs,
  })

  /** The life of an execution. What is under way goes on from the moment of seeding. */
  function toRun(placed: Placed<FixtureExecution>): Run {
    const { status, startDate, endDate, outcome } = placed.given
    const queuedAt = moment(placed, ['createdDate'], placed.given.createdDate, from)
    const fate = toFate(outcome ?? {})
    const notBefore = (key: string, found: number, earliest: number, what: string) => {
      if (found < earliest) complain(placed, [key], `expected a date that is not before ${what}`)
      return found
    }
    const mustNot = (key: 'startDate' | 'endDate' | 'outcome') => {
      if (placed.given[key] !== undefined) complain(placed, [key], `expected nothing in an execution that is ${status}`)
    }
    const started = (otherwise: number) =>
      notBefore('startDate', moment(placed, ['startDate'], startDate, otherwise), queuedAt, 'createdDate')

    if (status === 'READY') {
      mustNot('startDate')
      mustNot('endDate')
      const startsAt = Math.max(queuedAt, from) + Math.max(1, fate.waitingMs)
      return { queuedAt, startsAt, endsAt: startsAt + fate.runningMs, end: fate.end }
    }
    if (status === 'RUNNING') {
      mustNot('endDate')
      const startsAt = started(Math.min(queuedAt + waitingMs, Math.max(queuedAt, from)))
      return { queuedAt, startsAt, endsAt: Math.max(startsAt, from) + Math.max(1, fate.runningMs), end: fate.end }
    }
    mustNot('outcome')
    const ends = (otherwise: number, earliest: number, what: string) =>
      notBefore('endDate', moment(placed, ['endDate'], endDate, otherwise), earliest, what)
    if (status === 'CANCELED' && startDate === undefined) {
      const endsAt = ends(queuedAt + waitingMs, queuedAt, 'createdDate')
      return { queuedAt, startsAt: endsAt + 1, endsAt, end: 'canceled' }
    }
    const latest = endDate === undefined ? Number.POSITIVE_INFINITY : momentOf(endDate)
    const startsAt = started(Math.max(queuedAt, Math.min(queuedAt + waitingMs, latest ?? queuedAt)))
    return { queuedAt, startsAt, endsAt: ends(startsAt + runningMs, startsAt, 'the start'), end: ended[status] }
  }

  /** What the newest execution and those under way say of their job must be what the job says. */
  function agree(placed: Placed<FixtureJob>, newest: FixtureExecution | undefined): void {
    const { status, lastExecutionStatus, lastExecutionDate, executions = [] } = placed.given
    if ((lastExecutionStatus === undefined) !== (lastExecutionDate === undefined)) {
      complain(placed, [], 'expected lastExecutionStatus and lastExecutionDate together, found one of them')
    }
    if (!newest) return
    if (lastExecutionStatus !== undefined && lastExecutionStatus !== newest.status) {
      complain(
        placed,
        ['lastExecutionStatus'],
        `expected ${newest.status} as in the newest execution, found ${shown(lastExecutionStatus)}`,
      )
    }
    if (lastExecutionDate !== undefined && momentOf(lastExecutionDate) !== momentOf(newest.createdDate)) {
      complain(
        placed,
        ['lastExecutionDate'],
        `expected ${newest.createdDate} as in the newest execution, found ${shown(lastExecutionDate)}`,
      )
    }
    const open = executions.some(isOpen)
    if ((status === 'RUNNABLE' && open) || (status === 'RUNNING' && !open)) {
      const expected = open ? 'RUNNING, because an execution is under way' : 'an execution under way'
      complain(placed, ['status'], `expected ${expected}, found ${shown(status)}`)
    }
  }

  interface Refs {
    readonly trigger: (text: string) => readonly Trigger[]
    readonly workflow: (text: string) => readonly { readonly id: string; readonly name: string }[]
  }

  function toSeedJob(placed: Placed<FixtureJob>, account: Gathered, refs: Refs): SeedJob {
    const { given, id, source, path } = placed
    const executions = (given.executions ?? []).map((execution, index) => {
      const here = {
        given: execution,
        id: execution.jobExecutionId ?? newId(chance.fork(`${account.name}/execution/${id}/${index}`)),
        source,
        path: [...path, 'executions', index],
      }
      account.own.jobExecutionId(here.id, at(source, [...here.path, 'jobExecutionId']))
      return { here, run: toRun(here) }
    })
    // Equal dates stay in the order of the file.
    executions.sort((a, b) => a.run.queuedAt - b.run.queuedAt)
    const newest = executions.at(-1)
    agree(placed, newest?.here.given)

    const rounded = roundedIn(given.nodes, ['nodes'])
    if (rounded) {
      complain(placed, rounded, `expected a whole number up to ${Number.MAX_SAFE_INTEGER}, found one that was rounded`)
    }
    const { nodes, description, jobCondition } = given
    const graph = nodes && !rounded ? asApi(source, () => api.jobNodes(nodes, [...path, 'nodes'])) : undefined
    const condition = { ...usualCondition, ...toCondition(jobCondition ?? {}) }
    const lastRun = newest
      ? { state: stateAt(newest.run, from), at: newest.run.queuedAt }
      : given.lastExecutionStatus && given.lastExecutionDate
        ? {
            state: given.lastExecutionStatus.toLowerCase() as RunState,
            at: moment(placed, ['lastExecutionDate'], given.lastExecutionDate, now),
          }
        : undefined
    const dates = dated(placed, Math.min(now, executions[0]?.run.queuedAt ?? now))
    for (const { here, run } of executions) {
      if (run.queuedAt < dates.createdAt) complain(here, ['createdDate'], 'expected a date that is not before the job')
    }

    const job: Job = {
      id,
      name: given.name,
      kind: given.type === 'SCRIPT' ? 'script' : ('visual' satisfies JobKind),
      state: (given.status?.toLowerCase() ?? (given.executions?.some(isOpen) ? 'running' : 'runnable')) as JobState,
      ...(lastRun ? { lastRun } : {}),
      ...dates,
      disabled: given.disabled ?? false,
      maxConcurrentRuns: given.maxConcurrentRuns ?? 1,
    }
    const detailed = nodes !== undefined || description !== undefined || jobCondition !== undefined
    const detail: Job | JobDetail = detailed
      ? { ...job, description: description ?? '', nodes: graph ?? '[]', condition }
      : job
    return {
      job: detail,
      executions: executions.map(({ here, run }) => {
        const { triggerId, workflowId, parameters = {} } = here.given
        const trigger = triggerId && find([here, ['triggerId']], 'trigger', refs.trigger(triggerId), triggerId)
        const workflow = workflowId && find([here, ['workflowId']], 'workflow', refs.workflow(workflowId), workflowId)
        const origin = {
          jobId: id,
          jobName: given.name,
          kind: workflow ? ('workflow' as const) : ('job' as const),
          ...(workflow ? { workflowId: workflow.id } : {}),
          ...(trigger ? { triggerId: trigger.id, triggerName: trigger.name } : {}),
          condition,
          parameters: Object.fromEntries(
            Object.entries(parameters).map(([key, value]) => [key, JSON.stringify(value)]),
          ),
        }
        return { id: here.id, origin, ...run }
      }),
      nextRuns: (given.nextRuns ?? []).map(toFate),
    }
  }

  function toWorkflow(
    placed: Placed<FixtureWorkflow>,
    triggers: (text: string) => readonly Trigger[],
    jobs: (text: string) => readonly { readonly id: string; readonly name: string }[],
    lastRunAt: number | undefined,
  ): Workflow {
    const { given, id, source, path } = placed
    const { name, isTemp = false } = given
    const things = given.nodes.map((node, index) => {
      const key = node.id === undefined ? 'name' : 'id'
      const text = node.id ?? node.name ?? ''
      const here = [placed, ['nodes', index, key]] as const
      const trigger = node.type === 'TRIGGER' ? find(here, 'trigger', triggers(text), text) : undefined
      const found = node.type === 'TRIGGER' ? trigger : find(here, 'job', jobs(text), text)
      return { found, every: trigger?.rule.every }
    })
    const nodeNamed = finder(things.flatMap(({ found }) => (found ? [found] : [])))
    const sent = given.nodes.map((node, index) => {
      const { found, every } = things[index] ?? {}
      const before = node.type === 'JOB' ? things[index - 1]?.found : undefined
      const parents = node.parentNodeIds?.map(parent => nodeNamed(parent)[0]?.id ?? parent)
      return {
        id: found?.id ?? `/${index}`,
        name: found?.name ?? name,
        type: node.type,
        parentNodeIds: parents ?? (before ? [before.id] : []),
        ...(every ? { triggerRule: every === 'never' || every === 'once' ? ruleWords[every] : 'RECURRING' } : {}),
      }
    })
    const whole = things.every(({ found }) => found)
    const read = whole ? asApi(source, () => api.workflowNodes(sent, path)) : undefined
    const nodes = (read ?? []).map((node, index) => {
      const condition = given.nodes[index]?.jobCondition
      return condition ? { ...node, condition: { ...usualCondition, ...toCondition(condition) } } : node
    })
    return { id, name, nodes, draft: isTemp, ...dated(placed), ...(lastRunAt === undefined ? {} : { lastRunAt }) }
  }

  return [...accounts.values()].map(account => {
    const named = ({ given, id }: Placed<{ readonly name: string }>) => ({ id, name: given.name })
    const triggers = account.triggers.flatMap(toTrigger)
    // A trigger that was refused is still there to be named, so that nothing is complained of twice.
    const triggerNamed = finder<Trigger>([
      ...triggers,
      ...account.triggers
        .filter(({ id }) => !triggers.some(trigger => trigger.id === id))
        .map(placed => ({
          ...named(placed),
          kind: 'none' as const,
          rule: { every: 'never' as const },
          createdAt: 0,
          updatedAt: 0,
        })),
    ])
    const refs = { trigger: triggerNamed, workflow: finder(account.workflows.map(named)) }
    const jobs = account.jobs.map(job => toSeedJob(job, account, refs))
    const lastRuns = new Map<string, number>()
    for (const { origin, queuedAt } of jobs.flatMap(({ executions }) => executions)) {
      const { workflowId = '' } = origin
      lastRuns.set(workflowId, Math.max(queuedAt, lastRuns.get(workflowId) ?? queuedAt))
    }
    const jobNamed = finder(account.jobs.map(named))
    const workflows = account.workflows.map(workflow =>
      toWorkflow(workflow, triggerNamed, jobNamed, lastRuns.get(workflow.id)),
    )
    return { name: account.name, credentials: account.credentials, triggers, jobs, workflows }
  })
}
