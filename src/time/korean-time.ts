/** Korea has UTC+9 all year, so calendar arithmetic needs integers only. */
const offset = 9 * 60 * 60 * 1000

export const minute = 60 * 1000
export const hour = 60 * minute
export const day = 24 * hour

/** A day of the Korean calendar; months count from 1. */
export interface CivilDate {
  readonly year: number
  readonly month: number
  readonly date: number
}

/** Milliseconds since Korean midnight of 1970-01-01: multiples of `day` are Korean midnights. */
export const toLocal = (moment: number): number => moment + offset
export const fromLocal = (local: number): number => local - offset

/** The number of the Korean day that contains this time; day 0 is 1970-01-01, a Thursday. */
export const dayOf = (moment: number): number => Math.floor(toLocal(moment) / day)

export const startOfDay = (dayNumber: number): number => fromLocal(dayNumber * day)

/** 0 is Monday. */
export const weekdayOf = (dayNumber: number): number => (((dayNumber + 3) % 7) + 7) % 7

// Years are counted from March, so that the leap day is the last day of its year and every month starts
// at a fixed offset; 400 years are one era of 146 097 days.
const eraYears = 400
const eraDays = 146_097
const march1st0000 = 719_468

/** A month above 12 or below 1 continues in the next or previous years. */
export function dayNumber({ year, month, date }: CivilDate): number {
  const months = year * 12 + (month - 3)
  const marchYear = Math.floor(months / 12)
  const marchMonth = months - marchYear * 12
  const era = Math.floor(marchYear / eraYears)
  const yearOfEra = marchYear - era * eraYears
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + date - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * eraDays + dayOfEra - march1st0000
}

export function civilDate(number: number): CivilDate {
  const sinceMarch = number + march1st0000
  const era = Math.floor(sinceMarch / eraDays)
  const dayOfEra = sinceMarch - era * eraDays
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: yearOfEra + era * eraYears + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}

export const daysIn = (year: number, month: number): number =>
  dayNumber({ year, month: month + 1, date: 1 }) - dayNumber({ year, month, date: 1 })

const iso = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:(Z)|([+-])(\d\d):?(\d\d))?$/

/**
 * The moment that an ISO 8601 text names, `undefined` when it names none. Without an offset it is Korean time.
 */
export function parseMoment(text: string): number | undefined {
  const parts = iso.exec(text)
  if (parts === null) return undefined
  const [year = 0, month = 0, date = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1, 7)
    .map(part => Number(part ?? 0))
  const [, , , , , , , fraction = '', zulu, sign, offsetHours = '0', offsetMinutes = '0'] = parts
  const exists = month >= 1 && month <= 12 && date >= 1 && date <= daysIn(year, month)
  if (!exists || hours > 23 || minutes > 59 || seconds > 59) return undefined
  if (Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return undefined

  const named = dayNumber({ year, month, date }) * day + hours * hour + minutes * minute + seconds * 1000
  const moment = named + Number(fraction.slice(0, 3).padEnd(3, '0'))
  if (zulu !== undefined) return moment
  if (sign === undefined) return fromLocal(moment)
  const ahead = Number(offsetHours) * hour + Number(offsetMinutes) * minute
  return sign === '-' ? moment + ahead : moment - ahead
}

/** Also accepts a date alone, which means its first millisecond. */
export const parseMomentOrDay = (text: string): number | undefined =>
  parseMoment(text.length === 'yyyy-mm-dd'.length ? `${text}T00:00` : text)
