import type { Assumed } from '../../assumptions.ts'
import { withOffset } from '../../dates.ts'
import { pageView } from '../../paging.ts'
import * as before from '../2023-10/triggers.ts'

/** Names may be longer, dates carry an offset, and events are a type to come. */
const trigger = (assumed: Assumed) => before.triggerView(withOffset, assumed)

export const getTriggers = {
  ...before.getTriggers,
  reply: (assumed: Assumed) => pageView('TriggerList', trigger(assumed), assumed),
}

export const getTriggersWithoutId = { ...before.getTriggersWithoutId, reply: getTriggers.reply }

export const createTrigger = {
  ...before.createTrigger,
  body: (assumed: Assumed) =>
    before.newTrigger(
      100,
      { SCHEDULED: 'scheduled', ...(assumed.eventTrigger === 'accept' ? { EVENT: 'event' } : {}), NONE: 'none' },
      assumed,
    ),
  reply: trigger,
}

export const getTrigger = { ...before.getTrigger, reply: trigger }
