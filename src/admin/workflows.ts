import { conditionSchema, showCondition } from '../api/job-condition.ts'
import { executionStatusWord, oneOf } from '../api/vocabulary.ts'
import type { SeenExecution } from '../domain/execution.ts'
import { stateAt } from '../domain/lifetime.ts'
import type { WorkflowNode } from '../domain/workflow.ts'
import { Type } from '../schema/json-schema.ts'
import { object, text } from '../schema/shape.ts'
import type { Caller } from '../service/caller.ts'
import type { ListedWorkflow } from '../service/overview.ts'
import { formatKorean } from '../time/korean-date.ts'
import { endpoint } from './endpoint.ts'
import { accountQuery, acting, type ControlDeps } from './owner.ts'
import { listQuery, pagingOf, timing, timingOf } from './paging.ts'
import { AdminError } from './problem.ts'
import { seoulDate } from './shown-job.ts'

const epoch = Type.Integer({ description: 'Epoch milliseconds of the simulation.' })
const named = Type.Union([Type.Closed({ id: Type.String(), name: Type.String() }), Type.Null()])

const executionReply = Type.Closed({
  jobExecutionId: Type.String(),
  jobId: Type.String(),
  jobName: Type.String(),
  status: oneOf(executionStatusWord),
  queuedAt: epoch,
  startsAt: epoch,
  endsAt: epoch,
  trigger: named,
  workflow: named,
  jobCondition: conditionSchema,
  parameters: Type.Record(Type.String(), { description: 'Each value as JSON text.' }),
})

const kindWord = { trigger: 'TRIGGER', job: 'JOB' } as const
const workflowReply = Type.Closed({
  workflowId: Type.String(),
  name: Type.String(),
  isTemp: Type.Boolean({ description: 'Whether it is a draft.' }),
  valid: Type.Boolean({ description: 'Whether it can run: no draft, and no job or trigger of it was deleted.' }),
  lastExecutionDate: Type.Optional(seoulDate),
  nodes: Type.Array(
    Type.Closed({
      id: Type.String(),
      name: Type.String(),
      type: oneOf(kindWord),
      parentNodeIds: Type.Array(Type.String()),
      isValid: Type.Boolean(),
      triggerRule: Type.Optional(Type.String({ description: 'What the creator of the workflow said of the rule.' })),
    }),
  ),
  nextFiring: Type.Union([epoch, Type.Null()]),
})

const shownNode = (dead: ReadonlySet<string>, { id, name, kind, parentIds, triggerRule }: WorkflowNode) => ({
  id,
  name,
  type: kindWord[kind],
  parentNodeIds: parentIds,
  isValid: !dead.has(id),
  ...(triggerRule !== undefined && { triggerRule }),
})

const shownWorkflow = ({ workflow, valid, nextFiring }: ListedWorkflow) => ({
  workflowId: workflow.id,
  name: workflow.name,
  isTemp: workflow.draft,
  valid,
  ...(workflow.lastExecutionAt !== undefined && { lastExecutionDate: formatKorean(workflow.lastExecutionAt) }),
  nodes: workflow.nodes.map(node => shownNode(workflow.dead, node)),
  nextFiring: nextFiring ?? null,
})

function holderOf({ jobId, workflowId }: { readonly jobId?: string; readonly workflowId?: string }) {
  if ((jobId === undefined) === (workflowId === undefined)) {
    throw new AdminError(400, 'give jobId or workflowId, one of them')
  }
  return jobId === undefined ? { workflowId: workflowId ?? '' } : { jobId }
}

export function workflowEndpoints(deps: ControlDeps) {
  const { overview } = deps
  const { reading, changing } = acting(deps)
  const query = accountQuery

  function shownExecution(caller: Caller, { id, origin, ...execution }: SeenExecution) {
    const { workflowId, triggerId, triggerName } = origin
    return {
      jobExecutionId: id,
      jobId: origin.jobId,
      jobName: origin.jobName,
      status: executionStatusWord[stateAt(execution, caller.now)],
      queuedAt: execution.queuedAt,
      startsAt: execution.startsAt,
      endsAt: execution.endsAt,
      trigger: triggerId === undefined ? null : { id: triggerId, name: triggerName ?? triggerId },
      workflow:
        workflowId === undefined
          ? null
          : { id: workflowId, name: overview.workflowName(caller, workflowId) ?? workflowId },
      jobCondition: showCondition(origin.condition),
      parameters: origin.parameters,
    }
  }

  return {
    executions: endpoint({
      method: 'GET',
      path: '/executions',
      title: 'List the executions of a job or of a workflow, the newest first',
      query: { ...query, jobId: text, workflowId: text, ...listQuery },
      reply: Type.Closed({ ...timing, count: Type.Integer(), executions: Type.Array(executionReply) }),
      act: ({ query }) =>
        reading(query, caller => {
          const { list, total } = overview.executions(caller, holderOf(query), pagingOf(query))
          const executions = list.map(execution => shownExecution(caller, execution))
          return { ...timingOf(deps, caller), count: total, executions }
        }),
    }),
    workflows: endpoint({
      method: 'GET',
      path: '/workflows',
      title: 'List the workflows of an account with their nodes and next firing',
      query,
      reply: Type.Closed({ ...timing, count: Type.Integer(), workflows: Type.Array(workflowReply) }),
      act: ({ query }) =>
        reading(query, caller => {
          const workflows = overview.workflows(caller).map(shownWorkflow)
          return { ...timingOf(deps, caller), count: workflows.length, workflows }
        }),
    }),
    workflow: endpoint({
      method: 'GET',
      path: '/workflows/{workflowId}',
      title: 'Get a workflow with its nodes and next firing',
      query,
      reply: workflowReply,
      act: ({ query, params }) => reading(query, caller => shownWorkflow(overview.workflow(caller, params))),
    }),
    runWorkflow: endpoint({
      method: 'POST',
      path: '/workflows/{workflowId}/run',
      title: 'Fire a trigger of a workflow now, whatever its schedule says',
      query,
      body: object({}, { triggerId: text }),
      bodyNeeded: false,
      status: 202,
      reply: Type.Closed({ workflowId: Type.String(), triggerId: Type.String(), firedAt: epoch }),
      errorStatuses: [409],
      act: ({ query, params, body }) => changing(query, caller => overview.runWorkflow(caller, { ...params, ...body })),
    }),
  }
}
