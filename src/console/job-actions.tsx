import { act, actAfter, ask, owned } from './ask.ts'
import type { Job, JobDetail } from './shapes.ts'
import { signedCall } from './signed-call.ts'
import { say, visible } from './words.ts'

/** The path of a job in the API and in the admin API. */
export const jobPath = (jobId: string) => `/jobs/${encodeURIComponent(jobId)}`

/** What every edition wants to know of an execution; a job that does not say it runs with examples. */
const settings = ({ jobCondition: { nrn, scriptPath, logPath, numWorker, timeout } }: JobDetail) => ({
  nrn: nrn ?? 'nrn:PUB:IAM::0000000:Role/example',
  scriptPath: scriptPath ?? 'example/scripts/',
  logPath: logPath ?? 'example/logs/',
  numWorker,
  timeout: timeout || 360,
})

/** Runs a job by a call of the API. */
export const runJob = ({ jobId, name }: Job): Promise<boolean> =>
  act(async () => {
    const detail = await ask<JobDetail>(owned(jobPath(jobId)))
    const target = `/api/v1${jobPath(jobId)}/executions`
    const { href } = await signedCall('POST', target, { jobCondition: settings(detail) })
    return { text: say('jobs.started', { name: visible(name) }), href }
  })

export async function deleteJob({ jobId, name }: Job): Promise<void> {
  const question = { text: say('job.deleteQuestion', { name: visible(name) }), verb: say('job.delete') }
  await actAfter(question, async () => {
    const { href } = await signedCall('DELETE', `/api/v1${jobPath(jobId)}`)
    return { text: say('jobs.wasDeleted', { name: visible(name) }), href }
  })
}

/** Why a job cannot run, `undefined` when it can. */
export const notRunnable = ({ status }: Job): string | undefined =>
  status === 'RUNNABLE' || status === 'RUNNING'
    ? undefined
    : say('jobs.notRunnable', { status: say(`status.${status}`) })
