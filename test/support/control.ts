import type { Test } from 'tap'
import { emulator, type Setting } from './emulator.ts'

/** Settings of an execution as the editions before 2026-09 want them. */
export const jobCondition = { nrn: 'nrn:PUB:role', scriptPath: 'bucket/scripts', logPath: 'bucket/logs' }

/** A whole emulator with calls that send and answer JSON; those to /__admin need no signature. */
export async function controlled(t: Test, setting: Setting = {}) {
  const made = await emulator(t, setting)
  const send = async (method: string, target: string, body?: unknown) => {
    const payload = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
    return made.call(method, target, payload === undefined ? {} : { 'content-type': 'application/json' }, payload)
  }
  /** A call of the API that must go well. */
  const api = async (method: string, path: string, body?: unknown) => {
    const { status, body: found, text } = await send(method, `/api/v1${path}`, body)
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`)
    return found
  }
  const admin = (method: string, path: string, body?: unknown) => send(method, `/__admin${path}`, body)
  /** Runs a job and gives the id of the execution. */
  const run = async (jobId: string): Promise<string> =>
    (await api('POST', `/jobs/${jobId}/executions`, { jobCondition })).jobExecutionId
  return { ...made, send, api, admin, run }
}

/** The members of a job that every response with a job has. */
export function jobAlone(shown: object): object {
  const { description, jobCondition, nodes, workflows, progress, endsAt, ...job } = shown as Record<string, unknown>
  return job
}

type Answered = Awaited<ReturnType<Awaited<ReturnType<typeof controlled>>['admin']>>

/** Holds an answer against RFC 9457. */
export function isProblem(t: Test, { status, headers, body }: Answered, expected: number, detail: RegExp) {
  t.equal(headers['content-type'], 'application/problem+json')
  t.match({ status, body }, { status: expected, body: { type: 'about:blank', status: expected, detail } })
}
