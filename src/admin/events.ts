import type { FastifyReply } from 'fastify'
import type { BriefRequest, JournalReading } from '../journal/reading.ts'
import type { Change, ChangedPart, ChangeFeed } from '../service/changes.ts'
import type { ClockState } from '../service/clocks.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { eventStreams, lastEventId } from './streams.ts'

export interface EventsDeps {
  readonly changes: ChangeFeed
  readonly journal: JournalReading
  readonly clock: { readonly state: () => ClockState }
  readonly hello: () => object
}

const beatMs = 15_000
/** Changes are reported at most every `mergeMs`. */
const mergeMs = 100

const eventText = (event: string, data: object, id?: number): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

const requestText = (request: BriefRequest): string => eventText('request', request, request.number)

/** Collects changes and sends them together, at most every `mergeMs`. */
function merging(send: (changes: readonly { what: ChangedPart[]; account?: string }[]) => void) {
  let pending = new Map<string, { what: Set<ChangedPart>; account: string | undefined }>()
  let timer: NodeJS.Timeout | undefined
  function flush() {
    timer = undefined
    if (pending.size === 0) return
    const changes = [...pending.values()].map(({ what, account }) => ({
      what: [...what],
      ...(account !== undefined && { account }),
    }))
    pending = new Map()
    send(changes)
    timer = setTimeout(flush, mergeMs)
  }
  return {
    add({ what, account }: Change) {
      const known = pending.get(account ?? '') ?? { what: new Set(), account }
      for (const one of what) known.what.add(one)
      pending.set(account ?? '', known)
      if (timer === undefined) flush()
    },
    stop: () => clearTimeout(timer),
  }
}

/** The event stream: requests, changes of data, changes of the clock. */
export function eventsEndpoint({ changes, journal, clock, hello }: EventsDeps) {
  const streams = eventStreams()

  function follow(since: number | undefined, reply: FastifyReply): void {
    const { send, onClose } = streams.open(reply)
    send(eventText('hello', hello()))
    if (since !== undefined) send(journal.briefly(since).map(requestText).join(''))
    const merged = merging(all => send(all.map(change => eventText('changed', change)).join('')))
    const stopRequests = journal.followBriefly(request => send(requestText(request)))
    const stopChanges = changes.listen(({ what, account }) => {
      const data = what.filter(one => one !== 'clock')
      if (data.length < what.length) send(eventText('clock', clock.state()))
      if (data.length > 0) merged.add({ what: data, account })
    })
    const beat = setInterval(() => send(': beat\n\n'), beatMs)
    onClose(() => {
      stopRequests()
      stopChanges()
      merged.stop()
      clearInterval(beat)
    })
  }

  const events: Endpoint = endpoint({
    method: 'GET',
    path: '/events',
    title: 'Follow requests, changes of data and of the clock as server-sent events',
    media: 'text/event-stream',
    errorStatuses: [503],
    act: (_asked, reply, { headers }) => follow(lastEventId(headers['last-event-id']), reply),
  })
  return { events, stop: streams.stop }
}
