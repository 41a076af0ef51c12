import type { Test } from 'tap'
import { assume } from '../../src/api/assumptions.ts'
import { type EditionId, editions } from '../../src/api/editions/editions.ts'
import { defaults } from '../../src/config/options.ts'
import type { Finding, Permissions } from '../../src/conformance/claim.ts'
import { type Comparison, compareTarget } from '../../src/conformance/compare.ts'
import { createSession, type Send } from '../../src/conformance/session.ts'
import { emulator as makeEmulator } from '../../src/emulator.ts'
import { silentLog } from '../../src/log.ts'
import type { Fixture } from '../../src/seed/fixture-schema.ts'

const hour = 3_600_000
export const reads: Permissions = { writes: false, runs: false }
export const everything: Permissions = { writes: true, runs: true }

const at = (moment: number): string => new Date(moment).toISOString()

/** An account that shows as many assumptions as data can. */
export const telling = (now: number): Fixture => ({
  jobs: [
    { jobId: 'job000000001', name: 'nightly_Import', createdDate: at(now - 90 * hour), executions: [] },
    {
      jobId: 'job000000002',
      name: 'weekly_Report',
      createdDate: at(now - 80 * hour),
      executions: [30, 20, 10].map(ago => ({
        status: 'COMPLETED' as const,
        createdDate: at(now - ago * hour),
        workflowId: 'wf0000000001',
      })),
    },
    { jobId: 'job000000003', name: 'closed_Job', disabled: true, createdDate: at(now - 70 * hour) },
  ],
  triggers: [{ triggerId: 'trigger00001', name: 'by_hand' }],
  workflows: [
    {
      workflowId: 'wf0000000001',
      name: 'flow',
      nodes: [
        { id: 'trigger00001', type: 'TRIGGER' },
        { id: 'job000000002', type: 'JOB' },
      ],
    },
  ],
})

export interface Target {
  readonly edition?: EditionId
  readonly assume?: Readonly<Record<string, string>>
  readonly fixtures?: Fixture | 'none'
  readonly allowed?: Permissions
  /** Stands before the emulator and may answer in its place. */
  readonly proxy?: (send: Send) => Send
  readonly signal?: AbortSignal
  readonly budget?: number
}

/** Compares an emulator in this process with the claims of its edition. */
export async function compareEmulator(t: Test, target: Target = {}) {
  const { edition = '2025-03', allowed = reads, proxy = send => send, signal, budget = 1000 } = target
  let skipped = 0
  const wall = { now: () => Date.now() + skipped }
  const fixtures = target.fixtures ?? telling(wall.now())
  const config = { ...defaults, edition, fixtures, runTime: 20_000, assume: assume(target.assume) }
  const emulator = await makeEmulator({ config: config as typeof defaults, log: silentLog, wall })
  t.teardown(() => emulator.stop())
  const send: Send = async ({ method, target, headers, body }) => {
    const payload = body === undefined ? {} : { payload: body }
    const response = await emulator.app.inject({ method: method as 'GET', url: target, headers, ...payload })
    return { status: response.statusCode, headers: response.headers as Record<string, string>, text: response.payload }
  }
  const { accessKey, secretKey } = config
  const session = createSession({
    send: proxy(send),
    keys: { accessKey, secretKey },
    clock: wall,
    // Time passes at once.
    sleep: async ms => {
      skipped += ms * 20
    },
    pauseMs: 0,
    budget,
    ...(signal && { signal }),
  })
  const compare = (): Promise<Comparison> =>
    compareTarget({ session, edition: editions[edition], allowed, prefix: 'cmp_0000000' })
  return { compare, session }
}

/** The ids of the findings with a verdict. */
export const idsWith = ({ findings }: Comparison, verdict: Finding['verdict']): string[] =>
  findings.filter(each => each.verdict === verdict).map(({ id }) => id)
