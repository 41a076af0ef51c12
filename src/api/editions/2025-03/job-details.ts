import type { Assumed } from '../../assumptions.ts'
import { runConditionFields } from '../2023-10/job-bodies.ts'
import * as before from '../2023-10/job-details.ts'
import { jobBodies } from './job-bodies.ts'
import { listedJobFields } from './jobs.ts'

/** A job on its own shows its newest execution and no description. */
const whole = [
  'jobId',
  'name',
  'type',
  'status',
  'lastExecutionStatus',
  'nodes',
  'runCondition',
  'createdDate',
  'updatedDate',
  'lastExecutionDate',
]

const shown = (name: string, keys: readonly string[]) => (assumed: Assumed) => {
  const condition = before.conditionView(runConditionFields, assumed)
  const fields = before.jobDetailFields(listedJobFields, 'runCondition', condition)
  return before.jobView(name, keys, fields, condition, assumed)
}

export const createJob = {
  ...before.createJob,
  body: (assumed: Assumed) => jobBodies(assumed).createJob,
  reply: shown('ChangedJob', before.changed),
}

export const verifyJob = { ...before.verifyJob, body: (assumed: Assumed) => jobBodies(assumed).verifyJob }

export const getJob = { ...before.getJob, reply: shown('JobDetail', whole) }

export const updateJob = {
  ...before.updateJob,
  body: (assumed: Assumed) => jobBodies(assumed).updateJob,
  reply: shown('ChangedJob', before.changed),
}

export const setJobCondition = {
  ...before.setJobCondition,
  body: (assumed: Assumed) => jobBodies(assumed).updateJobExecuteConfig,
  reply: shown('ChangedJob', before.changed),
}
