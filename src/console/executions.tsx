import { actAfter, ask, owned } from './ask.ts'
import { durationText, secondText } from './clock.ts'
import { Icon } from './icons.tsx'
import { Link } from './link.tsx'
import { Panel } from './page.tsx'
import type { Execution, Executions } from './shapes.ts'
import { Shown, useData } from './state.tsx'
import { Status } from './status.tsx'
import { now, route, to } from './store.ts'
import { type Column, Pager, Table } from './table.tsx'
import { Timeline } from './timeline.tsx'
import { say, sayCount, visible } from './words.ts'

async function cancel({ jobId, jobName, jobExecutionId: id }: Execution): Promise<void> {
  await actAfter(
    { text: say('runs.cancelQuestion', { id, name: visible(jobName) }), verb: say('runs.cancel') },
    async () => {
      await ask(owned(`/jobs/${encodeURIComponent(jobId)}/executions/${encodeURIComponent(id)}/cancel`), {
        method: 'POST',
      })
      return { text: say('runs.canceled', { id }) }
    },
  )
}

/** What has been waited or run up to now: a life that is told in advance ends with the present. */
function Lasted({ from, to: until }: { from: number; to: number }) {
  const present = now.value ?? until
  return <span>{present < from ? '–' : durationText(Math.min(present, until) - from, say('runs.second'))}</span>
}

const Moment = ({ at }: { at: number }) => ((now.value ?? 0) < at ? <span>–</span> : <span>{secondText(at)}</span>)

const columns = (ofWorkflow: boolean): readonly Column<Execution>[] => [
  { head: say('runs.id'), kind: 'main', cell: execution => <code>{execution.jobExecutionId}</code> },
  ...(ofWorkflow
    ? [
        {
          head: say('runs.job'),
          cell: (execution: Execution) => <Link href={to('jobs', execution.jobId)}>{visible(execution.jobName)}</Link>,
        },
      ]
    : []),
  { head: say('runs.status'), cell: execution => <Status of={execution.status} /> },
  {
    head: say('runs.startedBy'),
    cell: ({ trigger }) => (trigger ? say('runs.byTrigger', { name: visible(trigger.name) }) : say('runs.byHand')),
  },
  {
    head: say('runs.waited'),
    kind: 'number',
    cell: ({ queuedAt, startsAt, endsAt }) => <Lasted from={queuedAt} to={Math.min(startsAt, endsAt)} />,
  },
  {
    head: say('runs.ran'),
    kind: 'number',
    cell: ({ startsAt, endsAt }) => (startsAt > endsAt ? '–' : <Lasted from={startsAt} to={endsAt} />),
  },
  { head: say('runs.start'), cell: ({ startsAt, endsAt }) => (startsAt > endsAt ? '–' : <Moment at={startsAt} />) },
  { head: say('runs.end'), cell: ({ endsAt }) => <Moment at={endsAt} /> },
  {
    head: say('jobs.actions'),
    kind: 'actions',
    cell: execution =>
      (execution.status === 'READY' || execution.status === 'RUNNING') && (
        <button type="button" onClick={() => cancel(execution)}>
          {say('runs.cancel')}
        </button>
      ),
  },
]

const Legend = () => (
  <div class="legend" aria-hidden="true">
    {(['COMPLETED', 'FAILED', 'CANCELED', 'RUNNING', 'READY'] as const).map(word => (
      <Status key={word} of={word} />
    ))}
    <span class="status">
      <Icon name="triggers" class="firing-sign" />
      {say('runs.next')}
    </span>
  </div>
)

const limit = 20

interface ExecutionTableProps {
  readonly by: { readonly jobId: string } | { readonly workflowId: string }
  readonly firings: readonly number[]
}

/** The executions of a job or of a workflow: drawn, and as a table. */
export function ExecutionTable({ by, firings }: ExecutionTableProps) {
  const page = route.value.query.page
  const loaded = useData<Executions>(owned('/executions', { ...by, page, limit }), ['jobs', 'executions', 'clock'])
  return (
    <Panel title={say('runs.title')} beside={<Legend />}>
      <Shown of={loaded}>
        {({ executions, count, now: readAt }) => (
          <>
            {count > 0 && <Timeline executions={executions} firings={firings} readAt={readAt} />}
            {count === 0 ? (
              <p class="empty">{say('runs.empty')}</p>
            ) : (
              <>
                <Table
                  label={say('runs.title')}
                  columns={columns('workflowId' in by)}
                  rows={executions}
                  keyOf={execution => execution.jobExecutionId}
                />
                <div class="panel-foot">
                  <span class="muted" role="status">
                    {sayCount('runs.count', count)}
                  </span>
                  <Pager count={count} limit={limit} />
                </div>
              </>
            )}
          </>
        )}
      </Shown>
    </Panel>
  )
}
