import type { JobCondition } from '../../../domain/job-condition.ts'
import type { CheckedWorkflow, NewWorkflow, WorkflowNode } from '../../../domain/workflow.ts'
import { type TSchema, Type } from '../../../schema/json-schema.ts'
import { inside, type Place, reject } from '../../../schema/place.ts'
import {
  boolean,
  described,
  listOf,
  missing,
  named,
  nonEmptyText,
  oneOf,
  refined,
  type Shape,
} from '../../../schema/shape.ts'
import type { Assumed } from '../../assumptions.ts'
import { optional, record, required, under } from '../../body.ts'
import { type DateStyle, local } from '../../dates.ts'
import { literalTrue } from '../../literal.ts'
import { nameUpTo } from '../../names.ts'
import { operation } from '../../operation.ts'
import { limitFrom, page, pageView } from '../../paging.ts'
import { type Param, single } from '../../query.ts'
import { type Fields, fieldOf, pick, reference, type View, view } from '../../view.ts'
import { id, ownResourceId, ruleTypeOf, ruleTypes } from '../../vocabulary.ts'
import { execution } from './executions.ts'
import { jobCondition, runConditionFields } from './job-bodies.ts'
import { ruleTypeSchema } from './triggers.ts'

/** Refuses nodes that are not a graph: ids of their own, parents that are there, and no way back. */
function checkGraph(nodes: readonly WorkflowNode[], place: Place): void {
  const at = new Map<string, number>()
  nodes.forEach(({ id }, index) => {
    const first = at.get(id)
    if (first !== undefined) reject(inside(inside(place, index), 'id'), `must be its own, is that of /nodes/${first}`)
    at.set(id, index)
  })
  nodes.forEach(({ kind, parentIds }, index) => {
    const parents = inside(inside(place, index), 'parentNodeIds')
    if (kind === 'trigger' && parentIds.length > 0) reject(parents, 'must be an empty list for a trigger')
    parentIds.forEach((parent, number) => {
      if (!at.has(parent)) reject(inside(parents, number), `must be the id of a node, was ${JSON.stringify(parent)}`)
    })
  })
  // Takes away what waits for nothing; what is left goes round in circles.
  const waits = new Map(nodes.map(({ id, parentIds }) => [id, new Set(parentIds)]))
  const free = nodes.filter(({ parentIds }) => parentIds.length === 0).map(({ id }) => id)
  for (const done of free) {
    waits.delete(done)
    for (const [id, parents] of waits) if (parents.delete(done) && parents.size === 0) free.push(id)
  }
  const [stuck] = waits.keys()
  if (stuck !== undefined) {
    reject(inside(inside(place, at.get(stuck) ?? 0), 'parentNodeIds'), 'must not lead back to the node itself')
  }
}

const kindOf = { TRIGGER: 'trigger', JOB: 'job' } as const

function sentNodes(condition: Shape<Partial<JobCondition>>): Shape<WorkflowNode[]> {
  const node: Shape<WorkflowNode> = record({
    id: required(described('Id of the trigger or job.', nonEmptyText), id => ({ id })),
    name: required(described('What the node is called in the workflow.', nonEmptyText), name => ({ name })),
    type: required(described('What the node is.', oneOf(['TRIGGER', 'JOB'])), type => ({ kind: kindOf[type] })),
    parentNodeIds: required(
      described(
        'Ids of the nodes that come before: a job starts when all of them are done. Empty for a trigger.',
        listOf(nonEmptyText),
      ),
      parentIds => ({ parentIds }),
    ),
    triggerRule: optional(
      described('How the trigger repeats; the rule of the trigger itself holds.', oneOf(ruleTypes)),
      under('triggerRule'),
    ),
    jobCondition: optional(condition, under('condition')),
  })
  return listOf(named('WorkflowNodeRequest', 'A trigger or a job that the workflow is to have.', node))
}

/** Rejects nodes that are no finished workflow; `condition` is what a job node must bring, if anything. */
function checkFinished(nodes: readonly WorkflowNode[], at: Place, condition: Shape<unknown> | undefined): void {
  nodes.forEach((node, index) => {
    if (condition && node.kind === 'job' && !node.condition)
      missing(condition, inside(inside(at, index), 'jobCondition'))
  })
  checkGraph(nodes, at)
}

/** The nodes of a workflow that is finished; `needsCondition` says whether a job node must bring its settings. */
export const workflowNodes = (
  condition: Shape<Partial<JobCondition>>,
  needsCondition: boolean,
): Shape<WorkflowNode[]> =>
  refined(sentNodes(condition), (nodes, at) => {
    checkFinished(nodes, at, needsCondition ? condition : undefined)
    return nodes
  })

/** Whether a job node must bring its settings. */
const needsCondition = ({ workflowCondition }: Assumed) => workflowCondition === 'required'

const unfinished = 'True keeps the workflow as a draft, which nothing starts.'

/** The body of createWorkflow and updateWorkflow; `draft` says whether it may leave isTemp out. */
export const workflowBody = (
  longestName: number,
  draft: 'required' | 'optional',
  condition: Shape<Partial<JobCondition>>,
  assumed: Assumed,
): Shape<NewWorkflow> =>
  refined(
    record({
      name: required(nameUpTo(longestName, assumed), name => ({ name })),
      nodes: required(
        described('The trigger that starts the workflow and the jobs that it runs.', sentNodes(condition)),
        nodes => ({ nodes }),
      ),
      isTemp:
        draft === 'required'
          ? required(described(unfinished, boolean), draft => ({ draft }))
          : optional(described(unfinished, boolean), (draft = false) => ({ draft })),
    }),
    (asked, at) => {
      if (!asked.draft || assumed.draftCheck === 'all') {
        checkFinished(asked.nodes, inside(at, 'nodes'), needsCondition(assumed) ? condition : undefined)
      }
      return asked
    },
  )

interface SeenNode {
  readonly node: WorkflowNode
  readonly dead: boolean
  /** The trigger or job as it is now; absent once it was deleted. */
  readonly known: ReturnType<CheckedWorkflow['known']['get']>
}

const nodeField = fieldOf<SeenNode>()

function nodeView(condition: View<JobCondition>, assumed: Assumed): View<SeenNode> {
  const fields: Fields<SeenNode> = {
    id: nodeField(Type.String(), ({ node }) => node.id, 'Id of the trigger or the job.'),
    name: nodeField(
      Type.String(),
      ({ node, known }, { workflowNodes }) => (workflowNodes === 'actual' && known ? known.name : node.name),
      'Name of the trigger or the job.',
    ),
    type: nodeField(
      Type.Enum(['TRIGGER', 'JOB'], { type: 'string' }),
      ({ node }) => (node.kind === 'job' ? ('JOB' as const) : ('TRIGGER' as const)),
      'Whether it is a trigger or a job.',
    ),
    parentNodeIds: nodeField(
      Type.Array(Type.String({ description: 'Id of a node.' })),
      ({ node }) => [...node.parentIds],
      'Ids of the nodes that come before it.',
    ),
    triggerRule: nodeField(
      Type.Optional(Type.String()),
      ({ node, known }, { workflowNodes }) => {
        if (node.kind === 'job') return undefined
        return workflowNodes === 'actual' && known?.rule ? ruleTypeOf(known.rule) : node.triggerRule
      },
      'Rule of the trigger of a trigger node.',
    ),
    jobCondition: nodeField<TSchema>(
      Type.Optional(reference(condition)),
      ({ node }) =>
        node.kind === 'job' ? node.condition && condition.present(node.condition as JobCondition) : undefined,
      'Settings of the executions of a job node.',
    ),
    isValid: nodeField(Type.Boolean(), ({ dead }) => !dead, 'False once the trigger or job was deleted.'),
  }
  return view('WorkflowNode', fields, assumed, [condition], 'A trigger or a job of a workflow.')
}

const field = fieldOf<CheckedWorkflow>()

const workflowFields = (dates: DateStyle, node: View<SeenNode>) => ({
  workflowId: field(id, workflow => workflow.id, 'Id of the workflow: twelve letters and digits.'),
  name: field(Type.String(), workflow => workflow.name, 'Name of the workflow.'),
  createdDate: field(dates.schema, workflow => dates.write(workflow.createdAt), 'When the workflow was made.'),
  updatedDate: field(dates.schema, workflow => dates.write(workflow.updatedAt), 'When it was last changed.'),
  lastExecutionDate: field(
    Type.Optional(dates.schema),
    ({ lastExecutionAt }) => (lastExecutionAt === undefined ? undefined : dates.write(lastExecutionAt)),
    'When it last started; left out for one that never did.',
  ),
  isTemp: field(Type.Boolean(), workflow => workflow.draft, 'True for a draft.'),
  triggerRuleType: field(ruleTypeSchema, ruleTypeOf, 'Rule of the trigger that starts it.'),
  nodes: field(
    Type.Array(reference(node)),
    ({ nodes, dead, known }) =>
      nodes.map(each => node.present({ node: each, dead: dead.has(each.id), known: known.get(each.id) })) as object[],
    'Its trigger and its jobs.',
  ),
  resourceId: field(
    id,
    (workflow, assumed) => (assumed.resourceId === 'own' ? ownResourceId(workflow.id) : workflow.id),
    'Id of the workflow as a resource.',
  ),
  disabled: field<TSchema>(
    assumed => (assumed.workflowDisabled === 'string' ? Type.String() : Type.Boolean()),
    (_workflow, assumed) => (assumed.workflowDisabled === 'string' ? 'false' : false),
    'True for a workflow that is listed although the caller may not open it.',
  ),
})

type Key = keyof ReturnType<typeof workflowFields>

export function workflowView(
  name: string,
  keys: readonly Key[],
  dates: DateStyle,
  conditionFields: Fields<JobCondition>,
  assumed: Assumed,
): View<CheckedWorkflow> {
  const condition = view('NodeCondition', conditionFields, assumed, [], 'Settings of the executions of a job node.')
  const node = nodeView(condition, assumed)
  return view(name, pick(workflowFields(dates, node), keys), assumed, [node], 'A workflow.')
}

/** What a list shows, in the published order. */
export const listed = [
  'workflowId',
  'name',
  'createdDate',
  'updatedDate',
  'lastExecutionDate',
  'isTemp',
  'triggerRuleType',
  'nodes',
  'resourceId',
  'disabled',
] as const satisfies readonly Key[]

/** What a workflow on its own shows, in the published order. */
export const alone = [
  'workflowId',
  'name',
  'nodes',
  'createdDate',
  'updatedDate',
  'isTemp',
] as const satisfies readonly Key[]

const shown = (assumed: Assumed) => workflowView('Workflow', alone, local, runConditionFields, assumed)

export const getWorkflows = operation<'getWorkflows'>()({
  method: 'GET',
  path: '/api/v1/workflows',
  title: 'getWorkflows',
  summary: 'List workflows',
  source: 'analytics-dataflow-getworkflows',
  query: { page, limit: limitFrom(0) },
  status: () => 200,
  reply: assumed =>
    pageView('WorkflowList', workflowView('ListedWorkflow', listed, local, runConditionFields, assumed), assumed),
})

export const createWorkflow = operation<'createWorkflow'>()({
  method: 'POST',
  path: '/api/v1/workflows',
  title: 'createWorkflow',
  summary: 'Create a workflow',
  source: 'analytics-dataflow-createworkflow',
  query: {},
  body: (assumed: Assumed) => workflowBody(20, 'required', jobCondition(assumed), assumed),
  status: assumed => Number(assumed.createStatus),
  reply: shown,
})

export const getWorkflow = operation<'getWorkflow'>()({
  method: 'GET',
  path: '/api/v1/workflows/{workflowId}',
  title: 'getWorkflowById',
  summary: 'Get a workflow',
  source: 'analytics-dataflow-getworkflowbyid',
  query: {},
  status: () => 200,
  reply: shown,
})

export const updateWorkflow = operation<'updateWorkflow'>()({
  method: 'PUT',
  path: '/api/v1/workflows/{workflowId}',
  title: 'updateWorkflow',
  summary: 'Change a workflow',
  source: 'analytics-dataflow-updateworkflow',
  query: {},
  body: (assumed: Assumed) => workflowBody(20, 'optional', jobCondition(assumed), assumed),
  status: () => 200,
  reply: shown,
})

export const deleteWorkflow = operation<'deleteWorkflow'>()({
  method: 'DELETE',
  path: '/api/v1/workflows/{workflowId}',
  title: 'deleteWorkflow',
  summary: 'Delete a workflow',
  source: 'analytics-dataflow-deleteworkflow',
  query: {},
  status: () => 200,
  reply: () => literalTrue,
})

const filter = {
  schema: () => Type.Optional(Type.String({ description: 'Part of the name of the workflow.' })),
  read: (values, name, assumed): { filter?: string } => {
    const text = single(values, name)
    return text && assumed.workflowFilter === 'name' ? { filter: text } : {}
  },
} satisfies Param<object>

export const getWorkflowExecutions = operation<'getWorkflowExecutions'>()({
  method: 'GET',
  path: '/api/v1/workflows/{workflowId}/executions',
  title: 'getWorkflowExecutions',
  summary: 'List the executions of a workflow',
  source: 'analytics-dataflow-getworkflowexecutions',
  query: { filter, page, limit: limitFrom(0) },
  status: () => 200,
  reply: assumed => pageView('ExecutionList', execution(assumed), assumed),
})
