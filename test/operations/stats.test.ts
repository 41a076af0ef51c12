import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { formatKoreanLocal } from '../../src/time/korean-date.ts'
import { testNow } from '../support/emulator.ts'
import { day, editionIds, flow, hour, minute, refusalOf, triggerRules } from '../support/flow.ts'

const names = ['executions', 'executions-interval', 'executions-times', 'execution-times']
const period = (from: string, to: string) => `startDate=${encodeURIComponent(from)}&endDate=${encodeURIComponent(to)}`
const june = period('2025-06-01T00:00:00', '2025-06-02T23:59:59')

for (const edition of editionIds) {
  t.test(`counts executions by end, by day and by time, edition ${edition}`, async t => {
    const { done, job, wall } = await flow(t, { edition, runTime: minute, waitingTime: 0 })
    const jobId = await job()
    const body = { jobCondition: { numWorker: 2, nrn: 'n', scriptPath: 's/', logPath: 'l/' } }
    for (const into of [0, 5 * hour, day, day + 3 * hour]) {
      wall.moment = testNow + into
      await done('POST', `/api/v1/jobs/${jobId}/executions`, body)
    }
    t.equal(
      JSON.stringify(await done('GET', `/api/v1/stats/executions?${june}`)),
      '{"totalCount":4,"completedCount":3,"failedCount":0}',
    )
    const ends =
      edition === '2023-10'
        ? [
            ['2025-06-01T00:00:00.000', '2025-06-02T00:00:00.000'],
            ['2025-06-02T00:00:01.000', '2025-06-03T00:00:01.000'],
          ]
        : [
            ['2025-06-01T00:00:01', '2025-06-02T00:00:00'],
            ['2025-06-02T00:00:01', '2025-06-03T00:00:00'],
          ]
    const { result } = await done('GET', `/api/v1/stats/executions-interval?${june}`)
    t.strictSame(
      result.map((one: object) => Object.values(one)),
      [
        [3, ...(ends[0] ?? [])],
        [1, ...(ends[1] ?? [])],
      ],
    )
    t.strictSame(Object.keys(result[0]), ['totalCount', 'startDate', 'endDate'])
    for (const name of ['executions-times', 'execution-times']) {
      t.strictSame(await done('GET', `/api/v1/stats/${name}?${june}`), {
        result: [0, 4 * hour, day, day + 2 * hour].map(into => ({ time: testNow + into, value: 1 })),
      })
    }
  })

  t.test(`rejects what is no period, edition ${edition}`, async t => {
    const { get } = await flow(t, { edition })
    const ten = '2025-06-01T10:00:00'
    for (const [query, parameter] of [
      [`endDate=${ten}`, 'startDate'],
      [`startDate=${ten}`, 'endDate'],
      [`startDate=&endDate=${ten}`, 'startDate'],
      [`startDate=${ten}&startDate=${ten}&endDate=${ten}`, 'startDate'],
      [period('2025-06-01', ten), 'startDate'],
      [period('2025-02-29T00:00:00', ten), 'startDate'],
      [period(ten, '1748736000000'), 'endDate'],
      [period(ten, '2025-06-01T09:59:59'), 'endDate'],
      [period(ten, '2125-06-01T09:59:59'), 'endDate'],
    ] as const) {
      for (const name of names) {
        const { status, word, details } = refusalOf(await get(`/api/v1/stats/${name}?${query}`))
        t.strictSame([status, word], [400, 'bad-parameter'], query)
        t.ok(details.startsWith(`${parameter}: `), details)
      }
    }
  })
}

const pathRows = [
  ['both', [200, 200]],
  ['live', [404, 200]],
  ['documented', [200, 404]],
] as const
for (const [statsTimesPath, statuses] of pathRows) {
  t.test(`serves the paths of the times that statsTimesPath=${statsTimesPath} names`, async t => {
    for (const edition of editionIds) {
      const { get } = await flow(t, { edition, assume: { statsTimesPath } })
      const answers = [
        await get(`/api/v1/stats/executions-times?${june}`),
        await get(`/api/v1/stats/execution-times?${june}`),
      ]
      t.strictSame(
        answers.map(({ status }) => status),
        statuses,
      )
      for (const { status, body } of answers) if (status === 404) t.equal(body.error.errorCode, '300')
    }
  })
}

t.test('reads a date with its offset, or rejects it', async t => {
  const queries = ['2025-05-31T15:00:00Z', '2025-06-01T00:00:00+09:00', '2025-05-31T10:00:00-05:00']
  const accepting = await flow(t)
  const jobId = await accepting.job()
  await accepting.done('POST', `/api/v1/jobs/${jobId}/executions`)
  const refusing = await flow(t, { assume: { statsDates: 'refuse' } })
  for (const moment of queries) {
    const target = `/api/v1/stats/executions?${period(moment, moment)}`
    t.match((await accepting.get(target)).body, { totalCount: 1 }, moment)
    const { status, details } = refusalOf(await refusing.get(target))
    t.equal(status, 400)
    t.match(details, /^startDate: /)
  }
  const spaced = '/api/v1/stats/executions?startDate=2025-06-01T00:00:00+09:00&endDate=2025-06-01T00:00:00+09:00'
  t.match((await accepting.get(spaced)).body, { totalCount: 1 }, 'a plus that reads as a space')
})

t.test('shows empty buckets as statsEmpty says', async t => {
  for (const [statsEmpty, values] of [
    ['omit', [1, 2]],
    ['between', [1, 0, 0, 2]],
    ['all', [0, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]],
  ] as const) {
    const { done, job, wall } = await flow(t, { assume: { statsEmpty, maxConcurrentRuns: 'unlimited' } })
    const jobId = await job()
    for (const into of [2 * hour, 8 * hour, 8 * hour]) {
      wall.moment = testNow + into
      await done('POST', `/api/v1/jobs/${jobId}/executions`)
    }
    const { result } = await done(
      'GET',
      `/api/v1/stats/execution-times?${period('2025-06-01T00:00:00', '2025-06-01T23:59:59')}`,
    )
    t.strictSame(
      result.map(({ value }: { value: number }) => value),
      values,
      statsEmpty,
    )
  }
})

t.test('counts the executions in any period, and its parts add up', async t => {
  const { done, wired, wall, get } = await flow(t, { edition: '2025-03', runTime: 5 * minute, failureRate: 0.3 })
  const { jobId } = await wired(triggerRules.hourly)
  wall.moment = testNow + 3 * day + 2 * minute
  const { list } = await done('GET', `/api/v1/jobs/${jobId}/executions`)
  t.equal(list.length, 72)
  t.equal(new Set(list.map(({ status }: { status: string }) => status)).size, 3, 'completed, failed, under way')

  const moment = fc.integer({ min: -5 * 3600, max: 77 * 3600 }).map(seconds => testNow + seconds * 1000)
  await fc.assert(
    fc.asyncProperty(moment, moment, async (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)]
      const query = period(formatKoreanLocal(from).slice(0, 19), formatKoreanLocal(to).slice(0, 19))
      const inside = list.filter(({ createdDate }: { createdDate: string }) => {
        const at = Date.parse(createdDate)
        return at >= from && at <= to
      })
      const of = (word: string) => inside.filter(({ status }: { status: string }) => status === word).length
      assert.deepEqual((await get(`/api/v1/stats/executions?${query}`)).body, {
        totalCount: inside.length,
        completedCount: of('COMPLETED'),
        failedCount: of('FAILED'),
      })
      for (const [name, member] of [
        ['executions-interval', 'totalCount'],
        ['executions-times', 'value'],
      ] as const) {
        const { result } = (await get(`/api/v1/stats/${name}?${query}`)).body
        const sum = result.reduce((sum: number, part: Record<string, number>) => sum + (part[member] ?? 0), 0)
        assert.equal(sum, inside.length, name)
      }
    }),
    { numRuns: 30 },
  )
})

t.test('names the escape that is missing in a date with a plus sign or a space', async t => {
  const rows = [
    ['2025-06-01T00:00:00+09:00', { plusInQuery: 'refuse' }, /send the plus sign of the offset as %2B/],
    ['2025-06-01T00:00:00%2009:00', { plusInQuery: 'refuse' }, /send the plus sign of the offset as %2B/],
    ['2025-06-01T00:00:00+09:00', { statsDates: 'refuse' }, /leave out the offset: the time is Korean time/],
    ['2025-06-01+00:00:00', {}, /send T between date and time/],
    ['2025-06-01%2000:00:00', {}, /send T between date and time/],
    ['yesterday+noon', {}, /^startDate: must be a date and time, .*, was "yesterday noon"$/],
  ] as const
  for (const [date, assume, expected] of rows) {
    const { get } = await flow(t, { assume })
    const target = `/api/v1/stats/executions?startDate=${date}&endDate=2025-06-02T00:00:00`
    const { status, details } = refusalOf(await get(target))
    t.equal(status, 400)
    t.match(details, expected)
  }
})
