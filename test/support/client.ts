import type { Test } from 'tap'
import { newJob } from './bodies.ts'
import { type Answer, emulator, type Setting } from './emulator.ts'

export const jobs = '/api/v1/jobs'

/** An emulator whose client sends objects as JSON. */
export async function client(t: Test, setting: Setting = {}) {
  const { edition = '2025-03' } = setting
  const made = await emulator(t, setting)
  const send = (method: string, target: string, body?: unknown) =>
    made.call(
      method,
      target,
      {},
      typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body),
    )
  return {
    ...made,
    send,
    create: async (name?: string): Promise<string> => (await send('POST', jobs, newJob(edition, name))).body.jobId,
    update: edition === '2026-09' ? 'PATCH' : 'PUT',
  }
}

export type Client = Awaited<ReturnType<typeof client>>

const said = ({ body }: Answer): string => body.detail ?? body.error.details
const word = ({ body }: Answer): string => body.errorType ?? body.error.message

/** A refusal by the service: status, word, and what the sentence names. */
export function refused(
  t: Test,
  answer: Answer,
  expected: 'bad-parameter' | 'bad-state' | 'not-found',
  names: RegExp,
): void {
  t.equal(answer.status, expected === 'not-found' ? 404 : 400)
  t.equal(answer.headers['x-ncp-apigw-response-origin'], 'ENDPOINT')
  t.equal(word(answer), expected)
  t.match(said(answer), names)
}
