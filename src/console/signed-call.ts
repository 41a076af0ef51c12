import { ask, Problem } from './ask.ts'
import { pageTime } from './clock.ts'
import type { Account } from './shapes.ts'
import { account, to } from './store.ts'

const accessKeys = new Map<string, string>()

/** An access key of the account that is shown. */
async function accessKey(): Promise<string> {
  const name = account.value
  const known = accessKeys.get(name)
  if (known !== undefined) return known
  const { accessKeys: keys } = await ask<Account>(`/accounts/${encodeURIComponent(name)}`)
  const [key] = keys
  if (key === undefined) throw new Problem(400, `account ${name} has no access key`)
  accessKeys.set(name, key)
  return key
}

export interface SignedCall {
  readonly headers: Readonly<Record<string, string>>
  readonly signedText: string
}

export interface Answered {
  readonly status: number
  readonly text: string
  /** Where the console shows this request; absent when it is not in the journal. */
  readonly href: string | undefined
}

/** Lets the emulator sign a call. */
export const sign = (call: {
  method: string
  target: string
  accessKey?: string
  timestamp?: number
  text?: string
}): Promise<SignedCall> => ask('/sign', { method: 'POST', body: call })

let sent = 0

/** Sends a call of the emulated API with these headers, and finds it in the journal. */
export async function send(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<Answered> {
  // Tells this call from others with the same target.
  sent += 1
  const tag = `${pageTime()}-${sent}`
  let answer: { status: number; text: string }
  try {
    const response = await fetch(target, {
      method,
      credentials: 'omit',
      headers: {
        ...headers,
        'x-emulator-console': `1; ${tag}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body }),
    })
    answer = { status: response.status, text: await response.text() }
  } catch (error) {
    answer = { status: 0, text: error instanceof Error ? error.message : String(error) }
  }
  const { requests } = await ask<{ requests: { number: number; headers: Record<string, string> }[] }>(
    `/requests?method=${method}&limit=20`,
  ).catch(() => ({ requests: [] }))
  const found = requests.find(one => one.headers['x-emulator-console']?.endsWith(tag))
  return { ...answer, href: found && to('requests', found.number) }
}

/** Calls the emulated API, signed for the account that is shown. A response that is no success is a Problem. */
export async function signedCall(method: string, target: string, body?: unknown): Promise<Answered> {
  const { headers } = await sign({ method, target, accessKey: await accessKey() })
  const answered = await send(method, target, headers, body === undefined ? undefined : JSON.stringify(body))
  if (answered.status < 200 || answered.status > 299) throw new Problem(answered.status, messageOf(answered))
  return answered
}

/** What an error of the API says. */
function messageOf({ status, text }: Answered): string {
  try {
    const { error, detail } = JSON.parse(text) as {
      error?: { message?: string; details?: string }
      detail?: string
    }
    return detail ?? ([error?.message, error?.details].filter(Boolean).join(': ') || `${status}`)
  } catch {
    return `${status} ${text.slice(0, 200)}`
  }
}
