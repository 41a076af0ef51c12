import type { AcceptedNames, OperationReference } from '../domain/operation-names.ts'
import { type RequestConditions, requestConditionShapes } from '../domain/request-conditions.ts'
import { isJsonObject, type Json, RawJson, writeJson } from '../schema/json.ts'
import { type TProperties, Type } from '../schema/json-schema.ts'
import { inside, type Place, quoted, reject } from '../schema/place.ts'
import {
  checkInCode,
  describedAs,
  integer,
  mapOf,
  object,
  oneOf,
  refined,
  type Shape,
  shape,
  text,
  textLike,
  textOfLength,
} from '../schema/shape.ts'

/** What a query parameter, a header or a member of a body must be: a text with `*` and `**`, a number, true or false; null: absent. */
export type StubValue = string | number | boolean | null

/** The requests that a stub answers: those that match every given condition. */
export interface StubRequest extends RequestConditions {
  /** Path and query, percent-encoded: this path, and these parameters and no others, in any order. Excludes `path` and `query`. */
  readonly target?: string
  /** Query parameters by name, decoded; others may be there, too. */
  readonly query?: Readonly<Record<string, StubValue>>
  /** Request headers by name. */
  readonly headers?: Readonly<Record<string, StubValue>>
  /**
   * JSON of the request body: an object matches one that has at least these members, a list one with as many elements, a text is
   * a pattern. A text in place of all of it is a pattern for the body as sent.
   */
  readonly body?: unknown
}

/** What is sent. */
export interface StubResponse {
  /** Default: 200. */
  readonly status?: number
  /** Beside the headers of the gateway, or in their place. */
  readonly headers?: Readonly<Record<string, string | number>>
  /** JSON; a text is sent as it is. Default: no body. */
  readonly body?: unknown
  /** Milliseconds before the response is sent; at most an hour. */
  readonly delay?: number
}

/** The response to certain requests, in place of the emulator's own. */
export interface StubRule {
  /** For people. */
  readonly name?: string
  readonly request: StubRequest
  readonly response: StubResponse
  /** How many times it responds. Default: always. */
  readonly times?: number
  /** The lowest number is tried first, then the stub that was added last. Default: 5. */
  readonly priority?: number
  /** What `record` noted. */
  readonly recorded?: { readonly edition: string }
}

/** A stub of a running emulator. */
export interface Stub extends StubRule {
  readonly id: string
  /** The file of the folder that `--replay` names. */
  readonly file?: string
  /** How many times it responded. */
  readonly applied: number
}

/** A rule whose bodies were read. */
export interface ReadRule extends StubRule {
  readonly request: Omit<StubRequest, 'body'> & { readonly body?: Json }
  readonly response: Omit<StubResponse, 'body'> & { readonly body?: Json }
}

const many = 1_000_000_000
const anHour = 3_600_000
export const usualPriority = 5
/** How deep lists and objects of a body may stand in one another. */
const deepest = 100

/** A value of a program or of a file as JSON; a bigint keeps its digits. */
function jsonOf(value: unknown, at: Place, depth = 0): Json {
  if (depth > deepest) reject(at, `must not nest deeper than ${deepest} levels`)
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || value instanceof RawJson)
    return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : new RawJson(String(value))
  if (Array.isArray(value)) return value.map((each, index) => jsonOf(each, inside(at, index), depth + 1))
  if (typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    return Object.fromEntries(members.map(([key, member]) => [key, jsonOf(member, inside(at, key), depth + 1)]))
  }
  return reject(at, `must be JSON, was ${typeof value === 'object' ? 'an object of a class' : `a ${typeof value}`}`)
}

/** Any JSON value. */
const json = (description: string): Shape<Json> => ({
  schema: Type.Unknown({ description }),
  definitions: [],
  expected: 'JSON',
  parse: jsonOf,
})

const value: Shape<StubValue> = shape(
  Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()], {
    description: 'A text with `*` (anything but a slash) and `**` (anything), a number, true or false; null: absent.',
  }),
  'a text, a number, true, false or null',
  value => (value !== null && typeof value === 'object' ? undefined : value) as StubValue | undefined,
)

const nullable = <T>(of: Shape<T>): Shape<T> => ({
  ...of,
  parse: (given, at) => (given === null ? (null as T) : of.parse(given, at)),
})

/** A map in which null is a value, which `shape` takes for what does not fit. */
const values = (description: string): Shape<Readonly<Record<string, StubValue>>> =>
  describedAs(description, mapOf(nullable(value)))

const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,200}$/
/** Headers that belong to the connection, which the emulator sets. */
const ownHeaders = ['connection', 'content-length', 'keep-alive', 'trailer', 'transfer-encoding', 'upgrade']

/** Rejects names that no header has; gives the names in lower case. */
const headers = <T>(of: Shape<Readonly<Record<string, T>>>, forbidden: readonly string[] = []) =>
  refined(of, (given, at) => {
    for (const name of Object.keys(given)) {
      if (!headerName.test(name)) reject(inside(at, name), 'must have the name of a header')
      if (forbidden.includes(name.toLowerCase())) reject(inside(at, name), 'belongs to the connection; leave it out')
    }
    return Object.fromEntries(Object.entries(given).map(([name, each]) => [name.toLowerCase(), each]))
  })

const headerText = /^[\t\x20-\x7e]{0,8000}$/
const headerValue: Shape<string | number> = shape(
  Type.Union([Type.String(), Type.Number()]),
  'a text of visible ASCII characters and spaces, or a number',
  value => (typeof value === 'number' || (typeof value === 'string' && headerText.test(value)) ? value : undefined),
)

const { operation: _any, ...conditions } = requestConditionShapes

const requestShape = (operations: readonly string[]) =>
  refined(
    object(
      {},
      {
        ...conditions,
        operation: {
          ...requestConditionShapes.operation,
          parse: oneOf(operations as readonly OperationReference[]).parse,
        },
        target: describedAs(
          'Only this path with these parameters and no others, in any order; percent-encoded. Excludes `path` and `query`.',
          textLike('^/[\\x21\\x22\\x24-\\x7e]{0,4000}$', 'a path, with its query if it has one, percent-encoded'),
        ),
        query: values('Only requests with these parameters, decoded; others may be there, too.'),
        headers: headers(values('Only requests with these headers.')),
        body: json(
          'Only requests with this JSON in their body: an object matches one with at least these members, a list one with as many elements, a text is a pattern.',
        ),
      },
    ),
    (request, at) => {
      const other = request.path === undefined ? (request.query === undefined ? undefined : 'query') : 'path'
      if (request.target !== undefined && other) reject(inside(at, other), 'goes without target, which says it all')
      return request
    },
  )

const bodiless = [204, 205, 304]

const responseShape = refined(
  object(
    {},
    {
      status: describedAs('The status; 200 by default.', integer(200, 599)),
      headers: headers(
        describedAs('Beside the headers of the gateway, or in their place.', mapOf(headerValue)),
        ownHeaders,
      ),
      body: json('JSON; a text is sent as it is. Without it there is no body.'),
      delay: describedAs('Milliseconds before it is sent.', integer(0, anHour)),
    },
  ),
  (response, at) =>
    response.body !== undefined && bodiless.includes(response.status ?? 200)
      ? reject(inside(at, 'body'), `a response ${response.status} has none; leave it out`)
      : response,
)

const ruleShape = (operations: readonly string[]) =>
  object(
    {
      request: describedAs('The requests that it answers; an absent member allows any.', requestShape(operations)),
      response: describedAs('What is sent.', responseShape),
    },
    {
      name: describedAs('For people.', textOfLength(1, 200)),
      times: describedAs('It responds so many times, then never again.', integer(1, many)),
      priority: describedAs(
        `The lowest number is tried first, then the stub that was added last; ${usualPriority} by default.`,
        integer(1, many),
      ),
      recorded: describedAs('What `record` noted.', object({ edition: text })),
    },
  )

/** The schemas of the members of a rule. */
export const stubRuleMembers = ruleShape([]).schema.properties as TProperties

/** What the emulator serves, as far as stubs know it. */
export interface Served {
  readonly operations: AcceptedNames
  /** Whether an operation has this path and, if one is given, this method. */
  readonly isServed: (method: string | undefined, path: string) => boolean
}

/** Checks a rule; throws a RangeError that names the place and what is allowed. */
export function readStubRule(given: unknown, { operations, isServed }: Served): ReadRule {
  const rule: ReadRule = checkInCode(ruleShape([...operations.keys()]), given, 'the stub')
  const { method, path, target } = rule.request
  const [place, literal] = target === undefined ? ['path', path] : ['target', target.split('?', 1)[0]]
  if (literal !== undefined && !(place === 'path' && literal.includes('*')) && !isServed(method, literal)) {
    throw new RangeError(
      `request.${place}: no operation of this edition has ${method ?? 'any method'} ${quoted(literal)}; unknown paths are a 404 whatever the stubs`,
    )
  }
  return rule
}

/** Numbers that JavaScript would round become such numbers; texts keep them. */
const rounded = (value: Json): unknown => {
  if (value instanceof RawJson) return Number(value.text)
  if (Array.isArray(value)) return value.map(rounded)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, rounded(member)]))
}

const holdsRaw = (value: Json): boolean =>
  value instanceof RawJson ||
  (typeof value === 'object' && value !== null && Object.values(value).some(member => holdsRaw(member)))

/** The body as sent. */
export const bodyText = (body: Json | undefined): string =>
  body === undefined ? '' : typeof body === 'string' ? body : writeJson(body)

/** A rule as plain data; a response body with numbers that JavaScript would round is its text, which means the same. */
export function shownRule({ request, response, ...rest }: ReadRule): StubRule {
  const { body: asked, ...conditions } = request
  const { body: sent, ...answer } = response
  return structuredClone({
    ...rest,
    request: { ...conditions, ...(asked !== undefined && { body: rounded(asked) }) },
    response: { ...answer, ...(sent !== undefined && { body: holdsRaw(sent) ? bodyText(sent) : sent }) },
  })
}
