import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { formatKorean, formatKoreanLocal } from '../../src/time/korean-date.ts'

const koreanHours = 9

/** The same by the runtime's own rendering, in the time zone that the moment is moved to. */
const byRuntime = (moment: number) => new Date(moment + koreanHours * 3_600_000).toISOString()

for (const [utc, korean] of [
  ['2025-03-19T23:54:03.000Z', '2025-03-20T08:54:03+09:00'],
  ['2024-12-31T14:59:59.999Z', '2024-12-31T23:59:59+09:00'],
  ['2024-12-31T15:00:00.000Z', '2025-01-01T00:00:00+09:00'],
  ['2024-02-28T20:00:00.500Z', '2024-02-29T05:00:00+09:00'],
  ['1969-12-31T14:59:59.001Z', '1969-12-31T23:59:59+09:00'],
] as const) {
  t.test(`shows ${utc} as ${korean}`, async t => t.equal(formatKorean(Date.parse(utc)), korean))
}

const someMoment = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T14:59:59.999Z'),
  noInvalidDate: true,
})

t.test('formats any time as the runtime does, nine hours on', async () => {
  // More days than are remembered at once, so that forgetting them is in it.
  fc.assert(
    fc.property(fc.array(someMoment, { minLength: 50, maxLength: 100 }), moments => {
      for (const moment of moments.map(Number)) {
        assert.equal(formatKoreanLocal(moment), byRuntime(moment).slice(0, 23))
        assert.equal(formatKorean(moment), `${byRuntime(moment).slice(0, 19)}+09:00`)
      }
    }),
    { numRuns: 100 },
  )
})
