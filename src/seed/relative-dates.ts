import { parseDuration } from '../time/duration.ts'
import { formatKoreanLocal } from '../time/korean-date.ts'

/** A date relative to the start of the simulation clock, such as `-2d` or `+1h30m`. */
export const relativeDatePattern = '[+-](?=\\d)(\\d{1,5}w)?(\\d{1,5}d)?(\\d{1,5}h)?(\\d{1,5}m)?(\\d{1,5}s)?'

const relative = new RegExp(`^${relativeDatePattern}$`)

function resolved(date: string, now: number): string {
  const distance = relative.test(date) ? parseDuration(date.slice(1)) : undefined
  if (distance === undefined) return date
  return `${formatKoreanLocal(date.startsWith('-') ? now - distance : now + distance)}+09:00`
}

/** The same content with every relative date (members called `...Date`) in ISO 8601, seen from `now`. */
export function withAbsoluteDates<T>(content: T, now: number): T {
  if (Array.isArray(content)) return content.map(element => withAbsoluteDates(element, now)) as T
  if (typeof content !== 'object' || content === null) return content
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => [
      key,
      typeof value === 'string' && key.endsWith('Date') ? resolved(value, now) : withAbsoluteDates(value, now),
    ]),
  ) as T
}
