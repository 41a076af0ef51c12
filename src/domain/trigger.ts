import type { NameFilter } from './job.ts'
import type { Paging } from './page.ts'
import type { Rule } from './schedule.ts'

const triggerKinds = ['scheduled', 'event', 'none'] as const
export type TriggerKind = (typeof triggerKinds)[number]

export interface Trigger {
  readonly id: string
  readonly name: string
  readonly kind: TriggerKind
  readonly rule: Rule
  readonly createdAt: number
  readonly updatedAt: number
}

export interface TriggerQuery extends Paging {
  readonly name?: NameFilter | undefined
}

export interface NewTrigger {
  readonly name: string
  readonly kind: TriggerKind
  readonly rule: Rule
}
