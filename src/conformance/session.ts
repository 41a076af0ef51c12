import { authHeaderNames } from '../domain/auth-headers.ts'
import { type KeyPair, signRequest } from '../gateway/sign-request.ts'
import type { Clock } from '../time/clock.ts'

/** A response as claims look at it. */
export interface TargetResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly text: string
  /** The parsed body; undefined when it is not JSON. */
  readonly json: unknown
}

/** Sends a request to the target and to no other host; rejects when no response arrives. */
export type Send = (request: {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Ends the request early. */
  readonly signal?: AbortSignal
}) => Promise<Omit<TargetResponse, 'json'>>

/** What a claim asks of the target, signed unless it says otherwise. */
export interface Question {
  readonly method?: string
  /** Path and query, percent-encoded. */
  readonly target: string
  readonly body?: unknown
  /** Replaces headers; undefined removes one. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** Replaces headers by what is made of the signature. */
  readonly signatureHeaders?: (signature: string) => Readonly<Record<string, string | undefined>>
  /** Milliseconds to add to the time that is signed. */
  readonly drift?: number
  /** Signs with another key pair. */
  readonly keys?: KeyPair
  /** Puts another text in the place of the timestamp, and signs it. */
  readonly timestamp?: string
  /** With patience: fails after a few attempts, as a first request does that finds nothing there. */
  readonly hasty?: boolean
  /** Sent also when the budget is used up or the comparison was interrupted: it cleans up. */
  readonly always?: boolean
}

/** Somebody ended the command. */
export class InterruptedError extends Error {
  constructor() {
    super('interrupted')
    this.name = 'InterruptedError'
  }
}

/** The target does not respond as it must: the message says why and what to do. */
export class TargetError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TargetError'
  }
}

/** No response arrived. */
export class NoResponse extends TargetError {}

/** No more requests may be sent. */
export class BudgetError extends Error {
  constructor(budget: number) {
    super(`the budget of ${budget} requests is used up`)
    this.name = 'BudgetError'
  }
}

export interface SessionDeps {
  readonly send: Send
  readonly keys: KeyPair
  readonly clock: Clock
  /** Waits; may reject early once the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  /** The least time between two requests, in milliseconds. */
  readonly pauseMs: number
  /** The most requests to send, retries included. */
  readonly budget: number
  /** Ends the command: waits and reading requests at once; changes are awaited, and what cleans up is still sent. */
  readonly signal?: AbortSignal
  /** Sends a GET again, up to this many times, also after a 500, a damaged body and when no response arrives. */
  readonly patience?: number
  /** Put in front of every target, such as the path of a proxy. */
  readonly prefix?: string
}

/** How often a request is sent again that the target has no time for. */
const retries = 3
const busy = (status: number): boolean => status === 429 || status === 502 || status === 503 || status === 504

const hastyRetries = 2

/** JSON that breaks off or was changed on its way; anything else is what the target wants to say. */
const isDamaged = ({ status, text, json }: TargetResponse): boolean =>
  status === 200 && json === undefined && /^\s*[{[]/.test(text)

/** The longest time that is waited before a request is sent again, in milliseconds. */
const longestWait = 60_000

/** How long to wait before the next attempt: what Retry-After says, in seconds or as a date, else longer each time. */
function waitFor(attempt: number, headers: TargetResponse['headers'], now: number): number {
  const given = String(headers['retry-after'] ?? '')
  const asked = /^\d+$/.test(given) ? Number(given) * 1000 : Date.parse(given) - now
  return Math.min(longestWait, asked > 0 ? asked : 500 * 2 ** attempt)
}

/** What to do about a failure to connect, by the code of the error. */
const advice: readonly (readonly [code: RegExp, words: string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'the name of the target is not known'],
  [/^ECONNREFUSED$/, 'nothing listens there'],
  [/^HPE_/, 'the target does not speak HTTP; is it an https:// address?'],
  [/^(EPROTO|ERR_SSL_.*)$/, 'the target does not speak TLS as expected; is it an http:// address?'],
  [
    /CERT|_SIGNATURE$|^ERR_TLS_/,
    'the certificate of the target is not trusted; NODE_EXTRA_CA_CERTS names a file with its CA',
  ],
]

/** Why no response arrived, in a sentence. */
function reasonOf({ message, code = '' }: Error & { readonly code?: string }): string {
  const [, words] = advice.find(([form]) => form.test(code)) ?? []
  // OpenSSL puts a line break behind its message.
  return `no response: ${message.trim().replaceAll(/\s+/g, ' ')}${words === undefined ? '' : ` (${words})`}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function headersOf(
  { keys, clock }: SessionDeps,
  question: Question,
  method: string,
  target: string,
): Record<string, string> {
  const pair = question.keys ?? keys
  const timestamp = question.timestamp ?? String(clock.now() + (question.drift ?? 0))
  // The signature covers the text of the timestamp, whatever it is.
  const signed = signRequest({ method, target, timestamp: timestamp as unknown as number, ...pair })
  const wanted = {
    ...signed,
    ...(question.body !== undefined && { 'content-type': 'application/json' }),
    ...question.headers,
    ...question.signatureHeaders?.(signed[authHeaderNames.signature]),
  }
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** What a command that may be interrupted does before and while it waits. */
function interruptible({ sleep, signal }: SessionDeps) {
  function checkInterrupted({ always }: Question): void {
    if (signal?.aborted && !always) throw new InterruptedError()
  }

  /** Waits; not to the end when the command is interrupted. */
  async function pause(ms: number, question: Question): Promise<void> {
    if (ms <= 0) return
    try {
      await sleep(ms, question.always ? undefined : signal)
    } catch (error) {
      checkInterrupted(question)
      throw error
    }
    checkInterrupted(question)
  }

  return { checkInterrupted, pause }
}

/** Whether a request is sent again after this response, or after none. */
function goesAgain(
  { patience }: SessionDeps,
  { method = 'GET', hasty }: Question,
  attempt: number,
  response?: TargetResponse,
): boolean {
  if (patience === undefined || method !== 'GET') {
    return attempt < retries && response !== undefined && busy(response.status)
  }
  const failed = response === undefined || response.status === 429 || response.status >= 500 || isDamaged(response)
  return failed && attempt < (hasty ? Math.min(hastyRetries, patience) : patience)
}

/** Signed requests to one target, never faster than allowed and never more than the budget. */
export function createSession(deps: SessionDeps) {
  const { send, keys, clock, sleep, pauseMs, budget, signal, prefix = '' } = deps
  const { checkInterrupted, pause } = interruptible(deps)
  const known = new Map<string, Promise<TargetResponse>>()
  let sent = 0
  let next = 0

  async function once(question: Question): Promise<TargetResponse> {
    checkInterrupted(question)
    if (!question.always && sent >= budget) throw new BudgetError(budget)
    sent += 1
    // Never longer than the pause, should the clock of the machine be set back.
    await pause(Math.min(next - clock.now(), pauseMs), question)
    next = clock.now() + pauseMs
    const { method = 'GET', body, always } = question
    const target = prefix + question.target
    const headers = headersOf(deps, question, method, target)
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
    const stoppable = method === 'GET' && !always && signal
    try {
      const response = await send({
        method,
        target,
        headers,
        ...(text !== undefined && { body: text }),
        ...(stoppable && { signal: stoppable }),
      })
      return { ...response, json: parsed(response.text) }
    } catch (error) {
      if (stoppable) checkInterrupted(question)
      throw new NoResponse(reasonOf(error as Error))
    }
  }

  async function ask(question: Question): Promise<TargetResponse> {
    for (let attempt = 0; ; attempt += 1) {
      let headers: TargetResponse['headers'] = {}
      try {
        const response = await once(question)
        if (!goesAgain(deps, question, attempt, response)) {
          if (!busy(response.status)) return response
          throw new TargetError(`the target responds ${response.status} after ${attempt} retries; try again later`)
        }
        headers = response.headers
      } catch (error) {
        if (!(error instanceof NoResponse) || !goesAgain(deps, question, attempt)) throw error
      }
      await pause(waitFor(attempt, headers, clock.now()), question)
    }
    /* c8 ignore next -- the loop ends by returning or throwing */
  }

  return {
    ask,
    /** Asks for a target once, however many claims need it. */
    get(target: string, how: Pick<Question, 'hasty'> = {}): Promise<TargetResponse> {
      const made = known.get(target) ?? ask({ target, ...how })
      known.set(target, made)
      return made
    },
    /** Forgets what was read: the data has changed. */
    forget: () => known.clear(),
    sent: () => sent,
    accessKey: keys.accessKey,
    now: () => clock.now(),
    sleep,
  }
}

export type Session = ReturnType<typeof createSession>

/** Removes the three headers of the signature. */
export const unsigned = {
  [authHeaderNames.timestamp]: undefined,
  [authHeaderNames.accessKey]: undefined,
  [authHeaderNames.signature]: undefined,
}

const minute = 60_000

/** Finds out that the target is a Data Flow API and takes the keys. Throws a TargetError that says what is wrong. */
export async function checkTarget(
  session: Session,
  listTarget: string,
  { cannot = 'nothing can be compared', forbidden = 'fail' }: { cannot?: string; forbidden?: 'fail' | 'pass' } = {},
): Promise<void> {
  const { status, headers, json, text } = await session.get(listTarget, { hasty: true })
  if (status >= 300 && status < 400) {
    throw new TargetError(
      `the target redirects (${status}); redirects are not followed with signatures, name the address itself`,
    )
  }
  if (status === 401) {
    const drift = session.now() - Date.parse(String(headers.date ?? ''))
    const says = (json as { error?: { details?: unknown } } | undefined)?.error?.details
    if (Math.abs(drift) >= 5 * minute - 5000) {
      const minutes = Math.round(Math.abs(drift) / minute)
      throw new TargetError(
        `the clock of this machine is ${minutes} minutes ${drift > 0 ? 'ahead of' : 'behind'} that of the target; set it right, signatures are valid for 5 minutes`,
      )
    }
    throw new TargetError(
      `the target rejects the keys (401: ${JSON.stringify(says ?? 'no reason')}); check NCLOUD_ACCESS_KEY and NCLOUD_SECRET_KEY`,
    )
  }
  if (json === undefined) {
    const kind = /^\s*</.test(text) ? 'HTML' : text === '' ? 'an empty body' : 'something that is not JSON'
    throw new TargetError(
      `the target responds ${status} with ${kind}; --target must name the API, such as https://dataflow.apigw.ntruss.com`,
    )
  }
  if (status !== 200 && !(status === 403 && forbidden === 'pass')) {
    throw new TargetError(`the target responds ${status} to ${listTarget}; ${cannot}`)
  }
}
