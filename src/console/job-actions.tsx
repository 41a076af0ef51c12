import { useState } from 'preact/hooks'
import { act, ask, owned } from './ask.ts'
import { machineTime } from './clock.ts'
import { confirmed, Dialog } from './dialog.tsx'
import { type Example, exampleNodes, newJob } from './examples.ts'
import type { Job, JobDetail, JobStatus, NextRun, RunStatus } from './shapes.ts'
import { signedCall } from './signed-call.ts'
import { go, hello, to } from './store.ts'
import { say, visible } from './words.ts'

const jobPath = (jobId: string) => `/jobs/${encodeURIComponent(jobId)}`

/** What every edition wants to know of a run; a job that does not say it runs with examples. */
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
  if (!(await confirmed(say('job.deleteQuestion', { name: visible(name) }), say('job.delete')))) return
  await act(async () => {
    const { href } = await signedCall('DELETE', `/api/v1${jobPath(jobId)}`)
    return { text: say('jobs.wasDeleted', { name: visible(name) }), href }
  })
}

/** Why a job cannot run, `undefined` when it can. */
export const notRunnable = ({ status }: Job): string | undefined =>
  status === 'RUNNABLE' || status === 'RUNNING'
    ? undefined
    : say('jobs.notRunnable', { status: say(`status.${status}`) })

/** A name that no job has yet, within the shortest limit of the editions. */
const freshName = () => `orders-${machineTime().toString(36)}`

export function CreateJob({ onClose }: { onClose: () => void }) {
  const edition = hello.value?.edition ?? ''
  const [name, setName] = useState(freshName)
  const [example, setExample] = useState<Example>('filter')
  const bodyOf = (name: string, example: Example) => JSON.stringify(newJob(name, example, edition), null, 2)
  const [body, setBody] = useState(bodyOf(name, example))
  const [trouble, setTrouble] = useState<string>()
  const change = (name: string, example: Example) => {
    setName(name)
    setExample(example)
    setBody(bodyOf(name, example))
  }
  async function create(): Promise<void> {
    let sent: { name?: string }
    try {
      sent = JSON.parse(body) as { name?: string }
    } catch (error) {
      setTrouble(say('create.badJson', { detail: (error as Error).message }))
      return
    }
    try {
      const { text, href } = await signedCall('POST', '/api/v1/jobs', sent)
      await act(async () => ({ text: say('jobs.wasCreated', { name: visible(String(sent.name)) }), href }))
      onClose()
      const { jobId } = JSON.parse(text) as { jobId?: string }
      if (jobId !== undefined) go(to('jobs', jobId))
    } catch (error) {
      setTrouble((error as Error).message)
    }
  }
  return (
    <Dialog title={say('create.title')} onClose={onClose}>
      <div class="fields">
        <label>
          <span>{say('create.name')}</span>
          <input value={name} onInput={({ currentTarget: { value } }) => change(value, example)} />
        </label>
        <label>
          <span>{say('create.example')}</span>
          <select value={example} onChange={({ currentTarget: { value } }) => change(name, value as Example)}>
            {(Object.keys(exampleNodes) as Example[]).map(one => (
              <option key={one} value={one}>
                {say(`create.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label class="wide">
          <span>{say('create.body')}</span>
          <textarea
            rows={12}
            spellcheck={false}
            value={body}
            onInput={({ currentTarget: { value } }) => setBody(value)}
          />
        </label>
      </div>
      {trouble !== undefined && (
        <p class="trouble" role="alert">
          {visible(trouble)}
        </p>
      )}
      <div class="buttons">
        <button type="button" onClick={onClose}>
          {say('app.cancel')}
        </button>
        <button type="button" class="main" onClick={create}>
          {say('create.send')}
        </button>
      </div>
    </Dialog>
  )
}

const jobStatuses = ['RUNNABLE', 'RUNNING', 'DELETED', 'UNKNOWN', 'DRAFT', 'STOPPED', 'EDITING'] as const
const runStatuses = ['READY', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED'] as const

export function EditState({ job, onClose }: { job: Job; onClose: () => void }) {
  const [status, setStatus] = useState<JobStatus>(job.status)
  const [last, setLast] = useState<RunStatus | 'never' | ''>('')
  const save = async () => {
    const change = { status, ...(last !== '' && { lastExecutionStatus: last === 'never' ? null : last }) }
    const done = await act(async () => {
      await ask(owned(jobPath(job.jobId)), { method: 'PATCH', body: change })
      return { text: say('jobs.wasChanged', { name: visible(job.name) }) }
    })
    if (done) onClose()
  }
  return (
    <Dialog title={say('edit.title', { name: visible(job.name) })} onClose={onClose}>
      <p class="muted">{say('edit.help')}</p>
      <div class="fields">
        <label>
          <span>{say('edit.status')}</span>
          <select value={status} onChange={({ currentTarget: { value } }) => setStatus(value as JobStatus)}>
            {jobStatuses.map(word => (
              <option key={word} value={word}>
                {say(`status.${word}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{say('edit.last')}</span>
          <select value={last} onChange={({ currentTarget: { value } }) => setLast(value as RunStatus)}>
            <option value="">{say('edit.keep')}</option>
            <option value="never">{say('status.never')}</option>
            {runStatuses.map(word => (
              <option key={word} value={word}>
                {say(`status.${word}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div class="buttons">
        <button type="button" onClick={onClose}>
          {say('app.cancel')}
        </button>
        <button type="button" class="main" onClick={save}>
          {say('app.save')}
        </button>
      </div>
    </Dialog>
  )
}

interface Entry {
  readonly end: NextRun['end']
  readonly waiting: string
  readonly running: string
  readonly times: string
}
const usual: Entry = { end: 'FAILED', waiting: '1', running: '3', times: '1' }
const milliseconds = (seconds: string) => Math.round(Number(seconds) * 1000)

export function PlanRuns({ job, onClose }: { job: Job; onClose: () => void }) {
  const [entries, setEntries] = useState<readonly Entry[]>([usual])
  const change = (at: number, part: Partial<Entry>) =>
    setEntries(entries.map((entry, index) => (index === at ? { ...entry, ...part } : entry)))
  const save = async () => {
    const body = entries.map(({ end, waiting, running, times }) => ({
      end,
      waitingTime: milliseconds(waiting),
      runTime: milliseconds(running),
      times: Number(times),
    }))
    const done = await act(async () => {
      const { nextRuns } = await ask<{ nextRuns: readonly NextRun[] }>(owned(`${jobPath(job.jobId)}/next-runs`), {
        method: 'PUT',
        body,
      })
      return { text: say('plan.saved', { name: visible(job.name), count: nextRuns.length }) }
    })
    if (done) onClose()
  }
  return (
    <Dialog title={say('plan.title', { name: visible(job.name) })} onClose={onClose}>
      <p class="muted">{say('plan.help')}</p>
      {entries.map((entry, at) => (
        <div class="fields plan" key={at}>
          <label>
            <span>{say('plan.end')}</span>
            <select
              value={entry.end}
              onChange={({ currentTarget: { value } }) => change(at, { end: value as Entry['end'] })}
            >
              {(['COMPLETED', 'FAILED', 'CANCELED'] as const).map(word => (
                <option key={word} value={word}>
                  {say(`status.${word}`)}
                </option>
              ))}
            </select>
          </label>
          {(['waiting', 'running', 'times'] as const).map(part => (
            <label key={part}>
              <span>{say(`plan.${part}`)}</span>
              <input
                type="number"
                min={part === 'times' ? 1 : 0}
                value={entry[part]}
                onInput={({ currentTarget: { value } }) => change(at, { [part]: value })}
              />
            </label>
          ))}
          <button
            type="button"
            class="bare"
            aria-label={say('plan.remove', { number: at + 1 })}
            onClick={() => setEntries(entries.filter((_, index) => index !== at))}
          >
            ×
          </button>
        </div>
      ))}
      <div class="buttons">
        <button type="button" onClick={() => setEntries([...entries, usual])}>
          {say('plan.add')}
        </button>
        <button type="button" onClick={onClose}>
          {say('app.cancel')}
        </button>
        <button type="button" class="main" onClick={save}>
          {say('app.save')}
        </button>
      </div>
    </Dialog>
  )
}
