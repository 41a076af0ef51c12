import { civilDate, day, dayNumber, daysIn, fromLocal, hour, minute, toLocal, weekdayOf } from '../time/korean-time.ts'

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof weekdays)[number]

/** When a trigger fires. `minute` is that of the hour, `minuteOfDay` counts from Korean midnight. */
export type Rule =
  | { readonly every: 'never' }
  | { readonly every: 'once'; readonly at: number }
  | { readonly every: 'hour'; readonly minute: number }
  | { readonly every: 'day'; readonly minuteOfDay: number }
  | { readonly every: 'week'; readonly minuteOfDay: number; readonly days: readonly Weekday[] }
  | { readonly every: 'month'; readonly minuteOfDay: number; readonly date: number | 'last' }

type DailyRule = Exclude<Rule, { readonly every: 'never' | 'once' | 'hour' }>

/** What a date that a month does not have means: no execution in that month, or an execution on its last day. */
export type ShortMonth = 'skip' | 'last'

/** The number of the first `length` (hour or day) whose point at `into` is still to come. */
const firstAfter = (local: number, length: number, into: number): number => Math.floor((local - into) / length) + 1

function firstWeekday(days: readonly Weekday[], from: number): number | undefined {
  for (let candidate = from; candidate < from + 7; candidate++) {
    const weekday = weekdays[weekdayOf(candidate)]
    if (weekday !== undefined && days.includes(weekday)) return candidate
  }
  return undefined
}

function firstDate(wanted: number | 'last', from: number, shortMonth: ShortMonth): number | undefined {
  const { year, month } = civilDate(from)
  // No two months in a row are short, so the date comes in this month or one of the next two.
  for (let ahead = 0; ahead < 3; ahead++) {
    const length = daysIn(year, month + ahead)
    const date = wanted === 'last' || (wanted > length && shortMonth === 'last') ? length : wanted
    const candidate = dayNumber({ year, month: month + ahead, date })
    if (date <= length && candidate >= from) return candidate
  }
  return undefined
}

function firstDay(rule: DailyRule, from: number, shortMonth: ShortMonth): number | undefined {
  switch (rule.every) {
    case 'day':
      return from
    case 'week':
      return firstWeekday(rule.days, from)
    case 'month':
      return firstDate(rule.date, from, shortMonth)
  }
}

/** The first moment after `moment` at which the rule fires, `undefined` when there is none. */
export function nextAfter(rule: Rule, moment: number, shortMonth: ShortMonth = 'skip'): number | undefined {
  switch (rule.every) {
    case 'never':
      return undefined
    case 'once':
      return rule.at > moment ? rule.at : undefined
    case 'hour':
      return fromLocal(firstAfter(toLocal(moment), hour, rule.minute * minute) * hour + rule.minute * minute)
    default: {
      const time = rule.minuteOfDay * minute
      const date = firstDay(rule, firstAfter(toLocal(moment), day, time), shortMonth)
      return date === undefined ? undefined : fromLocal(date * day + time)
    }
  }
}

/** Every moment after `from` and not after `to` at which the rule fires, in order. */
export function* momentsBetween(
  rule: Rule,
  from: number,
  to: number,
  shortMonth: ShortMonth = 'skip',
): Generator<number, void, undefined> {
  let moment = nextAfter(rule, from, shortMonth)
  while (moment !== undefined && moment <= to) {
    yield moment
    moment = nextAfter(rule, moment, shortMonth)
  }
}
