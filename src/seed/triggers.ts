import type { Trigger } from '../domain/trigger.ts'
import { type Assembly, datesOf } from './assembly.ts'
import type { FixtureTrigger } from './fixture-schema.ts'
import type { Placed } from './placed.ts'
import { type Finder, finder, named } from './references.ts'

/** The trigger, or nothing and a complaint where the API would reject it. */
function toTrigger(assembly: Assembly, placed: Placed<FixtureTrigger>): Trigger[] {
  const { name, triggerRule = { type: 'NONE' }, type } = placed.given
  const sent = { type: type ?? (triggerRule.type === 'NONE' ? 'NONE' : 'SCHEDULED'), triggerRule }
  const read = assembly.complaints.reading(placed.source, () => assembly.api.trigger(sent, placed.path))
  return read ? [{ id: placed.id, name, kind: read.kind, rule: read.rule, ...datesOf(assembly, placed) }] : []
}

export function assembleTriggers(
  assembly: Assembly,
  given: readonly Placed<FixtureTrigger>[],
): { readonly triggers: readonly Trigger[]; readonly find: Finder<Trigger> } {
  const triggers = given.flatMap(placed => toTrigger(assembly, placed))
  const accepted = new Set(triggers.map(({ id }) => id))
  // A rejected trigger can still be referred to, so that one error does not cause two complaints.
  const rejected = given
    .filter(({ id }) => !accepted.has(id))
    .map(placed => ({
      ...named(placed),
      kind: 'none' as const,
      rule: { every: 'never' as const },
      createdAt: 0,
      updatedAt: 0,
    }))
  return { triggers, find: finder<Trigger>([...triggers, ...rejected]) }
}
