import type { Presented } from '../gateway/authenticate.ts'
import { type Diagnosis, diagnose, type Known } from './diagnose.ts'

/** A diagnosis, or the word that there was none, so that a flood of bad signatures costs little. */
export type Explanation = Diagnosis | { readonly verdict: 'skipped'; readonly sentence: string }

/** Explains a request that came at a moment of the gateway clock; without one, now. */
export type Explainer = (presented: Presented, came?: number) => Explanation

/** Work that may go into diagnoses within a second, in the units of `mostWork`: about a tenth of a core. */
export const workPerSecond = 40_000

/** How many diagnoses of the running second are kept for requests that come again. */
const mostRemembered = 100

const skipped: Explanation = {
  verdict: 'skipped',
  sentence: 'Not diagnosed: too many refused requests in this second.',
}

/** Explains refused requests as long as that costs little. */
export function explainer(known: Omit<Known, 'now' | 'body'>, now: () => number): Explainer {
  let second = 0
  let spent = 0
  let remembered = new Map<string, Diagnosis>()

  return (presented, came) => {
    const moment = now()
    if (Math.floor(moment / 1000) !== second) {
      second = Math.floor(moment / 1000)
      spent = 0
      remembered = new Map()
    }
    const { method, target, headers } = presented
    const key = `${method} ${target} ${JSON.stringify(headers)} ${came === undefined ? '' : Math.floor(came / 1000)}`
    const again = remembered.get(key)
    if (again) return again
    if (spent >= workPerSecond) return skipped
    const { diagnosis, work } = diagnose(presented, { ...known, now: came ?? moment })
    spent += 1 + work
    if (remembered.size < mostRemembered) remembered.set(key, diagnosis)
    return diagnosis
  }
}
