import { type Family, family, type Hypothesis, missing, missingTold, quote, type Rank, single } from './hypothesis.ts'
import type { Case } from './writing.ts'

const parametersOf = (query: string): string[] => (query.length < 2 ? [] : query.slice(1).split('&'))
const queryWith = (parameters: readonly string[]): string => (parameters.length > 0 ? `?${parameters.join('&')}` : '')
const nameOf = (parameter: string): string => parameter.split('=', 1).join('')

const targetAsSent = 'path and query exactly as they are sent, from the first slash behind the host'
const orderAsSent = 'the parameters in the order they are sent'
const pathAsSent = 'the path exactly as it is sent'

const realHosts = ['dataflow.apigw.ntruss.com', 'dataflow.apigw.gov-ntruss.com', 'dataflow.apigw.fin-ntruss.com']

function* hosts({ headers }: Case): Iterable<string> {
  const host = headers('host')
  const names = [host, headers('x-forwarded-host'), ...realHosts].filter(name => name !== '')
  yield* names
  yield host.replace(/:\d+$/, '')
  for (const name of realHosts) yield `${name}:443`
  yield* ['localhost:6270', '127.0.0.1:6270', 'localhost']
}

/** The URLs that a client knows best: the one it calls, and that of the real API. */
function* knownUrls({ headers }: Case): Iterable<string> {
  for (const host of [headers('host'), ...realHosts.slice(0, 1)]) {
    for (const scheme of ['https', 'http']) if (host !== '') yield `${scheme}://${host}`
  }
}

function* otherUrls(asked: Case): Iterable<string> {
  for (const host of new Set(hosts(asked))) {
    for (const scheme of ['https', 'http']) if (host !== '') yield `${scheme}://${host}`
  }
  for (const host of new Set(hosts(asked))) if (host !== '') yield `//${host}`
}

/** Prefixes under which a proxy may publish the API. */
const prefixes = [
  'dataflow',
  'data-flow',
  'ncp',
  'ncloud',
  'naver',
  'api',
  'proxy',
  'gateway',
  'apigw',
  'emulator',
  'mock',
  'backend',
  'service',
  'services',
  'internal',
  'external',
  'public',
  'v1',
  'v2',
  'api/v1',
  'dev',
  'test',
  'stage',
  'staging',
  'prod',
  'local',
  'df',
  'app',
  'rest',
  'api/dataflow',
  'proxy/dataflow',
  'ncp/dataflow',
  'ncp-dataflow',
  'ncp-dataflow-emulator',
]

/** Headers in which proxies tell the path that they were asked for, or the prefix that they removed. */
const forwardedNames = [
  'x-forwarded-prefix',
  'x-forwarded-path',
  'x-forwarded-uri',
  'x-original-uri',
  'x-original-url',
  'x-rewrite-url',
  'x-envoy-original-path',
  'x-replaced-path',
  'x-script-name',
]

/** The prefixes that a proxy tells of. */
function* toldPrefixes({ headers, right: { path } }: Case): Iterable<string> {
  for (const name of forwardedNames) {
    const told = headers(name)
      .split(/[?,]/, 1)
      .join('')
      .replace(/^[a-z]+:\/\/[^/]+/, '')
    if (told === '') continue
    const prefix = told.endsWith(path) ? told.slice(0, -path.length) : told.replace(/\/$/, '')
    yield prefix.startsWith('/') ? prefix : `/${prefix}`
  }
}

function* shorterPaths({ right: { path } }: Case): Iterable<string> {
  const segments = path.split('/').slice(1)
  for (let gone = 2; gone > 0; gone--) if (segments.length > gone) yield `/${segments.slice(gone).join('/')}`
  for (let gone = 3; gone < Math.min(segments.length, 6); gone++) yield `/${segments.slice(gone).join('/')}`
  for (let gone = 1; gone < Math.min(segments.length, 4); gone++) yield segments.slice(gone).join('/')
}

function* repeatedSlashes({ right: { path } }: Case): Iterable<string> {
  yield `/${path}`
  yield path.replaceAll(/\/{2,}/g, '/')
  for (let at = path.indexOf('/', 1); at > 0 && at < 200; at = path.indexOf('/', at + 1)) {
    yield `${path.slice(0, at)}/${path.slice(at)}`
    yield `${path.slice(0, at)}/.${path.slice(at)}`
  }
  yield `/.${path}`
  yield path.replaceAll('/', '//')
  yield `${path}//`
}

/** The words that name what an id in a path is of, as the APIs write them. */
function idNames(before: string): string[] {
  const word = before.endsWith('ies') ? `${before.slice(0, -3)}y` : before.replace(/s$/, '')
  const upper = word.slice(0, 1).toUpperCase() + word.slice(1)
  return [
    `${word}Id`,
    'id',
    `${word}_id`,
    `${word}-id`,
    word,
    `${word}ID`,
    `${word}id`,
    `${word}No`,
    `${upper}Id`,
    'Id',
    'ID',
    `${word.toUpperCase()}_ID`,
    before,
    'uuid',
    'name',
    'key',
  ]
}

const placeholderForms: readonly ((name: string) => string)[] = [
  name => `{${name}}`,
  name => `:${name}`,
  name => `<${name}>`,
  name => `\${${name}}`,
  name => `{{${name}}}`,
  name => `%7B${name}%7D`,
  name => `$${name}`,
  name => `[${name}]`,
  name => `#{${name}}`,
  name => `%3C${name}%3E`,
  name => `%${name}%`,
  name => `(${name})`,
  name => `@${name}`,
  name => name,
  name => `{+${name}}`,
  name => `<string:${name}>`,
  name => `{${name}:.+}`,
  name => `{{ ${name} }}`,
]
const namelessForms = ['{}', '%s', '{0}', '*', '%d', '?', '{1}', '**', ':', '%v', '$1', '<>']

/** Segments that are words of an API rather than ids. */
const isWord = (segment: string): boolean => /^[a-z]+(-[a-z]+)*$|^v\d+$/.test(segment)

/** The places of the ids in a path, each with the word in front of it. */
function idsOf(path: string): { readonly at: number; readonly before: string }[] {
  const segments = path.split('/')
  return segments.flatMap((segment, at) => {
    const before = segments[at - 1] ?? ''
    return at > 3 && segment !== '' && (at % 2 === 0 || !isWord(segment)) && isWord(before) ? [{ at, before }] : []
  })
}

/** The path with its ids replaced: all of them, and one at a time. */
function* withIds({ right: { path } }: Case, replace: (before: string, nth: number) => string): Iterable<string> {
  const segments = path.split('/')
  const ids = idsOf(path)
  const changed = (chosen: typeof ids) =>
    segments.map((segment, at) => {
      const nth = chosen.findIndex(id => id.at === at)
      return nth < 0 ? segment : replace(chosen[nth]?.before ?? '', nth)
    })
  if (ids.length > 0) yield changed(ids).join('/')
  for (const id of ids.length > 1 ? ids : []) yield changed([id]).join('/')
}

function* templates(asked: Case, names: readonly [number, number], forms: readonly [number, number]): Iterable<string> {
  for (const form of placeholderForms.slice(...forms)) {
    for (let nth = names[0]; nth < names[1]; nth++) yield* withIds(asked, before => form(idNames(before)[nth] ?? 'id'))
  }
}

function* namelessTemplates(asked: Case): Iterable<string> {
  for (const form of namelessForms) yield* withIds(asked, () => form)
  yield* withIds(asked, (_, nth) => `{${nth}}`)
  yield* withIds(asked, (_, nth) => `%${nth + 1}$s`)
}

/** An id that had no value when the text was signed. */
function* idsWithoutValue(asked: Case, which: 'common' | 'rare'): Iterable<string> {
  for (const value of missing(which)) {
    yield* withIds(asked, () => value)
    yield* withIds(asked, () => encodeURI(value))
  }
  const { path } = asked.right
  for (const { at } of which === 'common' ? idsOf(path) : []) yield path.split('/').slice(0, at).join('/')
}

/** A parameter that had no value, or none at all, when the text was signed. */
function* valuesMissing({ right: { query } }: Case, which: 'common' | 'rare'): Iterable<string> {
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

/** Mistakes that change path and query together. */
function* movedQuery({ right: { path, query } }: Case): Iterable<Hypothesis> {
  if (query.length < 2) return
  const rest = query.slice(1)
  const more = { sign: 'path and query, joined by one question mark' } as const
  const noPath = { ...more, cause: 'path-left-out', part: 'recode' } as const
  yield { ...noPath, change: { recode: () => query }, signed: 'the query alone' }
  yield { ...noPath, change: { recode: () => rest }, signed: 'the query alone' }
  const mark = { ...more, cause: 'question-mark', part: 'query' } as const
  yield { ...mark, change: { query: rest }, signed: 'path and query without the question mark between them' }
  yield { ...mark, change: { query: `&${rest}` }, signed: 'path and query with an ampersand between them' }
  yield { ...mark, change: { query: `/?${rest}` }, signed: 'path and query with a slash between them' }
  yield { ...mark, change: { query: `??${rest}` }, signed: 'path and query with two question marks between them' }
  yield { ...mark, change: { query: `?&${rest}` }, signed: 'path and query with ?& between them' }
  yield { ...mark, change: { query: `${query}&` }, signed: 'the query with an ampersand at its end' }
  yield { ...mark, change: { query: `${query}?` }, signed: 'the target with a question mark at its end' }
  yield {
    ...mark,
    change: { query: `?${rest.replaceAll('&', ';')}` },
    signed: 'the query with semicolons for ampersands',
  }
  yield { ...mark, change: { query: `\n${rest}` }, signed: 'path and query with a line feed between them' }
  void path
}

function* toggledQuestionMark({ right: { query } }: Case): Iterable<string> {
  if (query === '') yield '?'
  if (query === '?') yield ''
}

const missingPath = (rank: Rank, which: 'common' | 'rare'): readonly Family[] => {
  const more = { cause: 'missing-value', rank, sign: 'the target with the values that are sent' } as const
  return [
    family({
      ...more,
      part: 'path',
      signed: path => `a path with a value missing (${quote(path)})`,
      wrong: asked => idsWithoutValue(asked, which),
    }),
    family({
      ...more,
      part: 'query',
      signed: query => `a query with a value missing (${quote(query)})`,
      wrong: asked => valuesMissing(asked, which),
    }),
    family({
      ...more,
      part: 'recode',
      signed: recode => `${missingTold(recode('', ''))} for the target`,
      sign: 'the target',
      wrong: () =>
        missing(which)
          .filter(value => value !== '')
          .map(value => () => value),
    }),
  ]
}

const template = (rank: Rank, wrong: (asked: Case) => Iterable<string>): Family =>
  family({
    cause: 'path-template',
    part: 'path',
    rank,
    signed: path => `the template of the path (${quote(path)})`,
    sign: 'the path with its values, as it is sent',
    wrong,
  })

/** Mistakes in what is signed of the target. */
export const targetFamilies: readonly Family[] = [
  family({
    cause: 'query-left-out',
    part: 'query',
    rank: 1,
    signed: 'the path without its query',
    sign: 'path and query, joined by the question mark',
    wrong: () => [''],
  }),
  family({
    cause: 'full-url',
    part: 'origin',
    rank: 1,
    signed: 'the whole address with scheme and host',
    sign: targetAsSent,
    wrong: knownUrls,
  }),
  family({
    cause: 'full-url',
    part: 'origin',
    rank: 2,
    signed: 'the whole address with scheme and host',
    sign: targetAsSent,
    wrong: otherUrls,
  }),
  family({
    cause: 'host-and-path',
    part: 'origin',
    rank: 2,
    signed: 'host and path',
    sign: targetAsSent,
    wrong: asked => new Set(hosts(asked)),
  }),
  family({
    cause: 'base-path-left-out',
    part: 'path',
    rank: 1,
    signed: shorter => `a path without its first segments (${quote(shorter)})`,
    sign: 'the whole path that is sent, the base path (/api/v1) or a prefix that a proxy adds included',
    wrong: shorterPaths,
  }),
  family({
    cause: 'leading-slash-left-out',
    part: 'path',
    rank: 2,
    signed: 'the path without its first slash',
    sign: 'the path with it',
    wrong: ({ right: { path } }) => [path.slice(1)],
  }),
  family({
    cause: 'trailing-slash',
    part: 'path',
    rank: 1,
    signed: slashed => `the path ${slashed.endsWith('/') ? 'with' : 'without'} a slash at its end`,
    sign: 'the path as it is sent',
    wrong: ({ right: { path } }) => [path.endsWith('/') ? path.slice(0, -1) : `${path}/`],
  }),
  family({
    cause: 'trailing-slash',
    part: 'targetEnd',
    rank: 2,
    signed: 'the target with a slash at its end',
    sign: 'the target as it is sent',
    wrong: () => ['/'],
  }),
  family({
    cause: 'question-mark',
    part: 'query',
    rank: 1,
    signed: query => `the target ${query === '?' ? 'with' : 'without'} a bare question mark`,
    sign: 'the target as it is sent',
    wrong: toggledQuestionMark,
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
  template(2, asked => templates(asked, [0, 4], [0, 4])),
  family({
    cause: 'parameter-left-out',
    part: 'query',
    rank: 2,
    signed: 'the query without one of its parameters',
    sign: 'every parameter that is sent',
    wrong: oneDropped,
  }),
  ...missingPath(2, 'common'),
  family({
    cause: 'target-left-out',
    part: 'recode',
    rank: 2,
    signed: 'no target',
    sign: 'path and query',
    wrong: () => [() => '', () => '/'],
  }),
  single(2, movedQuery),
  family({
    cause: 'parameter-not-sent',
    part: 'query',
    rank: 2,
    signed: query => `a parameter that is not sent (${quote(query)})`,
    sign: 'the query that is sent (does the client drop parameters without a value?)',
    wrong: asked => notSent(asked, 'common'),
  }),
  family({
    cause: 'repeated-slash',
    part: 'path',
    rank: 2,
    signed: path => `the path as ${quote(path)}`,
    sign: pathAsSent,
    wrong: repeatedSlashes,
  }),
  family({
    cause: 'path-prefix',
    part: 'origin',
    rank: 2,
    signed: prefix => `the path with the prefix ${quote(prefix)} in front of it`,
    sign: 'the path that arrives here (a proxy removes the prefix)',
    wrong: toldPrefixes,
  }),
  family({
    cause: 'path-prefix',
    part: 'origin',
    rank: 3,
    signed: prefix => `the path with the prefix ${quote(prefix)} in front of it`,
    sign: 'the path that arrives here (a proxy removes the prefix)',
    wrong: () => prefixes.map(prefix => `/${prefix}`),
  }),
  family({
    cause: 'fragment-signed',
    part: 'targetEnd',
    rank: 3,
    signed: fragment => `a fragment (${quote(fragment)})`,
    sign: 'the target without it',
    wrong: () => ['#', '#/', '#top', '#section', '#fragment', '#jobs', '#a'],
  }),
  template(3, asked => templates(asked, [0, 16], [0, 18])),
  template(3, namelessTemplates),
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
  ...missingPath(3, 'rare'),
  family({
    cause: 'parameter-not-sent',
    part: 'query',
    rank: 4,
    signed: query => `parameters that are not sent (${quote(query)})`,
    sign: 'the query that is sent (does the client drop parameters without a value?)',
    wrong: twoNotSent,
  }),
]
