import { createHash } from 'node:crypto'
import { allControls, invisible, readable } from './characters.ts'
import { type Family, family, type Hypothesis, missing, missingTold, quote, type Rank, single } from './hypothesis.ts'
import { sha256, threeLines } from './mistakes-lines.ts'
import { type Case, type Part, type Writing, written } from './writing.ts'

const lf = 'a line feed (0x0A)'

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
  '\n\r',
  '\n\t',
  '::',
  '--',
  '. ',
  '%0D%0A',
  '\\u000a',
  '\\x0a',
  '\\t',
  '`n',
  '"\n"',
  '<br/>',
  '<br />',
  '\u0085',
  '\u00c2\u0085',
  '\u00e2\u0080\u00a8',
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

/** Mistakes in the method, in what stands between and behind the lines, and in the text as a whole. */
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
  whole(2, 'common'),
  mixed(2, mixedSeparators.slice(0, 8)),
  single(3, transformed),
  whole(3, 'rare'),
  mixed(3, mixedSeparators.slice(8)),
  tail('trailing-space', 4, [...invisible, ...allControls, '&', '|', '.', ',', ';', '\n\0', '\r\n\r\n']),
]
