import { type ApiErrorName, apiErrorNames, apiErrors, isGatewayError } from '../domain/api-error.ts'
import type { OperationReference } from '../domain/operation-names.ts'
import { type RequestConditions, requestConditionShapes } from '../domain/request-conditions.ts'
import { isJsonObject } from '../schema/json.ts'
import { type TProperties, Type } from '../schema/json-schema.ts'
import { inside, reject } from '../schema/place.ts'
import {
  boolean,
  checkInCode,
  describedAs,
  integer,
  number,
  object,
  oneOf,
  refined,
  type Shape,
  type Shapes,
  textOfLength,
  variants,
} from '../schema/shape.ts'

type FaultNames = {
  [Name in ApiErrorName as (typeof apiErrors)[Name] extends { readonly fault: infer Fault extends string }
    ? Fault
    : never]: Name
}

/** The errors that a fault can send, by their names in rules. */
export const faultErrors = Object.fromEntries(
  apiErrorNames.flatMap(name => {
    const entry = apiErrors[name]
    return 'fault' in entry ? [[entry.fault, name]] : []
  }),
) as FaultNames

export type FaultError = keyof FaultNames

/**
 * A time in milliseconds; a range (uniformly distributed); or a log-normal distribution: `median` is its median, and a greater
 * `sigma` gives a longer tail. Limited to one hour.
 */
export type FaultTime =
  | number
  | { readonly from: number; readonly to: number }
  | { readonly median: number; readonly sigma: number }

/** Before the service handles the request, or after it, when the response is sent (changes to data are then already made). */
export type FaultPlace = 'request' | 'answer'

export type FaultEffect =
  /** Rejects the request. `retryAfter`: the Retry-After header in seconds. `message`: only for errors of the service. */
  | { readonly kind: 'refuse'; readonly error: FaultError; readonly retryAfter?: number; readonly message?: string }
  /**
   * Lets `requests` through per access key, and rejects the others until `window` milliseconds of the gateway clock have passed
   * since the first; without a window forever. `retryAfter` adds a Retry-After header, in whole seconds.
   */
  | {
      readonly kind: 'limit'
      readonly requests: number
      readonly window?: number
      readonly error?: 'quota' | 'throttle' | 'rate'
      readonly retryAfter?: boolean
    }
  /** Delays the request or the response. */
  | { readonly kind: 'delay'; readonly time: FaultTime; readonly at?: FaultPlace }
  /** Resets the connection instead of sending a response. */
  | { readonly kind: 'reset'; readonly at?: FaultPlace }
  /** Sends all headers but only `bytes` bytes of the body, then closes the connection. */
  | { readonly kind: 'cut'; readonly bytes: number }
  /** Sends a body of the same length that is not valid JSON. */
  | { readonly kind: 'bad-json' }
  /** Sends the body in chunks of `bytes` bytes, one `every` milliseconds. */
  | { readonly kind: 'drip'; readonly bytes: number; readonly every: number }

/** A fault and the requests that it applies to: those that match every given condition. */
export interface FaultRule extends RequestConditions {
  /** The number of matching requests to skip first. */
  readonly after?: number
  /** How many times it acts. */
  readonly times?: number
  /** The probability that it acts, from 0 to 1; drawn from the seed. */
  readonly probability?: number
  readonly effect: FaultEffect
}

/** An active rule. */
export interface Fault extends FaultRule {
  readonly id: string
  /** Number of requests that matched its conditions. */
  readonly matched: number
  /** Number of times it acted. */
  readonly applied: number
}

/** The longest that anybody is kept waiting, in milliseconds. */
export const anHour = 3_600_000
const many = 1_000_000_000
const milliseconds = describedAs('Milliseconds.', integer(0, anHour))
const place = describedAs(
  'Before the service is asked, which is the default, or when its answer is made.',
  oneOf(['request', 'answer']),
)

const span = describedAs(
  'Any between the two, each as likely.',
  refined(object({ from: milliseconds, to: milliseconds }), (range, at) =>
    range.from <= range.to ? range : reject(at, 'must be a range whose from is not above its to'),
  ),
)
const logNormal = describedAs(
  'A log-normal distribution.',
  object({ median: milliseconds, sigma: describedAs('How long the tail is.', number(0, 10)) }),
)
const time: Shape<FaultTime> = {
  schema: Type.Union(
    [milliseconds, span, logNormal].map(({ schema }) => schema),
    { description: 'Milliseconds, or a distribution of them.' },
  ),
  definitions: [],
  expected: `${milliseconds.expected}, {from, to} or {median, sigma}`,
  parse(value, at) {
    if (!isJsonObject(value)) return milliseconds.parse(value, at)
    return 'median' in value || 'sigma' in value ? logNormal.parse(value, at) : span.parse(value, at)
  },
}

/** An effect by its kind and members. */
const effectOf = <
  const Kind extends FaultEffect['kind'],
  const Required extends Shapes,
  const Optional extends Shapes = Record<never, never>,
>(
  kind: Kind,
  what: string,
  required: Required,
  optional?: Optional,
) => describedAs(what, object({ kind: describedAs('The kind of effect.', oneOf([kind])), ...required }, optional))

const ofService = Object.entries(faultErrors)
  .filter(([, name]) => !isGatewayError(name))
  .map(([error]) => error)

const refusal = effectOf(
  'refuse',
  'Refuses with an error of the catalogue.',
  { error: describedAs('A row of the catalogue, by name.', oneOf(Object.keys(faultErrors) as FaultError[])) },
  {
    retryAfter: describedAs('The header Retry-After, in seconds.', integer(0, many)),
    message: describedAs('What an error of the service says.', textOfLength(1, 500)),
  },
)

const effects: { readonly [Kind in FaultEffect['kind']]: Shape<Extract<FaultEffect, { readonly kind: Kind }>> } = {
  refuse: refined(refusal, (effect, at) =>
    effect.message === undefined || ofService.includes(effect.error)
      ? effect
      : reject(
          inside(at, 'message'),
          `is for errors of the service: ${ofService.join(', ')}; the gateway has its own words`,
        ),
  ),
  limit: effectOf(
    'limit',
    'A quota: lets so many requests of an access key through and refuses the others.',
    { requests: describedAs('How many go through.', integer(0, many)) },
    {
      window: describedAs(
        'Milliseconds of the gateway clock after which it starts anew; without it never.',
        integer(1, 366 * 24 * anHour),
      ),
      error: describedAs('How the others are refused.', oneOf(['quota', 'throttle', 'rate'])),
      retryAfter: describedAs('Whether Retry-After tells when.', boolean),
    },
  ),
  delay: effectOf('delay', 'Waits.', { time }, { at: place }),
  reset: effectOf('reset', 'Resets the connection instead of an answer.', {}, { at: place }),
  cut: effectOf('cut', 'Sends so many bytes of the body, then hangs up.', {
    bytes: describedAs('How many bytes.', integer(0, many)),
  }),
  'bad-json': effectOf('bad-json', 'Sends a body of the same length that is no JSON.', {}),
  drip: effectOf('drip', 'Sends the body in pieces.', {
    bytes: describedAs('Bytes in a piece.', integer(1, many)),
    every: milliseconds,
  }),
}

const effect: Shape<FaultEffect> = describedAs('What it does to a request.', variants<FaultEffect>('kind', effects))

const conditions = {
  ...requestConditionShapes,
  after: describedAs('So many fitting requests go by first.', integer(0, many)),
  times: describedAs('It acts so many times, then never again.', integer(1, many)),
  probability: describedAs('How likely it acts.', number(0, 1)),
}

/** The schemas of a rule's members: which requests, then what happens to them. */
export const faultRuleMembers: TProperties = {
  ...Object.fromEntries(Object.entries(conditions).map(([name, { schema }]) => [name, Type.Optional(schema)])),
  effect: effect.schema,
}

/** Checks a rule; throws a RangeError that names the place and what is allowed. `within` names the place of the rule. */
export function readFaultRule(value: unknown, operations: readonly string[], within = ''): FaultRule {
  const operation = oneOf(operations as readonly OperationReference[])
  const { effect: what, ...rest } = checkInCode(
    object({ effect }, { ...conditions, operation }),
    value,
    'the rule',
    within,
  )
  return { ...rest, effect: what }
}

/** Example rules by name. */
export const faultPresets = {
  /** One response in five fails, each in a way that a retry fixes. */
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

/** Rules with each preset name replaced by its rules. */
export const resolvePresets = (given: readonly (FaultPreset | FaultRule)[]): FaultRule[] =>
  given.flatMap<FaultRule>(one => (typeof one === 'string' ? faultPresets[one] : one))

export const faultPresetNames = Object.keys(faultPresets) as FaultPreset[]

export interface ActedFault {
  readonly id: string
  /** What it does, such as `refuse` or `delay`. */
  readonly kind: string
}
