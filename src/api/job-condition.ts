import type { JobCondition } from '../domain/job-condition.ts'
import { type Static, Type } from '../schema/json-schema.ts'

/**
 * Settings of a job's executions as the admin API and fixtures name them. The editions have tables of their own, as each
 * documents other limits and defaults.
 */
export const conditionSchema = Type.Closed({
  workerType: Type.Optional(Type.String()),
  numWorker: Type.Integer(),
  timeout: Type.Integer({ description: 'Minutes.' }),
  nrn: Type.Optional(Type.String()),
  scriptPath: Type.Optional(Type.String()),
  logPath: Type.Optional(Type.String()),
  parameters: Type.Optional(Type.Record(Type.String())),
})

export type ShownCondition = Static<typeof conditionSchema>

const memberOf = {
  workerType: 'workerType',
  numWorker: 'workers',
  timeout: 'timeoutMinutes',
  nrn: 'role',
  scriptPath: 'scriptPath',
  logPath: 'logPath',
  parameters: 'parameters',
} as const satisfies Record<keyof ShownCondition, keyof JobCondition>

const entries = Object.entries(memberOf) as [keyof ShownCondition, keyof JobCondition][]

export const readCondition = (given: Partial<ShownCondition>): Partial<JobCondition> =>
  Object.fromEntries(
    entries.filter(([shown]) => given[shown] !== undefined).map(([shown, member]) => [member, given[shown]]),
  )

export const showCondition = (condition: JobCondition): ShownCondition =>
  Object.fromEntries(
    entries
      .filter(([, member]) => condition[member] !== undefined)
      .map(([shown, member]) => [shown, condition[member]]),
  ) as unknown as ShownCondition
