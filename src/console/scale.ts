/** A stretch of time. */
export interface Span {
  readonly from: number
  readonly to: number
}

interface Life {
  readonly queuedAt: number
  readonly endsAt: number
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const steps = [
  ...[1, 2, 5, 10, 15, 30].map(one => one * second),
  ...[1, 2, 5, 10, 15, 30].map(one => one * minute),
  ...[1, 2, 3, 6, 12].map(one => one * hour),
  ...[1, 2, 7, 14, 30, 90, 365].map(one => one * day),
]

/** The smallest usual step by which a span has at most `most` marks. */
const stepOf = ({ from, to }: Span, most: number): number =>
  steps.find(step => (to - from) / step <= most) ?? Math.ceil((to - from) / most)

/** The round times of a span in Korea. */
export function ticks(span: Span, most: number): readonly number[] {
  const step = stepOf(span, most)
  const offset = 9 * hour
  const found: number[] = []
  for (let time = Math.ceil((span.from + offset) / step) * step - offset; time <= span.to; time += step)
    found.push(time)
  return found
}

const bars = 10
const shortest = 10 * second

/**
 * The span that shows the newest executions and the next firings around the present: as wide as the newest ten
 * executions, at most a hundred times as long as the longest of them, so that no bar becomes invisible.
 */
export function spanOf(lives: readonly Life[], firings: readonly number[], now: number): Span {
  const newest = [...lives].sort((a, b) => b.queuedAt - a.queuedAt).slice(0, bars)
  const longest = Math.max(shortest, ...newest.map(({ queuedAt, endsAt }) => Math.min(endsAt, now) - queuedAt))
  const latest = newest[0] === undefined ? now : Math.min(newest[0].endsAt, now)
  const reach = longest * 100
  // A present that is far away from all of them is not worth an empty picture.
  const anchor = now - latest > reach ? latest : now
  const first = Math.min(
    anchor - shortest,
    ...newest.map(({ queuedAt }) => queuedAt).filter(at => anchor - at <= reach),
  )
  const past = anchor - first
  const ahead = Math.max(now, ...newest.map(({ endsAt }) => endsAt).filter(end => end > now && end - now <= past * 2))
  const coming = firings.filter(at => anchor === now && at - now <= past).slice(0, bars)
  const last = Math.max(anchor === now ? ahead : anchor, ...coming, anchor + past * 0.1)
  const margin = (last - first) * 0.03
  return { from: first - margin, to: last + margin }
}

/** Where a time stands in a span, in percent. */
export const percent = ({ from, to }: Span, time: number): number =>
  Math.min(100, Math.max(0, ((time - from) / (to - from)) * 100))
