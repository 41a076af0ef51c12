import { useState } from 'preact/hooks'
import type { AssumptionInForce } from '../../api/assumption.ts'
import { Select } from '../fields.tsx'
import { Facts, Page, Panel } from '../page.tsx'
import { Shown, useData } from '../state.tsx'
import { hello } from '../store.ts'
import { type Column, Table } from '../table.tsx'
import { say, sayCount } from '../words.ts'

const links = [
  ['/__admin/docs', 'about.tryApi'],
  ['/__admin/openapi.json', 'about.apiDoc'],
  ['/__admin/admin-openapi.json', 'about.adminDoc'],
] as const

const filters = {
  all: () => true,
  low: ({ confidence }) => confidence.startsWith('low'),
  changed: one => one.value !== one.default,
} as const satisfies Record<string, (assumption: AssumptionInForce) => boolean>
type Filter = keyof typeof filters

const columns = (): readonly Column<AssumptionInForce>[] => [
  { head: say('about.name'), kind: 'main', cell: ({ name }) => <code>{name}</code> },
  {
    head: say('about.value'),
    kind: 'wide',
    cell: ({ value, values, default: usual }) => (
      <span class="links">
        {values.map(one => (
          <span key={one.value} lang="en" title={one.meaning} class={one.value === value ? 'in-force' : 'muted'}>
            {one.value}
            {one.value === usual && one.value !== value && ` (${say('about.default')})`}
          </span>
        ))}
      </span>
    ),
  },
  { head: say('about.confidence'), cell: ({ confidence }) => say(`confidence.${confidence}`) },
  {
    head: say('about.evidence'),
    kind: 'wide',
    cell: ({ title, evidence }) => (
      <span lang="en">
        <b>{title}.</b> {evidence}
      </span>
    ),
  },
]

function Assumptions() {
  const loaded = useData<{ assumptions: readonly AssumptionInForce[] }>('/assumptions', [])
  const [filter, setFilter] = useState<Filter>('all')
  const fitting = loaded.data?.assumptions.filter(filters[filter]) ?? []
  return (
    <Panel title={say('about.assumptions')} beside={<small class="muted">{say('about.assumptionsHelp')}</small>}>
      <div class="filters padded">
        <Select
          label={say('about.filter')}
          value={filter}
          options={(Object.keys(filters) as Filter[]).map(one => [one, say(`about.${one}`)] as const)}
          onChange={setFilter}
        />
        <span class="count" role="status">
          {sayCount('about.count', fitting.length)}
        </span>
      </div>
      <Shown of={loaded}>
        {() =>
          fitting.length === 0 ? (
            <p class="empty">{say('about.noneFound')}</p>
          ) : (
            <Table label={say('about.assumptions')} rows={fitting} keyOf={({ name }) => name} columns={columns()} />
          )
        }
      </Shown>
    </Panel>
  )
}

export function AboutPage() {
  const { version = '', edition = '', auth = '' } = hello.value ?? {}
  return (
    <Page title={say('nav.about')}>
      <Panel title={say('about.health')}>
        <Facts
          of={[
            [say('about.version'), version],
            [say('about.edition'), edition],
            [say('about.auth'), auth],
          ]}
        />
      </Panel>
      <Panel title={say('about.links')}>
        <p class="row padded">
          {links.map(([href, word]) => (
            <a key={href} href={href}>
              {say(word)}
            </a>
          ))}
        </p>
      </Panel>
      <Assumptions />
    </Page>
  )
}
