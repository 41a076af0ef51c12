import type { Operation, OperationName } from '../api/operation.ts'
import { type Context, type ScratchKind as Kind, notObservable, type Scratch } from './claim.ts'
import { itemsOf, rowOf, textOf } from './data.ts'
import { rejectionOf, shownError } from './responses.ts'
import type { Session, TargetResponse } from './session.ts'

const kinds = {
  job: { create: 'createJob', remove: 'deleteJob', list: 'getJobs', id: 'jobId' },
  trigger: { create: 'createTrigger', remove: 'deleteTrigger', list: 'getTriggers', id: 'triggerId' },
  workflow: { create: 'createWorkflow', remove: 'deleteWorkflow', list: 'getWorkflows', id: 'workflowId' },
} as const satisfies Record<Kind, { create: OperationName; remove: OperationName; list: OperationName; id: string }>

interface Made {
  readonly kind: Kind
  readonly id: string
}

const column = { name: 'city', type: 'String' }
const bucket = { regionNo: '1', bucketName: 'bucket', prefix: 'in/', dataType: 'CSV', fieldList: [column] }

/** A graph that every edition takes; `changes` replaces members of its first node. */
export const graph = (changes: object = {}): object[] => [
  { type: 'SOURCE_OBS', id: 1, name: 'source', parentNodeIds: [], ...bucket, ...changes },
  { type: 'TARGET_OBS', id: 2, name: 'target', parentNodeIds: [1], ...bucket, updateType: 'OVERWRITE' },
]

export const settings = {
  numWorker: 2,
  timeout: 10,
  nrn: 'nrn:PUB:IAM::0000000:Role/compare',
  scriptPath: 'bucket/scripts/',
  logPath: 'bucket/logs/',
}

/** The first of some bodies that the row of an operation takes; editions differ in what they need. */
export function fittingBody(row: Operation, { assumed }: Context, bodies: readonly object[]): object {
  return (
    bodies.find(body => rejectionOf(row, assumed, '', body) === undefined) ??
    /* c8 ignore next -- every edition takes one of the bodies; a later edition may not */
    notObservable('no body is known that this edition takes')
  )
}

export const jobBodies = (name: string, nodes: readonly object[] = graph()): object[] => [
  { name, nodes },
  { name, nodes, type: 'VISUAL' },
  { name, nodes, type: 'DATAFLOW' },
]

export const triggerBody = (name: string): object => ({ name, type: 'NONE', triggerRule: { type: 'NONE' } })

const idIn = ({ json }: TargetResponse, kind: Kind): string | undefined =>
  typeof json === 'object' && json !== null ? textOf({ ...json }, kinds[kind].id) : undefined

/** Creates objects under one prefix at the target and deletes all of them in the end. */
export function createScratch(context: Context, prefix: string): Scratch {
  const { session } = context
  const made: Made[] = []
  let count = 0
  let lost = false

  /** Sends a creation; what it made is deleted in the end. */
  async function create(kind: Kind, body: object): Promise<TargetResponse> {
    const row = rowOf(context, kinds[kind].create)
    try {
      const response = await session.ask({ method: row.method, target: row.path, body })
      const id = idIn(response, kind)
      if (id !== undefined) made.push({ kind, id })
      session.forget()
      return response
    } catch (error) {
      lost = true
      throw error
    }
  }

  async function needed(kind: Kind, body: object): Promise<string> {
    const response = await create(kind, body)
    return idIn(response, kind) ?? notObservable(`the target did not create a ${kind}: ${shownError(response)}`)
  }

  const name = (): string => {
    count += 1
    return `${prefix}_${count}`
  }

  const remove = (kind: Kind, id: string, always: boolean): Promise<TargetResponse> => {
    const row = rowOf(context, kinds[kind].remove)
    session.forget()
    return session.ask({ method: row.method, target: row.path.replace(/\{\w+\}/, id), always })
  }

  async function lostOnes(): Promise<Made[]> {
    const found: Made[] = []
    for (const kind of Object.keys(kinds) as Kind[]) {
      const { path } = rowOf(context, kinds[kind].list)
      const { json } = await session.ask({ target: `${path}?page=0&limit=1000`, always: true })
      for (const item of itemsOf(json)) {
        const id = textOf(item, kinds[kind].id)
        if (id && textOf(item, 'name')?.startsWith(prefix) && item.status !== 'DELETED') found.push({ kind, id })
      }
    }
    return found
  }

  return {
    name,
    create,
    newJob: (): Promise<string> => needed('job', fittingBody(rowOf(context, 'createJob'), context, jobBodies(name()))),
    newTrigger: (): Promise<string> => needed('trigger', triggerBody(name())),
    newWorkflow: async (triggerId: string, jobIds: readonly string[]): Promise<string> =>
      needed('workflow', workflowBody(name(), triggerId, jobIds, { jobCondition: settings })),
    remove: (kind: Kind, id: string) => remove(kind, id, false),
    /** Deletes everything that was created; returns what could not be deleted, in words. */
    async cleanUp(): Promise<string[]> {
      const all = lost ? [...made, ...(await lostOnes())] : made
      const left: string[] = []
      // Workflows first: they name jobs and triggers.
      for (const kind of ['workflow', 'trigger', 'job'] as const) {
        for (const { id } of new Map(all.filter(each => each.kind === kind).map(each => [each.id, each])).values()) {
          const response = await removed(session, () => remove(kind, id, true))
          /* c8 ignore next 3 -- a target that refuses to delete what it let us create */
          if (response && response.status !== 200 && response.status !== 404) {
            left.push(`${kind} ${id}: ${shownError(response)}`)
          }
        }
      }
      made.length = 0
      return left
    },
  }
}

/** Deletes; a job that is being executed is tried again until its execution has ended. */
async function removed(session: Session, remove: () => Promise<TargetResponse>): Promise<TargetResponse> {
  for (let attempt = 0; ; attempt += 1) {
    const response = await remove()
    if (response.status !== 400 || attempt >= 20) return response
    await session.sleep(500)
  }
  /* c8 ignore next -- the loop ends by returning */
}

export const workflowBody = (name: string, triggerId: string, jobIds: readonly string[], node: object): object => ({
  name,
  isTemp: false,
  nodes: [
    { id: triggerId, name: 'start', type: 'TRIGGER', parentNodeIds: [] },
    ...jobIds.map(id => ({ id, name: 'job', type: 'JOB', parentNodeIds: [triggerId], ...node })),
  ],
})
