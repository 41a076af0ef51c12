import type { JobDetail } from '../../../domain/job.ts'
import type { JobCondition } from '../../../domain/job-condition.ts'
import { Type } from '../../../schema/json-schema.ts'
import type { Assumed } from '../../assumptions.ts'
import { presentNodes } from '../../job-nodes.ts'
import { literalTrue } from '../../literal.ts'
import { operation } from '../../operation.ts'
import { type Fields, fieldOf, pick, reference, type View, view } from '../../view.ts'
import { jobBodies, runConditionFields } from './job-bodies.ts'
import { listedJobFields } from './jobs.ts'

const field = fieldOf<JobDetail>()

export const conditionView = (fields: Fields<JobCondition>, assumed: Assumed): View<JobCondition> =>
  view('RunCondition', fields, assumed, [], 'Settings of the executions of a job.')

/** Every member that a reply may show of a job on its own, by its name. */
export const jobDetailFields = (
  listed: Fields<JobDetail>,
  conditionName: 'runCondition' | 'jobCondition',
  condition: View<JobCondition>,
): Fields<JobDetail> => ({
  ...listed,
  description: field(Type.String(), job => job.description, 'What the job is for.'),
  nodes: field(
    Type.Array(
      Type.Object(
        {},
        { additionalProperties: true, description: 'A node as it was sent; its members depend on its type.' },
      ),
    ),
    // Raw JSON: ids keep every digit.
    job => presentNodes(job.nodes) as unknown as object[],
    'The graph of the job as it was sent; columns have their sub-columns, if only as an empty list.',
  ),
  [conditionName]: field(
    reference(condition),
    job => condition.present(job.condition) as object,
    'Settings of its executions.',
  ),
})

export function jobView(
  name: string,
  keys: readonly string[],
  fields: Fields<JobDetail>,
  condition: View<JobCondition>,
  assumed: Assumed,
): View<JobDetail> {
  return view(name, pick(fields, keys), assumed, [condition], 'A job.')
}

export const changed = ['jobId', 'name', 'type', 'status', 'nodes', 'runCondition', 'createdDate', 'updatedDate']
const configured = ['jobId', 'name', 'description', ...changed.slice(2)]

const shown = (name: string, keys: readonly string[]) => (assumed: Assumed) => {
  const condition = conditionView(runConditionFields, assumed)
  return jobView(name, keys, jobDetailFields(listedJobFields, 'runCondition', condition), condition, assumed)
}

export const createJob = operation<'createJob'>()({
  method: 'POST',
  path: '/api/v1/jobs',
  title: 'createJob',
  summary: 'Create a job',
  source: 'analytics-dataflow-createjob',
  query: {},
  body: (assumed: Assumed) => jobBodies(assumed).createJob,
  status: assumed => Number(assumed.createStatus),
  reply: shown('ChangedJob', changed),
})

export const verifyJob = operation<'verifyJob'>()({
  method: 'POST',
  path: '/api/v1/jobs/verify',
  title: 'verifyJob',
  summary: 'Check the body of a job without keeping it',
  source: 'analytics-dataflow-verifyjob',
  query: {},
  body: (assumed: Assumed) => jobBodies(assumed).verifyJob,
  status: () => 200,
  reply: () => literalTrue,
})

export const getJob = operation<'getJob'>()({
  method: 'GET',
  path: '/api/v1/jobs/{jobId}',
  title: 'getJobById',
  summary: 'Get a job',
  source: 'analytics-dataflow-getjobbyid',
  query: {},
  status: () => 200,
  reply: shown('JobDetail', configured),
})

export const updateJob = operation<'updateJob'>()({
  method: 'PUT',
  path: '/api/v1/jobs/{jobId}',
  title: 'updateJob',
  summary: 'Change a job',
  source: 'analytics-dataflow-updatejob',
  query: {},
  body: (assumed: Assumed) => jobBodies(assumed).updateJob,
  also: (assumed: Assumed) => ({ draftState: assumed.draftStatus }),
  status: () => 200,
  reply: shown('ChangedJob', changed),
})

export const deleteJob = operation<'deleteJob'>()({
  method: 'DELETE',
  path: '/api/v1/jobs/{jobId}',
  title: 'deleteJob',
  summary: 'Delete a job',
  source: 'analytics-dataflow-deletejob',
  query: {},
  status: () => 200,
  reply: () => literalTrue,
})

export const setJobCondition = operation<'setJobCondition'>()({
  method: 'PUT',
  path: '/api/v1/jobs/{jobId}/executions',
  title: 'updateJobExecuteConfig',
  summary: 'Change the execution settings of a job',
  source: 'analytics-dataflow-updatejobexecuteconfig',
  query: {},
  body: (assumed: Assumed) => jobBodies(assumed).updateJobExecuteConfig,
  status: () => 200,
  reply: shown('ConfiguredJob', configured),
})
