import { type Family, family, missing, quote } from './hypothesis.ts'
import type { Case } from './writing.ts'

const parametersOf = (query: string): string[] => (query.length < 2 ? [] : query.slice(1).split('&'))
const queryWith = (parameters: readonly string[]): string => (parameters.length > 0 ? `?${parameters.join('&')}` : '')
const nameOf = (parameter: string): string => parameter.split('=', 1).join('')

const orderAsSent = 'the parameters in the order they are sent'

/** A parameter that had no value, or none at all, when the text was signed. */
export function* valuesMissing({ right: { query } }: Case, which: 'common' | 'rare'): Iterable<string> {
  const parameters = parametersOf(query)
  if (parameters.length > mostDropped) return
  for (const value of missing(which)) {
    for (const [at, parameter] of parameters.entries()) {
      yield queryWith(parameters.with(at, `${nameOf(parameter)}=${value}`))
      if (value !== encodeURI(value)) yield queryWith(parameters.with(at, `${nameOf(parameter)}=${encodeURI(value)}`))
    }
    if (parameters.length > 1) yield queryWith(parameters.map(parameter => `${nameOf(parameter)}=${value}`))
  }
  for (const [at, parameter] of parameters.entries()) yield queryWith(parameters.with(at, nameOf(parameter)))
}

/** Values that a parameter may have had that was signed and not sent. */
const droppedValues = [
  '',
  'undefined',
  'null',
  'None',
  'nil',
  'NaN',
  '[object Object]',
  '0',
  '1',
  '10',
  '20',
  '50',
  '100',
  '1000',
  'json',
  'true',
  'false',
  '[object%20Object]',
]
const commonNames = ['responseFormatType', 'size', 'sort', 'order', 'offset', 'regionCode', 'region', 'timestamp']

/** As many places as a parameter may have had that is not sent. */
const mostPlaces = 6

/** One parameter more than is sent, at the end or in any place: a client drops those without a value. */
function* notSent({ right: { query }, parameterNames }: Case, which: 'common' | 'rare'): Iterable<string> {
  const parameters = parametersOf(query)
  if (parameters.length > mostDropped) return
  const sent = new Set(parameters.map(nameOf))
  const isCommon = which === 'common'
  const names = [...new Set([...parameterNames, ...(isCommon ? [] : commonNames)])].filter(name => !sent.has(name))
  const places = [...new Set([parameters.length, 0, ...parameters.keys()])].slice(0, isCommon ? 1 : mostPlaces)
  for (const value of isCommon ? droppedValues.slice(0, 3) : droppedValues) {
    for (const name of names) {
      for (const at of places) yield queryWith(parameters.toSpliced(at, 0, `${name}=${value}`))
    }
  }
  for (const name of isCommon ? [] : names) yield queryWith([...parameters, name])
}

/** How else a program or a reader of a file may have written the same number. */
const numberForms: readonly ((number: string) => string)[] = [
  number => String(Number(number) + 1),
  number => String(Number(number) - 1),
  number => `${number}.0`,
  number => `0${number}`,
  number => `+${number}`,
]
const parameterForms: readonly ((name: string, value: string) => string)[] = [
  (name, value) => `${name}="${value}"`,
  (name, value) => `${name}='${value}'`,
  (name, value) => `${name}=%22${value}%22`,
  (name, value) => `${name}[]=${value}`,
  (name, value) => `${name}%5B%5D=${value}`,
  (name, value) => `${name}[0]=${value}`,
  (name, value) => `${name}: ${value}`,
  (name, value) => `${name}:${value}`,
]

/** Values, or names, in another form: of one parameter, and of all. */
function* otherForms({ right: { query } }: Case): Iterable<string> {
  const parameters = parametersOf(query)
  if (parameters.length > mostDropped) return
  const forms = [
    ...parameterForms,
    ...numberForms.map(
      form => (name: string, value: string) => `${name}=${/^\d{1,9}$/.test(value) ? form(value) : value}`,
    ),
  ]
  for (const form of forms) {
    const changed = parameters.map(parameter => {
      const name = nameOf(parameter)
      return form(name, parameter.slice(name.length + 1))
    })
    yield queryWith(changed)
    for (const at of parameters.keys()) yield queryWith(parameters.with(at, changed[at] ?? ''))
  }
}

/** Two parameters more than are sent, in either order, with the same text of a missing value. */
function* twoNotSent({ right: { query }, parameterNames }: Case): Iterable<string> {
  const parameters = parametersOf(query)
  const sent = new Set(parameters.map(nameOf))
  const names = parameterNames.filter(name => !sent.has(name)).slice(0, 8)
  for (const value of missing('common')) {
    for (const first of names) {
      for (const second of names) {
        if (first !== second) yield queryWith([...parameters, `${first}=${value}`, `${second}=${value}`])
      }
    }
  }
}

/** As many parameters as are tried in every order: 120 orders. */
const mostPermuted = 5
/** As many parameters as are left out one at a time. */
const mostDropped = 20
/** As many parameters as are left out in every combination. */
const mostSubsets = 7

function* permutations(list: readonly string[]): Iterable<readonly string[]> {
  if (list.length < 2) yield list
  for (const [at, first] of list.length < 2 ? [] : list.entries()) {
    for (const rest of permutations(list.toSpliced(at, 1))) yield [first, ...rest]
  }
}

function* simpleOrders({ right: { query } }: Case): Iterable<string> {
  const parameters = parametersOf(query)
  if (parameters.length < 2) return
  const order = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0)
  yield queryWith(parameters.toSorted(order))
  yield queryWith(parameters.toSorted((left, right) => order(nameOf(left), nameOf(right))))
  yield queryWith(parameters.toReversed())
}

/** As many parameters as are tried in every order early: 24 orders. */
const fewPermuted = 4

function* allOrders({ right: { query } }: Case, from: number, to: number): Iterable<string> {
  const parameters = parametersOf(query)
  if (parameters.length < from || parameters.length > to) return
  for (const order of permutations(parameters)) yield queryWith(order)
}

function* oneDropped({ right: { query } }: Case): Iterable<string> {
  const parameters = parametersOf(query)
  if (parameters.length > mostDropped || parameters.length < 2) return
  for (const at of parameters.keys()) yield queryWith(parameters.toSpliced(at, 1))
}

function* someDropped({ right: { query } }: Case): Iterable<string> {
  const parameters = parametersOf(query)
  if (parameters.length > mostSubsets || parameters.length < 3) return
  for (let chosen = 1; chosen < 2 ** parameters.length - 1; chosen++) {
    yield queryWith(parameters.filter((_, at) => (chosen & (1 << at)) !== 0))
  }
}

/** Mistakes in the query, beside those of its encoding. */
export const queryFamilies: readonly Family[] = [
  family({
    cause: 'query-left-out',
    part: 'query',
    rank: 1,
    signed: 'the path without its query',
    sign: 'path and query, joined by the question mark',
    wrong: () => [''],
  }),
  family({
    cause: 'parameter-order',
    part: 'query',
    rank: 1,
    signed: 'the parameters in another order',
    sign: orderAsSent,
    wrong: simpleOrders,
  }),
  family({
    cause: 'parameter-order',
    part: 'query',
    rank: 2,
    signed: 'the parameters in another order',
    sign: orderAsSent,
    wrong: asked => allOrders(asked, 3, fewPermuted),
  }),
  family({
    cause: 'parameter-left-out',
    part: 'query',
    rank: 2,
    signed: 'the query without one of its parameters',
    sign: 'every parameter that is sent',
    wrong: oneDropped,
  }),
  family({
    cause: 'parameter-not-sent',
    part: 'query',
    rank: 2,
    signed: query => `a parameter that is not sent (${quote(query)})`,
    sign: 'the query that is sent (does the client drop parameters without a value?)',
    wrong: asked => notSent(asked, 'common'),
  }),
  family({
    cause: 'parameter-order',
    part: 'query',
    rank: 3,
    signed: 'the parameters in another order',
    sign: orderAsSent,
    wrong: asked => allOrders(asked, fewPermuted + 1, mostPermuted),
  }),
  family({
    cause: 'parameter-left-out',
    part: 'query',
    rank: 3,
    signed: 'the query without some of its parameters',
    sign: 'every parameter that is sent',
    wrong: someDropped,
  }),
  family({
    cause: 'parameter-not-sent',
    part: 'query',
    rank: 3,
    signed: query => `a parameter that is not sent (${quote(query)})`,
    sign: 'the query that is sent (does the client drop parameters without a value?)',
    wrong: asked => notSent(asked, 'rare'),
  }),
  family({
    cause: 'parameter-not-sent',
    part: 'query',
    rank: 4,
    signed: query => `parameters that are not sent (${quote(query)})`,
    sign: 'the query that is sent (does the client drop parameters without a value?)',
    wrong: twoNotSent,
  }),
  family({
    cause: 'parameter-not-sent',
    part: 'query',
    rank: 4,
    signed: query => `a parameter in another form than it is sent (${quote(query)})`,
    sign: 'the query that is sent',
    wrong: otherForms,
  }),
]
