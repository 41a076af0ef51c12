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
  /** Sent also when the budget is used up or the comparison was interrupted: it cleans up. */
  readonly always?: boolean
}

/** Somebody ended the comparison. */
export class InterruptedError extends Error {
  constructor() {
    super('interrupted')
    this.name = 'InterruptedError'
  }
}

/** The target cannot be compared with at all: the message says why and what to do. */
export class TargetError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TargetError'
  }
}

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
  readonly sleep: (ms: number) => Promise<void>
  /** The least time between two requests, in milliseconds. */
  readonly pauseMs: number
  /** The most requests to send, retries included. */
  readonly budget: number
  /** Ends the comparison; what cleans up is still sent. */
  readonly signal?: AbortSignal
  /** Put in front of every target, such as the path of a proxy. */
  readonly prefix?: string
}

/** How often a request is sent again that the target has no time for. */
const retries = 3
const busy = (status: number): boolean => status === 429 || status === 502 || status === 503 || status === 504

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Signed requests to one target, never faster than allowed and never more than the budget. */
export function createSession(deps: SessionDeps) {
  const { send, keys, clock, sleep, pauseMs, budget, signal, prefix = '' } = deps
  const known = new Map<string, Promise<TargetResponse>>()
  let sent = 0
  let next = 0

  function headersOf(question: Question, method: string, target: string): Record<string, string> {
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

  async function once(question: Question): Promise<TargetResponse> {
    if (!question.always) {
      if (signal?.aborted) throw new InterruptedError()
      if (sent >= budget) throw new BudgetError(budget)
    }
    sent += 1
    const wait = next - clock.now()
    if (wait > 0) await sleep(wait)
    next = clock.now() + pauseMs
    const { method = 'GET', body } = question
    const target = prefix + question.target
    const headers = headersOf(question, method, target)
    try {
      const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
      const response = await send({ method, target, headers, ...(text !== undefined && { body: text }) })
      return { ...response, json: parsed(response.text) }
    } catch (error) {
      throw new TargetError(`no response: ${(error as Error).message}`)
    }
  }

  async function ask(question: Question): Promise<TargetResponse> {
    for (let attempt = 0; ; attempt += 1) {
      const response = await once(question)
      if (!busy(response.status)) return response
      if (attempt >= retries) {
        throw new TargetError(`the target responds ${response.status} after ${retries} retries; try again later`)
      }
      const after = Number(response.headers['retry-after'])
      await sleep(after > 0 && after <= 60 ? after * 1000 : 500 * 2 ** attempt)
    }
    /* c8 ignore next -- the loop ends by returning or throwing */
  }

  return {
    ask,
    /** Asks for a target once, however many claims need it. */
    get(target: string): Promise<TargetResponse> {
      const made = known.get(target) ?? ask({ target })
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
export async function checkTarget(session: Session, listTarget: string): Promise<void> {
  const { status, headers, json, text } = await session.get(listTarget)
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
  if (status !== 200) {
    throw new TargetError(`the target responds ${status} to the list of jobs; nothing can be compared`)
  }
}
