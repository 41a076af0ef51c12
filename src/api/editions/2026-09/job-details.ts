import type { Assumed } from '../../assumptions.ts'
import { conditionView, jobDetailFields, jobView } from '../2023-10/job-details.ts'
import * as before from '../2025-03/job-details.ts'
import { jobBodies, jobConditionFields } from './job-bodies.ts'
import { listedJobFields } from './jobs.ts'

/** Every reply is the job as it stands, with its limit and the settings under their name in requests. */
function job(assumed: Assumed) {
  const condition = conditionView(jobConditionFields, assumed)
  const fields = jobDetailFields(listedJobFields, assumed.conditionName, condition)
  const keys = [
    'jobId',
    'name',
    'type',
    'status',
    'maxConcurrentRuns',
    'lastExecutionStatus',
    'nodes',
    assumed.conditionName,
    'createdDate',
    'updatedDate',
    'lastExecutionDate',
  ]
  return jobView('JobDetail', keys, fields, condition, assumed)
}

const defaultExecutions = ({ maxConcurrentRuns }: Assumed) => (maxConcurrentRuns === 'unlimited' ? 2 ** 31 - 1 : 1)

export const createJob = {
  ...before.createJob,
  body: (assumed: Assumed) => jobBodies(assumed).createJob,
  also: (assumed: Assumed) => ({ maxConcurrentRuns: defaultExecutions(assumed) }),
  reply: job,
}

export const verifyJob = { ...before.verifyJob, body: (assumed: Assumed) => jobBodies(assumed).verifyJob }

export const getJob = { ...before.getJob, title: 'getJob' as const, reply: job }

export const updateJob = {
  ...before.updateJob,
  method: 'PATCH' as const,
  body: (assumed: Assumed) => jobBodies(assumed).updateJob,
  reply: job,
}

export const setJobCondition = {
  ...before.setJobCondition,
  title: 'updateJobExecutionConfig' as const,
  body: (assumed: Assumed) => jobBodies(assumed).updateJobExecuteConfig,
  reply: job,
}
