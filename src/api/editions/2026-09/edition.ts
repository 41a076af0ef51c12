import type { EditionTable } from '../../edition.ts'
import { edition2025 } from '../2025-03/edition.ts'
import { getJobExecution, getJobExecutions, runJob } from './executions.ts'
import { createJob, getJob, setJobCondition, updateJob, verifyJob } from './job-details.ts'
import { getJobs } from './jobs.ts'
import { countExecutions, countExecutionsByDay } from './stats.ts'
import { getTrigger } from './triggers.ts'
import {
  createWorkflow,
  getWorkflow,
  getWorkflowExecutions,
  getWorkflows,
  runWorkflow,
  updateWorkflow,
} from './workflows.ts'

export const edition2026 = {
  ...edition2025,
  id: '2026-09',
  letter: 'C',
  period: 'from 2026-09-17',
  errorShape: 'detail',
  concurrency: 'limited',
  parameters: 'script',
  notDocumented: { getTriggersWithoutId: 'assumed', getExecutionTimesLive: 'observed' },
  operations: {
    ...edition2025.operations,
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
    runWorkflow,
    getTrigger,
    countExecutions,
    countExecutionsByDay,
  },
} as const satisfies EditionTable
