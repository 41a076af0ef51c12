import assert from 'node:assert/strict'
import type { Test } from 'tap'
import type { EditionId } from '../../src/api/editions/editions.ts'
import { type Answer, emulator, type Setting } from './emulator.ts'

export const editionIds: readonly EditionId[] = ['2023-10', '2025-03', '2026-09']

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** What every edition asks for; 2026-09 takes it, too. */
export const nodeCondition = { numWorker: 2, timeout: 360, nrn: 'nrn', scriptPath: 'in/', logPath: 'out/' }

export const triggerRules = {
  none: { type: 'NONE' },
  hourly: { type: 'RECURRING', interval: 'HOUR', time: '00' },
  daily: { type: 'RECURRING', interval: 'DAY', time: '10:00' },
  monthly: { type: 'RECURRING', interval: 'MONTH', time: '10:00', dateOfMonth: '31' },
} as const

/** The refusal of a service in the shape of either edition. */
export function refusalOf({ status, body }: Answer): { status: number; word: string; details: string } {
  return { status, word: body.errorType ?? body.error.message, details: body.detail ?? body.error.details }
}

/** How a refusal begins that complains about this place of a body: its parameter, and the pointer where it is deeper. */
export function complaintAt(pointer: string): string {
  const [, parameter = '', ...deeper] = pointer.split('/')
  return deeper.length === 0 ? `${parameter}: ` : `${parameter}: ${pointer}`
}

/** An emulator, of the newest edition unless the test says otherwise, with calls that make what workflows are wired of. */
export async function flow(t: Test, setting: Setting = {}) {
  const { edition = '2026-09' } = setting
  const made = await emulator(t, { ...setting, edition })
  const { call, get, wall } = made
  const send = (method: string, target: string, body?: unknown) =>
    body === undefined
      ? call(method, target)
      : call(method, target, { 'content-type': 'application/json' }, JSON.stringify(body))

  /** Sends what must succeed. */
  async function done(method: string, target: string, body?: unknown) {
    const answer = await send(method, target, body)
    assert.ok(answer.status < 300, `${method} ${target}: ${answer.status} ${answer.text}`)
    return answer.body
  }

  async function job(name = 'some-job', more: object = {}): Promise<string> {
    const before = { type: 'DATAFLOW', isTemp: false }
    const body = { name, nodes: [], ...(edition === '2026-09' ? { type: 'VISUAL' } : before), ...more }
    return (await done('POST', '/api/v1/jobs', body)).jobId
  }
  async function trigger(triggerRule: object = triggerRules.none, type?: string): Promise<string> {
    const kind = type ?? ('type' in triggerRule && triggerRule.type === 'NONE' ? 'NONE' : 'SCHEDULED')
    return (await done('POST', '/api/v1/triggers', { name: 'some-trigger', type: kind, triggerRule })).triggerId
  }
  /** Nodes of a trigger and jobs, each with the ids of its parents. */
  const nodesOf = (triggerId: string, jobs: Record<string, readonly string[]>) => [
    { id: triggerId, name: 'start', type: 'TRIGGER', parentNodeIds: [] },
    ...Object.entries(jobs).map(([id, parentNodeIds]) => ({
      id,
      name: 'step',
      type: 'JOB',
      parentNodeIds,
      jobCondition: nodeCondition,
    })),
  ]
  const bodyOf = (nodes: readonly object[], more: object = {}) => ({
    name: 'some-workflow',
    nodes,
    ...(edition === '2026-09' ? {} : { isTemp: false }),
    ...more,
  })
  async function workflow(triggerId: string, jobs: Record<string, readonly string[]>, more = {}): Promise<string> {
    return (await done('POST', '/api/v1/workflows', bodyOf(nodesOf(triggerId, jobs), more))).workflowId
  }
  /** A workflow of one trigger and one job. */
  async function wired(triggerRule?: object, type?: string) {
    const jobId = await job()
    const triggerId = await trigger(triggerRule, type)
    return { jobId, triggerId, workflowId: await workflow(triggerId, { [jobId]: [triggerId] }) }
  }

  return { ...made, call, get, wall, edition, send, done, job, trigger, nodesOf, bodyOf, workflow, wired }
}
