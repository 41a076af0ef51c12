import type { EditionTable } from '../../edition.ts'
import * as executions from './executions.ts'
import * as details from './job-details.ts'
import { getJobs } from './jobs.ts'
import * as stats from './stats.ts'
import * as triggers from './triggers.ts'
import * as workflows from './workflows.ts'

export const edition2023 = {
  id: '2023-10',
  letter: 'A',
  period: '2023-10 to 2024',
  errorShape: 'error',
  concurrency: 'one',
  parameters: 'any',
  notDocumented: {
    deleteJob: 'assumed',
    getJobExecutions: 'assumed',
    createWorkflow: 'assumed',
    updateWorkflow: 'assumed',
    getWorkflowExecutions: 'assumed',
    getTriggers: 'assumed',
    getTriggersWithoutId: 'assumed',
    deleteTrigger: 'assumed',
    countExecutions: 'assumed',
    getExecutionTimes: 'assumed',
    getExecutionTimesLive: 'observed',
  },
  operations: {
    getJobs,
    createJob: details.createJob,
    verifyJob: details.verifyJob,
    getJob: details.getJob,
    updateJob: details.updateJob,
    deleteJob: details.deleteJob,
    getJobExecutions: executions.getJobExecutions,
    runJob: executions.runJob,
    setJobCondition: details.setJobCondition,
    getJobExecution: executions.getJobExecution,
    getWorkflows: workflows.getWorkflows,
    createWorkflow: workflows.createWorkflow,
    getWorkflow: workflows.getWorkflow,
    updateWorkflow: workflows.updateWorkflow,
    deleteWorkflow: workflows.deleteWorkflow,
    getWorkflowExecutions: workflows.getWorkflowExecutions,
    getTriggers: triggers.getTriggers,
    getTriggersWithoutId: triggers.getTriggersWithoutId,
    createTrigger: triggers.createTrigger,
    getTrigger: triggers.getTrigger,
    deleteTrigger: triggers.deleteTrigger,
    countExecutions: stats.countExecutions,
    countExecutionsByDay: stats.countExecutionsByDay,
    getExecutionTimes: stats.getExecutionTimes,
    getExecutionTimesLive: stats.getExecutionTimesLive,
  },
} as const satisfies EditionTable
