import { useEffect, useState } from 'preact/hooks'
import { act, ask } from '../ask.ts'
import { confirmed } from '../dialog.tsx'
import { Link } from '../link.tsx'
import { watchRequests } from '../live.ts'
import { Page } from '../page.tsx'
import type { SeenRequest } from '../shapes.ts'
import { Empty, Shown, useData } from '../state.tsx'
import { account, narrow, rejectedCount, route, to } from '../store.ts'
import { type Column, Table } from '../table.tsx'
import { verdictText } from '../verdict.ts'
import { say, sayCount, visible } from '../words.ts'

interface Journal {
  readonly requests: readonly SeenRequest[]
  readonly count: number
}

const columns = (): readonly Column<SeenRequest>[] => [
  {
    head: say('requests.target'),
    kind: 'main',
    cell: ({ number, method, target }) => (
      <Link href={to('requests', number)} class="name mono">
        {visible(method)} {visible(target)}
      </Link>
    ),
  },
  { head: say('requests.number'), kind: 'quiet', cell: ({ number }) => number },
  { head: say('requests.time'), cell: ({ at }) => <time dateTime={at}>{new Date(at).toLocaleTimeString('sv')}</time> },
  {
    head: say('requests.verdict'),
    cell: ({ verdict, status, faults = [], stub }) => (
      <span class={verdict === 'passed' ? 'verdict' : 'verdict is-fail'}>
        {status ?? '–'} {verdict === 'passed' ? say('requests.passed') : verdict === null ? '' : verdictText(verdict)}
        {faults.map(({ id }) => (
          <span key={id} class="tag">
            {say('requests.fault', { id })}
          </span>
        ))}
        {stub && <span class="tag">{say('requests.stub', { id: stub })}</span>}
      </span>
    ),
  },
  { head: say('requests.ms'), kind: 'number', cell: ({ durationMs }) => durationMs?.toFixed(1) ?? '–' },
]

function Filters({ paused, onPause, count }: { paused: boolean; onPause: () => void; count: number | undefined }) {
  const { refused, method, path, status } = route.value.query
  const clear = async () => {
    if (!(await confirmed(say('requests.clearQuestion'), say('requests.clear')))) return
    await act(async () => {
      await ask('/requests', { method: 'DELETE' })
      narrow({ cleared: Number(route.value.query.cleared ?? 0) + 1 })
      return { text: say('requests.cleared') }
    })
  }
  return (
    <search class="filters">
      <select
        aria-label={say('requests.which')}
        value={refused ?? ''}
        onChange={({ currentTarget: { value } }) => narrow({ refused: value })}
      >
        <option value="">{say('requests.all')}</option>
        <option value="true">{say('requests.rejected')}</option>
      </select>
      <select
        aria-label={say('requests.method')}
        value={method ?? ''}
        onChange={({ currentTarget: { value } }) => narrow({ method: value })}
      >
        <option value="">{say('requests.anyMethod')}</option>
        {['GET', 'POST', 'PUT', 'DELETE'].map(one => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
      <input
        type="search"
        placeholder={say('requests.search')}
        aria-label={say('requests.search')}
        value={path ?? ''}
        onInput={({ currentTarget: { value } }) => narrow({ path: value })}
      />
      <select
        aria-label={say('requests.status')}
        value={status ?? ''}
        onChange={({ currentTarget: { value } }) => narrow({ status: value })}
      >
        <option value="">{say('requests.status')}</option>
        {['2xx', '4xx', '5xx'].map(one => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
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

export function RequestsPage() {
  const { refused, method, path, status, cleared } = route.value.query
  const [paused, setPaused] = useState(false)
  const [waiting, setWaiting] = useState(0)
  const query = new URLSearchParams({ limit: '100' })
  if (refused) query.set('refused', refused)
  if (method) query.set('method', method)
  if (path) query.set('path', `*${path}*`)
  if (status) query.set('status', status)
  const loaded = useData<Journal>(`/requests?${query}`, [])
  const { reload } = loaded
  useEffect(() => {
    rejectedCount.value = 0
    return watchRequests(() => {
      // Rows do not move away from somebody who reads them.
      if (paused || scrollY > 200) setWaiting(count => count + 1)
      else reload()
    })
  }, [paused, reload])
  useEffect(() => {
    if (cleared !== undefined) reload()
  }, [cleared, reload])
  const show = () => {
    setWaiting(0)
    reload()
  }
  return (
    <Page title={say('nav.requests')}>
      <Filters
        paused={paused}
        count={loaded.data?.count}
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
              <p>{account.value !== 'default' && say('request.account', { name: account.value })}</p>
            </Empty>
          )
        }
      </Shown>
    </Page>
  )
}
