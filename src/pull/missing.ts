/** What a pull could not take over. */
export interface Missing {
  /** In the plural and without a number, such as `graphs of jobs`. */
  readonly what: string
  readonly reason: string
  /** Name or id of the one that is concerned. */
  readonly of?: string | undefined
}

/** How many names a line shows. */
const shown = 3

/** A line for everything that is missing for one reason, such as `3 graphs of jobs (a, b, c): 403 Forbidden`. */
export function missingLines(missing: readonly Missing[]): string[] {
  const groups = new Map<string, Missing[]>()
  for (const each of missing) {
    const key = JSON.stringify([each.what, each.reason])
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return [...groups.values()].map(group => {
    const [{ what, reason }] = group as [Missing]
    const names = group.flatMap(({ of }) => of ?? [])
    if (names.length === 0) return `${what}: ${reason}`
    const more = names.length > shown ? ', ...' : ''
    return `${names.length} ${what} (${names.slice(0, shown).join(', ')}${more}): ${reason}`
  })
}
