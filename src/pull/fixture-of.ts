import { jobStatusWord, jobTypes } from '../api/vocabulary.ts'
import { type Account, type Item, isItem, listIn, textIn } from './account.ts'
import { type Dated, dropsOf, millisecondsFor, withMilliseconds } from './moments.ts'

/** Content of a fixture, not checked yet. */
export interface Draft {
  readonly description: string
  readonly triggers: readonly Item[]
  readonly jobs: readonly Item[]
  readonly workflows: readonly Item[]
}

/** The members with a value; null counts as none. */
const present = (members: Item): Item =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null))

const conditionMembers = ['workerType', 'numWorker', 'timeout', 'nrn', 'scriptPath', 'logPath', 'parameters'] as const

const conditionOf = (shown: unknown): Item | undefined =>
  isItem(shown) ? present(Object.fromEntries(conditionMembers.map(name => [name, shown[name]]))) : undefined

const idsOf = (items: readonly Item[], key: string): string[] => items.map(item => textIn(item, key))

const ofOwn = (items: readonly Item[], key: string): Dated[] =>
  items.map(item => ({ id: textIn(item, key), date: textIn(item, 'createdDate'), least: 0 }))

/** Lists are in the order of dates; those with one date the greater id first. */
const byId = (newer: string, older: string): boolean => newer > older

/** What the executions of an account belong to, and their dates. */
interface Histories {
  /** The executions of each job, the oldest first. */
  readonly ofJob: ReadonlyMap<string, readonly Item[]>
  readonly workflowOf: ReadonlyMap<string, string>
  readonly milliseconds: ReadonlyMap<string, number>
}

const executionId = 'jobExecutionId'

function historiesOf(account: Account, jobs: readonly Item[], created: ReadonlyMap<string, number>): Histories {
  const { executions, workflowExecutions } = account
  const workflowOf = new Map(
    [...workflowExecutions].flatMap(([id, list]) => idsOf(list, executionId).map(each => [each, id] as const)),
  )
  const all = new Map<string, Item>()
  for (const list of [...executions.values(), ...workflowExecutions.values()]) {
    for (const each of list) all.set(textIn(each, executionId), each)
  }
  const index = new Map(jobs.map((job, at) => [textIn(job, 'jobId'), at]))
  const dates = new Map(jobs.map(job => [textIn(job, 'jobId'), textIn(job, 'createdDate')]))
  const known = [...all].filter(([, each]) => index.has(textIn(each, 'jobId')))
  const jobOf = new Map(known.map(([id, each]) => [id, textIn(each, 'jobId')]))
  const milliseconds = millisecondsFor(
    known.map(([id, each]) => {
      const jobId = textIn(each, 'jobId')
      const date = textIn(each, 'createdDate')
      const ofJob = date === dates.get(jobId) ? (created.get(jobId) ?? 0) : 0
      return { id, date, least: Math.max(ofJob, dropsOf(each).end) }
    }),
    [...executions.values(), ...workflowExecutions.values()].map(list =>
      idsOf(list, executionId).filter(id => jobOf.has(id)),
    ),
    // Executions with one date are kept in the order of the file.
    (newer, older) => (index.get(jobOf.get(older) ?? '') ?? 0) <= (index.get(jobOf.get(newer) ?? '') ?? 0),
  )
  const dateOf = (id: string, each: Item) => withMilliseconds(textIn(each, 'createdDate'), milliseconds.get(id) ?? 0)
  const ofJob = new Map<string, Item[]>()
  // Reversed, so that those with one date end as the lists have them: the newest last.
  for (const [id, each] of known.reverse()) {
    const jobId = textIn(each, 'jobId')
    ofJob.set(jobId, [...(ofJob.get(jobId) ?? []), { ...each, fineDate: dateOf(id, each) }])
  }
  return { ofJob, workflowOf, milliseconds }
}

function executionOf(
  shown: Item,
  { workflowOf, milliseconds }: Histories,
  job: { readonly name: string; readonly condition: Item | undefined },
): Item {
  const id = textIn(shown, executionId)
  const fine = milliseconds.get(id) ?? 0
  const drops = dropsOf(shown)
  const dated = (name: string, drop: number) => withMilliseconds(textIn(shown, name), fine - drop) || undefined
  const condition = conditionOf(shown.jobCondition)
  const isUsual = JSON.stringify(condition) === JSON.stringify(job.condition)
  const { parsedParameters: parameters } = shown
  const triggerName = textIn(shown, 'triggerName')
  return present({
    jobExecutionId: id,
    status: shown.status,
    createdDate: dated('createdDate', 0),
    startDate: dated('startDate', drops.start),
    endDate: dated('endDate', drops.end),
    jobName: shown.jobName === job.name ? undefined : shown.jobName,
    triggerId: triggerName === '' ? undefined : shown.triggerId,
    triggerName: triggerName === '' ? undefined : triggerName,
    workflowId: workflowOf.get(id),
    type: shown.type,
    parameters: isItem(parameters) && Object.keys(parameters).length > 0 ? parameters : undefined,
    jobCondition: isUsual ? undefined : condition,
  })
}

function jobOf(listed: Item, account: Account, histories: Histories, created: number): Item {
  const id = textIn(listed, 'jobId')
  const detail = account.details.get(id) ?? {}
  const condition = conditionOf(detail.runCondition ?? detail.jobCondition)
  const name = textIn(listed, 'name')
  const executions = histories.ofJob.get(id) ?? []
  const { status, type, lastExecutionDate, lastExecutionStatus } = listed
  const ran = executions.length === 0 && typeof lastExecutionDate === 'string'
  const words: readonly unknown[] = Object.values(jobStatusWord)
  const [createdDate, updatedDate] = [textIn(listed, 'createdDate'), textIn(listed, 'updatedDate')]
  return present({
    jobId: id,
    name,
    description: detail.description || undefined,
    type: (jobTypes as readonly unknown[]).includes(type) ? type : undefined,
    status: words.includes(status) ? status : undefined,
    createdDate: withMilliseconds(createdDate, created),
    updatedDate: updatedDate === createdDate ? withMilliseconds(updatedDate, created) : updatedDate || undefined,
    disabled: listed.disabled === true ? true : undefined,
    maxConcurrentRuns: listed.maxConcurrentRuns ?? detail.maxConcurrentRuns,
    nodes: listIn(detail, 'nodes').length > 0 ? detail.nodes : undefined,
    jobCondition: condition,
    lastExecutionStatus: ran ? lastExecutionStatus : undefined,
    lastExecutionDate: ran ? lastExecutionDate : undefined,
    executions:
      executions.length > 0 ? executions.map(each => executionOf(each, histories, { name, condition })) : undefined,
  })
}

/** The members of a trigger or workflow that both have. */
const aboutOf = (item: Item, created: number): Item => {
  const [createdDate, updatedDate] = [textIn(item, 'createdDate'), textIn(item, 'updatedDate')]
  return {
    name: item.name,
    createdDate: withMilliseconds(createdDate, created),
    updatedDate: updatedDate === createdDate ? withMilliseconds(updatedDate, created) : updatedDate,
  }
}

/** `known`: ids of the jobs and triggers that were pulled. */
const nodeOf = (node: Item, known: ReadonlySet<string>): Item =>
  present({
    id: node.id,
    name: node.name,
    type: node.type,
    parentNodeIds: node.parentNodeIds,
    triggerRule: node.triggerRule,
    isValid: node.isValid === false || !known.has(textIn(node, 'id')) ? false : undefined,
    jobCondition: conditionOf(node.jobCondition),
  })

/** The account as a fixture. Dates get milliseconds where lists would lose their order without. */
export function fixtureOf(account: Account, description: string): Draft {
  const { triggers, workflows } = account
  const jobs = [...new Map([...account.jobs, ...account.deleted].map(job => [textIn(job, 'jobId'), job])).values()]
  const inOrder = (items: readonly Item[], key: string, lists: readonly (readonly Item[])[]) =>
    millisecondsFor(
      ofOwn(items, key),
      lists.map(list => idsOf(list, key)),
      byId,
    )
  const created = {
    jobs: inOrder(jobs, 'jobId', [account.jobs, account.deleted]),
    triggers: inOrder(triggers, 'triggerId', [triggers]),
    workflows: inOrder(workflows, 'workflowId', [workflows]),
  }
  const histories = historiesOf(account, jobs, created.jobs)
  const known = new Set([...idsOf(jobs, 'jobId'), ...idsOf(triggers, 'triggerId')])
  return {
    description,
    triggers: triggers.map(item => {
      const id = textIn(item, 'triggerId')
      const { type, triggerRule } = item
      const rule = isItem(triggerRule) ? present(triggerRule) : undefined
      return present({ triggerId: id, ...aboutOf(item, created.triggers.get(id) ?? 0), type, triggerRule: rule })
    }),
    jobs: jobs.map(job => jobOf(job, account, histories, created.jobs.get(textIn(job, 'jobId')) ?? 0)),
    workflows: workflows.map(item => {
      const id = textIn(item, 'workflowId')
      return present({
        workflowId: id,
        ...aboutOf(item, created.workflows.get(id) ?? 0),
        isTemp: item.isTemp === true ? true : undefined,
        lastExecutionDate: item.lastExecutionDate,
        nodes: listIn(item, 'nodes').map(node => nodeOf(node, known)),
      })
    }),
  }
}
