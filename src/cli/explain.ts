import { assume } from '../api/assumptions.ts'
import { vocabularyOf } from '../api/routes.ts'
import { clientHost, clientUrl } from '../config/client-url.ts'
import type { CommandLine } from '../config/command-line.ts'
import { type Config, speaksTls } from '../config/config.ts'
import { defaults } from '../config/options.ts'
import { UsageError } from '../config/usage-error.ts'
import { bytesOf } from '../diagnosis/bytes.ts'
import { budgets, diagnose, type KnownPair } from '../diagnosis/diagnose.ts'
import { checksOf, type Diagnosis } from '../diagnosis/diagnosis.ts'
import { lengthOf } from '../diagnosis/headers.ts'
import { requestFlaw } from '../diagnosis/malformed.ts'
import { hideSecrets } from '../diagnosis/secrets.ts'
import { authHeaderNames } from '../domain/auth-headers.ts'
import { tolerance } from '../gateway/authenticate.ts'
import { systemClock } from '../time/clock.ts'
import { sendRequest } from './http-request.ts'
import { inputFile } from './input-file.ts'
import { fail, print } from './output.ts'

interface CallToExplain {
  readonly method: string
  /** With or without scheme and host. */
  readonly target: string
  /** Each as `name: value`. */
  readonly headers: readonly string[]
  /** One character per byte. */
  readonly body?: string | undefined
  readonly pairs: readonly KnownPair[]
  /** The edition and the assumptions; default: those of a start without options. */
  readonly config?: Pick<Config, 'edition' | 'assume'> | undefined
  /** The gateway's time; absent: the age of the timestamp is not checked. */
  readonly now?: number | undefined
  /** Search budget; default: the largest one. */
  readonly budget?: number | undefined
}

/** Headers that HTTP allows once: Node keeps the first of several. */
const single = new Set(['host', 'content-type', 'content-length', 'date', 'authorization', 'user-agent'])

/** Headers by lower-case name; repeated ones are joined as Node joins them. */
function joinedHeaders(headers: readonly (readonly [string, string])[]): Record<string, string> {
  const named: Record<string, string> = {}
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const earlier = named[key]
    if (earlier === undefined) named[key] = value
    else if (!single.has(key)) named[key] = `${earlier}, ${value}`
  }
  return named
}

function headerOf(text: string): [string, string] {
  const [, name, value] = /^([^:]+):(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) {
    throw new UsageError(`--header ${JSON.stringify(text)}: must be NAME: VALUE`)
  }
  return [name, bytesOf(value).replace(/^[ \t]+|[ \t]+$/g, '')]
}

/** Diagnoses a request without an emulator, with the checks in the gateway's order. */
export function explained(call: CallToExplain): Diagnosis {
  const { target, body, pairs, now, budget = budgets.whole, config = { ...defaults, assume: assume() } } = call
  const [, host, path] = /^(?:https?:\/\/([^/?#]+))?(\/.*)$/s.exec(target) ?? []
  if (path === undefined) {
    throw new UsageError(`explain: TARGET must start with / or be a whole URL, got ${JSON.stringify(target)}`)
  }
  const headers = call.headers.map(headerOf)
  // Node's parser takes several spaces behind a target for one.
  const request = { method: call.method.toUpperCase(), target: bytesOf(path.replace(/ +$/, '')) }
  const flaw = requestFlaw({ ...request, headers })
  if (flaw) {
    const sentence = hideSecrets(pairs.map(({ secretKey }) => secretKey))(flaw.sentence)
    return { verdict: 'explained', cause: flaw.cause, sentence, checks: checksOf('path', { path: sentence }) }
  }
  const presented = { ...request, headers: { ...(host !== undefined && { host }), ...joinedHeaders(headers) } }
  const known = {
    pairs: () => pairs,
    readings: config.assume,
    body,
    now,
    ...vocabularyOf(config.edition, config.assume),
  }
  return diagnose(presented, known, budget).diagnosis
}

export function explanationText(diagnosis: Diagnosis): string {
  const cause = diagnosis.verdict === 'explained' ? ` (${diagnosis.cause})` : ''
  const comparison = 'comparison' in diagnosis ? diagnosis.comparison : undefined
  const facts = {
    'expected text': comparison !== undefined || !('expectedText' in diagnosis) ? undefined : diagnosis.expectedText,
    'expected signature': 'expectedSignature' in diagnosis ? diagnosis.expectedSignature : undefined,
  }
  const rows = Object.entries(facts).flatMap(([name, fact]) =>
    fact === undefined ? [] : [`${`${name}:`.padEnd(20)}${fact}`],
  )
  const compare =
    diagnosis.verdict === 'unexplained'
      ? ['', 'compare', ...diagnosis.compare.map(({ part, expected }) => `  ${part}: ${expected}`)]
      : []
  return [
    `${diagnosis.verdict}${cause}`,
    diagnosis.sentence,
    ...(comparison === undefined ? [] : ['', comparison]),
    ...(rows.length > 0 ? [''] : []),
    ...rows,
    ...compare,
  ].join('\n')
}

const pairsOf = ({ accessKey, secretKey, credential }: Config): KnownPair[] => [
  { accessKey, secretKey, active: true },
  ...credential,
]

/** Adds the age of the timestamp to the diagnosis of a valid but expired signature. */
function withAge(diagnosis: Diagnosis, headers: readonly string[], now: number): Diagnosis {
  const timestamp = joinedHeaders(headers.map(headerOf))[authHeaderNames.timestamp]
  const age = now - Number(timestamp)
  if (diagnosis.verdict !== 'right' || Math.abs(age) < tolerance) return diagnosis
  return {
    ...diagnosis,
    sentence: `${diagnosis.sentence} Its timestamp is ${lengthOf(Math.abs(age))} ${age > 0 ? 'old' : 'ahead'} now: sent now, the request is rejected as expired.`,
  }
}

class UnreachableError extends Error {}

const journalMs = 10_000

/** Reads a control endpoint of the emulator that the options describe; undefined: it has no such request. */
async function readAdmin({ host, port, tlsCaOut, adminToken, ...config }: Config, target: string): Promise<unknown> {
  const { status, body } = await sendRequest({
    secure: speaksTls(config),
    host: clientHost(host),
    port,
    method: 'GET',
    target,
    headers: { host: 'localhost', ...(adminToken !== undefined && { authorization: `Bearer ${adminToken}` }) },
    timeoutMs: journalMs,
    ca: () => (tlsCaOut === undefined ? undefined : inputFile('--tls-ca-out', tlsCaOut)),
  }).catch((error: Error) => {
    throw error instanceof UsageError ? error : new UnreachableError(`could not be read: ${error.message}`)
  })
  if (status === 404 && target.includes('/requests/')) return undefined
  if (status === 401) throw new UnreachableError('requires its --admin-token')
  try {
    if (status === 200) return JSON.parse(body.toString())
  } catch {
    // Another program listens there.
  }
  throw new UnreachableError(`could not be read: it responded with ${status}: ${body.toString().slice(0, 300)}`)
}

interface Recorded {
  readonly number: number
  readonly method: string
  readonly target: string
  readonly verdict: string | null
  readonly reason?: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: { readonly text: string; readonly cutFromBytes?: number }
  readonly diagnosis?: Diagnosis
}

/** A request as it may be printed, without secrets, and as it was received. */
interface RecordedRequest {
  readonly shown: Recorded
  readonly whole: Recorded
}

async function lastRejected(config: Config): Promise<number | undefined> {
  const read = await readAdmin(config, '/__admin/requests?refused=true&limit=1')
  return (read as { requests: readonly Recorded[] }).requests[0]?.number
}

/** Reads a request from the journal of a running emulator: by number, or the last rejected one. */
async function recordedRequest(config: Config, which: string): Promise<RecordedRequest> {
  const isLast = which === 'last'
  if (!isLast && !/^[1-9][0-9]{0,14}$/.test(which)) {
    throw new UsageError(`--journal ${JSON.stringify(which)}: must be the number of a request, or last`)
  }
  if (config.port === 0) throw new UsageError('--port 0: is any port; name the one the emulator printed')
  const number = isLast ? await lastRejected(config) : Number(which)
  const request = `/__admin/requests/${number}`
  const shown = number === undefined ? undefined : await readAdmin(config, request)
  const whole = shown === undefined ? undefined : await readAdmin(config, `${request}?reveal=true`)
  if (whole === undefined) {
    throw new UnreachableError(
      `has no ${isLast ? 'rejected request' : `request ${which}`} in its journal (is the journal off, or is the request too old?)`,
    )
  }
  return { shown: shown as Recorded, whole: whole as Recorded }
}

/** The emulator's diagnosis; if it found no cause, the result of a longer search with the keys of the options. */
function furtherDiagnosis(
  { method, target, headers, body, diagnosis }: Recorded,
  config: Config,
): Diagnosis | undefined {
  const isOpen = diagnosis === undefined || !['explained', 'right'].includes(diagnosis.verdict)
  const isKnown = pairsOf(config).some(({ accessKey }) => accessKey === headers[authHeaderNames.accessKey])
  if (!isOpen || !isKnown || headers[authHeaderNames.signature] === undefined) return diagnosis
  /* c8 ignore next -- tested in a child process whose coverage is not always written */
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const text = body?.cutFromBytes === undefined ? body?.text : undefined
  const bytes = text === undefined ? undefined : bytesOf(text)
  const further = explained({ method, target, headers: lines, body: bytes, pairs: pairsOf(config), config })
  return diagnosis !== undefined && further.verdict === 'right' ? diagnosis : further
}

async function explainRecorded(config: Config, which: string, json: boolean): Promise<void> {
  let recorded: RecordedRequest
  try {
    recorded = await recordedRequest(config, which)
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error
    return fail(
      1,
      `--journal ${which}: the emulator at ${clientUrl(config.host, config.port, speaksTls(config))} ${error.message}`,
    )
  }
  const { number, method, target, verdict, reason } = recorded.shown
  const passed = verdict === 'passed'
  const diagnosis = passed ? undefined : furtherDiagnosis(recorded.whole, config)
  const heading = `request ${number}: ${method} ${target}\n${verdict ?? 'no response yet'}${reason === undefined ? '' : `: ${reason}`}`
  if (json) print(JSON.stringify({ number, verdict, reason, diagnosis }))
  else print(diagnosis ? `${heading}\n\n${explanationText(diagnosis)}` : heading)
  process.exitCode = passed ? 0 : 1
}

/** Exits with 0 for a valid signature, with 1 for an invalid one. */
export async function explain({ config, words, extra }: CommandLine): Promise<void> {
  const {
    header: headers = [],
    body: file,
    journal,
  } = extra as {
    header?: readonly string[]
    body?: string
    journal?: string
  }
  const [method = '', target = '', ...more] = words
  if (journal !== undefined) {
    if (words.length > 0 || headers.length > 0 || file !== undefined) {
      throw new UsageError('explain --journal takes no METHOD, TARGET, --header and --body: the journal contains them')
    }
    return explainRecorded(config, journal, extra.json === true)
  }
  if (!target || more.length > 0) {
    throw new UsageError(`explain takes METHOD and TARGET, such as: explain GET '/api/v1/jobs?page=0' --header ...`)
  }
  const body = file === undefined ? undefined : inputFile('--body', file)
  const found = explained({ method, target, headers, pairs: pairsOf(config), body, config })
  const diagnosis = withAge(found, headers, systemClock.now() + config.gatewaySkew)
  print(extra.json ? JSON.stringify(diagnosis) : explanationText(diagnosis))
  process.exitCode = diagnosis.verdict === 'right' ? 0 : 1
}
