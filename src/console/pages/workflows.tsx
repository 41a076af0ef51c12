import { act, ask, owned } from '../ask.ts'
import { minuteText } from '../clock.ts'
import { Graph } from '../graph.tsx'
import { Icon } from '../icons.tsx'
import { Link } from '../link.tsx'
import { Page, Panel } from '../page.tsx'
import { Runs } from '../runs.tsx'
import type { Trigger, TriggerRule, Triggers, Workflow, Workflows } from '../shapes.ts'
import { Empty, Shown, useData } from '../state.tsx'
import { to } from '../store.ts'
import { Table } from '../table.tsx'
import { say, visible } from '../words.ts'

const topics = ['workflows', 'triggers', 'jobs', 'executions', 'clock']

const run = ({ workflowId, name }: Workflow) =>
  act(async () => {
    await ask(owned(`/workflows/${encodeURIComponent(workflowId)}/run`), { method: 'POST', body: {} })
    return { text: say('workflows.fired', { name: visible(name) }) }
  })

const RunButton = ({ workflow, main = false }: { workflow: Workflow; main?: boolean }) => (
  <button
    type="button"
    class={main ? 'main' : undefined}
    disabled={!workflow.valid}
    title={workflow.valid ? undefined : say('workflows.invalid')}
    aria-label={say('jobs.runNamed', { name: visible(workflow.name) })}
    onClick={() => run(workflow)}
  >
    <Icon name="play" />
    {say('jobs.run')}
  </button>
)

export function WorkflowsPage() {
  const loaded = useData<Workflows>(owned('/workflows'), topics)
  return (
    <Page title={say('nav.workflows')}>
      <Shown of={loaded}>
        {({ workflows }) =>
          workflows.length === 0 ? (
            <Empty text={say('workflows.empty')} />
          ) : (
            <div class="panel">
              <Table
                label={say('nav.workflows')}
                rows={workflows}
                keyOf={({ workflowId }) => workflowId}
                columns={[
                  {
                    head: say('workflows.name'),
                    kind: 'main',
                    cell: ({ workflowId, name }) => (
                      <Link href={to('workflows', workflowId)} class="name">
                        {visible(name)}
                      </Link>
                    ),
                  },
                  {
                    head: say('workflows.graph'),
                    kind: 'wide',
                    cell: ({ nodes }) => nodes.map(({ name }) => visible(name)).join(' → '),
                  },
                  {
                    head: say('workflows.option'),
                    cell: ({ nextFiring }) => (nextFiring === null ? say('app.never') : minuteText(nextFiring)),
                  },
                  {
                    head: say('jobs.lastRun'),
                    cell: ({ lastExecutionDate }) =>
                      lastExecutionDate?.slice(0, 16).replace('T', ' ') ?? say('app.never'),
                  },
                  { head: say('jobs.actions'), kind: 'actions', cell: workflow => <RunButton workflow={workflow} /> },
                ]}
              />
            </div>
          )
        }
      </Shown>
    </Page>
  )
}

export function WorkflowPage({ workflowId }: { workflowId: string }) {
  const loaded = useData<Workflow>(owned(`/workflows/${encodeURIComponent(workflowId)}`), topics)
  const workflow = loaded.data
  const name = visible(workflow?.name ?? workflowId)
  return (
    <Page
      title={name}
      above={
        <p class="crumbs">
          <Link href={to('workflows')}>{say('nav.workflows')}</Link> / {name}
        </p>
      }
      actions={workflow && <RunButton workflow={workflow} main />}
    >
      <Shown of={loaded} missing={say('workflow.missing', { id: visible(workflowId) })}>
        {({ nodes, nextFiring }) => (
          <>
            <Panel title={say('workflows.graph')}>
              <Graph
                title={say('workflows.graph')}
                nodes={nodes.map(({ id, name, type, parentNodeIds, isValid }) => {
                  const tone = type === 'TRIGGER' ? 'trigger' : 'job'
                  return { id, name, parents: parentNodeIds, kind: say(`node.${tone}`), tone, there: isValid }
                })}
              />
            </Panel>
            <Runs by={{ workflowId }} firings={nextFiring === null ? [] : [nextFiring]} />
          </>
        )}
      </Shown>
    </Page>
  )
}

const cycleText = ({ interval, time, dayOfWeek = [], dateOfMonth, executionDate }: TriggerRule): string =>
  [
    interval && say(`rule.${interval}`),
    dayOfWeek.join(', '),
    dateOfMonth,
    time,
    executionDate?.slice(0, 16).replace('T', ' '),
  ]
    .filter(Boolean)
    .join(' ') || '–'

const UsedBy = ({ trigger }: { trigger: Trigger }) =>
  trigger.workflows.length === 0 ? (
    <span class="muted">{say('triggers.unused')}</span>
  ) : (
    <span>
      {trigger.workflows.map(({ workflowId, name }) => (
        <Link key={workflowId} href={to('workflows', workflowId)}>
          {visible(name)}
        </Link>
      ))}
    </span>
  )

export function TriggersPage() {
  const loaded = useData<Triggers>(owned('/triggers', { firings: 3 }), topics)
  return (
    <Page title={say('nav.triggers')}>
      <Shown of={loaded}>
        {({ triggers }) =>
          triggers.length === 0 ? (
            <Empty text={say('triggers.empty')} />
          ) : (
            <div class="panel">
              <Table
                label={say('nav.triggers')}
                rows={triggers}
                keyOf={({ triggerId }) => triggerId}
                columns={[
                  { head: say('triggers.name'), kind: 'main', cell: ({ name }) => <b>{visible(name)}</b> },
                  { head: say('triggers.option'), cell: ({ triggerRule }) => say(`rule.${triggerRule.type}`) },
                  { head: say('triggers.cycle'), cell: ({ triggerRule }) => cycleText(triggerRule) },
                  {
                    head: say('triggers.next'),
                    kind: 'wide',
                    cell: ({ nextFirings }) => nextFirings.map(minuteText).join(', ') || '–',
                  },
                  { head: say('triggers.usedBy'), kind: 'wide', cell: trigger => <UsedBy trigger={trigger} /> },
                ]}
              />
            </div>
          )
        }
      </Shown>
    </Page>
  )
}
