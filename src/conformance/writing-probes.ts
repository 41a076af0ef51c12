import type { Assumed } from '../api/assumptions.ts'
import type { OperationName } from '../api/operation.ts'
import { type Context, notObservable } from './claim.ts'
import { idsOf, itemsOf, listTarget, rowOf, textOf } from './data.ts'
import { byAcceptance, type Probe, type Probes, scratchOf, type Trial, taken, valuesWhere } from './probes.ts'
import { shownError } from './responses.ts'
import { fittingBody, graph, jobBodies, settings, workflowBody } from './scratch.ts'
import type { TargetResponse } from './session.ts'

const writing = (find: Probe['find']): Probe => ({ needs: 'writes', find })
const running = (find: Probe['find']): Probe => ({ needs: 'runs', find })

const memberOf = ({ json }: TargetResponse, name: string): unknown =>
  typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[name] : undefined

const send = (context: Context, name: OperationName, id: string, body: object | undefined, query = '') => {
  const { method, path } = rowOf(context, name)
  context.session.forget()
  return context.session.ask({ method, target: path.replace(/\{\w+\}/, id) + query, body })
}

const newJobBody = (context: Context, name: string, nodes = graph()): object =>
  fittingBody(rowOf(context, 'createJob'), context, jobBodies(name, nodes))

const createStatus = writing(async context => {
  const scratch = scratchOf(context)
  const { status } = await scratch.create('job', newJobBody(context, scratch.name()))
  return valuesWhere('createStatus', value => value === String(status))
})

const jobNames = writing(async context => {
  const scratch = scratchOf(context)
  const body = newJobBody(context, scratch.name())
  if (!taken(await scratch.create('job', body))) notObservable('the target creates no job')
  return taken(await scratch.create('job', body)) ? 'any' : 'unique'
})

const withCondition = (name: 'workerType' | 'timeoutZero', members: readonly object[]): Probe =>
  writing(async context => {
    const scratch = scratchOf(context)
    const trials = members.map(member => ({ body: { jobCondition: { ...settings, ...member } } }))
    return byAcceptance(name, 'setJobCondition', trials, context, async ({ body }) =>
      send(context, 'setJobCondition', await scratch.newJob(), body),
    )
  })

const created =
  (context: Context, kind: 'trigger' | 'workflow') =>
  ({ body = {} }: Trial): Promise<TargetResponse> =>
    scratchOf(context).create(kind, body)

const eventTrigger = writing(async context => {
  const body = { name: scratchOf(context).name(), type: 'EVENT', triggerRule: { type: 'NONE' } }
  return byAcceptance('eventTrigger', 'createTrigger', [{ body }], context, created(context, 'trigger'))
})

const workflowCondition = writing(async context => {
  const scratch = scratchOf(context)
  const body = workflowBody(scratch.name(), await scratch.newTrigger(), [await scratch.newJob()], {})
  return byAcceptance('workflowCondition', 'createWorkflow', [{ body }], context, created(context, 'workflow'))
})

const maxConcurrentRuns = writing(async context => {
  const limitOf = (value: string) =>
    rowOf(context, 'createJob').also?.({ ...context.assumed, maxConcurrentRuns: value } as Assumed)
  const limits = valuesWhere('maxConcurrentRuns', value => 'maxConcurrentRuns' in (limitOf(value) ?? {}))
  if (limits.length === 0) notObservable('makes no difference in this edition')
  const { json } = await send(context, 'getJob', await scratchOf(context).newJob(), undefined)
  const shown = (json as { maxConcurrentRuns?: unknown } | undefined)?.maxConcurrentRuns
  return limits.filter(value => (limitOf(value) as { maxConcurrentRuns?: unknown }).maxConcurrentRuns === shown)
})

const draftStatus = writing(async context => {
  const scratch = scratchOf(context)
  const [id, name] = [await scratch.newJob(), scratch.name()]
  if (!('status' in rowOf(context, 'getJobs').query)) notObservable('this edition shows one status alone')
  const body = { name, type: 'DATAFLOW', isTemp: true, nodes: graph() }
  const changed = await send(context, 'updateJob', id, body)
  if (changed.status !== 200) notObservable(`the target makes no draft: ${shownError(changed)}`)
  const status = memberOf(await send(context, 'getJob', id, undefined), 'status')
  return valuesWhere('draftStatus', value => value.toUpperCase() === status)
})

const draftCheck = writing(async context => {
  const unfinished = [{ type: 'SOURCE_OBS', id: 1, name: 'source', parentNodeIds: [] }]
  const body = { name: scratchOf(context).name(), type: 'DATAFLOW', isTemp: true, nodes: unfinished }
  return byAcceptance('draftCheck', 'updateJob', [{ body }], context, async trial =>
    send(context, 'updateJob', await scratchOf(context).newJob(), trial.body),
  )
})

const workflowNodes = writing(async context => {
  const scratch = scratchOf(context)
  const id = await scratch.newWorkflow(await scratch.newTrigger(), [await scratch.newJob()])
  const nodes = memberOf(await send(context, 'getWorkflow', id, undefined), 'nodes')
  const [trigger = notObservable('the target shows no nodes')] = Array.isArray(nodes) ? nodes : []
  // The request called the trigger so.
  return (trigger as { name?: unknown }).name === 'start' ? 'sent' : 'actual'
})

const listDeleted = writing(async context => {
  const scratch = scratchOf(context)
  const { path, query } = rowOf(context, 'getJobs')
  const name = scratch.name()
  const response = await scratch.create('job', newJobBody(context, name))
  const id = textOf({ jobId: memberOf(response, 'jobId') }, 'jobId') ?? notObservable('the target creates no job')
  await scratch.remove('job', id)
  const lists = async (filter: string) =>
    idsOf(
      (await context.session.ask({ target: listTarget(path, `name=${name}${filter}&page=0&limit=100`) })).json,
    ).includes(id)
  if (await lists('')) return 'always'
  if (!('status' in query)) return ['onDemand', 'never']
  return (await lists('&status=DELETED')) ? 'onDemand' : 'never'
})

const executionBody = { jobCondition: settings }

/** Runs a job; the response must be a success. */
async function run(context: Context, jobId: string, query = '', body: object = executionBody): Promise<TargetResponse> {
  const response = await send(context, 'runJob', jobId, body, query)
  return response.status < 300 ? response : notObservable(`the target does not run the job: ${shownError(response)}`)
}

const runStatus = running(async context => {
  const { status } = await run(context, await scratchOf(context).newJob())
  return valuesWhere('runStatus', value => value === String(status))
})

const busyJob = running(async context => {
  const scratch = scratchOf(context)
  const id = await scratch.newJob()
  await run(context, id)
  return taken(await scratch.remove('job', id)) ? 'allow' : 'refuse'
})

const runReferences = running(async context => {
  const body = { ...executionBody, triggerId: 'zzzzzzzzzzz0' }
  const { status } = await send(context, 'runJob', await scratchOf(context).newJob(), body)
  return status === 404 ? 'both' : status < 300 ? 'query' : []
})

const runInWorkflow = running(async context => {
  const scratch = scratchOf(context)
  const id = await scratch.newJob()
  const workflow = await scratch.newWorkflow(await scratch.newTrigger(), [id])
  await run(context, id, `?workflowId=${workflow}`)
  const { path } = rowOf(context, 'getWorkflowExecutions')
  const { json } = await context.session.ask({ target: listTarget(path.replace(/\{\w+\}/, workflow)) })
  return itemsOf(json).length > 0 ? 'belongs' : 'ignored'
})

const invalidNode = running(async context => {
  if (!context.edition.operations.runWorkflow) {
    notObservable('this edition cannot run a workflow, so a trigger would have to fire')
  }
  const scratch = scratchOf(context)
  const jobs = [await scratch.newJob(), await scratch.newJob()]
  const workflow = await scratch.newWorkflow(await scratch.newTrigger(), jobs)
  await scratch.remove('job', jobs[0] ?? '')
  return taken(await send(context, 'runWorkflow', workflow, undefined)) ? 'skip' : 'stop'
})

export const writingProbes: Probes = {
  createStatus,
  jobNames,
  workerType: withCondition('workerType', [{ workerType: 'DEFAULT' }, { workerType: 'DATAFLOW' }]),
  timeoutZero: withCondition('timeoutZero', [{ timeout: 0 }]),
  eventTrigger,
  draftCheck,
  workflowNodes,
  workflowCondition,
  maxConcurrentRuns,
  draftStatus,
  listDeleted,
  runStatus,
  busyJob,
  runReferences,
  runInWorkflow,
  invalidNode,
}
