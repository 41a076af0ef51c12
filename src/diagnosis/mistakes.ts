import { bytesOf } from './bytes.ts'

/** A signed text in its pieces, and the key it is signed with. A mistake changes one of them. */
export interface Writing {
  readonly method: string
  /** What stands between method and target. */
  readonly gap: string
  readonly target: string
  readonly timestamp: string
  readonly accessKey: string
  /** The lines below the first. */
  readonly lines: (timestamp: string, accessKey: string) => readonly string[]
  readonly lineEnd: string
  /** What follows the last line. */
  readonly tail: string
  readonly secretKey: string
}

/** A request as the table of mistakes sees it; texts are one character a byte. */
export interface Case {
  readonly right: Writing
  readonly host: string
  readonly apiKey: string
  readonly contentType: string
  /** Absent when the body is not known. */
  readonly body?: string | undefined
  /** The other configured pairs. */
  readonly others: readonly { readonly accessKey: string; readonly secretKey: string }[]
}

/** One way to have written the text wrongly. */
export interface Variation {
  readonly cause: string
  readonly part: keyof Writing
  readonly change: Partial<Writing>
  /** Completes "You signed ..."; one character a byte, as it may quote the request. */
  readonly signed: string
  /** Completes "sign ...". */
  readonly sign: string
  /** Not tried together with another mistake, to keep the work small. */
  readonly alone: boolean
}

interface Mistake<Part extends keyof Writing> {
  readonly cause: string
  readonly signed: string | ((wrong: Writing[Part]) => string)
  readonly sign: string
  readonly wrong: (asked: Case) => Iterable<Writing[Part]>
  readonly alone?: true
}

const pathOf = (target: string): string => target.split('?', 1).join('')
const queryOf = (target: string): string => target.slice(pathOf(target).length)
const parametersOf = (target: string): string[] => {
  const query = queryOf(target).slice(1)
  return query === '' ? [] : query.split('&')
}
const withParameters = (target: string, parameters: readonly string[]): string =>
  `${pathOf(target)}${parameters.length > 0 ? '?' : ''}${parameters.join('&')}`

const unescaped = (bytes: string): string =>
  bytes.replace(/%([0-9A-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))

/** As decodeURI does: escapes of characters with a meaning in an address stay. */
const mostlyUnescaped = (bytes: string): string =>
  bytes.replace(/%([0-9A-Fa-f]{2})/g, (whole, digits: string) => {
    const sign = String.fromCharCode(Number.parseInt(digits, 16))
    return ';/?:@&=+$,#'.includes(sign) ? whole : sign
  })

const escapedBut = (plain: RegExp) => (bytes: string) =>
  bytes.replace(/[\s\S]/g, sign =>
    plain.test(sign) ? sign : `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )

/** How the languages' own functions percent-encode a value. */
const encoders = [
  escapedBut(/[\w.~-]/),
  escapedBut(/[\w.~!'()*-]/),
  escapedBut(/[\w.*-]/),
  escapedBut(/[\w.~!'()*;/?:@&=+$,#-]/),
  escapedBut(/[\w.~:@!$'()*,;/-]/),
]
const spaceAsPlus = (bytes: string) => bytes.replaceAll('%20', '+')
const lowerHex = (bytes: string) => bytes.replace(/%[0-9A-Fa-f]{2}/g, found => found.toLowerCase())
const upperHex = (bytes: string) => bytes.replace(/%[0-9A-Fa-f]{2}/g, found => found.toUpperCase())

function* otherwiseEncoded({ right: { target } }: Case): Iterable<string> {
  yield lowerHex(target)
  yield upperHex(target)
  yield target.replaceAll('+', '%20')
  yield spaceAsPlus(target)
  yield target.replaceAll('+', '%2B')
  yield target.replaceAll('%', '%25')
  const parameters = parametersOf(target)
  const decoders = [unescaped, (bytes: string) => unescaped(bytes.replaceAll('+', ' '))]
  for (const encode of encoders) {
    yield pathOf(target).split('/').map(unescaped).map(encode).join('/') + queryOf(target)
    for (const decode of decoders) {
      const again = withParameters(
        target,
        parameters.map(parameter => {
          const [, name = '', is = '', value = ''] = /^([^=]*)(=?)([\s\S]*)$/.exec(parameter) ?? []
          return `${encode(decode(name))}${is}${encode(decode(value))}`
        }),
      )
      yield again
      yield spaceAsPlus(again)
      yield lowerHex(again)
    }
  }
}

function* decoded({ right: { target } }: Case): Iterable<string> {
  for (const decode of [unescaped, mostlyUnescaped]) {
    yield decode(target)
    yield decode(target.replaceAll('+', ' '))
    yield pathOf(target) + decode(queryOf(target))
  }
  yield target.replaceAll('+', ' ')
}

const realHosts = ['dataflow.apigw.ntruss.com', 'dataflow.apigw.gov-ntruss.com', 'dataflow.apigw.fin-ntruss.com']

function* hosts({ host }: Case): Iterable<string> {
  yield host
  yield host.replace(/:\d+$/, '')
  yield* realHosts
}

function* fullUrls(asked: Case): Iterable<string> {
  for (const host of hosts(asked)) {
    for (const scheme of ['https', 'http']) yield `${scheme}://${host}${asked.right.target}`
  }
}

function* hostAndPaths(asked: Case): Iterable<string> {
  for (const host of hosts(asked)) yield `${host}${asked.right.target}`
}

function* shorterPaths({ right: { target } }: Case): Iterable<string> {
  const segments = pathOf(target).split('/').slice(1)
  for (const gone of [2, 1]) {
    if (segments.length > gone) yield `/${segments.slice(gone).join('/')}${queryOf(target)}`
  }
}

const toggledSlash = ({ right: { target } }: Case): string => {
  const path = pathOf(target)
  return `${path.endsWith('/') ? path.slice(0, -1) : `${path}/`}${queryOf(target)}`
}

/** As many parameters as are tried in every order: 120 orders. */
const mostPermuted = 5
/** As many parameters as are left out one at a time. */
const mostDropped = 20

function* permutations(list: readonly string[]): Iterable<readonly string[]> {
  if (list.length < 2) yield list
  for (const [at, first] of list.length < 2 ? [] : list.entries()) {
    for (const rest of permutations(list.toSpliced(at, 1))) yield [first, ...rest]
  }
}

function* simpleOrders({ right: { target } }: Case): Iterable<string> {
  const parameters = parametersOf(target)
  const nameOf = (parameter: string) => parameter.split('=', 1).join('')
  const order = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0)
  yield withParameters(target, parameters.toSorted(order))
  yield withParameters(
    target,
    parameters.toSorted((left, right) => order(nameOf(left), nameOf(right))),
  )
  yield withParameters(target, parameters.toReversed())
}

function* allOrders({ right: { target } }: Case): Iterable<string> {
  const parameters = parametersOf(target)
  if (parameters.length > mostPermuted) return
  for (const order of permutations(parameters)) yield withParameters(target, order)
}

function* oneDropped({ right: { target } }: Case): Iterable<string> {
  const parameters = parametersOf(target)
  if (parameters.length > mostDropped) return
  for (const at of parameters.keys()) yield withParameters(target, parameters.toSpliced(at, 1))
}

const targetAsSent = 'path and query exactly as they are sent, from the first slash behind the host'
const orderAsSent = 'the parameters in the order they are sent'
const quote = (bytes: string) => `"${bytes}"`

/** Every mistake that is looked for: what the client wrote instead, and how it is told. The first that fits is named. */
const mistakes: { readonly [Part in keyof Writing]: readonly Mistake<Part>[] } = {
  target: [
    {
      cause: 'query-left-out',
      signed: 'the path without its query',
      sign: 'path and query, joined by the question mark',
      wrong: ({ right: { target } }) => [pathOf(target)],
    },
    {
      cause: 'decoded-target',
      signed: 'the decoded target',
      sign: 'the target as it is sent, percent-encoded',
      wrong: decoded,
    },
    {
      cause: 'full-url',
      signed: 'the whole address with scheme and host',
      sign: targetAsSent,
      wrong: fullUrls,
    },
    { cause: 'host-and-path', signed: 'host and path', sign: targetAsSent, wrong: hostAndPaths },
    {
      cause: 'base-path-left-out',
      signed: shorter => `a path without its first segments (${quote(pathOf(shorter))})`,
      sign: 'the whole path, the base path (/api/v1) included',
      wrong: shorterPaths,
    },
    {
      cause: 'leading-slash-left-out',
      signed: 'the path without its first slash',
      sign: 'the path with it',
      wrong: ({ right: { target } }) => [target.slice(1)],
    },
    {
      cause: 'trailing-slash',
      signed: slashed => `the path ${pathOf(slashed).endsWith('/') ? 'with' : 'without'} a slash at its end`,
      sign: 'the path as it is sent',
      wrong: asked => [toggledSlash(asked), `${asked.right.target}/`],
    },
    {
      cause: 'question-mark',
      signed: marked => `the target ${marked.includes('?') ? 'with' : 'without'} a bare question mark`,
      sign: 'the target as it is sent',
      wrong: ({ right: { target } }) => [target.endsWith('?') ? target.slice(0, -1) : `${target}?`],
    },
    {
      cause: 'parameter-order',
      signed: 'the parameters in another order',
      sign: orderAsSent,
      wrong: simpleOrders,
    },
    {
      cause: 'other-encoding',
      signed: 'another percent-encoding of the target',
      sign: 'the very bytes that are sent (%20 or +, letter case of the hex digits, escaped or not)',
      wrong: otherwiseEncoded,
    },
    {
      cause: 'parameter-order',
      signed: 'the parameters in another order',
      sign: orderAsSent,
      wrong: allOrders,
      alone: true,
    },
    {
      cause: 'parameter-left-out',
      signed: 'the query without one of its parameters',
      sign: 'the whole query',
      wrong: oneDropped,
      alone: true,
    },
    {
      cause: 'target-left-out',
      signed: 'no target',
      sign: targetAsSent,
      wrong: () => ['', '/'],
    },
  ],
  method: [
    {
      cause: 'method-case',
      signed: method => `the method as ${quote(method)}`,
      sign: 'it in upper case',
      wrong: ({ right: { method } }) => [method.toLowerCase(), `${method.slice(0, 1)}${method.slice(1).toLowerCase()}`],
    },
    {
      cause: 'other-method',
      signed: method => (method === '' ? 'no method' : `the method ${method}`),
      sign: 'the method that is sent',
      wrong: () => ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', ''],
    },
  ],
  lineEnd: [
    {
      cause: 'crlf',
      signed: 'CR LF between the lines',
      sign: 'LF alone (0x0A)',
      wrong: () => ['\r\n'],
    },
    {
      cause: 'literal-backslash-n',
      signed: 'a backslash and an n between the lines',
      sign: 'a line feed (0x0A)',
      wrong: () => ['\\n'],
    },
    {
      cause: 'no-line-end',
      signed: lineEnd => (lineEnd === '' ? 'the lines without anything between them' : 'a space between the lines'),
      sign: 'a line feed (0x0A) between them',
      wrong: () => ['', ' '],
    },
  ],
  tail: [
    {
      cause: 'trailing-newline',
      signed: tail =>
        `${tail === '\n' ? 'a line feed' : tail === '\r\n' ? 'CR LF' : 'a backslash and an n'} at the end`,
      sign: 'nothing behind the access key',
      wrong: () => ['\n', '\r\n', '\\n'],
    },
    {
      cause: 'trailing-space',
      signed: 'a space at the end',
      sign: 'nothing behind the access key',
      wrong: () => [' '],
    },
    {
      cause: 'content-type-signed',
      signed: 'the content type, too',
      sign: 'no header but timestamp and access key',
      wrong: ({ contentType }) => (contentType === '' ? [] : [`\n${contentType}`]),
    },
    {
      cause: 'body-signed',
      signed: 'the body, too',
      sign: 'method, target, timestamp and access key alone; the body is not signed',
      wrong: ({ body }) => (body === undefined ? [] : [`\n${body}`, body]),
    },
  ],
  lines: [
    {
      cause: 'access-key-left-out',
      signed: 'no access key',
      sign: 'the access key as the last line',
      wrong: () => [timestamp => [timestamp, ''], timestamp => [timestamp]],
    },
    {
      cause: 'api-key-line',
      signed: 'the older text with a line for the API key',
      sign: 'three lines: method and target, timestamp, access key',
      wrong: ({ apiKey }) => [
        (timestamp, accessKey) => [timestamp, apiKey, accessKey],
        (timestamp, accessKey) => [timestamp, '', accessKey],
      ],
    },
    {
      cause: 'lines-swapped',
      signed: 'the access key before the timestamp',
      sign: 'the timestamp first',
      wrong: () => [(timestamp, accessKey) => [accessKey, timestamp]],
    },
    {
      cause: 'timestamp-left-out',
      signed: 'no timestamp',
      sign: 'the timestamp as the second line',
      wrong: () => [(_, accessKey) => ['', accessKey], (_, accessKey) => [accessKey]],
    },
    {
      cause: 'content-type-signed',
      signed: 'the content type, too',
      sign: 'no header but timestamp and access key',
      wrong: ({ contentType }) =>
        contentType === '' ? [] : [(timestamp, accessKey) => [contentType, timestamp, accessKey]],
    },
    {
      cause: 'body-signed',
      signed: 'the body, too',
      sign: 'method, target, timestamp and access key alone; the body is not signed',
      wrong: ({ body }) =>
        body === undefined
          ? []
          : [
              (timestamp, accessKey) => [timestamp, body, accessKey],
              (timestamp, accessKey) => [body, timestamp, accessKey],
            ],
    },
  ],
  timestamp: [
    {
      cause: 'seconds-signed',
      signed: seconds => `the time in seconds (${seconds})`,
      sign: "the header's milliseconds",
      wrong: ({ right: { timestamp } }) => {
        const seconds = timestamp.slice(0, -3)
        return [seconds, `${seconds}.${timestamp.slice(-3)}`]
      },
    },
    {
      cause: 'timestamp-differs',
      signed: rounded => `the timestamp rounded to seconds (${rounded})`,
      sign: "the header's own value",
      wrong: ({ right: { timestamp } }) => [`${timestamp.slice(0, -3)}000`],
    },
  ],
  gap: [
    {
      cause: 'no-space-behind-method',
      signed: gap => `${gap === '' ? 'nothing' : 'a line end'} between method and target`,
      sign: 'one space between them',
      wrong: () => ['', '\n', '\r\n'],
    },
  ],
  accessKey: [
    {
      cause: 'other-access-key',
      signed: 'another access key than the header holds',
      sign: "the header's access key",
      wrong: ({ others, right: { accessKey } }) => [
        ...others.map(other => other.accessKey),
        accessKey.toLowerCase(),
        accessKey.toUpperCase(),
      ],
      alone: true,
    },
    {
      cause: 'secret-key-in-text',
      signed: 'the secret key as the last line',
      sign: 'the access key there; the secret key is only the key of the HMAC',
      wrong: ({ right: { secretKey } }) => [bytesOf(secretKey)],
    },
  ],
  secretKey: [
    {
      cause: 'secret-with-white-space',
      signed: 'with white space before or behind the secret key',
      sign: 'with the secret key alone (is there a line end in the file or variable it is read from?)',
      wrong: ({ right: { secretKey } }) => [
        `${secretKey}\n`,
        `${secretKey}\r\n`,
        `${secretKey}\r`,
        `${secretKey} `,
        ` ${secretKey}`,
        `${secretKey}\t`,
        `\ufeff${secretKey}`,
      ],
    },
    {
      cause: 'secret-in-quotes',
      signed: 'with quotes around the secret key',
      sign: 'with the secret key alone',
      wrong: ({ right: { secretKey } }) => [`"${secretKey}"`, `'${secretKey}'`],
    },
    {
      cause: 'access-key-as-secret',
      signed: 'with the access key as the key',
      sign: 'with the secret key',
      wrong: ({ right: { accessKey } }) => [accessKey],
    },
    {
      cause: 'other-secret',
      signed: 'with the secret key of another configured credential',
      sign: 'with the secret key that belongs to the access key of the header',
      wrong: ({ others }) => others.map(other => other.secretKey),
      alone: true,
    },
  ],
}

/** The ways in which this request's text can have been written wrongly, likely ones first, none twice. */
export function* variationsOf(asked: Case): Iterable<Variation> {
  const seen = new Set<unknown>()
  for (const part of Object.keys(mistakes) as (keyof Writing)[]) {
    for (const mistake of mistakes[part] as readonly Mistake<'target'>[]) {
      for (const wrong of mistake.wrong(asked)) {
        const known = typeof wrong === 'string' ? `${part} ${wrong}` : wrong
        if (wrong === asked.right[part] || seen.has(known)) continue
        seen.add(known)
        const { cause, sign, alone = false } = mistake
        const signed = typeof mistake.signed === 'string' ? mistake.signed : mistake.signed(wrong)
        yield { cause, part, change: { [part]: wrong }, signed, sign, alone }
      }
    }
  }
}

/** The text under a signature, one character a byte. */
export const written = ({ method, gap, target, timestamp, accessKey, lines, lineEnd, tail }: Writing): string =>
  `${[`${method}${gap}${target}`, ...lines(timestamp, accessKey)].join(lineEnd)}${tail}`
