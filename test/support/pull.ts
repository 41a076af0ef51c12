import type { Test } from 'tap'
import { assume } from '../../src/api/assumptions.ts'
import { type EditionId, editions } from '../../src/api/editions/editions.ts'
import { defaults } from '../../src/config/options.ts'
import { createSession, type Send, type Session } from '../../src/conformance/session.ts'
import { emulator as makeEmulator } from '../../src/emulator.ts'
import { silentLog } from '../../src/log.ts'
import { type PullOptions, pullAccount } from '../../src/pull/pull.ts'
import type { Fixture } from '../../src/seed/fixture-schema.ts'
import { testNow } from './emulator.ts'

export interface Source {
  readonly edition?: EditionId
  readonly fixtures?: string | Fixture
  readonly generate?: number
  readonly assume?: Readonly<Record<string, string>>
}

type Item = Readonly<Record<string, unknown>>

/** An emulator in this process whose clocks stand still, and what its lists show. */
export async function account(t: Test, source: Source) {
  const { edition = '2025-03', fixtures = 'none', generate = 0 } = source
  const wall = { now: () => testNow }
  const config = { ...defaults, edition, fixtures, generate, assume: assume(source.assume) }
  const emulator = await makeEmulator({ config: config as typeof defaults, log: silentLog, wall })
  t.teardown(() => emulator.stop())
  const send: Send = async ({ method, target, headers, body }) => {
    const payload = body === undefined ? {} : { payload: body }
    const response = await emulator.app.inject({ method: method as 'GET', url: target, headers, ...payload })
    return { status: response.statusCode, headers: response.headers as Record<string, string>, text: response.payload }
  }
  return { send, edition, lists: () => everything(sessionOf(send)) }
}

export type Account = Awaited<ReturnType<typeof account>>

/** A session whose waits pass at once. */
export function sessionOf(
  send: Send,
  more: { budget?: number; signal?: AbortSignal; patience?: number } = {},
): Session {
  const { accessKey, secretKey } = defaults
  return createSession({
    send,
    keys: { accessKey, secretKey },
    clock: { now: () => testNow },
    sleep: async () => {},
    pauseMs: 0,
    budget: 1_000_000,
    patience: 5,
    ...more,
  })
}

export const pullFrom = (
  session: Session,
  edition: EditionId,
  more: Partial<Pick<PullOptions, 'executions' | 'pseudonymise' | 'budget' | 'counted' | 'progress'>> = {},
) =>
  pullAccount({
    session,
    edition: editions[edition],
    executions: 1000,
    pseudonymise: false,
    budget: 1_000_000,
    counted: async () => {},
    progress: () => {},
    ...more,
  })

/** Every list of an account and every single object. */
async function everything(session: Session): Promise<Readonly<Record<string, unknown>>> {
  const seen: Record<string, unknown> = {}
  const read = async (name: string, target: string): Promise<Item[]> => {
    const { json } = await session.ask({ target: `/api/v1/${target}` })
    seen[name] = json
    return ((json as { list?: Item[] }).list ?? []) as Item[]
  }
  const all = 'page=0&limit=100000'
  const jobs = await read('jobs', `jobs?${all}`)
  await read('deleted', `jobs?status=DELETED&${all}`)
  await read('triggers', `triggers?${all}`)
  const workflows = await read('workflows', `workflows?${all}`)
  for (const [index, { jobId }] of jobs.entries()) {
    await read(`job ${index}`, `jobs/${jobId}`)
    await read(`executions of job ${index}`, `jobs/${jobId}/executions?${all}`)
  }
  for (const [index, { workflowId }] of workflows.entries()) {
    await read(`executions of workflow ${index}`, `workflows/${workflowId}/executions?${all}`)
  }
  return seen
}
