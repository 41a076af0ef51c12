import { type ApiErrorName, apiErrorNames, apiErrors, isGatewayError } from '../domain/api-error.ts'
import type { OperationReference } from '../domain/operation-names.ts'

type FaultNames = {
  [Name in ApiErrorName as (typeof apiErrors)[Name] extends { readonly fault: infer Fault extends string }
    ? Fault
    : never]: Name
}

/** The errors that a fault can send, by the names that rules use. */
export const faultErrors = Object.fromEntries(
  apiErrorNames.flatMap(name => {
    const entry = apiErrors[name]
    return 'fault' in entry ? [[entry.fault, name]] : []
  }),
) as FaultNames

export type FaultError = keyof FaultNames

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
  /** Name of an operation or its published title, such as `runJob` or `executeJob`. */
  readonly operation?: OperationReference
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

/** A JSON Schema. */
type Schema = Readonly<Record<string, unknown>>

/** What may stand somewhere: its schema for the document, and how what was given is read. */
interface Reader<T> {
  readonly schema: Schema
  /** Complains, by a RangeError that names the place, of what does not fit. */
  readonly read: (value: unknown, at: string) => T
}
type Readers = Readonly<Record<string, Reader<unknown>>>

/** A reader with a sentence for readers of the document. */
const about = <T>(description: string, { schema, read }: Reader<T>): Reader<T> => ({
  schema: { ...schema, description },
  read,
})

const complain = (at: string, expected: string, value: unknown): never => {
  const text = JSON.stringify(value) ?? 'nothing'
  throw new RangeError(
    `${at || 'the rule'}: must be ${expected}, was ${text.length > 80 ? `${text.slice(0, 80)}...` : text}`,
  )
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const whole = (minimum: number, maximum: number): Reader<number> => ({
  schema: { type: 'integer', minimum, maximum },
  read: (value, at) =>
    Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum
      ? Number(value)
      : complain(at, `a whole number from ${minimum} to ${maximum}`, value),
})

const number = (minimum: number, maximum: number): Reader<number> => ({
  schema: { type: 'number', minimum, maximum },
  read: (value, at) =>
    typeof value === 'number' && value >= minimum && value <= maximum
      ? value
      : complain(at, `a number from ${minimum} to ${maximum}`, value),
})

const flag: Reader<boolean> = {
  schema: { type: 'boolean' },
  read: (value, at) => (typeof value === 'boolean' ? value : complain(at, 'true or false', value)),
}

const text = (pattern: RegExp, expected: string): Reader<string> => ({
  schema: { type: 'string' },
  read: (value, at) => (typeof value === 'string' && pattern.test(value) ? value : complain(at, expected, value)),
})

function word<const Word extends string>(words: readonly Word[]): Reader<Word> {
  const expected = `one of ${words.join(', ')}`
  return {
    schema: { type: 'string', enum: words },
    read: (value, at) => words.find(word => word === value) ?? complain(at, expected, value),
  }
}

const schemasOf = (readers: Readers) =>
  Object.fromEntries(Object.entries(readers).map(([name, { schema }]) => [name, schema]))

/** An object that has all of `needed`, may have any of `optional`, and nothing else. */
function members(needed: Readers, optional: Readers = {}): Reader<Readonly<Record<string, unknown>>> {
  const readers: Readers = { ...needed, ...optional }
  return {
    schema: {
      type: 'object',
      properties: schemasOf(readers),
      required: Object.keys(needed),
      additionalProperties: false,
    },
    read(value, at) {
      const object = isObject(value) ? value : complain(at, 'an object', value)
      const place = (name: string) => (at ? `${at}.${name}` : name)
      for (const name of Object.keys(object)) {
        if (!Object.hasOwn(readers, name)) {
          throw new RangeError(`${place(name)}: is no member here; allowed: ${Object.keys(readers).join(', ')}`)
        }
      }
      const wanted = Object.entries(readers).filter(([name]) => name in needed || object[name] !== undefined)
      return Object.fromEntries(wanted.map(([name, { read }]) => [name, read(object[name], place(name))]))
    },
  }
}

/** The longest that anybody is kept waiting, in milliseconds. */
export const anHour = 3_600_000
const many = 1_000_000_000
const milliseconds = about('Milliseconds.', whole(0, anHour))
const place = about(
  'Before the service is asked, which is the default, or when its answer is made.',
  word(['request', 'answer']),
)

const span = about('Any between the two, each as likely.', members({ from: milliseconds, to: milliseconds }))
const logNormal = about(
  'A log-normal distribution.',
  members({ median: milliseconds, sigma: about('How long the tail is.', number(0, 10)) }),
)
const time: Reader<unknown> = about('Milliseconds, or a distribution of them.', {
  schema: { anyOf: [milliseconds, span, logNormal].map(({ schema }) => schema) },
  read(value, at) {
    if (!isObject(value)) return milliseconds.read(value, at)
    if ('median' in value || 'sigma' in value) return logNormal.read(value, at)
    const range = span.read(value, at)
    return Number(range.from) <= Number(range.to)
      ? range
      : complain(at, 'a range whose from is not above its to', value)
  },
})

interface EffectMembers {
  readonly what: string
  readonly needed?: Readers
  readonly optional?: Readers
}

/** The members of each kind of effect. */
const effects: { readonly [Kind in FaultEffect['kind']]: EffectMembers } = {
  refuse: {
    what: 'Refuses with an error of the catalogue.',
    needed: { error: about('A row of the catalogue, by name.', word(Object.keys(faultErrors) as FaultError[])) },
    optional: {
      retryAfter: about('The header Retry-After, in seconds.', whole(0, many)),
      message: about('What an error of the service says.', text(/^.{1,500}$/s, 'a text of 1 to 500 characters')),
    },
  },
  limit: {
    what: 'A quota: lets so many requests of an access key through and refuses the others.',
    needed: { requests: about('How many go through.', whole(0, many)) },
    optional: {
      window: about(
        'Milliseconds of the gateway clock after which it starts anew; without it never.',
        whole(1, 366 * 24 * anHour),
      ),
      error: about('How the others are refused.', word(['quota', 'throttle', 'rate'])),
      retryAfter: about('Whether Retry-After tells when.', flag),
    },
  },
  delay: { what: 'Waits.', needed: { time }, optional: { at: place } },
  reset: { what: 'Resets the connection instead of an answer.', optional: { at: place } },
  cut: {
    what: 'Sends so many bytes of the body, then hangs up.',
    needed: { bytes: about('How many bytes.', whole(0, many)) },
  },
  'bad-json': { what: 'Sends a body of the same length that is no JSON.' },
  drip: {
    what: 'Sends the body in pieces.',
    needed: { bytes: about('Bytes in a piece.', whole(1, many)), every: milliseconds },
  },
}
const kinds = Object.keys(effects) as FaultEffect['kind'][]
const kind = word(kinds)
const effectOf = (named: FaultEffect['kind']) => {
  const { what, needed, optional } = effects[named]
  return about(what, members({ kind: about('The kind of effect.', word([named])), ...needed }, optional))
}

const ofService = Object.entries(faultErrors)
  .filter(([, name]) => !isGatewayError(name))
  .map(([error]) => error)

const effect: Reader<unknown> = about('What it does to a request.', {
  schema: { anyOf: kinds.map(named => effectOf(named).schema) },
  read(value, at) {
    const named = kind.read(isObject(value) ? value.kind : complain(at, 'an object', value), `${at}.kind`)
    const read = effectOf(named).read(value, at)
    if (read.message !== undefined && !ofService.includes(String(read.error))) {
      throw new RangeError(
        `${at}.message: is for errors of the service: ${ofService.join(', ')}; the gateway has its own words`,
      )
    }
    return read
  },
})

const conditions: Readers = {
  method: about('Only requests with this method.', word(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])),
  path: about(
    'Only this path, without its query; `*` is anything but a slash, `**` anything.',
    text(/^[/*][\x21-\x7e]{0,199}$/, 'a path of at most 200 visible ASCII characters that starts with / or *'),
  ),
  operation: about(
    'Only this operation, by its name or published title, such as runJob or executeJob.',
    text(/^/, 'the name of an operation'),
  ),
  account: about('Only callers of this account.', text(/^.{1,200}$/s, '1 to 200 characters')),
  accessKey: about(
    'Only callers with this access key.',
    text(/^[\x21-\x7e]{1,200}$/, '1 to 200 visible ASCII characters'),
  ),
  after: about('So many fitting requests go by first.', whole(0, many)),
  times: about('It acts so many times, then never again.', whole(1, many)),
  probability: about('How likely it acts.', number(0, 1)),
}

/** The schemas of a rule's conditions, all of which may be left out, and of its effect. */
export const faultConditionSchemas = schemasOf(conditions)
export const faultEffectSchema = effect.schema

/** Reads a rule strictly; throws a RangeError that names the place and what may stand there. */
export function readFaultRule(value: unknown, operations: readonly string[], at = ''): FaultRule {
  // Shown as it is read: first which requests, then what happens to them.
  const { effect: what, ...rest } = members({ effect }, { ...conditions, operation: word(operations) }).read(value, at)
  // Each member was read by the reader of its type.
  return { ...rest, effect: what } as unknown as FaultRule
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

/** A fault that acted on a request. */
export interface ActedFault {
  readonly id: string
  /** What it does, such as `refuse` or `delay`. */
  readonly kind: string
}
