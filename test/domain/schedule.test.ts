import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { momentsBetween, nextAfter, type Rule, type ShortMonth, weekdays } from '../../src/domain/schedule.ts'
import {
  civilDate,
  dayNumber,
  dayOf,
  daysIn,
  parseMoment,
  parseMomentOrDay,
  startOfDay,
  weekdayOf,
} from '../../src/time/korean-time.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** A moment written in Korean time, read by the platform and not by the code under test. */
const seoul = (text: string): number => Date.parse(`${text}+09:00`)
const formatKorean = (moment: number): Date => new Date(moment + 9 * 60 * minute)
const shown = (moment: number | undefined): string | undefined =>
  moment === undefined ? undefined : formatKorean(moment).toISOString().slice(0, 19)

const tenOClock = 10 * 60
const firings: { title: string; rule: Rule; after: string; next: string | undefined; shortMonth?: ShortMonth }[] = [
  { title: 'never', rule: { every: 'never' }, after: '2025-03-20T00:00:00', next: undefined },
  {
    title: 'a single date, later',
    rule: { every: 'once', at: seoul('2025-03-20T10:00:30') },
    after: '2025-03-20T10:00:29',
    next: '2025-03-20T10:00:30',
  },
  {
    title: 'a single date, strictly later',
    rule: { every: 'once', at: seoul('2025-03-20T10:00:30') },
    after: '2025-03-20T10:00:30',
    next: undefined,
  },
  {
    title: 'an hour, in the same hour',
    rule: { every: 'hour', minute: 30 },
    after: '2025-03-20T10:29:59',
    next: '2025-03-20T10:30:00',
  },
  {
    title: 'an hour, over New Year',
    rule: { every: 'hour', minute: 30 },
    after: '2024-12-31T23:30:00',
    next: '2025-01-01T00:30:00',
  },
  {
    title: 'a day before its time',
    rule: { every: 'day', minuteOfDay: tenOClock },
    after: '2025-03-20T09:59:59',
    next: '2025-03-20T10:00:00',
  },
  {
    title: 'a day at its time',
    rule: { every: 'day', minuteOfDay: tenOClock },
    after: '2025-03-20T10:00:00',
    next: '2025-03-21T10:00:00',
  },
  {
    title: 'a day at Korean midnight, which is yesterday in UTC',
    rule: { every: 'day', minuteOfDay: 0 },
    after: '2025-03-20T23:59:00',
    next: '2025-03-21T00:00:00',
  },
  {
    title: 'a week later today',
    rule: { every: 'week', minuteOfDay: tenOClock, days: ['thursday'] },
    after: '2025-03-20T09:00:00',
    next: '2025-03-20T10:00:00',
  },
  {
    title: 'a week from now',
    rule: { every: 'week', minuteOfDay: tenOClock, days: ['thursday'] },
    after: '2025-03-20T10:00:00',
    next: '2025-03-27T10:00:00',
  },
  {
    title: 'several days of a week, in any order',
    rule: { every: 'week', minuteOfDay: tenOClock, days: ['sunday', 'monday'] },
    after: '2025-03-20T10:00:00',
    next: '2025-03-23T10:00:00',
  },
  {
    title: 'a week without days',
    rule: { every: 'week', minuteOfDay: tenOClock, days: [] },
    after: '2025-03-20T10:00:00',
    next: undefined,
  },
  {
    title: 'a month at its date',
    rule: { every: 'month', minuteOfDay: tenOClock, date: 20 },
    after: '2025-03-20T10:00:00',
    next: '2025-04-20T10:00:00',
  },
  {
    title: 'the 31st, skipping February',
    rule: { every: 'month', minuteOfDay: tenOClock, date: 31 },
    after: '2025-01-31T10:00:00',
    next: '2025-03-31T10:00:00',
  },
  {
    title: 'the 31st, on the last day of February where short months are told so',
    rule: { every: 'month', minuteOfDay: tenOClock, date: 31 },
    after: '2025-01-31T10:00:00',
    next: '2025-02-28T10:00:00',
    shortMonth: 'last',
  },
  {
    title: 'the 29th, skipping a common February',
    rule: { every: 'month', minuteOfDay: tenOClock, date: 29 },
    after: '2025-01-29T10:00:00',
    next: '2025-03-29T10:00:00',
  },
  {
    title: 'the 29th of a leap February',
    rule: { every: 'month', minuteOfDay: tenOClock, date: 29 },
    after: '2024-01-29T10:00:00',
    next: '2024-02-29T10:00:00',
  },
  {
    title: 'the 29th of the February of 2000, a leap year, unlike 1900',
    rule: { every: 'month', minuteOfDay: tenOClock, date: 29 },
    after: '2000-01-29T10:00:00',
    next: '2000-02-29T10:00:00',
  },
  {
    title: 'the 31st over New Year',
    rule: { every: 'month', minuteOfDay: 0, date: 31 },
    after: '2025-12-31T00:00:00',
    next: '2026-01-31T00:00:00',
  },
  {
    title: 'the last day of February',
    rule: { every: 'month', minuteOfDay: tenOClock, date: 'last' },
    after: '2025-01-31T10:00:00',
    next: '2025-02-28T10:00:00',
  },
  {
    title: 'the last day of a leap February',
    rule: { every: 'month', minuteOfDay: tenOClock, date: 'last' },
    after: '2024-01-31T10:00:00',
    next: '2024-02-29T10:00:00',
  },
  {
    title: 'a date that no month has',
    rule: { every: 'month', minuteOfDay: tenOClock, date: 32 },
    after: '2025-01-31T10:00:00',
    next: undefined,
  },
]

for (const { title, rule, after, next, shortMonth } of firings) {
  t.test(`fires next: ${title}`, async t => {
    t.equal(shown(nextAfter(rule, seoul(after), shortMonth)), next)
  })
}

const minuteOfDay = fc.integer({ min: 0, max: 1439 })
const recurring: fc.Arbitrary<Rule> = fc.oneof(
  fc.record(
    { every: fc.constant('hour' as const), minute: fc.integer({ min: 0, max: 59 }) },
    { noNullPrototype: true },
  ),
  fc.record({ every: fc.constant('day' as const), minuteOfDay }, { noNullPrototype: true }),
  fc.record(
    {
      every: fc.constant('week' as const),
      minuteOfDay,
      days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
    },
    { noNullPrototype: true },
  ),
  fc.record(
    {
      every: fc.constant('month' as const),
      minuteOfDay,
      date: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constantFrom('last' as const, 28, 29, 30, 31)),
    },
    { noNullPrototype: true },
  ),
)
const shortMonths = fc.constantFrom<ShortMonth>('skip', 'last')
const someMoment = fc.integer({ min: seoul('1999-01-01T00:00:00'), max: seoul('2101-01-01T00:00:00') })

/** Whether a rule fires at a moment, told by the platform's calendar. */
function fires(rule: Rule, moment: number, shortMonth: ShortMonth): boolean {
  const local = formatKorean(moment)
  if (local.getUTCSeconds() !== 0 || local.getUTCMilliseconds() !== 0) return false
  if (rule.every === 'never' || rule.every === 'once') return rule.every === 'once' && rule.at === moment
  if (rule.every === 'hour') return local.getUTCMinutes() === rule.minute
  if (local.getUTCHours() * 60 + local.getUTCMinutes() !== rule.minuteOfDay) return false
  if (rule.every === 'week') return rule.days.some(name => weekdays.indexOf(name) === (local.getUTCDay() + 6) % 7)
  if (rule.every === 'day') return true
  const isLast = new Date(local.getTime() + day).getUTCDate() === 1
  const date = local.getUTCDate()
  if (rule.date === 'last') return isLast
  return date === rule.date || (isLast && shortMonth === 'last' && rule.date > date)
}

t.test('lists times in order that all satisfy the rule, over years', async () => {
  fc.assert(
    fc.property(recurring, someMoment, shortMonths, (rule, from, shortMonth) => {
      let last = from
      for (const moment of momentsBetween(rule, from, from + (rule.every === 'hour' ? 3 : 800) * day, shortMonth)) {
        assert.ok(moment > last)
        assert.ok(fires(rule, moment, shortMonth), shown(moment))
        last = moment
      }
      assert.notEqual(last, from)
    }),
  )
})

t.test('agrees with a check of every minute of a week', async () => {
  const minutes = fc.integer({ min: seoul('1999-01-01T00:00:00') / minute, max: seoul('2101-01-01T00:00:00') / minute })
  // A week around the turn of a month, where dates are decided, as often as any other week.
  const monthEnd = minutes.map(number => {
    const local = formatKorean(number * minute)
    return Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), 27) / minute
  })
  fc.assert(
    fc.property(recurring, fc.oneof(minutes, monthEnd), shortMonths, (rule, start, shortMonth) => {
      const from = start * minute
      const naive: number[] = []
      for (let moment = from + minute; moment <= from + 7 * day; moment += minute) {
        if (fires(rule, moment, shortMonth)) naive.push(moment)
      }
      assert.deepEqual([...momentsBetween(rule, from, from + 7 * day, shortMonth)], naive)
      const next = nextAfter(rule, from, shortMonth)
      if (naive.length > 0) assert.equal(next, naive[0])
      else assert.ok(next !== undefined && next > from + 7 * day)
    }),
    { numRuns: 60 },
  )
})

t.test('gives the same times when an interval is cut into pieces', async () => {
  const once = someMoment.map(at => ({ every: 'once' as const, at }))
  fc.assert(
    fc.property(
      fc.oneof(recurring, once),
      someMoment,
      fc.array(fc.integer({ min: 0, max: 400 * day }), { maxLength: 8 }),
      shortMonths,
      (rule, from, cuts, shortMonth) => {
        // Cuts fall on moments as well, where an off-by-one would show.
        const whole = [...momentsBetween(rule, from, from + 400 * day, shortMonth)]
        const edges = [...cuts.map(cut => from + cut), ...cuts.flatMap(cut => whole[cut % (whole.length + 1)] ?? [])]
        const steps = [from, ...edges.sort((a, b) => a - b), from + 400 * day]
        const pieces = steps.flatMap((edge, i) => [...momentsBetween(rule, steps[i - 1] ?? edge, edge, shortMonth)])
        assert.deepEqual(pieces, whole)
      },
    ),
    { numRuns: 40 },
  )
})

t.test('lists a year of 100 hourly triggers in well under a second', async t => {
  const start = performance.now()
  let moments = 0
  for (let trigger = 0; trigger < 100; trigger++) {
    const rule: Rule = { every: 'hour', minute: trigger % 60 }
    const [from, to] = [seoul('2025-01-01T00:00:00') - 1, seoul('2026-01-01T00:00:00') - 1]
    for (const _ of momentsBetween(rule, from, to)) moments++
  }
  t.equal(moments, 876_000)
  t.ok(performance.now() - start < 1000)
})

t.test('matches the calendar of the platform, for any day of 800 years', async () => {
  // The turn of 400 years, 2000-03-01, is where the arithmetic starts anew.
  const turn = Date.UTC(2000, 2, 1) / day
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: -146_097, max: 146_097 }), fc.integer({ min: turn - 3, max: turn + 3 })),
      number => {
        const date = new Date(number * day)
        const expected = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, date: date.getUTCDate() }
        assert.deepEqual(civilDate(number), expected)
        assert.equal(dayNumber(expected), number)
        assert.equal(weekdayOf(number), (date.getUTCDay() + 6) % 7)
        assert.equal(
          daysIn(expected.year, expected.month),
          new Date(Date.UTC(expected.year, expected.month, 0)).getUTCDate(),
        )
        assert.equal(dayOf(startOfDay(number)), number)
        assert.equal(dayOf(startOfDay(number) - 1), number - 1)
      },
    ),
    { numRuns: 1000 },
  )
})

const texts = [
  { text: '2025-03-20T08:54:03', moment: Date.UTC(2025, 2, 19, 23, 54, 3) },
  { text: '2025-03-20T08:54', moment: Date.UTC(2025, 2, 19, 23, 54) },
  { text: '2025-03-20T08:54:03.25', moment: Date.UTC(2025, 2, 19, 23, 54, 3, 250) },
  { text: '2025-03-20T08:54:03.9876', moment: Date.UTC(2025, 2, 19, 23, 54, 3, 987) },
  { text: '2025-03-20T08:54:03+09:00', moment: Date.UTC(2025, 2, 19, 23, 54, 3) },
  { text: '2025-03-20T08:54:03 09:00', moment: undefined },
  { text: '2025-03-20T08:54:03+0900', moment: Date.UTC(2025, 2, 19, 23, 54, 3) },
  { text: '2025-03-20T08:54:03-03:30', moment: Date.UTC(2025, 2, 20, 12, 24, 3) },
  { text: '2025-03-20T08:54:03Z', moment: Date.UTC(2025, 2, 20, 8, 54, 3) },
  { text: '2024-02-29T00:00:00', moment: Date.UTC(2024, 1, 28, 15) },
  { text: '2025-02-29T00:00:00', moment: undefined },
  { text: '2025-13-01T00:00:00', moment: undefined },
  { text: '2025-00-01T00:00:00', moment: undefined },
  { text: '2025-01-00T00:00:00', moment: undefined },
  { text: '2025-01-01T24:00:00', moment: undefined },
  { text: '2025-01-01T00:60:00', moment: undefined },
  { text: '2025-01-01T00:00:60', moment: undefined },
  { text: '2025-01-01T00:00:00+24:00', moment: undefined },
  { text: '2025-01-01T00:00:00+00:60', moment: undefined },
  { text: '2025-01-01', moment: undefined },
  { text: '2025-1-1T00:00:00', moment: undefined },
  { text: '2025-01-01 00:00:00', moment: undefined },
  { text: '2025-01-01T00:00:00z', moment: undefined },
  { text: '1735657200000', moment: undefined },
  { text: '', moment: undefined },
]

for (const { text, moment } of texts) {
  t.test(`reads "${text}" as ${moment === undefined ? 'no date' : shown(moment)}`, async t => {
    t.equal(parseMoment(text), moment)
  })
}

t.test('reads a day alone as its beginning in Korea, where a day is allowed', async t => {
  t.equal(parseMomentOrDay('2025-06-01'), Date.UTC(2025, 4, 31, 15))
  t.equal(parseMomentOrDay('2025-06-01T00:00'), Date.UTC(2025, 4, 31, 15))
  for (const text of ['2025-06-31', '2025-6-001', '']) t.equal(parseMomentOrDay(text), undefined, text)
})
