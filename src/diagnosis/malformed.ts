import { METHODS } from 'node:http'
import { textOf, visible } from './bytes.ts'
import type { Cause } from './causes.ts'
import { escapeAll, unescaped } from './escapes.ts'

/** A request as a client wrote it, one character a byte. */
export interface RawRequest {
  readonly method: string
  readonly target: string
  /** A line without a colon has no value. */
  readonly headers: readonly (readonly [name: string, value: string | undefined])[]
}

/** Why a request is not valid HTTP. */
export interface RequestFlaw {
  readonly cause: Extract<Cause, 'malformed-request' | 'malformed-target'>
  readonly sentence: string
}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const hexOf = (sign: string): string => `0x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
const methods: ReadonlySet<string> = new Set(METHODS)

const malformed = (sentence: string): RequestFlaw => ({ cause: 'malformed-request', sentence })
const badTarget = (sentence: string): RequestFlaw => ({ cause: 'malformed-target', sentence })

function methodFlaw(method: string): RequestFlaw | undefined {
  if (methods.has(method)) return undefined
  if (method.startsWith('\u0016\u0003')) {
    return malformed('The client speaks TLS, and this port speaks plain HTTP: call it by http://, or start with --tls.')
  }
  const upper = method.toUpperCase()
  return malformed(
    methods.has(upper)
      ? `The method ${JSON.stringify(method)} must be in upper case: send ${upper}.`
      : `The method "${visible(textOf(method.slice(0, 40)))}" does not exist; send GET, POST, PUT, PATCH or DELETE.`,
  )
}

/** The characters that a URL cannot hold, percent-encoded. */
export const encodedTarget = (target: string): string => target.replace(/[^\x21-\x7e]/g, escapeAll)

function targetFlawOf(target: string): RequestFlaw | undefined {
  const sign = /[^\x21-\x7e]/.exec(target)?.[0]
  if (sign !== undefined) {
    const what =
      sign === ' '
        ? 'a raw space'
        : sign >= '\u0080'
          ? `a letter outside ASCII (byte ${hexOf(sign)})`
          : `the control character ${hexOf(sign)}`
    return badTarget(
      `The target holds ${what}; percent-encode it, and sign the encoded target: ${visible(encodedTarget(target.slice(0, 1000)))}`,
    )
  }
  if (target !== '*' && !/^(\/|[A-Za-z][A-Za-z0-9+.-]*:\/\/)/.test(target)) {
    return badTarget(`The target must start with a slash, was "${visible(target.slice(0, 100))}".`)
  }
  return undefined
}

function headerFlaw([name, value]: readonly [string, string | undefined]): RequestFlaw | undefined {
  const shown = visible(textOf(name.slice(0, 80)))
  if (value === undefined) {
    return malformed(
      `The header line "${shown}" has no name and value; is there a line end in the value of the header before it?`,
    )
  }
  if (!token.test(name)) return malformed(`The header name "${shown}" holds a character that a name cannot hold.`)
  const sign = [...value].find(one => (one < ' ' && one !== '\t') || one === '\u007f')
  if (sign === undefined) return undefined
  const lineEnd = sign === '\r' ? 'a carriage return (0x0D)' : sign === '\n' ? 'a line feed (0x0A)' : undefined
  return malformed(
    lineEnd === undefined
      ? `The value of the header ${shown} holds the control character ${hexOf(sign)}; remove it.`
      : `The value of the header ${shown} holds ${lineEnd}; remove it (is it read from a file with such line ends, such as a .env file with CR LF?).`,
  )
}

/** What makes a request invalid HTTP; undefined: nothing that is known. */
export function requestFlaw({ method, target, headers }: RawRequest): RequestFlaw | undefined {
  const found = methodFlaw(method) ?? targetFlawOf(target)
  if (found) return found
  for (const header of headers) {
    const flaw = headerFlaw(header)
    if (flaw) return flaw
  }
  return undefined
}

const korean = /^[\u0020-\u007e\uac00-\ud7a3\u3131-\u318e]+$/

/** What to do about a target that the gateway cannot read, with the reason that it gives. */
export function malformedTarget(flaw: string, target: string): string {
  if (target.includes('#')) return `The target is malformed: ${flaw}; send and sign the target without it.`
  const badEscape = /%(?![0-9A-Fa-f]{2})[\s\S]{0,2}/.exec(target)?.[0]
  if (badEscape !== undefined) {
    return `The target is malformed: ${flaw} (${JSON.stringify(badEscape)}); a percent sign itself is written %25.`
  }
  const text = inEucKr(unescaped(target))
  const hint =
    text !== undefined && korean.test(text) && /[\uac00-\ud7a3]/.test(text)
      ? ` They are EUC-KR; encoded in UTF-8 the target is ${encodeURI(text)}`
      : ' Encode text in UTF-8 before it is percent-encoded'
  return `The target is malformed: ${flaw}.${hint}.`
}

/** Bytes read as EUC-KR; undefined where Node cannot. */
function inEucKr(bytes: string): string | undefined {
  try {
    return new TextDecoder('euc-kr', { fatal: true }).decode(Buffer.from(bytes, 'latin1'))
  } catch {
    return undefined
  }
}

/** Reads the head of a request as far as it can be read; `at` is where the parser gave up. */
export function readHead(bytes: string, at: number): RawRequest {
  const start = bytes.lastIndexOf('\r\n\r\n', Math.max(0, at - 1))
  const head = (start < 0 ? bytes : bytes.slice(start + 4)).split('\r\n\r\n', 1).join('')
  const [first = '', ...lines] = head.split('\r\n')
  const method = /^[^ \r\n]*/.exec(first)?.[0] ?? ''
  const rest = first.slice(method.length + 1)
  const version = rest.search(/ (HTTP|RTSP|ICE)\/[^ ]*$/)
  const headers = lines.map((line): [string, string | undefined] => {
    const colon = line.indexOf(':')
    return colon < 0 ? [line, undefined] : [line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '')]
  })
  return { method, target: version < 0 ? rest : rest.slice(0, version), headers }
}

/** What else the parser rejects, by its own code. */
const otherFlaws: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: 'The headers are longer than 16 kB in all.',
  HPE_INVALID_VERSION: 'The first line must end with HTTP/1.1 and CR LF.',
  HPE_INVALID_EOF_STATE: 'The connection ended in the middle of the request.',
  HPE_INVALID_CONTENT_LENGTH: 'The Content-Length header holds no plain number.',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'Content-Length is sent twice, or together with Transfer-Encoding.',
  HPE_INVALID_TRANSFER_ENCODING: 'The Transfer-Encoding header is not understood; send chunked or Content-Length.',
  HPE_INVALID_CHUNK_SIZE: 'The body is not in chunks, as its Transfer-Encoding header says.',
  HPE_PAUSED_H2_UPGRADE: 'The client speaks HTTP/2 without TLS; the emulator speaks HTTP/1.1.',
  ERR_HTTP_REQUEST_TIMEOUT: 'The request did not arrive in time.',
}

/** Why the parser rejected a request. */
export function parserFlaw(code: string, message: string, head: RawRequest | undefined): RequestFlaw {
  const known = otherFlaws[code]
  return (known === undefined ? head && requestFlaw(head) : undefined) ?? malformed(known ?? `${message}.`)
}
