import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import {
  type Counted,
  type DayStart,
  dayBuckets,
  type EmptyBuckets,
  periodOf,
  timeBucketOf,
  withEmpty,
} from '../../src/domain/statistics.ts'

const hour = 3_600_000
const day = 24 * hour
const seoul = (text: string): number => Date.parse(`${text}+09:00`)
const shown = (moment: number): string => new Date(moment + 9 * hour).toISOString().slice(0, 19)

const dayRows: { title: string; start: string; end: string; dayStart?: DayStart; rows: string[] }[] = [
  {
    title: 'two days',
    start: '2025-03-19T00:00:00',
    end: '2025-03-20T23:59:59',
    rows: ['2025-03-19T00:00:01 2025-03-20T00:00:00', '2025-03-20T00:00:01 2025-03-21T00:00:00'],
  },
  {
    title: 'two days that end at midnight, which belongs to the day before',
    start: '2025-03-19T00:00:00',
    end: '2025-03-21T00:00:00',
    rows: ['2025-03-19T00:00:01 2025-03-20T00:00:00', '2025-03-20T00:00:01 2025-03-21T00:00:00'],
  },
  {
    title: 'a piece of a day',
    start: '2025-03-19T10:00:00',
    end: '2025-03-19T11:00:00',
    rows: ['2025-03-19T00:00:01 2025-03-20T00:00:00'],
  },
  {
    title: 'a single moment at midnight',
    start: '2025-03-19T00:00:00',
    end: '2025-03-19T00:00:00',
    rows: ['2025-03-19T00:00:01 2025-03-20T00:00:00'],
  },
  {
    title: 'a leap day',
    start: '2024-02-28T12:00:00',
    end: '2024-03-01T12:00:00',
    rows: [
      '2024-02-28T00:00:01 2024-02-29T00:00:00',
      '2024-02-29T00:00:01 2024-03-01T00:00:00',
      '2024-03-01T00:00:01 2024-03-02T00:00:00',
    ],
  },
  { title: 'a period that ends before it begins', start: '2025-03-20T00:00:00', end: '2025-03-19T00:00:00', rows: [] },
  {
    title: 'three days, each a second later',
    start: '2023-10-19T00:00:00',
    end: '2023-10-21T23:59:59',
    dayStart: 'drifting',
    rows: [
      '2023-10-19T00:00:00 2023-10-20T00:00:00',
      '2023-10-20T00:00:01 2023-10-21T00:00:01',
      '2023-10-21T00:00:02 2023-10-22T00:00:02',
    ],
  },
]

for (const { title, start, end, dayStart = 'fixed', rows } of dayRows) {
  t.test(`shows ${title}`, async t => {
    const buckets = [...dayBuckets(periodOf(seoul(start), seoul(end)), dayStart)]
    t.strictSame(
      buckets.map(({ startsAt, endsAt }) => `${shown(startsAt)} ${shown(endsAt)}`),
      rows,
    )
  })
}

const dayStarts = fc.constantFrom<DayStart>('fixed', 'drifting')
const someMoment = fc.integer({ min: seoul('2024-01-01T00:00:00'), max: seoul('2024-12-31T00:00:00') })
// Whole days as often as any moment: their edges are where an execution could be lost or counted twice.
const edge = fc.oneof(
  someMoment,
  fc
    .tuple(someMoment, fc.integer({ min: -2, max: 2 }))
    .map(([at, off]) => Math.floor((at + 9 * hour) / day) * day - 9 * hour + off * 500),
)

t.test('counts each execution of a period once, under the date that it shows', async () => {
  fc.assert(
    fc.property(edge, edge, dayStarts, fc.array(edge), (start, end, dayStart, executions) => {
      const period = periodOf(start, end)
      const buckets = [...dayBuckets(period, dayStart)]
      for (const execution of [...executions, start, end]) {
        const holders = buckets.filter(({ counts }) => counts.from <= execution && execution < counts.to)
        assert.equal(holders.length, period.from <= execution && execution < period.to ? 1 : 0)
        for (const { startsAt, endsAt } of holders) {
          assert.ok(shown(execution) <= shown(endsAt))
          assert.ok(shown(execution) >= shown(startsAt) || holders[0] === buckets[0])
        }
      }
    }),
  )
})

t.test('counts an execution of the last second of a period', async t => {
  const { from, to } = periodOf(seoul('2025-03-19T00:00:00'), seoul('2025-03-19T23:59:59'))
  t.equal(from, seoul('2025-03-19T00:00:00'))
  t.equal(to, seoul('2025-03-20T00:00:00'))
  t.equal(periodOf(0, 1500).to, 2000)
})

const bucketOf = [
  { at: '2025-03-19T00:00:00', bucket: '2025-03-19T00:00:00' },
  { at: '2025-03-19T01:59:59', bucket: '2025-03-19T00:00:00' },
  { at: '2025-03-19T08:59:59', bucket: '2025-03-19T08:00:00' },
  { at: '2025-03-19T09:00:00', bucket: '2025-03-19T08:00:00' },
  { at: '2025-03-19T23:00:00', bucket: '2025-03-19T22:00:00' },
]

for (const { at, bucket } of bucketOf) {
  t.test(`counts ${at} from ${bucket} on`, async t => {
    t.equal(shown(timeBucketOf(seoul(at))), bucket)
  })
}

const counted: Counted[] = [
  { startsAt: seoul('2025-03-19T04:00:00'), executions: 2 },
  { startsAt: seoul('2025-03-19T08:00:00'), executions: 1 },
]
const emptyRows: { empty: EmptyBuckets; counted: Counted[]; rows: string }[] = [
  { empty: 'omit', counted, rows: '04:2 08:1' },
  { empty: 'between', counted, rows: '04:2 06:0 08:1' },
  { empty: 'all', counted, rows: '02:0 04:2 06:0 08:1 10:0' },
  { empty: 'omit', counted: [], rows: '' },
  { empty: 'between', counted: [], rows: '' },
  { empty: 'all', counted: [], rows: '02:0 04:0 06:0 08:0 10:0' },
]

for (const { empty, counted, rows } of emptyRows) {
  t.test(`shows ${empty} of the empty buckets beside ${counted.length} others`, async t => {
    const period = periodOf(seoul('2025-03-19T03:00:00'), seoul('2025-03-19T11:59:59'))
    const shownRows = [...withEmpty(counted, period, empty)].map(
      one => `${shown(one.startsAt).slice(11, 13)}:${one.executions}`,
    )
    t.equal(shownRows.join(' '), rows)
  })
}
