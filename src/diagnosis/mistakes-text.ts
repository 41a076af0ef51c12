import { createHash } from 'node:crypto'
import { type Family, family, type Hypothesis, missing, missingTold, quote, type Rank, single } from './hypothesis.ts'
import { type Case, type Fields, type Part, type Writing, written } from './writing.ts'

type Lines = Writing['lines']

const lf = 'a line feed (0x0A)'
const threeLines = 'three lines: method and target, timestamp, access key'

/** Characters that stick to a value that is read from a file, a terminal or a document. */
export const invisible = [
  '\n',
  '\r',
  '\r\n',
  '\t',
  ' ',
  '\0',
  '\n\n',
  '\u001b',
  '\u0004',
  '\u001a',
  '\u007f',
  '\u000b',
  '\u000c',
  '\u00a0',
  '\u00c2\u00a0',
  '\u00ef\u00bb\u00bf',
  '\u00fe\u00ff',
  '\u00ff\u00fe',
  '\u00e2\u0080\u008b',
  '\u00e3\u0080\u0080',
  '\u00e2\u0080\u00a8',
  '  ',
  '\\n',
  '\\r\\n',
  '%0A',
  '%0D%0A',
  '%00',
]
/** How many of them are common. */
export const commonInvisible = 6
const allControls = Array.from({ length: 33 }, (_, code) => (code < 32 ? String.fromCharCode(code) : '\u007f'))

/** What is put around a value by a language that prints it or a file that holds it. */
export const wraps: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ["b'", "'"],
  ['b"', '"'],
  ['<', '>'],
  ['{', '}'],
  ['[', ']'],
  ['(', ')'],
  ['`', '`'],
  ['\\"', '\\"'],
  ["['", "']"],
  ['["', '"]'],
  ['&quot;', '&quot;'],
  ['\u00e2\u0080\u009c', '\u00e2\u0080\u009d'],
  ['', ','],
  ['', ';'],
  ['', '='],
  ['=', ''],
]

const valueNames = {
  method: 'the method',
  targetEnd: 'the target',
  timestamp: 'the timestamp',
  accessKey: 'the access key',
} as const
type Valued = 'method' | 'timestamp' | 'accessKey'

const readable = (bytes: string): string =>
  bytes === ''
    ? 'nothing'
    : /^[!-~]+$/.test(bytes)
      ? bytes
      : [...bytes].map(sign => `0x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`).join(' ')

/** A value with invisible characters behind it or before it. */
function* withInvisible(part: Valued, asked: Case, characters: readonly string[]): Iterable<Hypothesis> {
  const value = asked.right[part]
  for (const extra of characters) {
    for (const where of ['behind', 'before'] as const) {
      yield {
        cause: 'control-character',
        part,
        change: { [part]: where === 'behind' ? value + extra : extra + value },
        signed: `${valueNames[part]} with ${readable(extra)} ${where} it`,
        sign: `${valueNames[part]} alone (is it read from a file or a variable with a line end?)`,
      }
    }
  }
}

function* targetEnds(characters: readonly string[]): Iterable<Hypothesis> {
  for (const extra of characters) {
    yield {
      cause: 'control-character',
      part: 'targetEnd',
      change: { targetEnd: extra },
      signed: `the target with ${readable(extra)} behind it`,
      sign: 'the target alone',
    }
  }
}

const controls = (rank: Rank, characters: readonly string[]): Family =>
  single(rank, function* (asked) {
    yield* withInvisible('timestamp', asked, characters)
    yield* withInvisible('accessKey', asked, characters)
    yield* targetEnds(characters)
    yield* withInvisible('method', asked, characters)
  })

function* wrapped(asked: Case): Iterable<Hypothesis> {
  for (const part of ['accessKey', 'timestamp', 'method'] as const) {
    for (const [open, close] of wraps) {
      yield {
        cause: 'in-quotes',
        part,
        change: { [part]: `${open}${asked.right[part]}${close}` },
        signed: `${valueNames[part]} as ${open}...${close}`,
        sign: `${valueNames[part]} alone`,
      }
    }
  }
  for (const [open, close] of wraps) {
    yield {
      cause: 'in-quotes',
      part: 'recode',
      change: { recode: (path, query) => `${open}${path}${query}${close}` },
      signed: `the target as ${open}...${close}`,
      sign: 'the target alone',
    }
  }
}

/** A value that was missing when the text was signed. */
const missingIn = (rank: Rank, which: 'common' | 'rare'): readonly Family[] =>
  (['accessKey', 'timestamp', 'method'] as const).map(part =>
    family({
      cause: 'missing-value',
      part,
      rank,
      signed: value => `${missingTold(value)} for ${valueNames[part]}`,
      sign: `${valueNames[part]} that is sent`,
      wrong: () => missing(which).filter(value => value !== ''),
    }),
  )

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

const sha256 = (encoding: 'hex' | 'base64', bytes: string): string =>
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

const separators = (...all: string[]): [string, string][] => all.map(one => [one, one])
const mixedSeparators = [
  '\r\n',
  '\\n',
  '',
  ' ',
  '\r',
  '\t',
  ',',
  '|',
  ':',
  '\n\n',
  '&',
  '/n',
  ';',
  '.',
  '-',
  '_',
  '+',
  '\\r\\n',
  '<br>',
  '&#10;',
  '%0A',
  '\u2028',
  '\0',
  '/',
  '#',
  '\n ',
  ' \n',
  ', ',
  '\\\\n',
  '\u000b',
  '\u001f',
]

const separatorName = (separator: string): string =>
  separator === '' ? 'nothing' : separator === ' ' ? 'a space' : separator === '\t' ? 'a tab' : readable(separator)

const mixed = (rank: Rank, which: readonly string[]): Family =>
  family({
    cause: 'no-line-end',
    part: 'lineEnds',
    rank,
    signed: ([first, second]) =>
      first === second
        ? `${separatorName(first)} between the lines`
        : `${separatorName(first)} behind the first line and ${separatorName(second)} behind the second`,
    sign: `${lf} between them`,
    wrong: () =>
      which.flatMap(
        one =>
          [
            [one, one],
            [one, '\n'],
            ['\n', one],
          ] as const,
      ),
  })

const hexOf = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('hex')
const base64Of = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('base64')
const textAsBytes = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8')

/** What is done to the text as a whole; each with how it is told. */
const transformations: readonly (readonly [string, (text: string) => string])[] = [
  ['in lower case', text => text.toLowerCase()],
  ['in upper case', text => text.toUpperCase()],
  ['percent-encoded', text => encodeURIComponent(textAsBytes(text))],
  ['percent-encoded', text => encodeURI(textAsBytes(text))],
  ['percent-encoded', text => encodeURIComponent(textAsBytes(text)).replaceAll('%20', '+')],
  ['as a JSON text', text => JSON.stringify(text)],
  ['in Base64', base64Of],
  ['in hexadecimal', hexOf],
  ['hashed before (hexadecimal SHA-256)', text => sha256('hex', text)],
  ['hashed before (Base64 of SHA-256)', text => sha256('base64', text)],
  ['hashed before (SHA-256)', text => createHash('sha256').update(text, 'latin1').digest().toString('latin1')],
  ['in UTF-16 (little endian)', text => Buffer.from(textAsBytes(text), 'utf16le').toString('latin1')],
  ['in UTF-16 (big endian)', text => Buffer.from(textAsBytes(text), 'utf16le').swap16().toString('latin1')],
  [
    'in UTF-16 with a byte order mark',
    text => `\u00ff\u00fe${Buffer.from(textAsBytes(text), 'utf16le').toString('latin1')}`,
  ],
  ['with a byte order mark in front', text => `\u00ef\u00bb\u00bf${text}`],
  ['with a line feed in front', text => `\n${text}`],
  ['with a space in front', text => ` ${text}`],
  ['with white space on every line', text => text.replaceAll('\n', '\n  ')],
  ['with white space on every line', text => text.replaceAll('\n', '\n    ')],
  ['with white space on every line', text => `\n${text.replaceAll(/^/gm, '    ')}\n`],
  ['as bytes of Python', text => `b'${text.replaceAll('\n', '\\n')}'`],
  ['in quotes', text => `"${text}"`],
  ['in quotes', text => `'${text}'`],
  ['as bytes of UTF-8 that were read as Latin-1', text => Buffer.from(text, 'utf8').toString('latin1')],
]

function* transformed({ right }: Case): Iterable<Hypothesis> {
  for (const [told, finish] of transformations) {
    if (finish(written(right)) === written(right)) continue
    yield {
      cause: 'text-transformed',
      part: 'finish',
      change: { finish },
      signed: `the text ${told}`,
      sign: 'the bytes of the text as they are',
    }
  }
}

const whole = (rank: Rank, which: 'common' | 'rare'): Family =>
  single(rank, function* () {
    for (const text of missing(which)) {
      yield {
        cause: text === '' ? 'empty-text' : 'missing-value',
        part: 'lines',
        change: { lines: () => [text] },
        signed: `${missingTold(text)} instead of the text`,
        sign: threeLines,
      }
    }
  })

const tail = (cause: 'trailing-newline' | 'trailing-space', rank: Rank, tails: readonly string[]): Family =>
  family({
    cause,
    part: 'tail',
    rank,
    signed: tail =>
      tail === '\n'
        ? 'a line feed at the end'
        : tail === '\r\n'
          ? 'CR LF at the end'
          : tail === ' '
            ? 'a space at the end'
            : tail === '\\n'
              ? 'a backslash and an n at the end'
              : `${readable(tail)} at the end`,
    sign: 'nothing behind the access key',
    wrong: () => tails,
  })

const method = <Of extends Part>(
  rank: Rank,
  more: { part: Of; wrong: (asked: Case) => Iterable<Writing[Of]>; signed: (value: Writing[Of]) => string },
): Family => family({ cause: 'other-method', rank, sign: 'the method that is sent', ...more })

/** Mistakes in the method, the lines and what stands between them. */
export const textFamilies: readonly Family[] = [
  family({
    cause: 'method-case',
    part: 'method',
    rank: 1,
    signed: method => `the method as ${quote(method)}`,
    sign: 'it in upper case',
    wrong: ({ right: { method } }) => [method.toLowerCase(), `${method.slice(0, 1)}${method.slice(1).toLowerCase()}`],
  }),
  method(2, {
    part: 'method',
    signed: method => (method === '' ? 'no method' : `the method ${method}`),
    wrong: () => ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', ''],
  }),
  method(2, {
    part: 'lines',
    signed: () => 'no method',
    wrong: () => [({ target, timestamp, accessKey }) => [target, timestamp, accessKey]],
  }),
  method(3, {
    part: 'method',
    signed: method => `the method ${quote(method)}`,
    wrong: () => [
      'get',
      'post',
      'put',
      'patch',
      'delete',
      'HttpMethod.GET',
      'HttpMethod.POST',
      'Method.GET',
      'Method.POST',
      'HTTP/1.1 GET',
      'GET HTTP/1.1',
      'function',
      'TRACE',
      'CONNECT',
    ],
  }),
  family({
    cause: 'crlf',
    part: 'lineEnds',
    rank: 1,
    signed: 'CR LF between the lines',
    sign: 'LF alone (0x0A)',
    wrong: () => separators('\r\n'),
  }),
  family({
    cause: 'literal-backslash-n',
    part: 'lineEnds',
    rank: 1,
    signed: 'a backslash and an n between the lines',
    sign: lf,
    wrong: () => separators('\\n'),
  }),
  family({
    cause: 'no-line-end',
    part: 'lineEnds',
    rank: 1,
    signed: ([lineEnd]) => (lineEnd === '' ? 'the lines without anything between them' : 'a space between the lines'),
    sign: `${lf} between them`,
    wrong: () => separators('', ' '),
  }),
  tail('trailing-newline', 1, ['\n', '\r\n', '\\n']),
  tail('trailing-space', 2, [' ', '\t', '\0', '\r', '\n\n', ' \n', '\n ']),
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
  family({
    cause: 'no-space-behind-method',
    part: 'gap',
    rank: 2,
    signed: gap => `${separatorName(gap)} between method and target`,
    sign: 'one space between them',
    wrong: () => [
      '',
      '\n',
      '\r\n',
      '  ',
      '\t',
      '+',
      '%20',
      ':',
      ',',
      '|',
      '\\n',
      ' \n',
      '\u00a0',
      '&',
      '/',
      '-',
      '_',
      ': ',
      '\0',
    ],
  }),
  single(2, () => lineOrders(threeNames)),
  whole(2, 'common'),
  ...missingIn(2, 'common'),
  mixed(2, mixedSeparators.slice(0, 8)),
  controls(2, invisible.slice(0, commonInvisible)),
  single(3, () => lineOrders(fourNames)),
  single(3, wrapped),
  single(3, transformed),
  whole(3, 'rare'),
  ...missingIn(3, 'rare'),
  mixed(3, mixedSeparators.slice(8)),
  controls(3, invisible.slice(commonInvisible)),
  single(3, asked => bodies(asked, 'changed')),
  controls(4, allControls),
  tail('trailing-space', 4, [...invisible, ...allControls]),
]
