import { Facts, Page, Panel } from '../page.tsx'
import { Shown, useData } from '../state.tsx'
import { hello } from '../store.ts'
import { Table } from '../table.tsx'
import { say } from '../words.ts'

interface Assumption {
  readonly name: string
  readonly value: string
  readonly default: string
  readonly title: string
  readonly evidence: string
  readonly confidence: string
}

const links = [
  ['/__admin/docs', 'about.tryApi'],
  ['/__admin/openapi.json', 'about.apiDoc'],
  ['/__admin/admin-openapi.json', 'about.adminDoc'],
] as const

export function AboutPage() {
  const loaded = useData<{ assumptions: readonly Assumption[] }>('/assumptions', [])
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
        <p class="buttons padded">
          {links.map(([href, word]) => (
            <a key={href} href={href}>
              {say(word)}
            </a>
          ))}
        </p>
      </Panel>
      <Panel title={say('about.assumptions')} beside={<small class="muted">{say('about.assumptionsHelp')}</small>}>
        <Shown of={loaded}>
          {({ assumptions }) => (
            <Table
              label={say('about.assumptions')}
              rows={assumptions}
              keyOf={({ name }) => name}
              columns={[
                { head: say('about.name'), kind: 'main', cell: ({ name }) => <code>{name}</code> },
                {
                  head: say('about.value'),
                  cell: one => (one.value === one.default ? one.value : <b>{one.value}</b>),
                },
                { head: say('about.confidence'), cell: ({ confidence }) => confidence },
                {
                  head: say('about.evidence'),
                  kind: 'wide',
                  cell: ({ title, evidence }) => (
                    <span lang="en">
                      {title}: {evidence}
                    </span>
                  ),
                },
              ]}
            />
          )}
        </Shown>
      </Panel>
    </Page>
  )
}
