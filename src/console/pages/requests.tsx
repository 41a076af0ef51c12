import { useEffect, useState } from 'preact/hooks'
import { actAfter, ask } from '../ask.ts'
import { machineClockText } from '../clock.ts'
import { asNamed, Select } from '../fields.tsx'
import { Icon } from '../icons.tsx'
import { Link } from '../link.tsx'
import { watchRequests } from '../live.ts'
import { Page } from '../page.tsx'
import type { SeenRequest } from '../shapes.ts'
import { Empty, Shown, useData } from '../state.tsx'
import { narrow, rejectedCount, route, to } from '../store.ts'
import { type Column, Table } from '../table.tsx'
import { verdictText } from '../verdict.ts'
import { say, sayCount, visible } from '../words.ts'

interface Journal {
  readonly requests: readonly SeenRequest[]
  readonly count: number
}

function Verdict({ of: { verdict, status, faults = [], stub } }: { of: SeenRequest }) {
  const passed = verdict === 'passed'
  return (
    <span class={passed ? 'status is-ok' : 'status wraps is-fail'}>
      <Icon name={passed ? 'ok' : verdict === null ? 'wait' : 'fail'} />
      <span>
        {status ?? '–'} {passed ? say('requests.passed') : verdict === null ? '' : verdictText(verdict)}
        {faults.map(({ id }) => (
          <span key={id} class="tag">
            {say('requests.fault', { id })}
          </span>
        ))}
        {stub && <span class="tag">{say('requests.stub', { id: stub })}</span>}
      </span>
    </span>
  )
}

const columns = (): readonly Column<SeenRequest>[] => [
  { head: '#', kind: 'quiet', cell: ({ number }) => number },
  { head: say('requests.time'), cell: ({ at }) => <time dateTime={at}>{machineClockText(at)}</time> },
  {
    head: say('requests.target'),
    kind: 'main',
    cell: ({ number, method, target }) => (
      <Link href={to('requests', number)} class="name mono">
        {visible(method)} {visible(target)}
      </Link>
    ),
  },
  { head: say('requests.verdict'), kind: 'wide', cell: request => <Verdict of={request} /> },
  { head: say('requests.ms'), kind: 'number', cell: ({ durationMs }) => durationMs?.toFixed(1) ?? '–' },
]

interface FilterProps {
  readonly paused: boolean
  readonly onPause: () => void
  readonly onCleared: () => void
  readonly count: number | undefined
}

function Filters({ paused, onPause, onCleared, count }: FilterProps) {
  const { refused = '', method = '', path = '', status = '' } = route.value.query
  const clear = () =>
    actAfter({ text: say('requests.clearQuestion'), verb: say('requests.clear') }, async () => {
      await ask('/requests', { method: 'DELETE' })
      onCleared()
      return { text: say('requests.cleared') }
    })
  return (
    <search class="filters">
      <Select
        label={say('requests.which')}
        value={refused}
        options={[
          ['', say('requests.all')],
          ['true', say('requests.rejected')],
        ]}
        onChange={value => narrow({ refused: value })}
      />
      <Select
        label={say('requests.method')}
        value={method}
        options={[['', say('requests.anyMethod')], ...asNamed(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])]}
        onChange={value => narrow({ method: value })}
      />
      <input
        type="search"
        placeholder={say('requests.search')}
        aria-label={say('requests.search')}
        value={path}
        onInput={({ currentTarget: { value } }) => narrow({ path: value })}
      />
      <Select
        label={say('requests.status')}
        value={status}
        options={[['', say('requests.anyStatus')], ...asNamed(['2xx', '4xx', '5xx'])]}
        onChange={value => narrow({ status: value })}
      />
      <button type="button" aria-pressed={paused} onClick={onPause}>
        {say(paused ? 'requests.resume' : 'requests.pause')}
      </button>
      <button type="button" onClick={clear}>
        {say('requests.clear')}
      </button>
      <span class="count" role="status">
        {count === undefined ? '' : sayCount('requests.count', count)}
      </span>
    </search>
  )
}

/** Counts the requests that came while nobody wants rows to move; otherwise they are read at once. */
function useNews(paused: boolean, reload: () => void) {
  const [waiting, setWaiting] = useState(0)
  useEffect(() => {
    rejectedCount.value = 0
    return watchRequests(() => {
      rejectedCount.value = 0
      if (paused || scrollY > 200) setWaiting(count => count + 1)
      else reload()
    })
  }, [paused, reload])
  const show = () => {
    setWaiting(0)
    reload()
  }
  return { waiting, show }
}

export function RequestsPage() {
  const { refused, method, path, status } = route.value.query
  const [paused, setPaused] = useState(false)
  const query = new URLSearchParams({ limit: '100' })
  if (refused) query.set('refused', refused)
  if (method) query.set('method', method)
  if (path) query.set('path', `*${path}*`)
  if (status) query.set('status', status)
  const loaded = useData<Journal>(`/requests?${query}`, [])
  const { waiting, show } = useNews(paused, loaded.reload)
  return (
    <Page title={say('nav.requests')}>
      <Filters
        paused={paused}
        count={loaded.data?.count}
        onCleared={show}
        onPause={() => {
          setPaused(!paused)
          if (paused) show()
        }}
      />
      {waiting > 0 && (
        <button type="button" class="news" onClick={show}>
          {sayCount('requests.new', waiting)}
        </button>
      )}
      <Shown of={loaded}>
        {({ requests }) =>
          requests.length > 0 ? (
            <div class="panel">
              <Table
                label={say('nav.requests')}
                columns={columns()}
                rows={[...requests].reverse()}
                keyOf={({ number }) => number}
              />
            </div>
          ) : refused || method || path || status ? (
            <Empty text={say('requests.noneFound')}>
              <button
                type="button"
                onClick={() => narrow({ refused: undefined, method: undefined, path: undefined, status: undefined })}
              >
                {say('jobs.clearFilters')}
              </button>
            </Empty>
          ) : (
            <Empty text={say('requests.empty')}>
              <pre class="code">curl '{location.origin}/api/v1/jobs'</pre>
            </Empty>
          )
        }
      </Shown>
    </Page>
  )
}
