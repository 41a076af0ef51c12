import { createHmac } from 'node:crypto'
import { assume } from '../src/api/assumptions.ts'
import { defaultEdition } from '../src/api/editions/editions.ts'
import { vocabularyOf } from '../src/api/routes.ts'
import { budgets, diagnose, type Known } from '../src/diagnosis/diagnose.ts'
import type { Diagnosis } from '../src/diagnosis/diagnosis.ts'

/** The pair, the moment and the neighbours of every example. */
export const pair = { accessKey: 'ncp_iam_EXAMPLEACCESSKEY01', secretKey: 'ncp_iam_EXAMPLESECRETKEY01', active: true }
const neighbour = {
  accessKey: 'ncp_iam_ANOTHERACCESSKEY1',
  secretKey: 'ncp_iam_ANOTHERSECRETKEY1',
  active: true,
}
const disabled = {
  accessKey: 'ncp_iam_DISABLEDACCESSKEY',
  secretKey: 'ncp_iam_DISABLEDSECRETKEY',
  active: false,
}
export const pairs = [pair, neighbour, disabled]
export const moment = 1_763_900_000_123

/** What a client has at hand while it signs. */
interface Client {
  readonly method: string
  readonly target: string
  readonly timestamp: string
  readonly accessKey: string
}

/** A mistake as a client makes it. What is not named is done right. */
export interface Mistake {
  readonly title: string
  /** The cause that must be found. */
  readonly cause: string
  readonly method?: string
  readonly target?: string
  readonly timestamp?: string
  readonly accessKey?: string
  /** The key of the HMAC. */
  readonly secret?: string
  /** `secret` is one character a byte. */
  readonly secretBytes?: true
  /** What to send instead, where signing what was sent would not do. */
  readonly corrected?: string
  /** `text` is one character a byte. */
  readonly bytes?: true
  /** The text that is signed, in letters. */
  readonly text?: (client: Client) => string
  /** What is sent of the digest. */
  readonly encode?: (digest: Buffer) => string
  readonly algorithm?: string
  /** Headers beside the three, or in their place; undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** Too rare or too many at once for the log; `explain` and the journal find it. */
  readonly deep?: true
  /** Only a diagnosis that is given the body finds it. */
  readonly body?: string
}

const page = '/api/v1/jobs?page=0&limit=20'
const korean = '/api/v1/jobs?name=%EC%9E%91%EC%97%85'
const textOf = ({ method, target, timestamp, accessKey }: Client) => `${method} ${target}\n${timestamp}\n${accessKey}`
/** Signs the right text for another target than is sent. */
const signing = (change: (target: string) => string) => (client: Client) =>
  textOf({ ...client, target: change(client.target) })
const shifted = (ms: number) => (client: Client) => textOf({ ...client, timestamp: String(moment + ms) })
const base64 = (digest: Buffer) => digest.toString('base64')
const json = { 'content-type': 'application/json' }

/** Every mistake that the emulator knows, as a real client makes it. */
export const mistakes: readonly { readonly chapter: string; readonly rows: readonly Mistake[] }[] = [
  {
    chapter: 'The target',
    rows: [
      { title: 'The query is left out', cause: 'query-left-out', target: page, text: signing(() => '/api/v1/jobs') },
      {
        title: 'One parameter is left out',
        cause: 'parameter-left-out',
        target: page,
        text: signing(() => '/api/v1/jobs?page=0'),
      },
      { title: 'Korean is signed decoded', cause: 'decoded-target', target: korean, text: signing(decodeURIComponent) },
      {
        title: 'A space is signed decoded',
        cause: 'decoded-target',
        target: '/api/v1/jobs?name=a%20b',
        text: signing(decodeURIComponent),
      },
      {
        title: 'A plus is signed as the space it stands for',
        cause: 'decoded-target',
        target: '/api/v1/jobs?name=a+b',
        text: signing(target => target.replace('+', ' ')),
      },
      {
        title: 'decodeURI instead of nothing',
        cause: 'decoded-target',
        target: '/api/v1/jobs?name=%EC%9E%91%2C%26',
        text: signing(decodeURI),
      },
      {
        title: '%20 is sent, + is signed',
        cause: 'other-encoding',
        target: '/api/v1/jobs?name=a%20b',
        text: signing(target => target.replace('%20', '+')),
      },
      {
        title: '+ is sent, %20 is signed',
        cause: 'other-encoding',
        target: '/api/v1/jobs?name=a+b',
        text: signing(target => target.replace('+', '%20')),
      },
      {
        title: 'The hex digits differ in letter case',
        cause: 'other-encoding',
        target: korean,
        text: signing(target => target.replaceAll(/%../g, hex => hex.toLowerCase())),
      },
      {
        title: 'Encoded twice',
        cause: 'other-encoding',
        target: korean,
        text: signing(target => target.replaceAll('%', '%25')),
      },
      {
        title: 'Letters are sent as they are, escapes are signed',
        cause: 'other-encoding',
        target: '/api/v1/jobs?name=a:b,c',
        text: signing(() => '/api/v1/jobs?name=a%3Ab%2Cc'),
      },
      {
        title: 'The whole address is signed',
        cause: 'full-url',
        text: signing(target => `https://dataflow.apigw.ntruss.com${target}`),
      },
      {
        title: "The emulator's address is signed",
        cause: 'full-url',
        text: signing(target => `http://127.0.0.1:6270${target}`),
        headers: { host: '127.0.0.1:6270' },
      },
      {
        title: 'Host and path are signed',
        cause: 'host-and-path',
        text: signing(target => `dataflow.apigw.ntruss.com${target}`),
      },
      { title: 'The base path is left out', cause: 'base-path-left-out', text: signing(() => '/jobs') },
      { title: 'Half of the base path is left out', cause: 'base-path-left-out', text: signing(() => '/v1/jobs') },
      { title: 'The first slash is left out', cause: 'leading-slash-left-out', text: signing(() => 'api/v1/jobs') },
      { title: 'A slash too many at the end', cause: 'trailing-slash', text: signing(() => '/api/v1/jobs/') },
      {
        title: 'A slash too few at the end',
        cause: 'trailing-slash',
        target: '/api/v1/jobs?name=a/',
        text: signing(() => '/api/v1/jobs/?name=a/'),
      },
      { title: 'A bare question mark is signed', cause: 'question-mark', text: signing(target => `${target}?`) },
      {
        title: 'A bare question mark is sent',
        cause: 'query-left-out',
        target: '/api/v1/jobs?',
        text: signing(() => '/api/v1/jobs'),
      },
      {
        title: 'The parameters are sorted for the signature alone',
        cause: 'parameter-order',
        target: page,
        text: signing(() => '/api/v1/jobs?limit=20&page=0'),
      },
      {
        title: 'The parameters stand in any other order',
        cause: 'parameter-order',
        target: '/api/v1/jobs?b=2&d=4&a=1&c=3',
        text: signing(() => '/api/v1/jobs?d=4&b=2&c=3&a=1'),
      },
      { title: 'No target is signed', cause: 'target-left-out', text: signing(() => '') },
    ],
  },
  {
    chapter: 'Encoding',
    rows: [
      {
        title: 'The URL is encoded twice on its way, as by RestTemplate of Spring',
        cause: 'sent-encoded-twice',
        target: '/api/v1/jobs?name=%25EC%259E%2591%25EC%2597%2585',
        corrected: korean,
        text: signing(() => korean),
      },
      {
        title: 'The decoded text is signed, and the URL is encoded twice',
        cause: 'sent-encoded-twice',
        target: '/api/v1/jobs?name=%25EC%259E%2591%25EC%2597%2585',
        corrected: korean,
        text: signing(() => '/api/v1/jobs?name=작업'),
      },
      {
        title: 'The URL is encoded twice, in between read as Latin-1',
        cause: 'sent-encoded-twice',
        target: '/api/v1/jobs?name=%C3%AC%C2%9E%C2%91%C3%AC%C2%97%C2%85',
        corrected: korean,
        text: signing(() => korean),
      },
      {
        title: 'The decoded text is signed, and the URL is encoded twice, in between read as Latin-1',
        cause: 'sent-encoded-twice',
        target: '/api/v1/jobs?name=%C3%AC%C2%9E%C2%91%C3%AC%C2%97%C2%85',
        corrected: korean,
        text: signing(() => '/api/v1/jobs?name=작업'),
      },
      {
        title: 'Escaped Korean with a raw space',
        cause: 'partly-decoded',
        target: '/api/v1/jobs?name=%EC%9E%91%EC%97%85%201',
        text: signing(target => target.replace('%20', ' ')),
      },
      {
        title: 'Raw Korean with an escaped space',
        cause: 'partly-decoded',
        target: '/api/v1/jobs?name=%EC%9E%91%EC%97%85%201',
        text: signing(() => '/api/v1/jobs?name=작업%201'),
      },
      {
        title: 'An escape that nobody needs, which the URL library undid',
        cause: 'other-encoding',
        target: '/api/v1/jobs?name=a~b',
        text: signing(() => '/api/v1/jobs?name=a%7Eb'),
      },
      {
        title: 'Some characters escaped, as by another function of the language',
        cause: 'other-encoding',
        target: '/api/v1/jobs?name=a!b(c)*%27',
        text: signing(() => '/api/v1/jobs?name=a%21b%28c%29%2A%27'),
      },
      {
        title: 'The apostrophe encoded for the signature alone',
        cause: 'other-encoding',
        target: "/api/v1/jobs?name=Kim's",
        text: signing(target => target.replace("'", '%27')),
      },
      {
        title: 'Escapes of some characters, in lower-case digits',
        cause: 'other-encoding',
        target: '/api/v1/jobs?name=%EC%9E%91:@a,b',
        text: signing(() => '/api/v1/jobs?name=%ec%9e%91%3a%40a%2cb'),
      },
      {
        title: 'A plus sign that arrives as a space',
        cause: 'other-encoding',
        target: '/api/v1/stats/execution-times?startDate=2025-03-01T00:00:00+09:00',
        corrected: '/api/v1/stats/execution-times?startDate=2025-03-01T00:00:00%2B09:00',
        text: signing(target => target.replace('+', '%2B')),
      },
      {
        title: 'Korean signed in EUC-KR',
        cause: 'other-charset',
        target: korean,
        bytes: true,
        text: signing(() => '/api/v1/jobs?name=\xc0\xdb\xbe\xf7'),
      },
      {
        title: 'Korean signed in EUC-KR, percent-encoded',
        cause: 'other-charset',
        target: korean,
        text: signing(() => '/api/v1/jobs?name=%C0%DB%BE%F7'),
      },
      {
        title: 'A letter signed in Latin-1',
        cause: 'other-charset',
        target: '/api/v1/jobs?name=caf%C3%A9',
        bytes: true,
        text: signing(() => '/api/v1/jobs?name=caf\xe9'),
      },
      {
        title: 'Question marks for Korean letters, as Latin-1 of Java writes them',
        cause: 'other-charset',
        target: korean,
        text: signing(() => '/api/v1/jobs?name=??'),
      },
      {
        title: 'Ampersands signed as HTML',
        cause: 'escaped-markup',
        target: page,
        text: signing(target => target.replace('&', '&amp;')),
      },
    ],
  },
  {
    chapter: 'Templates and missing values',
    rows: [
      {
        title: 'The template of the path is signed',
        cause: 'path-template',
        target: '/api/v1/jobs/AbCdEf123',
        text: signing(() => '/api/v1/jobs/{jobId}'),
      },
      {
        title: 'Another form of template',
        cause: 'path-template',
        target: '/api/v1/jobs/AbCdEf123/executions/XyZ987',
        text: signing(() => '/api/v1/jobs/:id/executions/:id'),
      },
      {
        title: 'A template as a regular expression',
        cause: 'path-template',
        deep: true,
        target: '/api/v1/jobs/AbCdEf123',
        text: signing(() => '/api/v1/jobs/(?P<jobId>[^/]+)'),
      },
      {
        title: 'An id in quotes',
        cause: 'in-quotes',
        deep: true,
        target: '/api/v1/jobs/AbCdEf123',
        text: signing(() => '/api/v1/jobs/"AbCdEf123"'),
      },
      {
        title: 'An id with a space behind it',
        cause: 'control-character',
        deep: true,
        target: '/api/v1/jobs/AbCdEf123',
        text: signing(() => '/api/v1/jobs/AbCdEf123%20'),
      },
      {
        title: 'An id in lower case',
        cause: 'letter-case',
        deep: true,
        target: '/api/v1/jobs/AbCdEf123?limit=20',
        text: signing(() => '/api/v1/jobs/abcdef123?limit=20'),
      },
      {
        title: 'A value of the path is missing in the signature',
        cause: 'missing-value',
        target: '/api/v1/jobs/AbCdEf123',
        text: signing(() => '/api/v1/jobs/undefined'),
      },
      {
        title: 'A parameter without its value is signed',
        cause: 'missing-value',
        target: page,
        text: signing(() => '/api/v1/jobs?page=&limit=20'),
      },
      {
        title: 'The number of the next page is signed',
        cause: 'parameter-not-sent',
        deep: true,
        target: page,
        text: signing(() => '/api/v1/jobs?page=1&limit=20'),
      },
      {
        title: 'Numbers are signed with a decimal point',
        cause: 'parameter-not-sent',
        deep: true,
        target: page,
        text: signing(() => '/api/v1/jobs?page=0.0&limit=20.0'),
      },
      {
        title: 'A parameter is signed that the client drops',
        cause: 'parameter-not-sent',
        target: page,
        text: signing(target => `${target}&name=undefined`),
      },
      { title: 'An empty text is signed', cause: 'empty-text', text: () => '' },
      { title: 'The text of a missing value is signed', cause: 'missing-value', text: () => 'null' },
      {
        title: 'The timestamp is missing in the signature',
        cause: 'missing-value',
        text: client => textOf({ ...client, timestamp: 'NaN' }),
      },
      { title: 'An empty secret key', cause: 'secret-missing-value', secret: '' },
      { title: 'Stars as the secret key', cause: 'secret-missing-value', deep: true, secret: '***' },
      {
        title: 'A line of a .env file as the secret key',
        cause: 'secret-changed',
        deep: true,
        secret: `SECRET_KEY=${pair.secretKey}`,
      },
      {
        title: 'A letter of the secret key is mistyped',
        cause: 'secret-changed',
        deep: true,
        secret: pair.secretKey.replace('0', 'O'),
      },
      { title: 'The text of a missing value as the secret key', cause: 'secret-missing-value', secret: 'None' },
      {
        title: 'A variable that was not replaced as the secret key',
        cause: 'secret-missing-value',
        deep: true,
        secret: '$NCLOUD_SECRET_KEY',
      },
    ],
  },
  {
    chapter: 'Paths and proxies',
    rows: [
      {
        title: 'A prefix that a proxy removed and tells behind another header',
        cause: 'path-prefix',
        headers: { 'x-forwarded-uri': '/elsewhere', 'x-original-uri': '/elsewhere', 'x-script-name': '/internal/flow' },
        text: signing(target => `/internal/flow${target}`),
      },
      {
        title: 'A prefix that a proxy removed and tells',
        cause: 'path-prefix',
        headers: { 'x-forwarded-prefix': '/internal/flow' },
        text: signing(target => `/internal/flow${target}`),
      },
      {
        title: 'A prefix that a proxy removed',
        cause: 'path-prefix',
        deep: true,
        text: signing(target => `/dataflow${target}`),
      },
      {
        title: 'A prefix that a proxy added',
        cause: 'base-path-left-out',
        target: '/api/v1/jobs/AbC',
        text: signing(() => '/jobs/AbC'),
      },
      { title: 'A double slash is signed', cause: 'repeated-slash', text: signing(() => '/api/v1//jobs') },
      { title: 'A fragment is signed', cause: 'fragment-signed', deep: true, text: signing(target => `${target}#top`) },
      {
        title: 'The query alone is signed',
        cause: 'path-left-out',
        target: page,
        text: signing(() => '?page=0&limit=20'),
      },
    ],
  },
  {
    chapter: 'The method',
    rows: [
      { title: 'In lower case', cause: 'method-case', text: client => textOf({ ...client, method: 'get' }) },
      { title: 'Another method', cause: 'other-method', text: client => textOf({ ...client, method: 'POST' }) },
      { title: 'No method', cause: 'other-method', text: client => textOf({ ...client, method: '' }) },
      { title: 'No space behind it', cause: 'no-space-behind-method', text: client => textOf(client).replace(' ', '') },
    ],
  },
  {
    chapter: 'The lines',
    rows: [
      { title: 'CR LF between the lines', cause: 'crlf', text: client => textOf(client).replaceAll('\n', '\r\n') },
      {
        title: 'A backslash and an n',
        cause: 'literal-backslash-n',
        text: client => textOf(client).replaceAll('\n', '\\n'),
      },
      { title: 'No line ends', cause: 'no-line-end', text: client => textOf(client).replaceAll('\n', '') },
      { title: 'Spaces for line ends', cause: 'no-line-end', text: client => textOf(client).replaceAll('\n', ' ') },
      { title: 'A line feed at the end', cause: 'trailing-newline', text: client => `${textOf(client)}\n` },
      { title: 'CR LF at the end', cause: 'trailing-newline', text: client => `${textOf(client)}\r\n` },
      { title: 'A space at the end', cause: 'trailing-space', text: client => `${textOf(client)} ` },
      {
        title: 'The access key is left out',
        cause: 'access-key-left-out',
        text: client => textOf({ ...client, accessKey: '' }),
      },
      {
        title: 'The access key and its line are left out',
        cause: 'access-key-left-out',
        text: ({ method, target, timestamp }) => `${method} ${target}\n${timestamp}`,
      },
      {
        title: 'The timestamp is left out',
        cause: 'timestamp-left-out',
        text: ({ method, target, accessKey }) => `${method} ${target}\n${accessKey}`,
      },
      {
        title: 'The access key comes first',
        cause: 'lines-swapped',
        text: ({ method, target, timestamp, accessKey }) => `${method} ${target}\n${accessKey}\n${timestamp}`,
      },
      {
        title: 'The text of the first version, with an API key',
        cause: 'api-key-line',
        text: ({ method, target, timestamp, accessKey }) =>
          `${method} ${target}\n${timestamp}\nEXAMPLEAPIKEY\n${accessKey}`,
        headers: { 'x-ncp-apigw-api-key': 'EXAMPLEAPIKEY' },
      },
      {
        title: 'The same with an empty API key',
        cause: 'api-key-line',
        text: ({ method, target, timestamp, accessKey }) => `${method} ${target}\n${timestamp}\n\n${accessKey}`,
      },
      {
        title: 'The content type is signed at the end',
        cause: 'content-type-signed',
        text: client => `${textOf(client)}\napplication/json`,
        headers: json,
      },
      {
        title: 'The content type is signed in between',
        cause: 'content-type-signed',
        text: ({ method, target, timestamp, accessKey }) =>
          `${method} ${target}\napplication/json\n${timestamp}\n${accessKey}`,
        headers: json,
      },
      {
        title: 'The body is signed at the end',
        cause: 'body-signed',
        text: client => `${textOf(client)}\n{"name":"작업"}`,
        body: '{"name":"작업"}',
      },
      {
        title: 'The body is signed in between',
        cause: 'body-signed',
        text: ({ method, target, timestamp, accessKey }) =>
          `${method} ${target}\n${timestamp}\n{"name":"a"}\n${accessKey}`,
        body: '{"name":"a"}',
      },
      {
        title: 'The body alone is signed',
        cause: 'body-signed',
        text: () => '{"name":"a"}',
        body: '{"name":"a"}',
      },
      {
        title: 'The body is signed before the other lines',
        cause: 'body-signed',
        text: client => `{"name":"a"}\n${textOf(client)}`,
        body: '{"name":"a"}',
      },
      {
        title: 'The lines in another order',
        cause: 'lines-swapped',
        text: ({ method, target, timestamp, accessKey }) => `${accessKey}\n${timestamp}\n${method} ${target}`,
      },
      {
        title: 'Method and target on lines of their own',
        cause: 'no-space-behind-method',
        text: ({ method, target, timestamp, accessKey }) => `${method}\n${target}\n${timestamp}\n${accessKey}`,
      },
      { title: 'Tabs between the lines', cause: 'no-line-end', text: client => textOf(client).replaceAll('\n', '\t') },
      {
        title: 'CR LF behind the first line alone',
        cause: 'no-line-end',
        text: client => textOf(client).replace('\n', '\r\n'),
      },
      {
        title: 'A tab before the access key',
        cause: 'control-character',
        text: client => textOf({ ...client, accessKey: `\t${client.accessKey}` }),
      },
      {
        title: 'A NUL byte behind the timestamp',
        cause: 'control-character',
        text: client => textOf({ ...client, timestamp: `${client.timestamp}\0` }),
      },
      {
        title: 'The access key in quotes',
        cause: 'in-quotes',
        deep: true,
        text: client => textOf({ ...client, accessKey: `"${client.accessKey}"` }),
      },
      {
        title: 'The names of the headers are signed',
        cause: 'header-signed',
        deep: true,
        text: ({ method, target, timestamp, accessKey }) =>
          `${method} ${target}\nx-ncp-apigw-timestamp: ${timestamp}\nx-ncp-iam-access-key: ${accessKey}`,
      },
      {
        title: 'The version of HTTP is signed',
        cause: 'header-signed',
        deep: true,
        text: client => textOf(client).replace('\n', ' HTTP/1.1\n'),
      },
      {
        title: 'The secret key as a fourth line',
        cause: 'secret-key-in-text',
        deep: true,
        text: client => `${textOf(client)}\n${pair.secretKey}`,
      },
      {
        title: 'The text as JSON',
        cause: 'text-transformed',
        deep: true,
        text: client => JSON.stringify(textOf(client)),
      },
    ],
  },
  {
    chapter: 'The time',
    rows: [
      {
        title: 'Seconds are signed, milliseconds sent',
        cause: 'seconds-signed',
        text: client => textOf({ ...client, timestamp: client.timestamp.slice(0, -3) }),
      },
      { title: 'The time is taken twice', cause: 'timestamp-differs', text: shifted(-7) },
      {
        title: 'The time is taken twice, with a second in between',
        cause: 'timestamp-differs',
        text: shifted(1_234),
        deep: true,
      },
      { title: 'The signed time is rounded', cause: 'timestamp-differs', text: shifted(-123) },
      {
        title: 'The signed time is a date',
        cause: 'timestamp-text-signed',
        text: client => textOf({ ...client, timestamp: new Date(moment).toISOString() }),
      },
      { title: 'The time is taken twice, with half a minute in between', cause: 'unexplained', text: shifted(-31_000) },
      { title: 'The text of a missing value in the header', cause: 'timestamp-form', timestamp: 'undefined' },
      { title: 'Seconds in the header', cause: 'timestamp-in-seconds', timestamp: String(moment).slice(0, -3) },
      { title: 'Microseconds in the header', cause: 'timestamp-in-microseconds', timestamp: `${moment}000` },
      { title: 'Nanoseconds in the header', cause: 'timestamp-in-nanoseconds', timestamp: `${moment}000000` },
      { title: 'A fraction in the header', cause: 'timestamp-form', timestamp: `${moment}.5` },
      { title: 'A date in the header', cause: 'timestamp-form', timestamp: '2025-11-23T12:13:20Z' },
      { title: 'A clock that is slow', cause: 'clock-off', timestamp: String(moment - 7 * 60_000 - 30_000) },
      { title: 'A clock that is fast', cause: 'clock-off', timestamp: String(moment + 3 * 3_600_000) },
      { title: 'A request of another week', cause: 'clock-off', timestamp: String(moment - 8 * 86_400_000) },
      { title: 'Korean time taken for UTC', cause: 'time-zone', timestamp: String(moment + 9 * 3_600_000) },
    ],
  },
  {
    chapter: 'The form of the signature',
    rows: [
      { title: 'Hexadecimal', cause: 'hex-digest', encode: digest => digest.toString('hex') },
      {
        title: 'URL-safe Base64',
        cause: 'url-safe-base64',
        target: '/api/v1/jobs?limit=20',
        encode: digest => base64(digest).replaceAll('+', '-').replaceAll('/', '_'),
      },
      { title: 'No padding', cause: 'unpadded-base64', encode: digest => base64(digest).replace('=', '') },
      {
        title: 'Base64 of the hex digits',
        cause: 'base64-of-hex',
        encode: digest => base64(Buffer.from(digest.toString('hex'))),
      },
      { title: 'Base64 made twice', cause: 'base64-twice', encode: digest => base64(Buffer.from(base64(digest))) },
      { title: 'Percent-encoded', cause: 'escaped-signature', encode: digest => encodeURIComponent(base64(digest)) },
      { title: 'In quotes', cause: 'signature-with-extras', encode: digest => `"${base64(digest)}"` },
      { title: 'Cut off', cause: 'signature-cut-off', encode: digest => base64(digest).slice(0, 30) },
      { title: 'HMAC-SHA1', cause: 'other-hash', algorithm: 'sha1' },
      { title: 'HMAC-SHA512', cause: 'other-hash', algorithm: 'sha512' },
      {
        title: 'Hexadecimal with hyphens',
        cause: 'hex-digest',
        encode: digest =>
          digest
            .toString('hex')
            .toUpperCase()
            .replace(/(..)(?=.)/g, '$1-'),
      },
      { title: 'A list of bytes', cause: 'byte-list', encode: digest => `[${[...digest].join(', ')}]` },
      {
        title: 'The digest read as text',
        cause: 'base64-of-text',
        encode: digest => base64(Buffer.from(digest.toString('latin1'), 'utf8')),
      },
      { title: 'In lower case', cause: 'signature-letter-case', encode: digest => base64(digest).toLowerCase() },
      { title: 'Something else', cause: 'no-digest', encode: () => 'undefined' },
    ],
  },
  {
    chapter: 'The keys',
    rows: [
      { title: 'A line feed behind the secret key', cause: 'secret-with-white-space', secret: `${pair.secretKey}\n` },
      { title: 'A space before the secret key', cause: 'secret-with-white-space', secret: ` ${pair.secretKey}` },
      { title: 'Quotes around the secret key', cause: 'secret-in-quotes', secret: `"${pair.secretKey}"` },
      { title: 'The access key as the key', cause: 'access-key-as-secret', secret: pair.accessKey },
      {
        title: 'The secret key in the text',
        cause: 'secret-key-in-text',
        text: client => textOf({ ...client, accessKey: pair.secretKey }),
      },
      { title: "Another configured credential's secret key", cause: 'other-secret', secret: neighbour.secretKey },
      {
        title: "Another configured credential's access key in the text",
        cause: 'other-access-key',
        text: client => textOf({ ...client, accessKey: neighbour.accessKey }),
      },
      {
        title: 'An access key that is unknown',
        cause: 'unknown-access-key',
        accessKey: 'ncp_iam_NOBODY',
        secret: 'ncp_iam_NOBODYSSECRET',
      },
      {
        title: 'An unknown access key with a secret key that is known',
        cause: 'other-access-key',
        accessKey: 'ncp_iam_NOBODY',
      },
      {
        title: 'The access key in other letter case',
        cause: 'access-key-spelling',
        accessKey: pair.accessKey.toLowerCase(),
      },
      { title: 'The access key in quotes', cause: 'access-key-spelling', accessKey: `"${pair.accessKey}"` },
      {
        title: 'Access key and secret key swapped',
        cause: 'secret-as-access-key',
        accessKey: pair.secretKey,
        secret: pair.accessKey,
      },
      { title: 'A disabled key', cause: 'key-disabled', accessKey: disabled.accessKey, secret: disabled.secretKey },
      {
        title: 'A secret key that was decoded from Base64',
        cause: 'secret-changed',
        deep: true,
        secret: Buffer.from(pair.secretKey, 'base64').toString('latin1'),
        secretBytes: true,
      },
      { title: 'A text of a missing value as the access key', cause: 'access-key-missing-value', accessKey: 'null' },
      { title: 'The secret key of something else', cause: 'unexplained', secret: 'ncp_iam_SOMEOTHERSECRETKEY' },
    ],
  },
  {
    chapter: 'The headers',
    rows: [
      {
        title: 'No headers',
        cause: 'headers-missing',
        headers: {
          'x-ncp-apigw-timestamp': undefined,
          'x-ncp-iam-access-key': undefined,
          'x-ncp-apigw-signature-v2': undefined,
        },
      },
      { title: 'A header that is empty', cause: 'headers-missing', headers: { 'x-ncp-apigw-signature-v2': '' } },
      {
        title: 'The signature under another name',
        cause: 'headers-missing',
        headers: {
          'x-ncp-apigw-signature-v2': undefined,
          'x-ncp-apigw-signature': 'eE7etrsdvyaiKxnzq2WGpwysfl65GAkt8YfjuJxdc28=',
        },
      },
      {
        title: 'A header that is sent twice',
        cause: 'header-twice',
        headers: { 'x-ncp-apigw-timestamp': `${moment}, ${moment}` },
      },
      {
        title: 'The API key scheme of Maps and CLOVA',
        cause: 'api-key-scheme',
        headers: {
          'x-ncp-apigw-timestamp': undefined,
          'x-ncp-iam-access-key': undefined,
          'x-ncp-apigw-signature-v2': undefined,
          'x-ncp-apigw-api-key-id': 'EXAMPLEID',
          'x-ncp-apigw-api-key': 'EXAMPLEAPIKEY',
        },
      },
    ],
  },
  {
    chapter: 'Two at once',
    rows: [
      {
        title: 'No query, and a line feed at the end',
        cause: 'query-left-out + trailing-newline',
        target: page,
        text: client => `${signing(() => '/api/v1/jobs')(client)}\n`,
      },
      {
        title: 'Decoded, and an empty secret key',
        cause: 'decoded-target + secret-missing-value',
        target: korean,
        text: signing(decodeURIComponent),
        secret: '',
      },
      {
        title: 'Decoded, and CR LF',
        cause: 'decoded-target + crlf',
        target: korean,
        text: client => signing(decodeURIComponent)(client).replaceAll('\n', '\r\n'),
      },
      {
        title: 'The whole address, in hexadecimal',
        cause: 'full-url + hex-digest',
        text: signing(target => `https://dataflow.apigw.ntruss.com${target}`),
        encode: digest => digest.toString('hex'),
      },
      {
        title: 'The method in lower case, and a line feed in the secret key',
        deep: true,
        cause: 'method-case + secret-with-white-space',
        text: client => textOf({ ...client, method: 'get' }),
        secret: `${pair.secretKey}\n`,
      },
    ],
  },
]

/** What a client that makes a mistake sends. */
export function sent({ method = 'GET', target = '/api/v1/jobs', timestamp = String(moment), ...mistake }: Mistake) {
  const { accessKey = pair.accessKey, secret = pair.secretKey, text = textOf, encode = base64 } = mistake
  const signed = text({ method, target, timestamp, accessKey })
  const digest = createHmac(mistake.algorithm ?? 'sha256', Buffer.from(secret, mistake.secretBytes ? 'latin1' : 'utf8'))
    .update(signed, mistake.bytes ? 'latin1' : 'utf8')
    .digest()
  const headers: Record<string, string | undefined> = {
    'x-ncp-apigw-timestamp': timestamp,
    'x-ncp-iam-access-key': accessKey,
    'x-ncp-apigw-signature-v2': encode(digest),
    ...mistake.headers,
  }
  return { method, target, headers, body: mistake.body }
}

const known: Known = {
  pairs: () => pairs,
  readings: assume(),
  now: moment,
  parameterNames: vocabularyOf(defaultEdition, assume()).parameterNames,
}

/** The emulator's answer to a mistake, without an emulator. */
export function answered(mistake: Mistake): Diagnosis {
  const { body, ...presented } = sent(mistake)
  const bytes = body === undefined ? undefined : Buffer.from(body).toString('latin1')
  return diagnose(presented, { ...known, body: bytes }, budgets.deep).diagnosis
}

function section(mistake: Mistake): string {
  const diagnosis = answered(mistake)
  const cause = diagnosis.verdict === 'explained' ? diagnosis.cause : diagnosis.verdict
  const { method, target } = sent(mistake)
  const comparison = 'comparison' in diagnosis ? diagnosis.comparison : undefined
  const lines =
    comparison?.split('\n') ?? (diagnosis.expectedText === undefined ? [] : [`expected: ${diagnosis.expectedText}`])
  const texts = lines.length > 0 ? ['', ...lines.map(line => `    ${line}`)] : []
  return [
    `### ${mistake.title}`,
    '',
    `\`${method} ${target}\` gives **${cause}**:`,
    `> ${diagnosis.sentence}`,
    ...texts,
    '',
  ].join('\n')
}

/** docs/signature.md: each mistake with what the emulator says of it. */
export const signaturePage = (): string =>
  `# Why is my signature wrong?

The gateway of NCP answers every wrong signature with the same 401, and so does the emulator. But the emulator knows the secret key:
it signs the request in many wrong ways until one gives the signature that was sent. What it finds is in the log, as a sentence in the
line of the refused request and in its field \`diagnosis\`. The same is to be had without an emulator:

\`\`\`sh
ncp-dataflow-emulator explain GET '/api/v1/jobs?page=0&limit=20' --access-key KEY --secret-key SECRET \\
  --header 'x-ncp-apigw-timestamp: 1763900000123' --header 'x-ncp-iam-access-key: KEY' --header 'x-ncp-apigw-signature-v2: ...'
\`\`\`

It prints the verdict, a sentence, what must be signed and what was signed below it, with \`^\` under the first character that differs, with \`\\n\` for a line feed, and the signature expected;
\`--journal last\` (or a number) explains a request of a running emulator from its journal, so that nobody types headers;
\`--json\` prints the same as JSON, \`--body FILE\` gives the body of the request, for the case that it was signed, too.
The exit code is 0 for a right signature and 1 for a wrong one. The age of the timestamp is not judged there.

* A secret key is in no answer. Where one was signed as part of the text, \`(secret key)\` stands for it.
* The work is bounded, for a request and for a second: in a flood of wrong signatures most are logged as not diagnosed.
* A running emulator does not see a body before it knows the caller, so a signed body is found by \`explain\` alone.
* Two mistakes at once are found where both are common. Rare mistakes are not searched for each rejected request: the log then says that the
  search was cut short. Reading the request's journal entry searches further, and \`explain\` searches all, with every timestamp of the five minutes.

Below is each mistake that is known, with the emulator's own answer. \`npm run generate\` writes this page by making them.

${mistakes.map(({ chapter, rows }) => `## ${chapter}\n\n${rows.map(section).join('\n')}`).join('\n')}`
