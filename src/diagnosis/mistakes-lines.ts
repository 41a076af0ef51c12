import { createHash } from 'node:crypto'
import { authHeaderNames } from '../domain/auth-headers.ts'
import { type Family, family, type Hypothesis, single } from './hypothesis.ts'
import type { Case, Fields, Writing } from './writing.ts'

type Lines = Writing['lines']

export const threeLines = 'three lines: method and target, timestamp, access key'

/** Every order of a list's elements, of all of them or of some. */
function* arrangements<T>(list: readonly T[]): Iterable<readonly T[]> {
  for (const [at, first] of list.entries()) {
    yield [first]
    for (const rest of arrangements(list.toSpliced(at, 1))) yield [first, ...rest]
  }
}

type Line = Exclude<keyof Fields, 'quoted'>

const lineNames: Readonly<Record<Line, string>> = {
  request: 'method and target',
  method: 'the method',
  target: 'the target',
  timestamp: 'the timestamp',
  accessKey: 'the access key',
}

const threeNames = ['request', 'timestamp', 'accessKey'] as const
const fourNames = ['method', 'target', 'timestamp', 'accessKey'] as const

/** Lines in any order, with some left out. */
function* lineOrders(names: readonly Line[]): Iterable<Hypothesis> {
  for (const chosen of arrangements<Line>(names)) {
    if (chosen.join() === threeNames.join()) continue
    const isComplete = chosen.length === names.length
    const isTwo = names.length === 3 && chosen.length === 2
    yield {
      cause:
        isTwo && !chosen.includes('accessKey')
          ? 'access-key-left-out'
          : isTwo && !chosen.includes('timestamp')
            ? 'timestamp-left-out'
            : 'lines-swapped',
      part: 'lines',
      change: { lines: fields => chosen.map(name => fields[name]) },
      signed: `${isComplete ? '' : 'only '}the lines ${chosen.map(name => lineNames[name]).join('; ')}`,
      sign: threeLines,
    }
  }
}

export const sha256 = (encoding: 'hex' | 'base64', bytes: string): string =>
  createHash('sha256').update(bytes, 'latin1').digest(encoding)
const md5 = (encoding: 'hex' | 'base64', bytes: string): string =>
  createHash('md5').update(bytes, 'latin1').digest(encoding)

/** A line that does not belong there, in every place. */
function* extraLine(line: string, more: Pick<Hypothesis, 'cause' | 'signed'>, sign: string): Iterable<Hypothesis> {
  const orders: readonly Lines[] = [
    ({ request, timestamp, accessKey, quoted }) => [request, timestamp, accessKey, quoted(line)],
    ({ request, timestamp, accessKey, quoted }) => [request, timestamp, quoted(line), accessKey],
    ({ request, timestamp, accessKey, quoted }) => [request, quoted(line), timestamp, accessKey],
    ({ request, timestamp, accessKey, quoted }) => [quoted(line), request, timestamp, accessKey],
    ({ request, timestamp, quoted }) => [request, timestamp, quoted(line)],
    ({ request, timestamp, accessKey, quoted }) => [request, timestamp, `${accessKey}${quoted(line)}`],
    ({ request, accessKey, quoted }) => [request, quoted(line), accessKey],
    ({ timestamp, accessKey, quoted }) => [quoted(line), timestamp, accessKey],
    ({ method, target, timestamp, accessKey, quoted }) => [method, target, timestamp, accessKey, quoted(line)],
    ({ request, timestamp, accessKey, quoted }) => [`${request}${quoted(line)}`, timestamp, accessKey],
    ({ request, timestamp, accessKey, quoted }) => [`${request} ${quoted(line)}`, timestamp, accessKey],
  ]
  for (const lines of orders) yield { ...more, part: 'lines', change: { lines }, sign }
}

const noBody = 'method, target, timestamp and access key alone; the body is not signed'

function* bodies({ body }: Case, which: 'whole' | 'changed'): Iterable<Hypothesis> {
  if (body === undefined) return
  const more = { cause: 'body-signed', signed: 'the body, too' } as const
  if (which === 'whole') {
    yield* extraLine(body, more, noBody)
    const alone = { ...more, signed: 'the body alone', part: 'lines', sign: noBody } as const
    yield { ...alone, change: { lines: ({ quoted }) => [quoted(body)] } }
    yield { ...alone, change: { lines: ({ timestamp, quoted }) => [quoted(body), timestamp] } }
    yield { ...alone, change: { lines: ({ timestamp, quoted }) => [timestamp, quoted(body)] } }
    yield { ...alone, change: { lines: ({ timestamp, quoted }) => [`${timestamp}${quoted(body)}`] } }
    yield { ...alone, change: { lines: ({ request, quoted }) => [request, quoted(body)] } }
    return
  }
  const digests = [sha256('hex', body), sha256('base64', body), md5('hex', body), md5('base64', body)]
  for (const digest of digests) yield* extraLine(digest, { ...more, signed: 'a hash of the body, too' }, noBody)
  for (const changed of new Set([body.trim(), `${body}\n`, compactJson(body)])) {
    if (changed !== body) yield* extraLine(changed, more, noBody)
  }
}

/** The body as JSON without white space, if it is JSON. */
function compactJson(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body))
  } catch {
    return body
  }
}

function* otherHeaders({ headers }: Case): Iterable<Hypothesis> {
  const apiKey = headers('x-ncp-apigw-api-key')
  const versionOne = {
    cause: 'api-key-line',
    signed: 'the older text with a line for the API key',
    part: 'lines',
    sign: threeLines,
  } as const
  for (const line of apiKey === '' ? [''] : [apiKey, '']) {
    yield {
      ...versionOne,
      change: { lines: ({ request, timestamp, accessKey, quoted }) => [request, timestamp, quoted(line), accessKey] },
    }
  }
  const noHeader = 'no header but timestamp and access key'
  const type = headers('content-type')
  if (type !== '') yield* extraLine(type, { cause: 'content-type-signed', signed: 'the content type, too' }, noHeader)
  for (const name of [
    'host',
    'date',
    'x-ncp-apigw-api-key',
    'content-md5',
    'x-ncp-dataflow-payload',
    'user-agent',
    'accept',
    'content-length',
  ]) {
    const value = headers(name)
    if (value !== '') yield* extraLine(value, { cause: 'header-signed', signed: `the header ${name}, too` }, noHeader)
  }
}

/** What else a client knows of the request, written into the lines. */
function* moreThanValues({ right: { secretKey } }: Case): Iterable<Hypothesis> {
  const values = { cause: 'header-signed', part: 'lines', sign: threeLines } as const
  for (const version of ['HTTP/1.1', 'HTTP/2', 'HTTP/1.0', 'HTTP/2.0']) {
    const lines: Lines = ({ request, timestamp, accessKey }) => [`${request} ${version}`, timestamp, accessKey]
    yield { ...values, change: { lines }, signed: `the version ${version} behind the target` }
  }
  const { timestamp: time, accessKey: key } = authHeaderNames
  for (const between of [': ', ':', '=', ' ']) {
    const lines: Lines = ({ request, timestamp, accessKey }) => [
      request,
      `${time}${between}${timestamp}`,
      `${key}${between}${accessKey}`,
    ]
    yield { ...values, change: { lines }, signed: 'the names of the headers, too' }
  }
  const inText = { cause: 'secret-key-in-text', signed: 'the secret key, too' } as const
  yield* extraLine(secretKey, inText, 'without it; the secret key is only the key of the HMAC')
}

/** Lines that are missing, that do not belong there, or in another order. */
export const lineFamilies: readonly Family[] = [
  family({
    cause: 'access-key-left-out',
    part: 'lines',
    rank: 1,
    signed: 'no access key',
    sign: 'the access key as the last line',
    wrong: () => [
      ({ request, timestamp }) => [request, timestamp, ''],
      ({ request, timestamp }) => [request, timestamp],
    ],
  }),
  family({
    cause: 'timestamp-left-out',
    part: 'lines',
    rank: 2,
    signed: 'no timestamp',
    sign: 'the timestamp as the second line',
    wrong: () => [
      ({ request, accessKey }) => [request, '', accessKey],
      ({ request, accessKey }) => [request, accessKey],
    ],
  }),
  family({
    cause: 'lines-swapped',
    part: 'lines',
    rank: 1,
    signed: 'the access key before the timestamp',
    sign: 'the timestamp first',
    wrong: () => [({ request, timestamp, accessKey }) => [request, accessKey, timestamp]],
  }),
  single(2, asked => bodies(asked, 'whole')),
  single(2, otherHeaders),
  single(2, () => lineOrders(threeNames)),
  single(3, () => lineOrders(fourNames)),
  single(3, asked => bodies(asked, 'changed')),
  single(4, moreThanValues),
]
