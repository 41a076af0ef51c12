import type { EditionTable } from '../../edition.ts'
import { edition2023 } from '../2023-10/edition.ts'
import { getJobExecution, getJobExecutions, runJob } from './executions.ts'
import { createJob, getJob, setJobCondition, updateJob, verifyJob } from './job-details.ts'
import { getJobs } from './jobs.ts'
import { countExecutionsByDay } from './stats.ts'
import { createTrigger, getTrigger, getTriggers, getTriggersWithoutId } from './triggers.ts'
import { createWorkflow, getWorkflow, getWorkflowExecutions, getWorkflows, updateWorkflow } from './workflows.ts'

export const edition2025 = {
  ...edition2023,
  id: '2025-03',
  letter: 'B',
  period: '2025-03 to mid 2026',
  notDocumented: { getTriggersWithoutId: 'assumed', getExecutionTimesLive: 'observed' },
  operations: {
    ...edition2023.operations,
    getJobs,
    createJob,
    verifyJob,
    getJob,
    updateJob,
    getJobExecutions,
    runJob,
    setJobCondition,
    getJobExecution,
    getWorkflows,
    createWorkflow,
    getWorkflow,
    updateWorkflow,
    getWorkflowExecutions,
    getTriggers,
    getTriggersWithoutId,
    createTrigger,
    getTrigger,
    countExecutionsByDay,
  },
} as const satisfies EditionTable
