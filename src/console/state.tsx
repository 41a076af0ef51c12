import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { ask, Problem } from './ask.ts'
import { pageTime, simulationTime, waitUntil } from './clock.ts'
import { tell, watch } from './live.ts'
import { account, clock } from './store.ts'
import { say } from './words.ts'

export interface Loaded<T> {
  readonly data: T | undefined
  readonly error: Problem | undefined
  /** Whether the first answer lets wait for itself. */
  readonly slow: boolean
  readonly reload: () => void
}

/** Reads again at most four times a second. */
const pauseMs = 250

/** A response that is ahead of the clock of the page sets it right. */
function hearNow(data: unknown): void {
  const { now } = data as { now?: unknown }
  const known = clock.value
  const at = pageTime()
  if (known && !known.frozen && typeof now === 'number' && now > simulationTime(known, at)) {
    clock.value = { ...known, epochMs: now, heardAt: at }
  }
}

/** What may change by time alone; the emulator tells nobody of such changes. */
const timed = ['jobs', 'executions', 'workflows', 'triggers']

const nextChange = (data: unknown) => (data as { nextChangeAt?: number | null }).nextChangeAt

/**
 * What the admin API says at a path; read again when one of the topics has changed, and with all other data of the page when
 * the simulation clock reaches the next change that the answer tells. Old data stays while new data is on its way.
 * `undefined` reads nothing.
 */
export function useData<T>(
  path: string | undefined,
  topics: readonly string[],
  nextOf: (data: T) => number | null | undefined = nextChange,
): Loaded<T> {
  const [state, setState] = useState<{ path: string | undefined; data?: T; error?: Problem | undefined }>({ path })
  const [slow, setSlow] = useState(false)
  const [asked, setAsked] = useState(0)
  const last = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const reload = useCallback(() => {
    clearTimeout(timer.current)
    const wait = Math.max(0, last.current + pauseMs - pageTime())
    timer.current = setTimeout(() => setAsked(count => count + 1), wait)
  }, [])

  useEffect(() => {
    if (path === undefined) return
    const aborting = new AbortController()
    last.current = pageTime()
    const late = setTimeout(() => setSlow(true), 200)
    ask<T>(path, { signal: aborting.signal })
      .then(data => {
        hearNow(data)
        setState({ path, data })
      })
      .catch((error: unknown) => {
        if (!aborting.signal.aborted) {
          const problem = error instanceof Problem ? error : new Problem(0, String(error))
          setState(({ data }) => ({ path, ...(data !== undefined && { data }), error: problem }))
        }
      })
      .finally(() => {
        clearTimeout(late)
        setSlow(false)
      })
    return () => {
      clearTimeout(late)
      aborting.abort()
    }
  }, [path, asked])

  const topicText = topics.join(' ')
  const owner = account.value
  useEffect(() => {
    const wanted = topicText.split(' ')
    return watch((changed, whose) => {
      const mine = whose === undefined || whose === owner
      if (mine && changed.some(topic => topic === 'all' || wanted.includes(topic))) reload()
    })
  }, [topicText, owner, reload])

  const known = clock.value
  const next = state.data === undefined ? undefined : nextOf(state.data)
  useEffect(() => {
    if (!known || typeof next !== 'number' || document.hidden) return
    const wait = waitUntil(known, next, pageTime())
    if (wait === undefined || wait > 2 ** 31 - 1) return
    const waking = setTimeout(() => tell(timed), Math.max(pauseMs, wait + 20))
    return () => clearTimeout(waking)
  }, [known, next, state.data])

  useEffect(() => () => clearTimeout(timer.current), [])
  return { data: state.data, error: state.error, slow, reload }
}

let lastFocused: Element | undefined
addEventListener('focusin', ({ target }) => {
  lastFocused = target instanceof Element ? target : undefined
})

/** What had the focus may be gone with its row; the heading of the page takes it then. */
function keepFocus(): void {
  if (document.activeElement !== document.body || lastFocused === undefined || lastFocused.isConnected) return
  document.querySelector('h1')?.focus({ preventScroll: true })
}

interface ShownProps<T> {
  readonly of: Loaded<T>
  readonly children: (data: T) => ComponentChildren
  /** Shown where the emulator says 404. */
  readonly missing?: string
}

/** Shows what was read, or that it is on its way, or why it cannot be shown. */
export function Shown<T>({ of: { data, error, slow, reload }, children, missing }: ShownProps<T>) {
  useEffect(keepFocus, [data])
  if (error?.status === 404 && missing !== undefined) return <p class="empty">{missing}</p>
  return (
    <>
      {error && (
        <div class="trouble" role="alert">
          <span>{error.message}</span>
          <button type="button" onClick={reload}>
            {say('app.retry')}
          </button>
        </div>
      )}
      {data === undefined ? (
        slow && !error && <Skeleton />
      ) : (
        <div class={error ? 'old' : undefined}>{children(data)}</div>
      )}
    </>
  )
}

function Skeleton() {
  return (
    <div class="panel skeleton" role="status">
      <span class="unseen">{say('app.loading')}</span>
      {[1, 2, 3, 4, 5].map(row => (
        <div key={row} />
      ))}
    </div>
  )
}

/** A sentence where there is nothing, and the one thing to do about it. */
export function Empty({ text, children }: { text: string; children?: ComponentChildren }) {
  return (
    <div class="panel empty">
      <p>{text}</p>
      {children}
    </div>
  )
}
