import { fitsGlob, globOf } from '../domain/glob.ts'
import type { AcceptedNames } from '../domain/operation-names.ts'
import { type RequestSubject, requestTest } from '../domain/request-conditions.ts'
import { isJsonObject, type Json, RawJson, readJson } from '../schema/json.ts'
import type { ReadRule, StubValue } from './rule.ts'

/** The parts of a request that stubs examine. */
export interface StubSubject extends RequestSubject {
  /** Without its question mark, as received. */
  readonly query: string
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The body as text; empty: none. Read only for stubs that need it. */
  readonly body: () => string
}

type Test = (subject: StubSubject) => boolean

/** A text with stars as a pattern, anything else as its text. */
function textTest(wanted: string | number | boolean): (found: string) => boolean {
  const whole = String(wanted)
  if (typeof wanted !== 'string' || !whole.includes('*')) return found => found === whole
  const glob = globOf(whole)
  return found => fitsGlob(found, glob)
}

/** Whether one of the values is as wanted; null wants none. */
function valueTest(wanted: StubValue): (found: readonly string[]) => boolean {
  if (wanted === null) return found => found.length === 0
  const fits = textTest(wanted)
  return found => found.some(fits)
}

/** The parameters in an order that does not depend on how they were sent. */
const sortedQuery = (query: string): string => {
  const sorted = new URLSearchParams(query)
  const pairs = [...sorted].sort(([a, x], [b, y]) => (a < b || (a === b && x < y) ? -1 : 1))
  return JSON.stringify(pairs)
}

function targetTest(target: string): Test {
  const [path = '', ...rest] = target.split('?')
  const wanted = sortedQuery(rest.join('?'))
  return subject => subject.path === path && sortedQuery(subject.query) === wanted
}

function queryTest(query: Readonly<Record<string, StubValue>>): Test {
  const tests = Object.entries(query).map(([name, wanted]) => ({ name, fits: valueTest(wanted) }))
  return subject => {
    const given = new URLSearchParams(subject.query)
    return tests.every(({ name, fits }) => fits(given.getAll(name)))
  }
}

function headersTest(headers: Readonly<Record<string, StubValue>>): Test {
  const tests = Object.entries(headers).map(([name, wanted]) => ({ name, fits: valueTest(wanted) }))
  return subject => tests.every(({ name, fits }) => fits([subject.headers[name] ?? []].flat()))
}

/** Whether a body has what the pattern has. */
function jsonTest(wanted: Json): (found: Json | undefined) => boolean {
  if (Array.isArray(wanted)) {
    const tests = wanted.map(jsonTest)
    return found =>
      Array.isArray(found) && found.length === tests.length && tests.every((fits, index) => fits(found[index]))
  }
  if (isJsonObject(wanted)) {
    const tests = Object.entries(wanted).map(([name, member]) => ({ name, fits: jsonTest(member) }))
    return found =>
      found !== undefined &&
      isJsonObject(found) &&
      tests.every(({ name, fits }) => Object.hasOwn(found, name) && fits(found[name]))
  }
  if (typeof wanted === 'string') {
    const fits = textTest(wanted)
    return found => typeof found === 'string' && fits(found)
  }
  if (wanted instanceof RawJson) return found => found instanceof RawJson && found.text === wanted.text
  return found => found === wanted
}

/** The JSON of a body; undefined when it is none. */
function parsed(body: string): Json | undefined {
  try {
    return readJson(body)
  } catch {
    return undefined
  }
}

function bodyTest(wanted: Json): Test {
  if (typeof wanted === 'string') {
    const fits = textTest(wanted)
    return subject => fits(subject.body())
  }
  const fits = jsonTest(wanted)
  return subject => fits(parsed(subject.body()))
}

/** The conditions of a stub as a function; the cheap ones come first. */
export function stubTest({ request }: ReadRule, operations: AcceptedNames): Test {
  const { target, query, headers, body } = request
  const tests: Test[] = [
    requestTest(request, operations),
    ...(target === undefined ? [] : [targetTest(target)]),
    ...(query === undefined ? [] : [queryTest(query)]),
    ...(headers === undefined ? [] : [headersTest(headers)]),
    ...(body === undefined ? [] : [bodyTest(body)]),
  ]
  return subject => tests.every(fits => fits(subject))
}
