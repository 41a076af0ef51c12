import { type ApiErrorName, gatewayErrorNames } from '../domain/api-error.ts'
import type { AcceptedNames } from '../domain/operation-names.ts'
import { type RequestSubject, requestTest } from '../domain/request-conditions.ts'
import {
  type ActedFault,
  anHour,
  type Fault,
  type FaultEffect,
  type FaultPreset,
  type FaultRule,
  type FaultTime,
  faultErrors,
  readFaultRule,
  resolvePresets,
} from './rule.ts'

/** An effect that changes the response while it is sent. */
export type AnswerFault = Extract<FaultEffect, { kind: 'cut' | 'bad-json' | 'drip' | 'reset' }>

/** The combined effect of all rules on a request; times in milliseconds. */
export interface FaultVerdict {
  /** The rules that acted; the last one is the one that ends the request or changes its response, if any. */
  readonly acted: readonly ActedFault[]
  /** Delay before anything else happens. */
  readonly delay: number
  /** Delay before the response is sent. */
  readonly answerDelay: number
  readonly refused?: { readonly name: ApiErrorName; readonly message: string; readonly retryAfter?: number }
  /** Reset the connection immediately. */
  readonly reset: boolean
  readonly answer?: AnswerFault
}

/** The part of seeded randomness that faults use. */
export interface FaultChance {
  fork(label: string): FaultChance
  below(below: number): number
}

export interface FaultParts {
  readonly chance: FaultChance
  readonly now: () => number
  /** The operation names that rules may use. */
  readonly operations: AcceptedNames
  /** The rules at start and after a reset. */
  readonly initial: readonly (FaultPreset | FaultRule)[]
  /** Called after rules were added, replaced or removed. */
  readonly changed?: () => void
}

/** Limits the cost per request, since every rule is checked. */
const mostRules = 1000

/** Resolution of probabilities, and the maximum of waits in seconds. */
const many = 1_000_000_000

/** The position of a rejection in the order of the gateway; those of the service are last. */
function rank(name: ApiErrorName): number {
  const at = gatewayErrorNames.indexOf(name)
  return at < 0 ? gatewayErrorNames.length : at
}

/** The position at which an effect takes place: delays and connection resets apply to any request. */
function rankOf(effect: FaultEffect): number {
  if (effect.kind === 'refuse') return rank(faultErrors[effect.error])
  return effect.kind === 'limit' ? rank(faultErrors[effect.error ?? 'quota']) : -1
}

interface Rule {
  readonly id: string
  readonly rule: FaultRule
  readonly chance: FaultChance
  readonly fits: (subject: RequestSubject) => boolean
  readonly shown: ActedFault
  readonly rank: number
  /** Requests that a limit let through, by access key. */
  readonly counts: Map<string, { since: number; requests: number }>
  matched: number
  applied: number
}

/** Evaluates fault rules. Holds their counts and randomness; does not wait. */
export class FaultRules {
  readonly #parts: FaultParts
  readonly #initial: readonly FaultRule[]
  #rules: Rule[] = []
  #made = 0

  constructor(parts: FaultParts) {
    this.#parts = parts
    this.#initial = resolvePresets(parts.initial).map(rule =>
      readFaultRule(rule, [...parts.operations.keys()], 'faults'),
    )
    this.reset()
  }

  /** True if there are no rules: the only check that a request pays for in that case. */
  get idle(): boolean {
    return this.#rules.length === 0
  }

  /** All rules in the order in which they are tried. */
  list(): Fault[] {
    return this.#rules.map(shown)
  }

  get(id: string): Fault | undefined {
    return this.#rules.filter(rule => rule.id === id).map(shown)[0]
  }

  /** Appends a rule. Throws a RangeError, without any change, if it is invalid. */
  add(rule: FaultRule): Fault {
    const read = this.#read(rule)
    if (this.#rules.length >= mostRules) throw new RangeError(`there are ${mostRules} faults already; delete some`)
    this.#made += 1
    const made = this.#make(`f${this.#made}`, read)
    this.#rules.push(made)
    this.#parts.changed?.()
    return shown(made)
  }

  /** Replaces a rule and resets its counts; `undefined` if there is none with this id. */
  replace(id: string, rule: FaultRule): Fault | undefined {
    const made = this.#make(id, this.#read(rule))
    const at = this.#rules.findIndex(rule => rule.id === id)
    if (at < 0) return undefined
    this.#rules[at] = made
    this.#parts.changed?.()
    return shown(made)
  }

  /** Returns false if there is no rule with this id. */
  remove(id: string): boolean {
    const before = this.#rules.length
    this.#rules = this.#rules.filter(rule => rule.id !== id)
    if (this.#rules.length < before) this.#parts.changed?.()
    return this.#rules.length < before
  }

  clear(): void {
    this.#rules = []
    this.#parts.changed?.()
  }

  /** Removes the rules for an account or its keys, and the counts of limits for these keys. */
  forget(account: string, accessKeys: readonly string[]): void {
    const isOwn = ({ account: name, accessKey: key }: FaultRule) =>
      name === account || (key !== undefined && accessKeys.includes(key))
    this.#rules = this.#rules.filter(({ rule }) => !isOwn(rule))
    for (const { counts } of this.#rules) for (const key of accessKeys) counts.delete(key)
  }

  /** Restores the initial rules, counts and randomness. */
  reset(): void {
    this.#rules = []
    this.#made = 0
    for (const rule of this.#initial) this.add(rule)
  }

  /**
   * Tries the rules in order: delays add up; the first other effect that acts ends the evaluation.
   * `refused` is the gateway's own rejection of the request; a rule takes precedence only with an error that the gateway
   * would report earlier.
   */
  judge(subject: RequestSubject, refused?: ApiErrorName): FaultVerdict {
    const before = refused === undefined ? Number.POSITIVE_INFINITY : rank(refused)
    let delay = 0
    let answerDelay = 0
    const acted: ActedFault[] = []
    for (const rule of this.#rules) {
      if (rule.rank >= before || !this.#acts(rule, subject)) continue
      const { effect } = rule.rule
      if (effect.kind === 'delay') {
        const time = timeOf(effect.time, rule.chance)
        rule.applied += 1
        acted.push(rule.shown)
        if (effect.at === 'answer') answerDelay += time
        else delay += time
        continue
      }
      const end = this.#end(effect, rule, subject)
      if (end === undefined) continue
      rule.applied += 1
      acted.push(rule.shown)
      return { acted, delay, answerDelay, reset: false, ...end }
    }
    return { acted, delay, answerDelay, reset: false }
  }

  #read(rule: FaultRule): FaultRule {
    return readFaultRule(rule, [...this.#parts.operations.keys()])
  }

  #make(id: string, rule: FaultRule): Rule {
    return {
      id,
      rule,
      chance: this.#parts.chance.fork(id),
      fits: requestTest(rule, this.#parts.operations),
      shown: { id, kind: rule.effect.kind },
      rank: rankOf(rule.effect),
      counts: new Map(),
      matched: 0,
      applied: 0,
    }
  }

  /** Whether the rule matches this request and its conditions of count and probability hold. */
  #acts(made: Rule, subject: RequestSubject): boolean {
    const { rule, chance, fits } = made
    if (!fits(subject)) return false
    made.matched += 1
    if (made.matched <= (rule.after ?? 0) || made.applied >= (rule.times ?? Number.POSITIVE_INFINITY)) return false
    return rule.probability === undefined || chance.below(many) < rule.probability * many
  }

  /** How an effect other than a delay ends the request; `undefined` if a limit is not reached. */
  #end(
    effect: Exclude<FaultEffect, { kind: 'delay' }>,
    { id, counts }: Rule,
    { accessKey }: RequestSubject,
  ): Partial<FaultVerdict> | undefined {
    if (effect.kind === 'refuse') {
      const { error, message = `injected by the fault ${id}`, ...more } = effect
      const { retryAfter } = more
      return { refused: { name: faultErrors[error], message, ...(retryAfter === undefined ? {} : { retryAfter }) } }
    }
    if (effect.kind === 'limit') {
      const { requests, window = Number.POSITIVE_INFINITY, error = 'quota', retryAfter = false } = effect
      const now = this.#parts.now()
      const known = counts.get(accessKey)
      const count = known && now >= known.since && now - known.since < window ? known : { since: now, requests: 0 }
      counts.set(accessKey, count)
      if (count.requests < requests) {
        count.requests += 1
        return undefined
      }
      const left = Math.ceil((count.since + window - now) / 1000)
      const message = `limit of the fault ${id} exceeded: ${requests} requests`
      return {
        refused: { name: faultErrors[error], message, ...(retryAfter && left < many ? { retryAfter: left } : {}) },
      }
    }
    return effect.kind === 'reset' && effect.at !== 'answer' ? { reset: true } : { answer: effect }
  }
}

const shown = ({ id, rule, matched, applied }: Rule): Fault => ({ id, ...structuredClone(rule), matched, applied })

/** A sample of the standard normal distribution. */
function normal(chance: FaultChance): number {
  const [one, other] = [(chance.below(many) + 1) / many, chance.below(many) / many]
  return Math.sqrt(-2 * Math.log(one)) * Math.cos(2 * Math.PI * other)
}

function timeOf(time: FaultTime, chance: FaultChance): number {
  if (typeof time === 'number') return time
  if ('from' in time) return time.from + chance.below(time.to - time.from + 1)
  return Math.min(anHour, Math.round(time.median * Math.exp(time.sigma * normal(chance))))
}
