import { confirmed } from './dialog.tsx'
import { account, notice, type Said } from './store.ts'
import { say } from './words.ts'

/** A call that failed; the message is the `detail` of the emulator, or what the browser said. */
export class Problem extends Error {
  /** 0: there was no response. */
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'Problem'
    this.status = status
  }
}

export interface Call {
  readonly method?: string
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** Calls the admin API and gives its JSON. */
export async function ask<T>(path: string, { method = 'GET', body, signal }: Call = {}): Promise<T> {
  let response: Response
  try {
    response = await fetch(`/__admin${path}`, {
      method,
      headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Problem(0, error instanceof Error ? error.message : String(error))
  }
  const text = await response.text()
  if (!response.ok) throw new Problem(response.status, detailOf(text) ?? `${response.status} ${response.statusText}`)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

function detailOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { detail?: string }).detail
  } catch {
    return undefined
  }
}

/** A path of the admin API with its query, for the account that is shown. */
export function owned(path: string, query: Readonly<Record<string, string | number | undefined>> = {}): string {
  const filled = Object.entries({ ...query, account: account.value }).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  return `${path}?${new URLSearchParams(filled)}`
}

/** Does something, and says what came of it. */
export async function act(done: () => Promise<Said | undefined>): Promise<boolean> {
  try {
    notice.value = await done()
    return true
  } catch (error) {
    notice.value = { text: error instanceof Error ? error.message : String(error), failed: true }
    return false
  }
}

/** Asks first, then does something and says what came of it. False: it was not done. */
export const actAfter = async (
  question: { readonly text: string; readonly verb: string },
  done: () => Promise<Said | undefined>,
): Promise<boolean> => (await confirmed(question.text, question.verb)) && act(done)

/** Reads JSON that was typed. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem(400, say('create.badJson', { detail: error instanceof Error ? error.message : String(error) }))
  }
}
