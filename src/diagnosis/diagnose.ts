import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { authHeaderNames } from '../domain/auth-headers.ts'
import { type GatewayReadings, headerText, type Presented, signatureOf, tolerance } from '../gateway/authenticate.ts'
import { bytesOf, visible } from './bytes.ts'
import { digestLength, type Form, forms, rightForm } from './digest.ts'
import { type Case, type Variation, variationsOf, type Writing, written } from './mistakes.ts'

/** A pair as the gateway knows it. */
export interface KnownPair {
  readonly accessKey: string
  readonly secretKey: string
  readonly active: boolean
}

/** What a diagnosis may use beside the request. */
export interface Known {
  /** All configured pairs. */
  readonly pairs: () => readonly KnownPair[]
  readonly readings: GatewayReadings
  /** The gateway's moment; absent: the window is not looked at. */
  readonly now?: number | undefined
  /** One character a byte; absent: not known. */
  readonly body?: string | undefined
}

interface Texts {
  /** What should have been signed, invisible characters written out. */
  readonly expectedText: string
  readonly expectedSignature: string
}

/** Why a request was refused by the gateway. No secret key is in any of it. */
export type Diagnosis =
  | ({ readonly verdict: 'right'; readonly sentence: string } & Texts)
  | ({
      readonly verdict: 'explained'
      /** The mistake's name, two joined by ` + `. */
      readonly cause: string
      readonly sentence: string
      /** What was signed. */
      readonly signedText?: string
    } & Partial<Texts>)
  | ({
      readonly verdict: 'unexplained'
      readonly sentence: string
      /** What to compare with the client's own values, one by one. */
      readonly compare: readonly { readonly part: string; readonly expected: string }[]
    } & Texts)

/**
 * The most work of one diagnosis. An HMAC costs 1 for each begun 512 bytes of its text, a configured
 * pair 1; all of it is some 25 ms. The search is cut when it is used up.
 */
export const mostWork = 10_000

/** How far around the header's timestamp the signed one is looked for, in milliseconds; the near ones first. */
const nearWindow = 100
const farWindow = 2000

/** Secrets shorter than this are parts of ordinary words; they are not blotted out of what is shown. */
const shortestSecret = 8

const costOf = (text: string): number => Math.ceil((text.length + 1) / 512)

class WorkDone extends Error {}

/** Everything a diagnosis needs at hand: it counts the work and keeps secrets out of what is shown. */
class Search {
  work = 0
  readonly pairs: readonly KnownPair[]
  readonly #secrets: readonly string[]
  readonly #keys = new Map<string, KeyObject>()

  constructor(pairs: readonly KnownPair[]) {
    this.work = Math.min(pairs.length, mostWork / 2)
    this.pairs = pairs
    this.#secrets = pairs.map(({ secretKey }) => secretKey).filter(secret => secret.length >= shortestSecret)
  }

  /** Whether there is work left for two texts like this one. */
  affords = (writing: Writing): boolean => this.work + 2 * costOf(written(writing)) <= mostWork

  hmac(text: string, secretKey: string, algorithm = 'sha256'): Buffer {
    this.work += costOf(text)
    if (this.work > mostWork) throw new WorkDone()
    const key = this.#keys.get(secretKey) ?? createSecretKey(secretKey, 'utf8')
    this.#keys.set(secretKey, key)
    return createHmac(algorithm, key).update(text, 'latin1').digest()
  }

  digest = (writing: Writing): Buffer => this.hmac(written(writing), writing.secretKey)

  /** Bytes as a person may read them. */
  show(bytes: string): string {
    let shown = bytes
    for (const secret of this.#secrets) shown = shown.replaceAll(bytesOf(secret), '(secret key)')
    return visible(shown)
  }
}

/** Says why the gateway refuses a request, in the order in which the gateway looks; pure, and bounded by `mostWork`. */
export function diagnose(presented: Presented, known: Known): { readonly diagnosis: Diagnosis; readonly work: number } {
  const search = new Search(known.pairs())
  const diagnosis = headerTrouble(presented, known) ?? pairTrouble(presented, known, search)
  return { diagnosis, work: Math.min(search.work, mostWork) }
}

const explained = (cause: string, sentence: string): Diagnosis => ({ verdict: 'explained', cause, sentence })

/** Words by which a header that was meant is recognised under a wrong name. */
const alike: Readonly<Record<string, RegExp>> = {
  [authHeaderNames.timestamp]: /timestamp|^date$|-date$/,
  [authHeaderNames.accessKey]: /access[-_]?key|api[-_]?key/,
  [authHeaderNames.signature]: /signature|^authorization$/,
}

function missing(name: string, { headers }: Presented): string {
  if (headers[name] !== undefined) return `${name} is there but empty (a variable that is not set?)`
  const others = Object.values<string>(authHeaderNames)
  const near = Object.keys(headers).find(
    other => alike[name]?.test(other) && (!others.includes(other) || other === authHeaderNames.signatureV1),
  )
  return near === undefined ? `${name} is missing` : `${name} is missing, ${JSON.stringify(near.slice(0, 80))} is there`
}

/** What is wrong before any key is looked up. */
function headerTrouble(presented: Presented, { readings, now }: Known): Diagnosis | undefined {
  const { headers } = presented
  const timestamp = headerText(headers[authHeaderNames.timestamp])
  const absent = [
    timestamp ? [] : authHeaderNames.timestamp,
    headerText(headers[authHeaderNames.accessKey]) ? [] : authHeaderNames.accessKey,
    signatureOf(headers, readings) ? [] : authHeaderNames.signature,
  ].flat()
  if (absent.length > 0) {
    const told = absent.map(name => missing(name, presented)).join('; ')
    const otherScheme = headers['x-ncp-apigw-api-key-id'] !== undefined || headers['x-ncp-apigw-api-key'] !== undefined
    const hint = otherScheme
      ? ' API key id and API key are the scheme of Maps and CLOVA; Data Flow wants a signature.'
      : ''
    return explained(otherScheme ? 'api-key-scheme' : 'headers-missing', `${told}.${hint}`)
  }
  if (!/^[0-9]+$/.test(timestamp)) return explained('timestamp-form', timestampForm(timestamp))
  return clockTrouble(Number(timestamp), now, readings)
}

function timestampForm(timestamp: string): string {
  const moment = /^\d+\.\d+$/.test(timestamp) ? 'a number with a fraction' : 'no plain number'
  return `${authHeaderNames.timestamp} holds ${moment}; send epoch milliseconds in digits alone, and sign the same text.`
}

const minute = 60_000
const koreanOffset = 9 * 60 * minute

/** Units that a timestamp can be in by mistake, by the size of a number that is a moment of our times in them. */
const units = [
  { cause: 'timestamp-in-seconds', unit: 'seconds', from: 1e8, to: 1e11 },
  { cause: 'timestamp-in-microseconds', unit: 'microseconds', from: 1e14, to: 1e17 },
  { cause: 'timestamp-in-nanoseconds', unit: 'nanoseconds', from: 1e17, to: 1e20 },
]

function clockTrouble(
  timestamp: number,
  now: number | undefined,
  { windowEdge }: GatewayReadings,
): Diagnosis | undefined {
  const drift = timestamp - (now ?? timestamp)
  const size = Math.abs(drift)
  const inside = size < tolerance || (size === tolerance && windowEdge === 'accept')
  if (inside && now !== undefined) return undefined
  const inOtherUnit = units.find(({ from, to }) => timestamp >= from && timestamp < to)
  if (inOtherUnit) {
    const { cause, unit } = inOtherUnit
    return explained(cause, `The header holds ${unit}; send milliseconds, and sign the same text.`)
  }
  if (inside) return undefined
  if (Math.abs(size - koreanOffset) < tolerance) {
    return explained(
      'time-zone',
      `The timestamp is nine hours ${drift > 0 ? 'fast' : 'slow'}: Korean time was taken for UTC or the other way round; send the epoch's milliseconds, which know no time zone.`,
    )
  }
  return explained(
    'clock-off',
    `The client's clock is ${lengthOf(size)} ${drift > 0 ? 'fast' : 'slow'} of the gateway's (or the request was signed so long ${drift > 0 ? 'ahead' : 'ago'}); allowed are 5 minutes.`,
  )
}

function lengthOf(ms: number): string {
  if (ms < 120 * minute) return `${Math.floor(ms / minute)} min ${Math.floor((ms % minute) / 1000)} s`
  const hours = Math.floor(ms / (60 * minute))
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`
}

function pairTrouble(presented: Presented, known: Known, search: Search): Diagnosis {
  const accessKey = headerText(presented.headers[authHeaderNames.accessKey])
  const pair = search.pairs.find(each => each.accessKey === accessKey)
  if (pair === undefined) return keyTrouble(presented, known, accessKey, search)
  if (!pair.active) {
    return explained('key-disabled', `The access key ${search.show(accessKey)} is disabled, which counts as unknown.`)
  }
  const asked = caseOf(presented, known, pair, search)
  try {
    return signatureTrouble(asked, signatureOf(presented.headers, known.readings), search)
  } catch (error) {
    if (!(error instanceof WorkDone)) throw error
    return unexplained(asked, search, ' The search was cut short, as the request is long.')
  }
}

/** The text as it should have been written and the key it should have been signed with. */
const rightOf = ({ method, target, headers }: Presented, { accessKey, secretKey }: KnownPair): Writing => ({
  method,
  gap: ' ',
  target,
  timestamp: headerText(headers[authHeaderNames.timestamp]),
  accessKey,
  lines: (timestamp, key) => [timestamp, key],
  lineEnd: '\n',
  tail: '',
  secretKey,
})

const caseOf = (presented: Presented, { body }: Known, pair: KnownPair, { pairs }: Search): Case => ({
  right: rightOf(presented, pair),
  host: headerText(presented.headers.host),
  apiKey: headerText(presented.headers['x-ncp-apigw-api-key']),
  contentType: headerText(presented.headers['content-type']),
  body,
  others: pairs.filter(other => other !== pair),
})

/** Why a key is unknown. */
function keyTrouble(presented: Presented, known: Known, accessKey: string, search: Search): Diagnosis {
  const plain = (text: string) => text.replace(/[\s"']/g, '').toLowerCase()
  const near = search.pairs.find(each => plain(each.accessKey) === plain(accessKey))
  if (near) {
    return explained(
      'access-key-spelling',
      `The access key differs from the configured ${search.show(near.accessKey)} in letter case, quotes or white space alone.`,
    )
  }
  const swapped = search.pairs.find(each => plain(each.secretKey) === plain(accessKey))
  if (swapped) {
    return explained(
      'secret-as-access-key',
      `The access key header holds the secret key of ${search.show(swapped.accessKey)}; access key and secret key are swapped. A secret key is never sent.`,
    )
  }
  const signature = signatureOf(presented.headers, known.readings)
  const signer = search.pairs.find(pair => {
    const right = rightOf(presented, pair)
    if (!search.affords(right)) return false
    const digests = [search.digest(right), search.digest({ ...right, accessKey })]
    return digests.some(digest => digest.toString('base64') === signature)
  })
  return signer
    ? explained(
        'other-access-key',
        `The request is signed with the secret key of ${search.show(signer.accessKey)}, but its header names another, unknown access key; send ${search.show(signer.accessKey)}.`,
      )
    : explained(
        'unknown-access-key',
        `The access key ${search.show(accessKey.slice(0, 80))} is unknown here; configured: ${firstKeys(search)}.`,
      )
}

/** The first few configured keys. */
function firstKeys(search: Search): string {
  const names = search.pairs.slice(0, 5).map(({ accessKey }) => search.show(accessKey))
  const more = search.pairs.length - names.length
  return names.length === 0 ? 'none' : `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const expected = ({ right }: Case, search: Search): Texts => ({
  expectedText: search.show(written(right)),
  expectedSignature: createHmac('sha256', right.secretKey).update(written(right), 'latin1').digest('base64'),
})

const formFix = 'send the Base64 of the 32 bytes, standard alphabet with padding'

/** Why a signature is wrong. */
function signatureTrouble(asked: Case, signature: string, search: Search): Diagnosis {
  const texts = expected(asked, search)
  if (signature === texts.expectedSignature) {
    return { verdict: 'right', sentence: 'The signature is right.', ...texts }
  }
  const read = readSignature(signature)
  if (read === undefined) return { ...oddDigest(asked, signature, search), ...texts }
  const { digest, form } = read
  const fits = (writing: Writing) => search.digest(writing).equals(digest)
  const tell = (found: readonly Variation[], writing: Writing): Diagnosis => {
    const causes = [...found.map(({ cause }) => cause), ...(form ? [form.cause] : [])]
    const text =
      found.length === 0
        ? ''
        : `You signed ${found.map(({ signed }) => search.show(signed)).join(', and ')}; sign ${found.map(({ sign }) => sign).join(', and ')}.`
    const shape = form ? `You sent the signature ${form.sent}; ${formFix}.` : ''
    return {
      verdict: 'explained',
      cause: causes.join(' + '),
      sentence: [text, shape].filter(Boolean).join(' '),
      signedText: search.show(written(secretAsLine(writing) ? { ...writing, accessKey: '(secret key)' } : writing)),
      ...texts,
    }
  }
  const secretAsLine = ({ accessKey, secretKey }: Writing) => accessKey === bytesOf(secretKey)

  const { right } = asked
  if (fits(right)) return tell([], right)
  const variations = [...variationsOf(asked)]
  for (const variation of variations) {
    const writing = { ...right, ...variation.change }
    if (fits(writing)) return tell([variation], writing)
  }
  const near = searchWindow(right, 1, nearWindow, fits)
  if (near) return tell([near], { ...right, ...near.change })
  const joined = variations.filter(({ alone }) => !alone)
  for (const [at, first] of joined.entries()) {
    for (const second of joined.slice(at + 1)) {
      if (second.part === first.part) continue
      const writing = { ...right, ...first.change, ...second.change }
      if (fits(writing)) return tell([first, second], writing)
    }
  }
  const far = searchWindow(right, nearWindow + 1, farWindow, fits)
  return far ? tell([far], { ...right, ...far.change }) : unexplained(asked, search)
}

/** The digest a header holds, and the wrong form it is in if it is. */
function readSignature(signature: string): { readonly digest: Buffer; readonly form?: Form } | undefined {
  const digest = rightForm(signature) ? Buffer.from(signature, 'base64') : undefined
  if (digest?.length === digestLength) return { digest }
  for (const form of forms) {
    const digest = form.read(signature)
    if (digest?.length === digestLength) return { digest, form }
  }
  return undefined
}

/** What a signature is that cannot be an HMAC-SHA256. */
function oddDigest({ right }: Case, signature: string, search: Search): Diagnosis {
  for (const algorithm of ['sha1', 'sha512', 'sha384', 'md5']) {
    const digest = search.hmac(written(right), right.secretKey, algorithm)
    if ([digest.toString('base64'), digest.toString('hex')].includes(signature)) {
      return explained('other-hash', `You signed with HMAC-${algorithm.toUpperCase()}; sign with HMAC-SHA256.`)
    }
  }
  const whole = search.digest(right).toString('base64')
  if (signature.length >= 8 && whole.startsWith(signature)) {
    return explained('signature-cut-off', `The signature is right but cut off: send all ${whole.length} characters.`)
  }
  return explained(
    'no-digest',
    `The signature header (${signature.length} characters) cannot be an HMAC-SHA256; ${formFix}: 44 characters that end in =.`,
  )
}

/** Looks for the timestamp that was signed around the one in the header. */
function searchWindow(
  right: Writing,
  from: number,
  to: number,
  fits: (writing: Writing) => boolean,
): Variation | undefined {
  const sent = Number(right.timestamp)
  for (let off = from; off <= to; off++) {
    for (const way of [-1, 1]) {
      const timestamp = String(sent + way * off)
      if (!fits({ ...right, timestamp })) continue
      return {
        cause: 'timestamp-differs',
        part: 'timestamp',
        change: { timestamp },
        signed: `a timestamp ${off} ms ${way < 0 ? 'before' : 'after'} the header's (${timestamp})`,
        sign: "the header's own value (take the time once)",
        alone: true,
      }
    }
  }
  return undefined
}

function unexplained(asked: Case, search: Search, remark = ''): Diagnosis {
  const { method, target, timestamp, accessKey, secretKey } = asked.right
  const shown = (part: string, bytes: string) => ({ part, expected: search.show(bytes) })
  return {
    verdict: 'unexplained',
    sentence: `No known mistake explains the signature: compare text and key with the client's, byte by byte (is it the secret key of ${search.show(accessKey)}?).${remark}`,
    compare: [
      shown('method', method),
      shown('target', target),
      shown('timestamp', timestamp),
      shown('access key', accessKey),
      { part: 'secret key', expected: `${[...secretKey].length} characters` },
      { part: 'algorithm', expected: 'HMAC-SHA256 of the text, Base64 with padding' },
      { part: 'anything else (host, body, other headers)', expected: 'not signed' },
    ],
    ...expected(asked, search),
  }
}
