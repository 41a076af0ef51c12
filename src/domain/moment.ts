/**
 * Epoch milliseconds of an ISO 8601 text, Korean time without an offset.
 * NaN for a day that does not exist, which Date.parse would take for one in the next month.
 */
export function momentOf(text: string): number {
  const day = text.slice(0, 10)
  const time = text.length === 10 ? `${text}T00:00` : text
  const moment = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(time.slice(10)) ? time : `${time}+09:00`)
  const dayAsRead = Date.parse(`${day}T00:00:00Z`)
  return new Date(dayAsRead || 0).toISOString().startsWith(day) ? moment : Number.NaN
}
