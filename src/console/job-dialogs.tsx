import { useState } from 'preact/hooks'
import { ask, jsonOf, owned } from './ask.ts'
import { machineTime } from './clock.ts'
import { FormDialog } from './dialog.tsx'
import { type Example, exampleNodes, newJob } from './examples.ts'
import { Choice, TextArea, TextField } from './fields.tsx'
import { jobPath } from './job-actions.tsx'
import type { ExecutionStatus, Job, JobStatus, NextRun } from './shapes.ts'
import { signedCall } from './signed-call.ts'
import { useData } from './state.tsx'
import { go, notice, to } from './store.ts'
import { say, visible } from './words.ts'

export const jobStatuses = ['RUNNABLE', 'RUNNING', 'STOPPED', 'DRAFT', 'EDITING', 'UNKNOWN', 'DELETED'] as const
export const executionStatuses = ['READY', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED'] as const
const executionEnds = ['COMPLETED', 'FAILED', 'CANCELED'] as const

/** Statuses with their words. */
export const asStatus = <Word extends JobStatus | ExecutionStatus>(words: readonly Word[]) =>
  words.map(word => [word, say(`status.${word}`)] as const)

/** What the console reads of the OpenAPI document. */
interface ApiDocument {
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly post?: {
          readonly requestBody?: {
            readonly content: Readonly<Record<string, { readonly schema?: { readonly required?: readonly string[] } }>>
          }
        }
      }
    >
  >
}

/** Whether this edition wants the type of a new job. */
function wantsType(document: ApiDocument | undefined): boolean {
  const body = document?.paths['/api/v1/jobs']?.post?.requestBody
  return body?.content['application/json']?.schema?.required?.includes('type') ?? false
}

/** A name that no job has yet, within the shortest limit of the editions. */
const freshName = () => `orders-${machineTime().toString(36)}`

export function CreateJob({ onClose }: { onClose: () => void }) {
  const document = useData<ApiDocument>('/openapi.json', [])
  const [name, setName] = useState(freshName)
  const [example, setExample] = useState<Example>('filter')
  const [edited, setEdited] = useState<string>()
  const body = edited ?? JSON.stringify(newJob(name, example, wantsType(document.data)), null, 2)
  const change = (name: string, example: Example) => {
    setName(name)
    setExample(example)
    setEdited(undefined)
  }
  async function create(): Promise<void> {
    const sent = jsonOf(body) as { name?: string }
    const { text, href } = await signedCall('POST', '/api/v1/jobs', sent)
    notice.value = { text: say('jobs.wasCreated', { name: visible(String(sent.name)) }), href }
    const { jobId } = JSON.parse(text) as { jobId?: string }
    if (jobId !== undefined) go(to('jobs', jobId))
  }
  return (
    <FormDialog
      title={say('create.title')}
      verb={say('create.send')}
      // What is sent without having been typed depends on the document.
      ready={(document.data ?? document.error ?? edited) !== undefined}
      onSubmit={create}
      onClose={onClose}
    >
      <div class="fields">
        <TextField label={say('create.name')} value={name} onInput={value => change(value, example)} />
        <Choice
          label={say('create.example')}
          value={example}
          options={(Object.keys(exampleNodes) as Example[]).map(one => [one, say(`create.${one}`)] as const)}
          onChange={value => change(name, value)}
        />
        <TextArea label={say('create.body')} rows={12} value={body} onInput={setEdited} />
      </div>
    </FormDialog>
  )
}

export function EditState({ job, onClose }: { job: Job; onClose: () => void }) {
  const [status, setStatus] = useState(job.status)
  const [last, setLast] = useState<ExecutionStatus | 'never' | ''>('')
  const save = async () => {
    const change = { status, ...(last !== '' && { lastExecutionStatus: last === 'never' ? null : last }) }
    await ask(owned(jobPath(job.jobId)), { method: 'PATCH', body: change })
    notice.value = { text: say('jobs.wasChanged', { name: visible(job.name) }) }
  }
  return (
    <FormDialog
      title={say('edit.title', { name: visible(job.name) })}
      verb={say('app.save')}
      onSubmit={save}
      onClose={onClose}
    >
      <p class="muted">{say('edit.help')}</p>
      <div class="fields">
        <Choice label={say('edit.status')} value={status} options={asStatus(jobStatuses)} onChange={setStatus} />
        <Choice
          label={say('edit.last')}
          value={last}
          options={[['', say('edit.keep')], ['never', say('status.never')], ...asStatus(executionStatuses)]}
          onChange={setLast}
        />
      </div>
    </FormDialog>
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

interface PlanEntryProps {
  readonly entry: Entry
  readonly number: number
  readonly onChange: (part: Partial<Entry>) => void
  readonly onRemove: () => void
}

/** How one coming execution goes, or several. */
const PlanEntry = ({ entry, number, onChange, onRemove }: PlanEntryProps) => (
  <div class="fields plan">
    <Choice
      label={say('plan.end')}
      value={entry.end}
      options={asStatus(executionEnds)}
      onChange={end => onChange({ end })}
    />
    {(['waiting', 'running', 'times'] as const).map(part => (
      <TextField
        key={part}
        label={say(`plan.${part}`)}
        type="number"
        min={part === 'times' ? 1 : 0}
        value={entry[part]}
        onInput={value => onChange({ [part]: value })}
      />
    ))}
    <button type="button" class="bare" aria-label={say('plan.remove', { number })} onClick={onRemove}>
      ×
    </button>
  </div>
)

export function PlanRuns({ job, onClose }: { job: Job; onClose: () => void }) {
  const [entries, setEntries] = useState<readonly Entry[]>([usual])
  const save = async () => {
    const body = entries.map(({ end, waiting, running, times }) => ({
      end,
      waitingTime: milliseconds(waiting),
      runTime: milliseconds(running),
      times: Number(times),
    }))
    const path = owned(`${jobPath(job.jobId)}/next-runs`)
    const { nextRuns } = await ask<{ nextRuns: readonly NextRun[] }>(path, { method: 'PUT', body })
    notice.value = { text: say('plan.saved', { name: visible(job.name), count: nextRuns.length }) }
  }
  return (
    <FormDialog
      title={say('plan.title', { name: visible(job.name) })}
      verb={say('app.save')}
      onSubmit={save}
      onClose={onClose}
      more={
        <button type="button" onClick={() => setEntries([...entries, usual])}>
          {say('plan.add')}
        </button>
      }
    >
      <p class="muted">{say('plan.help')}</p>
      {entries.map((entry, at) => (
        <PlanEntry
          key={at}
          entry={entry}
          number={at + 1}
          onChange={part => setEntries(entries.map((one, index) => (index === at ? { ...one, ...part } : one)))}
          onRemove={() => setEntries(entries.filter((_, index) => index !== at))}
        />
      ))}
    </FormDialog>
  )
}

export type JobDialogName = 'edit' | 'plan'

/** The dialog that was asked for. */
export const JobDialog = ({ job, name, onClose }: { job: Job; name: JobDialogName; onClose: () => void }) =>
  name === 'edit' ? <EditState job={job} onClose={onClose} /> : <PlanRuns job={job} onClose={onClose} />
