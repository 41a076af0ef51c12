import type { NewWorkflow, StartedWorkflow } from '../../../domain/workflow.ts'
import { Type } from '../../../schema/json-schema.ts'
import type { Shape } from '../../../schema/shape.ts'
import type { Assumed } from '../../assumptions.ts'
import { record, required } from '../../body.ts'
import { withOffset } from '../../dates.ts'
import { nameUpTo } from '../../names.ts'
import { operation } from '../../operation.ts'
import { pageView } from '../../paging.ts'
import { fieldOf, optionalFields, type View, view } from '../../view.ts'
import { id } from '../../vocabulary.ts'
import { alone, listed, workflowNodes, workflowView } from '../2023-10/workflows.ts'
import * as before from '../2025-03/workflows.ts'
import { execution } from './executions.ts'
import { jobCondition, jobConditionFields } from './job-bodies.ts'

const nodeConditionFields = optionalFields(jobConditionFields)

/** There are no drafts, and a job node without settings takes those of its job. */
const body = (assumed: Assumed): Shape<NewWorkflow> =>
  record({
    name: required(nameUpTo(100, assumed), name => ({ name })),
    nodes: required(workflowNodes(jobCondition, false), nodes => ({ nodes })),
  })

const shown = (assumed: Assumed) =>
  workflowView(
    'Workflow',
    alone.filter(key => key !== 'isTemp'),
    withOffset,
    nodeConditionFields,
    assumed,
  )

export const getWorkflows = {
  ...before.getWorkflows,
  reply: (assumed: Assumed) => {
    const keys = listed.filter(key => key !== 'isTemp')
    return pageView(
      'WorkflowList',
      workflowView('ListedWorkflow', keys, withOffset, nodeConditionFields, assumed),
      assumed,
    )
  },
}

export const createWorkflow = { ...before.createWorkflow, body, reply: shown }
export const getWorkflow = { ...before.getWorkflow, title: 'getWorkflow' as const, reply: shown }
export const updateWorkflow = { ...before.updateWorkflow, body, reply: shown }

export const getWorkflowExecutions = {
  ...before.getWorkflowExecutions,
  reply: (assumed: Assumed) => pageView('ExecutionList', execution(assumed), assumed),
}

const field = fieldOf<StartedWorkflow>()

const startedView = (assumed: Assumed): View<StartedWorkflow> =>
  view(
    'StartedWorkflow',
    {
      workflowId: field(id, ({ workflowId }) => workflowId, 'Id of the workflow.'),
      triggerId: field(id, ({ triggerId }) => triggerId, 'Id of the start trigger that ran.'),
      status: field(Type.Enum(['ACCEPTED'], { type: 'string' }), () => 'ACCEPTED' as const, 'The request was taken.'),
    },
    assumed,
    [],
    'A workflow that was started.',
  )

export const runWorkflow = operation<'runWorkflow'>()({
  method: 'POST',
  path: '/api/v1/workflows/{workflowId}/executions',
  title: 'executeWorkflow',
  summary: 'Run a workflow',
  source: 'executeworkflow',
  query: {},
  status: () => 202,
  reply: startedView,
})
