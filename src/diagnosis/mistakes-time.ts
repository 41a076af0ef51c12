import { type Family, family } from './hypothesis.ts'
import type { Case } from './writing.ts'

const koreanOffset = 9 * 3_600_000
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const zones = [
  { offset: 0, zone: '+00:00', short: '+0000', gmt: 'GMT+0000 (Coordinated Universal Time)' },
  { offset: koreanOffset, zone: '+09:00', short: '+0900', gmt: 'GMT+0900 (Korean Standard Time)' },
] as const

/** The texts in which a time is printed most often, in UTC and in Korean time. */
function* commonNotations(ms: number): Iterable<string> {
  for (const { offset, zone } of zones) {
    const iso = new Date(ms + offset).toISOString().slice(0, -1)
    const seconds = iso.slice(0, 19)
    for (const suffix of offset === 0 ? ['Z', ''] : [zone, '']) yield* [`${iso}${suffix}`, `${seconds}${suffix}`]
    yield seconds.replace('T', ' ')
    yield seconds.replace(/\D/g, '')
    yield iso.replace(/\D/g, '')
  }
}

/** The other texts in which languages print a time, in UTC and in Korean time. */
function* rareNotations(ms: number): Iterable<string> {
  for (const { offset, zone, short, gmt } of zones) {
    const moment = new Date(ms + offset)
    const iso = moment.toISOString().slice(0, -1)
    const [date = '', time = ''] = iso.split('T')
    const seconds = iso.slice(0, 19)
    for (const suffix of ['Z', zone, short, '']) yield* [`${iso}${suffix}`, `${seconds}${suffix}`, `${iso}000${suffix}`]
    for (const suffix of ['', zone, ' +0000', ' UTC', ' KST']) {
      yield* [`${date} ${time}${suffix}`, `${date} ${time}000${suffix}`, `${date} ${time.slice(0, 8)}${suffix}`]
    }
    const digits = seconds.replace(/\D/g, '')
    yield* [`${digits.slice(0, 8)}T${digits.slice(8)}Z`, digits.slice(0, 8), date]
    const [day, month] = [days[moment.getUTCDay()], months[moment.getUTCMonth()]]
    const [dayOfMonth, year] = [date.slice(8), date.slice(0, 4)]
    yield `${day}, ${dayOfMonth} ${month} ${year} ${time.slice(0, 8)} GMT`
    yield `${day} ${month} ${dayOfMonth} ${year} ${time.slice(0, 8)} ${gmt}`
    yield `${day} ${month} ${dayOfMonth} ${time.slice(0, 8)} ${offset === 0 ? 'UTC' : 'KST'} ${year}`
  }
}

/** Other numbers for the same time. */
function* commonNumbers(timestamp: string): Iterable<string> {
  const [seconds, rest] = [timestamp.slice(0, -3), timestamp.slice(-3)]
  yield* [`${timestamp}.0`, `${timestamp}000`, `${timestamp}000000`]
  yield* [`${seconds}.${rest}000`, `${seconds}.0`, String(Number(seconds) + 1)]
}

function* rareNumbers(timestamp: string): Iterable<string> {
  const [seconds, rest] = [timestamp.slice(0, -3), timestamp.slice(-3)]
  yield `${seconds}.${rest.replace(/0+$/, '')}`
  const digits = timestamp.replace(/0+$/, '')
  const power = timestamp.length - 1
  const mantissa = `${digits.slice(0, 1)}.${digits.slice(1)}`
  yield* [`${mantissa}E${power}`, `${mantissa}e+${power}`, `${mantissa}e${power}`, `${mantissa}E+${power}`]
  yield `${mantissa.slice(0, 7)}e+${power}`
  yield timestamp.replace(/\B(?=(\d{3})+$)/g, ',')
  yield* [`${timestamp}L`, `${timestamp}n`, Number(timestamp).toString(16)]
  yield* [`-${timestamp}`, `0${timestamp}`, `${timestamp}.123`]
}

/** A timestamp that a calendar knows. */
const isMoment = ({ right: { timestamp } }: Case): boolean => /^\d{10,15}$/.test(timestamp)

const otherText = (
  rank: 2 | 3,
  notations: (ms: number) => Iterable<string>,
  numbers: (timestamp: string) => Iterable<string>,
): Family =>
  family({
    cause: 'timestamp-text-signed',
    part: 'timestamp',
    rank,
    signed: text => `the time as ${text}`,
    sign: "the header's milliseconds, in digits alone",
    wrong: asked => {
      const { timestamp } = asked.right
      return isMoment(asked) ? [...notations(Number(timestamp)), ...numbers(timestamp)] : []
    },
  })

/** Mistakes in the time that is signed. */
export const timeFamilies: readonly Family[] = [
  family({
    cause: 'seconds-signed',
    part: 'timestamp',
    rank: 1,
    signed: seconds => `the time in seconds (${seconds})`,
    sign: "the header's milliseconds",
    wrong: ({ right: { timestamp } }) => {
      const seconds = timestamp.slice(0, -3)
      return [seconds, `${seconds}.${timestamp.slice(-3)}`]
    },
  }),
  family({
    cause: 'timestamp-differs',
    part: 'timestamp',
    rank: 1,
    signed: rounded => `the timestamp rounded to seconds (${rounded})`,
    sign: "the header's own value",
    wrong: ({ right: { timestamp } }) => [`${timestamp.slice(0, -3)}000`],
  }),
  otherText(2, commonNotations, commonNumbers),
  family({
    cause: 'timestamp-differs',
    part: 'timestamp',
    rank: 2,
    signed: other => `a timestamp that is nine hours off (${other})`,
    sign: "the header's own value",
    wrong: ({ right: { timestamp } }) => [
      String(Number(timestamp) + koreanOffset),
      String(Number(timestamp) - koreanOffset),
      String(Math.round(Number(timestamp) / 1000) * 1000),
    ],
  }),
  otherText(3, rareNotations, rareNumbers),
]
