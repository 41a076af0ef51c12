import { type ApiErrorName, gatewayErrorNames } from '../domain/api-error.ts'
import type { AcceptedNames } from '../domain/operation-names.ts'
import {
  type ActedFault,
  anHour,
  type Fault,
  type FaultEffect,
  type FaultRule,
  type FaultTime,
  faultErrors,
  readFaultRule,
} from './rule.ts'

/** What rules look at. */
export interface FaultSubject {
  readonly method: string
  /** Path without query, as received. */
  readonly path: string
  readonly operation: string
  readonly accessKey: string
  /** Name of the calling account; asked for only by rules that name one. */
  readonly account: () => string | undefined
}

/** What happens to the answer on its way out. */
export type AnswerFault = Extract<FaultEffect, { kind: 'cut' | 'bad-json' | 'drip' | 'reset' }>

/** What becomes of a request; times in milliseconds. */
export interface FaultVerdict {
  /** The rules that acted, the last of them the one that ends the request or spoils its answer, if any does. */
  readonly acted: readonly ActedFault[]
  /** Wait this long before anything else happens. */
  readonly delay: number
  /** Wait this long before the answer leaves. */
  readonly answerDelay: number
  readonly refused?: { readonly name: ApiErrorName; readonly message: string; readonly retryAfter?: number }
  /** Reset the connection now. */
  readonly reset: boolean
  readonly answer?: AnswerFault
}

/** Seeded chance, as far as faults use it. */
export interface FaultChance {
  fork(label: string): FaultChance
  below(below: number): number
}

export interface FaultParts {
  readonly chance: FaultChance
  /** The gateway clock. */
  readonly now: () => number
  /** The names of operations that rules can use. */
  readonly operations: AcceptedNames
  /** The rules at the start and after a reset. */
  readonly initial: readonly FaultRule[]
  /** Called when rules were added, replaced or removed. */
  readonly changed?: () => void
}

/** More rules than anybody writes; each costs a look a request. */
const mostRules = 1000

/** Parts that a probability is cut into; no wait in seconds is longer. */
const many = 1_000_000_000

/**
 * Whether a path is one of a pattern's: `**` is anything, `*` anything but a slash. The time grows with the lengths
 * of both, whatever they hold: a pattern turned into a regular expression could keep the machine busy for ever.
 */
function isOne(path: string, parts: readonly string[]): boolean {
  // Which numbers of parts can stand for what was read so far.
  let reached = parts.map(() => false)
  const reach = (states: boolean[], count: number): void => {
    states[count] = true
    if (parts[count]?.startsWith('*')) reach(states, count + 1)
  }
  reach(reached, 0)
  for (const char of path) {
    const next: boolean[] = []
    for (const [count, part] of parts.entries()) {
      if (!reached[count]) continue
      const stars = part.startsWith('*')
      if (stars ? part !== '*' || char !== '/' : part === char) reach(next, stars ? count : count + 1)
    }
    reached = next
  }
  return reached[parts.length] === true
}

/** Where in the order of the gateway a refusal stands; those of the service come last. */
function rank(name: ApiErrorName): number {
  const at = gatewayErrorNames.indexOf(name)
  return at < 0 ? gatewayErrorNames.length : at
}

/** Where an effect takes place: a delay or a broken connection can happen to any request. */
function rankOf(effect: FaultEffect): number {
  if (effect.kind === 'refuse') return rank(faultErrors[effect.error])
  return effect.kind === 'limit' ? rank(faultErrors[effect.error ?? 'quota']) : -1
}

interface Rule {
  readonly id: string
  readonly rule: FaultRule
  readonly chance: FaultChance
  /** The pattern in its parts: single characters, and stars. */
  readonly path: readonly string[] | undefined
  /** The operations that it is for; absent: all. */
  readonly operations: readonly string[] | undefined
  readonly shown: ActedFault
  readonly rank: number
  /** Requests that a limit let through, by access key. */
  readonly counts: Map<string, { since: number; requests: number }>
  matched: number
  applied: number
}

/** Faults that rules inject. Counts and chance live here; nothing waits here. */
export class FaultRules {
  readonly #parts: FaultParts
  readonly #initial: readonly FaultRule[]
  #rules: Rule[] = []
  #made = 0

  constructor(parts: FaultParts) {
    this.#parts = parts
    this.#initial = parts.initial.map(rule => readFaultRule(rule, [...parts.operations.keys()], 'faults'))
    this.reset()
  }

  /** True when there is no rule: the one question that every request pays for. */
  get idle(): boolean {
    return this.#rules.length === 0
  }

  /** Every rule in the order in which they are tried. */
  list(): Fault[] {
    return this.#rules.map(shown)
  }

  get(id: string): Fault | undefined {
    return this.#rules.filter(rule => rule.id === id).map(shown)[0]
  }

  /** Adds a rule behind the others. Throws a RangeError, with nothing changed, when it cannot be used. */
  add(rule: FaultRule): Fault {
    const read = this.#read(rule)
    if (this.#rules.length >= mostRules) throw new RangeError(`there are ${mostRules} faults already; delete some`)
    this.#made += 1
    const made = this.#make(`f${this.#made}`, read)
    this.#rules.push(made)
    this.#parts.changed?.()
    return shown(made)
  }

  /** Puts a rule in the place of another, its counts at zero; `undefined` when there is no such one. */
  replace(id: string, rule: FaultRule): Fault | undefined {
    const made = this.#make(id, this.#read(rule))
    const at = this.#rules.findIndex(rule => rule.id === id)
    if (at < 0) return undefined
    this.#rules[at] = made
    this.#parts.changed?.()
    return shown(made)
  }

  /** Removes a rule; false when there is no such one. */
  remove(id: string): boolean {
    const before = this.#rules.length
    this.#rules = this.#rules.filter(rule => rule.id !== id)
    if (this.#rules.length < before) this.#parts.changed?.()
    return this.#rules.length < before
  }

  /** Removes every rule. */
  clear(): void {
    this.#rules = []
    this.#parts.changed?.()
  }

  /** Removes the rules that name an account or a key of it; what limits have counted of these keys is forgotten. */
  forget(account: string, accessKeys: readonly string[]): void {
    const isOwn = ({ account: name, accessKey: key }: FaultRule) =>
      name === account || (key !== undefined && accessKeys.includes(key))
    this.#rules = this.#rules.filter(({ rule }) => !isOwn(rule))
    for (const { counts } of this.#rules) for (const key of accessKeys) counts.delete(key)
  }

  /** Back to the rules of the start, counts at zero and chance at its beginning. */
  reset(): void {
    this.#rules = []
    this.#made = 0
    for (const rule of this.#initial) this.add(rule)
  }

  /**
   * Tries the rules in their order: delays add up, the first other effect that acts ends it.
   * `refused` is what the gateway itself has against the request; only what it would have refused earlier comes
   * before that.
   */
  judge(subject: FaultSubject, refused?: ApiErrorName): FaultVerdict {
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
      path: rule.path?.match(/\*+|[^*]/g) ?? undefined,
      operations: rule.operation && this.#parts.operations.get(rule.operation),
      shown: { id, kind: rule.effect.kind },
      rank: rankOf(rule.effect),
      counts: new Map(),
      matched: 0,
      applied: 0,
    }
  }

  /** Whether this request is one that the rule is for, and its turn has come. */
  #acts(made: Rule, subject: FaultSubject): boolean {
    const { rule, path, operations, chance } = made
    const fits =
      (rule.method ?? subject.method) === subject.method &&
      (operations?.includes(subject.operation) ?? true) &&
      (rule.accessKey ?? subject.accessKey) === subject.accessKey &&
      (path === undefined || isOne(subject.path, path)) &&
      (rule.account === undefined || rule.account === subject.account())
    if (!fits) return false
    made.matched += 1
    if (made.matched <= (rule.after ?? 0) || made.applied >= (rule.times ?? Number.POSITIVE_INFINITY)) return false
    return rule.probability === undefined || chance.below(many) < rule.probability * many
  }

  /** How an effect other than a delay ends the request; `undefined` when a limit is not reached. */
  #end(
    effect: Exclude<FaultEffect, { kind: 'delay' }>,
    { id, counts }: Rule,
    { accessKey }: FaultSubject,
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
      const message = `over the limit of the fault ${id}: ${requests} requests`
      return {
        refused: { name: faultErrors[error], message, ...(retryAfter && left < many ? { retryAfter: left } : {}) },
      }
    }
    return effect.kind === 'reset' && effect.at !== 'answer' ? { reset: true } : { answer: effect }
  }
}

const shown = ({ id, rule, matched, applied }: Rule): Fault => ({ id, ...structuredClone(rule), matched, applied })

/** One of the standard normal distribution. */
function normal(chance: FaultChance): number {
  const [one, other] = [(chance.below(many) + 1) / many, chance.below(many) / many]
  return Math.sqrt(-2 * Math.log(one)) * Math.cos(2 * Math.PI * other)
}

function timeOf(time: FaultTime, chance: FaultChance): number {
  if (typeof time === 'number') return time
  if ('from' in time) return time.from + chance.below(time.to - time.from + 1)
  return Math.min(anHour, Math.round(time.median * Math.exp(time.sigma * normal(chance))))
}
