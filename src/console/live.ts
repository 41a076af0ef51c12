import { signal } from '@preact/signals'
import { ask } from './ask.ts'
import { pageTime } from './clock.ts'
import type { ClockState, Hello, RequestEvent } from './shapes.ts'
import { clock, faultCount, gatewaySkew, hello, knownClock, newestRequest, notice, rejectedCount } from './store.ts'
import { say } from './words.ts'

export type Connection = 'connecting' | 'live' | 'lost' | 'full' | 'token'
export const connection = signal<Connection>('connecting')
/** Seconds until the next try. */
export const retryIn = signal(0)

type Topic = string
const watchers = new Set<(topics: readonly Topic[], account: string | undefined) => void>()
const requestWatchers = new Set<(request: RequestEvent) => void>()

/** Calls `told` when data has changed; gives the way to stop it. */
export function watch(told: (topics: readonly Topic[], account: string | undefined) => void): () => void {
  watchers.add(told)
  return () => void watchers.delete(told)
}

export function watchRequests(told: (request: RequestEvent) => void): () => void {
  requestWatchers.add(told)
  return () => void requestWatchers.delete(told)
}

export const tell = (topics: readonly Topic[], account?: string) => {
  for (const told of watchers) told(topics, account)
}

const countFaults = () =>
  void ask<{ faults: readonly unknown[] }>('/faults').then(
    ({ faults }) => {
      faultCount.value = faults.length
    },
    // The stream itself says when the emulator is gone.
    () => undefined,
  )

let lastRequest: string | undefined
let stop: AbortController | undefined
let heardAt = 0
let waiting: ReturnType<typeof setTimeout> | undefined
let failures = 0

function greet(news: Hello): void {
  const before = hello.value
  hello.value = news
  hearClock(news.clock)
  newestRequest.value = news.lastRequest
  faultCount.value = news.faults
  connection.value = 'live'
  failures = 0
  if (before && before.boot !== news.boot) {
    notice.value = { text: say('live.restarted') }
    lastRequest = undefined
    rejectedCount.value = 0
  }
  if (before) tell(['all'])
}

/** Takes the clock as the emulator tells it. */
export function hearClock(state: ClockState): void {
  clock.value = knownClock(state)
  gatewaySkew.value = state.gateway.skewMs
}

const hearing: Readonly<Record<string, (data: string) => void>> = {
  hello: data => greet(JSON.parse(data) as Hello),
  clock(data) {
    hearClock(JSON.parse(data) as ClockState)
    tell(['clock'])
  },
  changed(data) {
    const { what, account } = JSON.parse(data) as { what: string[]; account?: string }
    if (what.some(one => one === 'faults' || one === 'all')) countFaults()
    tell(what, account)
  },
  request(data) {
    const request = JSON.parse(data) as RequestEvent
    lastRequest = String(request.number)
    newestRequest.value = request.number
    if (request.verdict !== 'passed' && !request.console) rejectedCount.value += 1
    for (const told of requestWatchers) told(request)
  },
}

/** Hears every whole event at the beginning of a text and gives the rest. */
function hearAll(text: string): string {
  const blocks = text.split('\n\n')
  const rest = blocks.pop() ?? ''
  for (const block of blocks) {
    const fields = Object.fromEntries(
      block.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    )
    if (fields.event !== undefined) hearing[fields.event]?.(fields.data ?? '{}')
  }
  return rest
}

const silenceMs = 40_000

async function read(): Promise<Connection> {
  const aborting = new AbortController()
  stop = aborting
  heardAt = pageTime()
  const silence = setInterval(() => {
    if (pageTime() - heardAt > silenceMs) aborting.abort()
  }, 5000)
  try {
    const response = await fetch('/__admin/events', {
      headers: lastRequest === undefined ? {} : { 'last-event-id': lastRequest },
      signal: aborting.signal,
    })
    if (response.status === 401) return 'token'
    if (response.status === 503) return 'full'
    if (!response.ok || !response.body) return 'lost'
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return 'lost'
      heardAt = pageTime()
      rest = hearAll(rest + value)
    }
  } catch {
    return 'lost'
  } finally {
    clearInterval(silence)
  }
}

async function connect(): Promise<void> {
  clearTimeout(waiting)
  const ended = await read()
  if (closed) return
  connection.value = ended
  if (ended === 'token') return
  failures += 1
  wait(ended === 'full' ? 5 : Math.min(15, 2 ** (failures - 1)))
}

function wait(seconds: number): void {
  retryIn.value = seconds
  clearTimeout(waiting)
  waiting = seconds <= 0 ? setTimeout(() => void connect()) : setTimeout(() => wait(seconds - 1), 1000)
}

/** Tries to connect at once. */
export const retryNow = (): void => wait(0)

let hiddenSince: ReturnType<typeof setTimeout> | undefined
let closed = false

/** Follows the emulator as long as somebody looks: a tab that is hidden for half a minute lets the stream go. */
export function startLive(): void {
  void connect()
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiddenSince)
    hiddenSince = undefined
    if (document.hidden) {
      hiddenSince = setTimeout(() => {
        closed = true
        clearTimeout(waiting)
        stop?.abort()
      }, 30_000)
    } else if (closed) {
      closed = false
      retryNow()
    }
  })
}
