import type { Page } from '../domain/page.ts'
import { report } from '../domain/problem.ts'
import type { NewTrigger, Trigger, TriggerQuery } from '../domain/trigger.ts'
import type { TriggerStore } from '../store/triggers.ts'
import type { Caller } from './caller.ts'
import type { Ids } from './ids.ts'
import { withinPages } from './paging.ts'
import type { Scheduling } from './scheduling.ts'

export interface TriggerDeps {
  readonly triggers: TriggerStore
  readonly ids: Ids
  readonly scheduling: Scheduling
}

export function triggerService({ triggers, ids, scheduling }: TriggerDeps) {
  function get({ accountId }: Caller, { triggerId }: { triggerId: string }): Trigger {
    return triggers.find(accountId, triggerId) ?? report({ problem: 'unknown', kind: 'trigger', id: triggerId })
  }

  return {
    get,
    list: ({ accountId }: Caller, query: TriggerQuery): Page<Trigger> =>
      withinPages(query, triggers.page(accountId, query)),
    create({ accountId, now }: Caller, asked: NewTrigger): Trigger {
      const id = ids.next(accountId, 'trigger', taken => triggers.find(accountId, taken) !== undefined)
      const trigger = { ...asked, id, createdAt: now, updatedAt: now }
      triggers.add(accountId, trigger)
      return trigger
    },
    remove(caller: Caller, asked: { triggerId: string }): true {
      get(caller, asked)
      triggers.remove(caller.accountId, asked.triggerId)
      scheduling.changed(caller, asked.triggerId)
      return true
    },
  }
}

export type TriggerService = ReturnType<typeof triggerService>
