import { act, ask, owned } from '../ask.ts'
import { awayParts, dateText, minuteText } from '../clock.ts'
import { ExecutionTable } from '../executions.tsx'
import { Graph } from '../graph.tsx'
import { Icon } from '../icons.tsx'
import { Link } from '../link.tsx'
import { Page, Panel } from '../page.tsx'
import type { Trigger, TriggerRule, Triggers, Workflow, Workflows } from '../shapes.ts'
import { Empty, Shown, useData } from '../state.tsx'
import { account, now, to } from '../store.ts'
import { type Column, Table } from '../table.tsx'
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

/** A firing to come: when, and how far away. */
function Firing({ at }: { at: number }) {
  const { unit, count } = awayParts(at - (now.value ?? at))
  return (
    <span>
      {minuteText(at)} <span class="muted">{say(`away.${unit}`, { count })}</span>
    </span>
  )
}

const cycleText = ({ interval, time, dayOfWeek = [], dateOfMonth, executionDate }: TriggerRule): string =>
  [
    interval && say(`rule.${interval}`),
    dayOfWeek.join(', '),
    dateOfMonth,
    time,
    executionDate === undefined ? undefined : dateText(executionDate),
  ]
    .filter(Boolean)
    .join(' ') || '–'

/** When a workflow starts, by its triggers. */
const optionOf = ({ nodes }: Workflow, triggers: readonly Trigger[]): string =>
  nodes
    .flatMap(({ id }) => triggers.filter(({ triggerId }) => triggerId === id))
    .map(({ triggerRule }) => (triggerRule.type === 'NONE' ? say('rule.NONE') : cycleText(triggerRule)))
    .join(', ') || say('app.none')

const Chain = ({ nodes }: Pick<Workflow, 'nodes'>) => (
  <span class="chain">
    {nodes.map(({ id, name, type, isValid }) => (
      <span key={id} class={`chip tone-${type === 'TRIGGER' ? 'trigger' : 'job'} ${isValid ? '' : 'gone'}`}>
        {visible(name)}
        {!isValid && <small> {say('node.gone')}</small>}
      </span>
    ))}
  </span>
)

const workflowColumns = (triggers: readonly Trigger[]): readonly Column<Workflow>[] => [
  {
    head: say('workflows.name'),
    kind: 'main',
    cell: ({ workflowId, name, valid }) => (
      <>
        <Link href={to('workflows', workflowId)} class="name">
          {visible(name)}
        </Link>
        {!valid && <small class="muted">{say('workflows.invalid')}</small>}
      </>
    ),
  },
  { head: say('workflows.graph'), kind: 'wide', cell: ({ nodes }) => <Chain nodes={nodes} /> },
  { head: say('triggers.option'), kind: 'wide', cell: workflow => optionOf(workflow, triggers) },
  {
    head: say('workflows.next'),
    cell: ({ nextFiring }) => (nextFiring === null ? say('app.never') : minuteText(nextFiring)),
  },
  {
    head: say('jobs.lastRun'),
    cell: ({ lastExecutionDate: date }) => (date === undefined ? say('app.never') : dateText(date)),
  },
  { head: say('jobs.actions'), kind: 'actions', cell: workflow => <RunButton workflow={workflow} /> },
]

export function WorkflowsPage() {
  const loaded = useData<Workflows>(owned('/workflows'), topics)
  const triggers = useData<Triggers>(owned('/triggers', { firings: 0, decisions: 0 }), ['triggers'])
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
                columns={workflowColumns(triggers.data?.triggers ?? [])}
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
  const missing = say('workflow.missing', { id: visible(workflowId), account: visible(account.value) })
  return (
    <Page
      title={name}
      above={
        <p class="crumbs">
          <Link href={to('workflows')}>{say('nav.workflows')}</Link> / {name}
        </p>
      }
      beside={workflow && !workflow.valid && <span class="muted">{say('workflows.invalid')}</span>}
      actions={workflow && <RunButton workflow={workflow} main />}
    >
      <Shown of={loaded} missing={missing}>
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
            <ExecutionTable by={{ workflowId }} firings={nextFiring === null ? [] : [nextFiring]} />
          </>
        )}
      </Shown>
    </Page>
  )
}

const UsedBy = ({ trigger }: { trigger: Trigger }) =>
  trigger.workflows.length === 0 ? (
    <span class="muted">{say('triggers.unused')}</span>
  ) : (
    <span class="links">
      {trigger.workflows.map(({ workflowId, name }) => (
        <Link key={workflowId} href={to('workflows', workflowId)}>
          {visible(name)}
        </Link>
      ))}
    </span>
  )

const triggerColumns = (): readonly Column<Trigger>[] => [
  { head: say('triggers.name'), kind: 'main', cell: ({ name }) => <b>{visible(name)}</b> },
  { head: say('triggers.option'), cell: ({ triggerRule }) => say(`rule.${triggerRule.type}`) },
  { head: say('triggers.cycle'), cell: ({ triggerRule }) => cycleText(triggerRule) },
  {
    head: say('triggers.next'),
    kind: 'wide',
    cell: ({ nextFirings }) =>
      nextFirings.length === 0 ? (
        say('app.never')
      ) : (
        <span class="links">
          {nextFirings.map(at => (
            <Firing key={at} at={at} />
          ))}
        </span>
      ),
  },
  { head: say('triggers.usedBy'), kind: 'wide', cell: trigger => <UsedBy trigger={trigger} /> },
]

const firstFiring = ({ triggers }: Triggers) => {
  const firings = triggers.flatMap(({ nextFirings }) => nextFirings.slice(0, 1))
  return firings.length === 0 ? null : Math.min(...firings)
}

export function TriggersPage() {
  const loaded = useData<Triggers>(owned('/triggers', { firings: 3, decisions: 0 }), topics, firstFiring)
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
                columns={triggerColumns()}
              />
            </div>
          )
        }
      </Shown>
    </Page>
  )
}
