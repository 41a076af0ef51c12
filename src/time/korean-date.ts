import { day as dayMs, toLocal } from './korean-time.ts'

/** Caches formatted dates: a list formats thousands of times on few days, and the date is the costly part. */
const dates = new Map<number, string>()
const rememberedDates = 4096

function dateOf(day: number): string {
  const known = dates.get(day)
  if (known !== undefined) return known
  if (dates.size >= rememberedDates) dates.clear()
  const made = new Date(day * dayMs).toISOString().slice(0, 10)
  dates.set(day, made)
  return made
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0')
const twoDigits = Array.from({ length: 60 }, (_, value) => digits(value, 2))

function inKorea(moment: number): readonly [toTheSecond: string, milliseconds: number] {
  const local = toLocal(Math.trunc(moment))
  const day = Math.floor(local / dayMs)
  const time = local - day * dayMs
  const second = Math.floor(time / 1000)
  const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(part => twoDigits[part])
  return [`${dateOf(day)}T${clock.join(':')}`, time % 1000]
}

/** Korean local time with milliseconds and without offset. */
export function formatKoreanLocal(moment: number): string {
  const [toTheSecond, milliseconds] = inKorea(moment)
  return `${toTheSecond}.${digits(milliseconds, 3)}`
}

/** ISO 8601 in Korean time, to the second. */
export const formatKorean = (moment: number): string => `${inKorea(moment)[0]}+09:00`
