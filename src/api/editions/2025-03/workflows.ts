import type { Assumed } from '../../assumptions.ts'
import { withOffset } from '../../dates.ts'
import { pageView } from '../../paging.ts'
import { jobCondition, runConditionFields } from '../2023-10/job-bodies.ts'
import * as before from '../2023-10/workflows.ts'
import { execution } from './executions.ts'

const shown = (assumed: Assumed) =>
  before.workflowView('Workflow', before.alone, withOffset, runConditionFields, assumed)

export const getWorkflows = {
  ...before.getWorkflows,
  reply: (assumed: Assumed) => {
    const listed = before.workflowView('ListedWorkflow', before.listed, withOffset, runConditionFields, assumed)
    return pageView('WorkflowList', listed, assumed)
  },
}

export const createWorkflow = {
  ...before.createWorkflow,
  body: (assumed: Assumed) => before.workflowBody(100, 'required', jobCondition(assumed), assumed),
  reply: shown,
}

export const getWorkflow = { ...before.getWorkflow, reply: shown }

export const updateWorkflow = {
  ...before.updateWorkflow,
  body: (assumed: Assumed) => before.workflowBody(100, 'optional', jobCondition(assumed), assumed),
  reply: shown,
}

export const getWorkflowExecutions = {
  ...before.getWorkflowExecutions,
  reply: (assumed: Assumed) => pageView('ExecutionList', execution(assumed), assumed),
}
