import { type Family, family, type Hypothesis, missing, missingTold, quote, type Rank, single } from './hypothesis.ts'
import { idsWithoutValue } from './mistakes-path.ts'
import { valuesMissing } from './mistakes-query.ts'
import type { Case } from './writing.ts'

const targetAsSent = 'path and query exactly as they are sent, from the first slash behind the host'

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

/** Mistakes that change path and query together. */
function* movedQuery({ right: { query } }: Case): Iterable<Hypothesis> {
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

/** Mistakes in what is signed of the target. */
export const targetFamilies: readonly Family[] = [
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
    cause: 'fragment-signed',
    part: 'targetEnd',
    rank: 3,
    signed: fragment => `a fragment (${quote(fragment)})`,
    sign: 'the target without it',
    wrong: () => ['#', '#/', '#top', '#section', '#fragment', '#jobs', '#a'],
  }),
  ...missingPath(3, 'rare'),
]
