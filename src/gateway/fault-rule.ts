import { type RefusalName, serviceRefusals } from '../domain/refusal.ts'

/** What a fault can refuse with: the rows of the gateway's catalogue and the errors of the service, by name. */
export const faultErrors = {
  'bad-target': 'badTarget',
  'bad-header': 'badHeader',
  'unknown-url': 'unknownUrl',
  'body-too-large': 'bodyTooLarge',
  'credentials-missing': 'credentialsMissing',
  'timestamp-expired': 'timestampExpired',
  'credentials-invalid': 'credentialsInvalid',
  'not-subscribed': 'notSubscribed',
  'not-allowed': 'accountNotAllowed',
  'ip-not-allowed': 'addressNotAllowed',
  'ip-forbidden': 'addressForbidden',
  quota: 'quotaExceeded',
  throttle: 'throttleLimited',
  rate: 'rateLimited',
  'endpoint-error': 'endpointError',
  'unknown-endpoint-domain': 'unknownEndpointDomain',
  'endpoint-closed': 'endpointClosed',
  'endpoint-timeout': 'endpointTimeout',
  unexpected: 'unexpected',
  'bad-parameter': 'badParameter',
  'bad-state': 'badState',
  'not-found': 'notFound',
  'service-failed': 'serviceFailed',
} as const satisfies Record<string, RefusalName>

export type FaultError = keyof typeof faultErrors

/**
 * A time in milliseconds, any between two (each as likely), or one of a log-normal distribution: half of them are
 * shorter than `median`, and the greater `sigma`, the longer its tail. None is longer than an hour.
 */
export type FaultTime =
  | number
  | { readonly from: number; readonly to: number }
  | { readonly median: number; readonly sigma: number }

/** Before the service is asked, or when its answer is made (what a request changed is then changed). */
export type FaultPlace = 'request' | 'answer'

/** What a rule does to a request. */
export type FaultEffect =
  /** Refuses; `retryAfter` is the header of that name, in seconds. `message` is what an error of the service says. */
  | { readonly kind: 'refuse'; readonly error: FaultError; readonly retryAfter?: number; readonly message?: string }
  /**
   * Lets `requests` through, for each access key, and refuses the others until `window` milliseconds of the gateway
   * clock have passed since the first; without a window for good. `retryAfter` tells when, in whole seconds.
   */
  | {
      readonly kind: 'limit'
      readonly requests: number
      readonly window?: number
      readonly error?: 'quota' | 'throttle' | 'rate'
      readonly retryAfter?: boolean
    }
  /** Waits. */
  | { readonly kind: 'delay'; readonly time: FaultTime; readonly at?: FaultPlace }
  /** Resets the connection instead of an answer. */
  | { readonly kind: 'reset'; readonly at?: FaultPlace }
  /** Sends the headers of the whole answer and so many bytes of its body, then hangs up. */
  | { readonly kind: 'cut'; readonly bytes: number }
  /** Sends a body of the same length that is no JSON. */
  | { readonly kind: 'bad-json' }
  /** Sends the body in pieces of so many bytes, `every` so many milliseconds. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly every: number }

/** A fault and the requests that it is for: those that fit every condition given. */
export interface FaultRule {
  readonly method?: string
  /** Path without query; `*` is anything but a slash, `**` anything. */
  readonly path?: string
  /** Name of an operation, such as `getJobs`. */
  readonly operation?: string
  /** Name of the account that calls. */
  readonly account?: string
  readonly accessKey?: string
  /** So many fitting requests go by first. */
  readonly after?: number
  /** It acts so many times, then never again. */
  readonly times?: number
  /** How likely it acts, from 0 to 1; drawn from the seed. */
  readonly probability?: number
  readonly effect: FaultEffect
}

/** A rule that is in force. */
export interface Fault extends FaultRule {
  readonly id: string
  /** How many requests fitted its conditions. */
  readonly matched: number
  /** How often it acted. */
  readonly applied: number
}

type Read<T> = (value: unknown, at: string) => T
type Reads = Readonly<Record<string, Read<unknown>>>

const complain = (at: string, expected: string, value: unknown): never => {
  const text = JSON.stringify(value) ?? 'nothing'
  throw new RangeError(
    `${at || 'the rule'}: must be ${expected}, was ${text.length > 80 ? `${text.slice(0, 80)}...` : text}`,
  )
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const whole =
  (minimum: number, maximum: number): Read<number> =>
  (value, at) =>
    Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum
      ? Number(value)
      : complain(at, `a whole number from ${minimum} to ${maximum}`, value)

const number =
  (minimum: number, maximum: number): Read<number> =>
  (value, at) =>
    typeof value === 'number' && value >= minimum && value <= maximum
      ? value
      : complain(at, `a number from ${minimum} to ${maximum}`, value)

const flag: Read<boolean> = (value, at) => (typeof value === 'boolean' ? value : complain(at, 'true or false', value))

const text =
  (pattern: RegExp, expected: string): Read<string> =>
  (value, at) =>
    typeof value === 'string' && pattern.test(value) ? value : complain(at, expected, value)

const word = <const Word extends string>(words: readonly Word[]): Read<Word> => {
  const expected = `one of ${words.join(', ')}`
  return (value, at) => words.find(word => word === value) ?? complain(at, expected, value)
}

/** Reads an object that has all of `needed`, may have any of `optional`, and nothing else. */
const members =
  (needed: Reads, optional: Reads = {}): Read<Readonly<Record<string, unknown>>> =>
  (value, at) => {
    const object = isObject(value) ? value : complain(at, 'an object', value)
    const place = (name: string) => (at ? `${at}.${name}` : name)
    const reads: Reads = { ...needed, ...optional }
    for (const name of Object.keys(object)) {
      if (!Object.hasOwn(reads, name)) {
        throw new RangeError(`${place(name)}: is no member here; allowed: ${Object.keys(reads).join(', ')}`)
      }
    }
    const wanted = Object.entries(reads).filter(([name]) => name in needed || object[name] !== undefined)
    return Object.fromEntries(wanted.map(([name, read]) => [name, read(object[name], place(name))]))
  }

/** The longest that anybody is kept waiting, in milliseconds. */
export const anHour = 3_600_000
const many = 1_000_000_000
const milliseconds = whole(0, anHour)
const place = word(['request', 'answer'])

const time: Read<unknown> = (value, at) => {
  if (!isObject(value)) return milliseconds(value, at)
  if ('median' in value || 'sigma' in value) return members({ median: milliseconds, sigma: number(0, 10) })(value, at)
  const range = members({ from: milliseconds, to: milliseconds })(value, at)
  return Number(range.from) <= Number(range.to) ? range : complain(at, 'a range whose from is not above its to', value)
}

/** The members of each kind of effect. */
const effects: { readonly [Kind in FaultEffect['kind']]: { readonly needed?: Reads; readonly optional?: Reads } } = {
  refuse: {
    needed: { error: word(Object.keys(faultErrors) as FaultError[]) },
    optional: { retryAfter: whole(0, many), message: text(/^.{1,500}$/s, 'a text of 1 to 500 characters') },
  },
  limit: {
    needed: { requests: whole(0, many) },
    optional: { window: whole(1, 366 * 24 * anHour), error: word(['quota', 'throttle', 'rate']), retryAfter: flag },
  },
  delay: { needed: { time }, optional: { at: place } },
  reset: { optional: { at: place } },
  cut: { needed: { bytes: whole(0, many) } },
  'bad-json': {},
  drip: { needed: { bytes: whole(1, many), every: milliseconds } },
}
const kinds = Object.keys(effects) as FaultEffect['kind'][]
const kind = word(kinds)

const ofService = Object.entries(faultErrors)
  .filter(([, name]) => (serviceRefusals as readonly RefusalName[]).includes(name))
  .map(([error]) => error)

const effect: Read<unknown> = (value, at) => {
  const named = kind(isObject(value) ? value.kind : complain(at, 'an object', value), `${at}.kind`)
  const { needed, optional } = effects[named]
  const read = members({ kind, ...needed }, optional)(value, at)
  if (read.message !== undefined && !ofService.includes(String(read.error))) {
    throw new RangeError(
      `${at}.message: is for errors of the service: ${ofService.join(', ')}; the gateway has its own words`,
    )
  }
  return read
}

/** Reads a rule strictly; throws a RangeError that names the place and what may stand there. */
export function readFaultRule(value: unknown, operations: readonly string[], at = ''): FaultRule {
  const read = members(
    { effect },
    {
      method: word(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
      path: text(/^[/*][\x21-\x7e]{0,199}$/, 'a path of at most 200 visible ASCII characters that starts with / or *'),
      operation: word(operations),
      account: text(/^.{1,200}$/s, '1 to 200 characters'),
      accessKey: text(/^[\x21-\x7e]{1,200}$/, '1 to 200 visible ASCII characters'),
      after: whole(0, many),
      times: whole(1, many),
      probability: number(0, 1),
    },
  )
  // Shown as it is read: first which requests, then what happens to them.
  const { effect: what, ...conditions } = read(value, at)
  // Each member was read by the reader of its type.
  return { ...conditions, effect: what } as unknown as FaultRule
}

/** Rules for a first try, by name. */
export const faultPresets = {
  /** One answer in five fails, each in one of the ways that a retry mends. */
  flaky: [
    { probability: 0.1, effect: { kind: 'refuse', error: 'endpoint-error' } },
    { probability: 0.05, effect: { kind: 'refuse', error: 'endpoint-timeout' } },
    { probability: 0.05, effect: { kind: 'reset' } },
  ],
  slow: [{ effect: { kind: 'delay', time: { from: 200, to: 2000 } } }],
  quota: [{ effect: { kind: 'limit', requests: 100, error: 'quota' } }],
  rate: [{ effect: { kind: 'limit', requests: 10, window: 1000, error: 'rate', retryAfter: true } }],
  outage: [{ effect: { kind: 'refuse', error: 'endpoint-error' } }],
  garbled: [
    { probability: 0.1, effect: { kind: 'bad-json' } },
    { probability: 0.1, effect: { kind: 'cut', bytes: 10 } },
  ],
} as const satisfies Record<string, readonly FaultRule[]>

export type FaultPreset = keyof typeof faultPresets
export const faultPresetNames = Object.keys(faultPresets) as FaultPreset[]
