import { useMemo, useState } from 'preact/hooks'
import { owned } from '../ask.ts'
import { dateText } from '../clock.ts'
import { ExecutionTable } from '../executions.tsx'
import { type DrawnNode, Graph } from '../graph.tsx'
import { Icon } from '../icons.tsx'
import { deleteJob, notRunnable, runJob } from '../job-actions.tsx'
import { JobDialog, type JobDialogName } from '../job-dialogs.tsx'
import { Link } from '../link.tsx'
import { Facts, Page, Panel } from '../page.tsx'
import type { JobDetail, JobNode, Triggers } from '../shapes.ts'
import { Shown, useData } from '../state.tsx'
import { Status } from '../status.tsx'
import { account, to } from '../store.ts'
import { say, visible } from '../words.ts'

const tones = { SOURCE: 'source', TRANSFORM: 'transform', TARGET: 'target' } as const

/** What the words of the API stand for, where that is a product. */
const products: Readonly<Record<string, string>> = {
  OBS: 'Object Storage',
  CATALOG: 'Data Catalog',
  CDB_MYSQL: 'Cloud DB for MySQL',
  CDB_POSTGRESQL: 'Cloud DB for PostgreSQL',
}

/** `SOURCE_OBS` is a source of the kind `OBS`. */
function drawn({ id, name, type, parentNodeIds }: JobNode): DrawnNode {
  const [category = '', ...kind] = type.split('_')
  const tone = Object.hasOwn(tones, category) ? tones[category as keyof typeof tones] : 'transform'
  const word = kind.join('_') || category
  return {
    id,
    name,
    parents: parentNodeIds,
    tone,
    kind: [say(`node.${tone}`), products[word] ?? visible(word)].filter(Boolean).join(' · '),
    there: true,
  }
}

function Nodes({ nodes }: { nodes: readonly JobNode[] }) {
  const [chosen, setChosen] = useState<string>()
  const shown = useMemo(() => nodes.map(drawn), [nodes])
  const node = nodes.find(({ id }) => id === chosen)
  return (
    <Panel title={say('job.nodes')}>
      {nodes.length === 0 ? (
        <p class="empty">{say('job.noNodes')}</p>
      ) : (
        <Graph
          title={say('job.nodes')}
          nodes={shown}
          chosen={chosen}
          onChoose={id => setChosen(id === chosen ? undefined : id)}
        />
      )}
      {node && (
        <div class="node-settings" role="status">
          <h3>{say('job.nodeSettings', { name: visible(node.name) })}</h3>
          <Facts
            of={[
              ['id', <code key="id">{node.id}</code>],
              ['type', visible(node.type)],
              ...Object.entries(node.settings).map(
                ([name, value]) =>
                  [
                    visible(name),
                    typeof value === 'string' ? (
                      visible(value)
                    ) : (
                      <pre key={name}>{visible(JSON.stringify(value, null, 1))}</pre>
                    ),
                  ] as const,
              ),
            ]}
          />
        </div>
      )}
    </Panel>
  )
}

function Detail({ job }: { job: JobDetail }) {
  const { numWorker, timeout } = job.jobCondition
  const triggers = useData<Triggers>(owned('/triggers', { firings: 5, decisions: 0 }), [
    'jobs',
    'workflows',
    'triggers',
    'clock',
  ])
  const own = new Set(job.workflows.map(({ workflowId }) => workflowId))
  const firings = (triggers.data?.triggers ?? []).flatMap(({ workflows, nextFirings }) =>
    workflows.some(({ workflowId }) => own.has(workflowId)) ? nextFirings : [],
  )
  return (
    <>
      <Panel>
        <Facts
          of={[
            [say('job.id'), <code key="id">{job.jobId}</code>],
            [say('job.type'), job.type],
            [say('job.created'), dateText(job.createdDate)],
            [say('job.updated'), dateText(job.updatedDate)],
            [say('job.workers'), numWorker],
            [say('job.timeout'), say('job.minutes', { count: timeout })],
            [
              say('job.usedBy'),
              job.workflows.length === 0 ? (
                say('app.none')
              ) : (
                <span class="links">
                  {job.workflows.map(({ workflowId, name }) => (
                    <Link key={workflowId} href={to('workflows', workflowId)}>
                      {visible(name)}
                    </Link>
                  ))}
                </span>
              ),
            ],
          ]}
        />
      </Panel>
      <Nodes nodes={job.nodes} />
      <ExecutionTable by={{ jobId: job.jobId }} firings={firings} />
    </>
  )
}

export function JobPage({ jobId }: { jobId: string }) {
  const loaded = useData<JobDetail>(owned(`/jobs/${encodeURIComponent(jobId)}`), ['jobs', 'executions', 'clock'])
  const [dialog, setDialog] = useState<JobDialogName>()
  const job = loaded.data
  const name = job ? visible(job.name) : visible(jobId)
  return (
    <Page
      title={name}
      above={
        <p class="crumbs">
          <Link href={to('jobs')}>{say('nav.jobs')}</Link> / {name}
        </p>
      }
      beside={job && <Status of={job.status} />}
      actions={
        job && (
          <>
            <button type="button" onClick={() => setDialog('edit')}>
              {say('job.edit')}
            </button>
            <button type="button" onClick={() => setDialog('plan')}>
              {say('job.plan')}
            </button>
            <button type="button" disabled={job.status === 'DELETED'} onClick={() => void deleteJob(job)}>
              {say('job.delete')}
            </button>
            <button
              type="button"
              class="main"
              disabled={notRunnable(job) !== undefined}
              title={notRunnable(job)}
              onClick={() => runJob(job)}
            >
              <Icon name="play" />
              {say('jobs.run')}
            </button>
          </>
        )
      }
    >
      <Shown of={loaded} missing={say('job.missing', { id: visible(jobId), account: visible(account.value) })}>
        {detail => <Detail job={detail} />}
      </Shown>
      {job && dialog && <JobDialog job={job} name={dialog} onClose={() => setDialog(undefined)} />}
    </Page>
  )
}
