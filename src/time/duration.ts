const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** Units from the longest to the shortest, as in `1h5m`. */
const short = /^(?=.)(?:(\d{1,9})w)?(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m(?!s))?(?:(\d{1,9})s)?(?:(\d{1,9})ms)?$/
/** ISO 8601 units of fixed length; months and years vary. */
const iso =
  /^P(?=.)(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.(\d{1,3}))?S)?)?$/

export const durationForm = 'a time such as 500ms, 90s, 1h5m, 7d or P1DT12H'

/** Parses a duration such as `500ms`, `90s`, `1h5m`, `7d` or `P1DT12H` to milliseconds; bare digits are milliseconds. */
export function parseDuration(text: string): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const parts = short.exec(text) ?? iso.exec(text)
  if (!parts) return undefined
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1, 6).map(part => Number(part ?? 0))
  const last = parts[6] ?? ''
  const milliseconds = Number(text.startsWith('P') ? last.padEnd(3, '0') : last)
  return weeks * units.w + days * units.d + hours * units.h + minutes * units.m + seconds * units.s + milliseconds
}
