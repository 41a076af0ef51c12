import { shown } from './complaint.ts'
import type { Complaints } from './complaints.ts'
import type { Location, Placed } from './placed.ts'

export interface Named {
  readonly id: string
  readonly name: string
}

export const named = ({ given, id }: Placed<{ readonly name: string }>): Named => ({ id, name: given.name })

/** The things that a text may mean: the one with this id, or all with this name. */
export type Finder<T extends Named> = (text: string) => readonly T[]

export function finder<T extends Named>(things: readonly T[]): Finder<T> {
  const byId = new Map(things.map(thing => [thing.id, thing]))
  const byName = new Map<string, T[]>()
  for (const thing of things) {
    const same = byName.get(thing.name)
    if (same) same.push(thing)
    else byName.set(thing.name, [thing])
  }
  return text => {
    const known = byId.get(text)
    return known ? [known] : (byName.get(text) ?? [])
  }
}

/** The one thing that a text means; `undefined` and a complaint where there is none, or several. */
export function resolve<T extends Named>(
  complaints: Complaints,
  at: Location,
  what: 'job' | 'trigger' | 'workflow',
  find: Finder<T>,
  text: string,
): T | undefined {
  const [first, second] = find(text)
  if (first && !second) return first
  const expected = second ? 'the id, because several have this name,' : 'the id or name'
  complaints.add(at, `expected ${expected} of a ${what} of this account, found ${shown(text)}`)
  return undefined
}
