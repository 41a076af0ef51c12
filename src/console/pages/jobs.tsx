import { useEffect, useRef, useState } from 'preact/hooks'
import { owned } from '../ask.ts'
import { dateText } from '../clock.ts'
import { Select } from '../fields.tsx'
import { Icon } from '../icons.tsx'
import { deleteJob, notRunnable, runJob } from '../job-actions.tsx'
import { asStatus, CreateJob, executionStatuses, JobDialog, type JobDialogName, jobStatuses } from '../job-dialogs.tsx'
import { Link } from '../link.tsx'
import { Page } from '../page.tsx'
import type { Job, Jobs, ListedJob } from '../shapes.ts'
import { Empty, Shown, useData } from '../state.tsx'
import { Status } from '../status.tsx'
import { narrow, now, remember, remembered, route, to } from '../store.ts'
import { type Column, Pager, Table } from '../table.tsx'
import { say, sayCount, visible } from '../words.ts'

const limit = 20

/** What there is to try, until somebody hides it. */
function Demos() {
  const [hidden, setHidden] = useState(remembered('demos') === 'hidden')
  if (hidden) return null
  return (
    <section class="demos" aria-label={say('demo.title')}>
      <ol>
        <li>{say('demo.1')}</li>
        <li>
          <Link href={to('signer', undefined, { variant: 'noQuery' })}>{say('demo.2')}</Link>
        </li>
        <li>{say('demo.3')}</li>
      </ol>
      <button
        type="button"
        class="bare"
        onClick={() => {
          remember('demos', 'hidden')
          setHidden(true)
        }}
      >
        {say('demo.hide')}
      </button>
    </section>
  )
}

/** Filters that stand in the address, so that a link or a reload shows the same. */
function Filters({ count }: { count: number | undefined }) {
  const { name = '', status = '', lastExecutionStatus = '' } = route.value.query
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const search = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea, select, dialog')
      if (event.key === '/' && !typing) {
        event.preventDefault()
        box.current?.focus()
      }
    }
    addEventListener('keydown', search)
    return () => removeEventListener('keydown', search)
  }, [])
  return (
    <search class="filters">
      <span class="search">
        <Icon name="search" />
        <input
          ref={box}
          type="search"
          placeholder={say('jobs.search')}
          aria-label={say('jobs.search')}
          value={name}
          onInput={({ currentTarget: { value } }) => narrow({ name: value, page: undefined })}
        />
      </span>
      <Select
        label={say('jobs.statusFilter')}
        value={status}
        options={[['', say('jobs.anyStatus')], ...asStatus(jobStatuses)]}
        onChange={value => narrow({ status: value, page: undefined })}
      />
      <Select
        label={say('jobs.lastFilter')}
        value={lastExecutionStatus}
        options={[['', say('jobs.anyLast')], ...asStatus(executionStatuses)]}
        onChange={value => narrow({ lastExecutionStatus: value, page: undefined })}
      />
      <span class="count" role="status">
        {count === undefined ? '' : sayCount('jobs.count', count)}
      </span>
    </search>
  )
}

/** How far the running execution is; it moves with the clock until the list is read again. */
function Progress({ job, readAt }: { job: ListedJob; readAt: number }) {
  const { progress, endsAt, name } = job
  if (progress === null || endsAt === null) return null
  const left = endsAt - readAt
  const done = left <= 0 ? 1 : progress + ((1 - progress) * ((now.value ?? readAt) - readAt)) / left
  return <progress aria-label={say('jobs.progress', { name: visible(name) })} value={Math.min(1, Math.max(0, done))} />
}

/** The less usual actions of a job. */
function MoreActions({ job, onDialog }: { job: Job; onDialog: (dialog: JobDialogName) => void }) {
  const box = useRef<HTMLDetailsElement>(null)
  const doing = (action: () => void) => () => {
    // A dialog gives the focus back to what had it, and the buttons of a closed menu cannot take it.
    box.current?.querySelector('summary')?.focus()
    if (box.current) box.current.open = false
    action()
  }
  return (
    <details
      class="menu"
      ref={box}
      onKeyDown={event => {
        if (event.key !== 'Escape' || !box.current?.open) return
        box.current.open = false
        box.current.querySelector('summary')?.focus()
      }}
      onFocusOut={event => {
        const to = event.relatedTarget
        if (box.current && !(to instanceof Node && box.current.contains(to))) box.current.open = false
      }}
    >
      <summary aria-label={say('jobs.moreNamed', { name: visible(job.name) })}>
        <Icon name="more" />
      </summary>
      <div class="menu-box">
        <button type="button" onClick={doing(() => onDialog('edit'))}>
          {say('job.edit')}
        </button>
        <button type="button" onClick={doing(() => onDialog('plan'))}>
          {say('job.plan')}
        </button>
        <button type="button" disabled={job.status === 'DELETED'} onClick={doing(() => void deleteJob(job))}>
          {say('job.delete')}
        </button>
      </div>
    </details>
  )
}

const columns = (readAt: number, onDialog: (job: Job, dialog: JobDialogName) => void): readonly Column<ListedJob>[] => [
  {
    head: say('jobs.name'),
    kind: 'main',
    cell: ({ jobId, name, type }) => (
      <>
        <Link href={to('jobs', jobId)} class="name">
          {visible(name)}
        </Link>
        <span class="mono muted">
          {jobId} · {type}
        </span>
      </>
    ),
  },
  { head: say('jobs.status'), cell: job => <Status of={job.status} /> },
  {
    head: say('jobs.lastStatus'),
    cell: job => (
      <>
        <Status of={job.lastExecutionStatus} />
        <Progress job={job} readAt={readAt} />
      </>
    ),
  },
  {
    head: say('jobs.lastRun'),
    cell: job => (job.lastExecutionDate === undefined ? '–' : dateText(job.lastExecutionDate)),
  },
  { head: `${say('jobs.created')} ↓`, kind: 'quiet', cell: job => dateText(job.createdDate) },
  { head: say('jobs.updated'), kind: 'quiet', cell: job => dateText(job.updatedDate) },
  {
    head: say('jobs.actions'),
    kind: 'actions',
    cell: job => (
      <>
        <button
          type="button"
          class="run"
          disabled={notRunnable(job) !== undefined}
          title={notRunnable(job)}
          aria-label={say('jobs.runNamed', { name: visible(job.name) })}
          onClick={() => runJob(job)}
        >
          <Icon name="play" />
          {say('jobs.run')}
        </button>
        <MoreActions job={job} onDialog={dialog => onDialog(job, dialog)} />
      </>
    ),
  },
]

export function JobsPage() {
  const { name, status, lastExecutionStatus, page } = route.value.query
  const path = owned('/jobs', { name, status, lastExecutionStatus, page, limit })
  const loaded = useData<Jobs>(path, ['jobs', 'executions', 'clock'])
  const [creating, setCreating] = useState(false)
  const [dialog, setDialog] = useState<{ job: Job; dialog: JobDialogName }>()
  const filtered = [name, status, lastExecutionStatus].some(Boolean)
  const create = (
    <button type="button" class="main" onClick={() => setCreating(true)}>
      {say('jobs.create')}
    </button>
  )
  return (
    <Page title={say('nav.jobs')} actions={create}>
      <Demos />
      <Filters count={loaded.data?.count} />
      <Shown of={loaded}>
        {({ jobs, count, now: readAt }) =>
          jobs.length > 0 ? (
            <>
              <div class="panel">
                <Table
                  label={say('nav.jobs')}
                  columns={columns(readAt, (job, dialog) => setDialog({ job, dialog }))}
                  rows={jobs}
                  keyOf={job => job.jobId}
                />
              </div>
              <Pager count={count} limit={limit} />
            </>
          ) : filtered || page ? (
            <Empty text={say('jobs.noneFound')}>
              <button
                type="button"
                onClick={() =>
                  narrow({ name: undefined, status: undefined, lastExecutionStatus: undefined, page: undefined })
                }
              >
                {say('jobs.clearFilters')}
              </button>
            </Empty>
          ) : (
            <Empty text={say('jobs.empty')}>{create}</Empty>
          )
        }
      </Shown>
      {creating && <CreateJob onClose={() => setCreating(false)} />}
      {dialog && <JobDialog job={dialog.job} name={dialog.dialog} onClose={() => setDialog(undefined)} />}
    </Page>
  )
}
