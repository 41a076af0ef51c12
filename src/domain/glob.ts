/** A pattern, split into characters and stars. */
export type Glob = readonly string[]

/** Takes a pattern apart: `**` matches anything, `*` anything but a slash. */
export const globOf = (pattern: string): Glob => pattern.match(/\*+|[^*]/gu) ?? []

/**
 * Whether a text matches a pattern. Takes time proportional to the product of both lengths; a pattern converted to a regular
 * expression could take exponential time.
 */
export function fitsGlob(text: string, glob: Glob): boolean {
  // The pattern positions that are reachable after the characters read so far.
  let reached = glob.map(() => false)
  const reach = (states: boolean[], count: number): void => {
    states[count] = true
    if (glob[count]?.startsWith('*')) reach(states, count + 1)
  }
  reach(reached, 0)
  for (const char of text) {
    const next: boolean[] = []
    for (const [count, part] of glob.entries()) {
      if (!reached[count]) continue
      const stars = part.startsWith('*')
      if (stars ? part !== '*' || char !== '/' : part === char) reach(next, stars ? count : count + 1)
    }
    reached = next
  }
  return reached[glob.length] === true
}
