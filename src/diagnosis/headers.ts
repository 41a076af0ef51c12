import { authHeaderNames } from '../domain/auth-headers.ts'
import { type GatewayReadings, headerText, type Presented, signatureOf, tolerance } from '../gateway/authenticate.ts'
import type { Cause } from './causes.ts'
import { missingValues } from './hypothesis.ts'

/** What is wrong with a header, without the rest of a diagnosis. */
export interface HeaderTrouble {
  readonly cause: Cause
  readonly sentence: string
}

const told = (cause: Cause, sentence: string): HeaderTrouble => ({ cause, sentence })

/** Words by which a header that was meant is recognised under a wrong name. */
const alike: Readonly<Record<string, RegExp>> = {
  [authHeaderNames.timestamp]: /timestamp|^date$|-date$/,
  [authHeaderNames.accessKey]: /access[-_]?key|api[-_]?key/,
  [authHeaderNames.signature]: /signature|^authorization$/,
}

function missing(name: string, { headers }: Presented): string {
  if (headers[name] !== undefined) return `${name} is there but empty (a variable that is not set?)`
  const others = Object.values<string>(authHeaderNames)
  const near = Object.keys(headers).find(
    other => alike[name]?.test(other) && (!others.includes(other) || other === authHeaderNames.signatureV1),
  )
  return near === undefined ? `${name} is missing` : `${name} is missing, ${JSON.stringify(near.slice(0, 80))} is there`
}

/** Names the headers that are missing. */
export function missingHeaders(presented: Presented, readings: GatewayReadings): HeaderTrouble | undefined {
  const { headers } = presented
  const absent = [
    headerText(headers[authHeaderNames.timestamp]) ? [] : authHeaderNames.timestamp,
    headerText(headers[authHeaderNames.accessKey]) ? [] : authHeaderNames.accessKey,
    signatureOf(headers, readings) ? [] : authHeaderNames.signature,
  ].flat()
  if (absent.length === 0) return undefined
  const each = absent.map(name => missing(name, presented)).join('; ')
  const otherScheme = headers['x-ncp-apigw-api-key-id'] !== undefined || headers['x-ncp-apigw-api-key'] !== undefined
  const hint = otherScheme
    ? ' API key id and API key are the scheme of Maps and CLOVA; Data Flow wants a signature.'
    : ''
  return told(otherScheme ? 'api-key-scheme' : 'headers-missing', `${each}.${hint}`)
}

/** The values of a header that was sent more than once; HTTP joins them by a comma and a space. */
function valuesOf(text: string): string[] | undefined {
  const values = text.split(/, ?/)
  return values.length > 1 && values.every(value => value !== '') ? values : undefined
}

/** A header that was sent more than once, where each value has the form of one. */
export function repeatedHeader(
  { headers }: Presented,
  readings: GatewayReadings,
  isKey: (accessKey: string) => boolean,
): HeaderTrouble | undefined {
  const signatureName =
    headerText(headers[authHeaderNames.signature]) === signatureOf(headers, readings)
      ? authHeaderNames.signature
      : authHeaderNames.signatureV1
  const forms: readonly (readonly [string, (value: string) => boolean])[] = [
    [authHeaderNames.timestamp, value => /^\d+$/.test(value)],
    [authHeaderNames.accessKey, isKey],
    [signatureName, value => /^[\w+/=-]{16,}$/.test(value)],
  ]
  for (const [name, hasForm] of forms) {
    const values = valuesOf(headerText(headers[name]))
    if (values === undefined || !(values.every(hasForm) || (values.some(hasForm) && new Set(values).size === 1)))
      continue
    const same = new Set(values).size === 1 ? 'the same value' : 'different values'
    return told('header-twice', `The header ${name} is sent ${values.length} times with ${same}; send it once.`)
  }
  return undefined
}

/** What is wrong with a timestamp that is not in digits alone. */
export function timestampForm(timestamp: string): HeaderTrouble {
  const name = authHeaderNames.timestamp
  const form = missingValues.some(value => value === timestamp)
    ? `the text of a missing value (${JSON.stringify(timestamp)})`
    : /^\d+\.\d+$/.test(timestamp)
      ? 'a number with a fraction'
      : /^\s*\d{4}-\d\d-\d\d|^[A-Z][a-z]{2},? /.test(timestamp)
        ? 'a date'
        : /^\d+(\.\d+)?[eE]\+?\d+$/.test(timestamp)
          ? 'a number in scientific notation'
          : 'no plain number'
  return told(
    'timestamp-form',
    `${name} holds ${form}; send epoch milliseconds in digits alone, and sign the same text.`,
  )
}

const minute = 60_000
const koreanOffset = 9 * 60 * minute

/** Units that a timestamp can be in by mistake, by the size of a number that is a moment of our times in them. */
const units = [
  { cause: 'timestamp-in-seconds', unit: 'seconds', from: 1e8, to: 1e11 },
  { cause: 'timestamp-in-microseconds', unit: 'microseconds', from: 1e14, to: 1e17 },
  { cause: 'timestamp-in-nanoseconds', unit: 'nanoseconds', from: 1e17, to: 1e20 },
] as const

/** A timestamp in another unit than milliseconds. */
export function otherUnit(timestamp: number): HeaderTrouble | undefined {
  const found = units.find(({ from, to }) => timestamp >= from && timestamp < to)
  return found && told(found.cause, `The header holds ${found.unit}; send milliseconds, and sign the same text.`)
}

/** Why a timestamp is outside the window. */
export function outsideWindow(timestamp: number, now: number): HeaderTrouble {
  const drift = timestamp - now
  const size = Math.abs(drift)
  const unit = otherUnit(timestamp)
  if (unit) return unit
  if (Math.abs(size - koreanOffset) < tolerance) {
    return told(
      'time-zone',
      `The timestamp is nine hours ${drift > 0 ? 'fast' : 'slow'}: Korean time was taken for UTC or the other way round; send the epoch's milliseconds, which know no time zone.`,
    )
  }
  return told(
    'clock-off',
    `The client's clock is ${lengthOf(size)} ${drift > 0 ? 'fast' : 'slow'} of the gateway's (or the request was signed so long ${drift > 0 ? 'ahead' : 'ago'}); allowed are 5 minutes.`,
  )
}

/** A length of time in words. */
export function lengthOf(ms: number): string {
  if (ms < 120 * minute) return `${Math.floor(ms / minute)} min ${Math.floor((ms % minute) / 1000)} s`
  const hours = Math.floor(ms / (60 * minute))
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`
}
