import type { Presented } from '../gateway/authenticate.ts'
import { budgets, diagnose, type Known } from './diagnose.ts'
import type { Diagnosis } from './diagnosis.ts'

/** A diagnosis, or the word that there was none, so that a flood of bad signatures costs little. */
export type Explanation = Diagnosis | { readonly verdict: 'skipped'; readonly sentence: string }

/** How far a search goes; `quick` for every rejected request, `deep` where somebody asks about one. */
export type Depth = 'quick' | 'deep'

/** Explains a request that came at a time of the gateway clock; without one, now. */
export type Explainer = (presented: Presented, came?: number, depth?: Depth) => Explanation

/** Work that may go into diagnoses within a second, in the units of `budgets`: less than 100 ms. */
export const workPerSecond = 8000

/** How many diagnoses of the running second are kept for requests that come again. */
const mostRemembered = 100

const skipped: Explanation = {
  verdict: 'skipped',
  sentence: 'Not diagnosed: too many rejected requests in this second.',
}

/** Explains rejected requests as long as that costs little. */
export function explainer(known: Omit<Known, 'now' | 'body'>, now: () => number): Explainer {
  let second = 0
  let spent = 0
  let remembered = new Map<string, Diagnosis>()

  /** Without a search: whether the request is right, where somebody asks about it. Costs about as much as to answer the request. */
  function unsearched(presented: Presented, moment: number, depth: Depth): Explanation {
    if (depth === 'quick') return skipped
    const { diagnosis } = diagnose(presented, { ...known, now: moment }, 0)
    return diagnosis.verdict === 'right' ? diagnosis : skipped
  }

  return (presented, came, depth = 'quick') => {
    const moment = now()
    if (Math.floor(moment / 1000) !== second) {
      second = Math.floor(moment / 1000)
      spent = 0
      remembered = new Map()
    }
    const { method, target, headers } = presented
    if (spent >= workPerSecond) return unsearched(presented, came ?? moment, depth)
    // Finding out whether the same request was diagnosed costs about as much as a unit of a search.
    spent += 1
    const key = `${depth} ${method} ${target} ${JSON.stringify(headers)} ${came === undefined ? '' : Math.floor(came / 1000)}`
    const again = remembered.get(key)
    if (again) return again
    const budget = Math.min(budgets[depth], workPerSecond - spent)
    if (budget < budgets.quick) return unsearched(presented, came ?? moment, depth)
    const { diagnosis, work } = diagnose(presented, { ...known, now: came ?? moment }, budget)
    spent += work
    if (remembered.size < mostRemembered) remembered.set(key, diagnosis)
    return diagnosis
  }
}
