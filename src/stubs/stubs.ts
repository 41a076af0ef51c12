import { type StubSubject, stubTest } from './match.ts'
import {
  bodyText,
  type ReadRule,
  readStubRule,
  type Served,
  type Stub,
  type StubRule,
  shownRule,
  usualPriority,
} from './rule.ts'

/** A stub that is there at start and after a reset, and the file it is from. */
export interface InitialStub {
  readonly file: string
  readonly rule: unknown
}

/** A file of the folder that `--replay` names does not hold a stub; the message names the file, the place and what is allowed. */
export class StubError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StubError'
  }
}

export interface StubDeps extends Served {
  readonly initial: readonly InitialStub[]
  readonly edition?: string
  /** Is told once which of the initial stubs were recorded in another edition; they are replayed all the same. */
  readonly warn?: (sentence: string) => void
  /** Called after stubs were added or removed. */
  readonly changed?: () => void
}

/** What a stub sends, times in milliseconds. */
export interface StubAnswer {
  readonly id: string
  readonly delay: number
  readonly status: number
  readonly headers: Readonly<Record<string, string | number>>
  readonly body: string
}

/** Limits the cost per request, since stubs are tried one after the other. */
const mostStubs = 10_000

interface Made {
  readonly id: string
  readonly file: string | undefined
  readonly rule: ReadRule
  readonly fits: (subject: StubSubject) => boolean
  readonly answer: StubAnswer
  applied: number
}

const shown = ({ id, file, rule, applied }: Made): Stub => ({
  id,
  ...(file !== undefined && { file }),
  ...shownRule(rule),
  applied,
})

/** Holds the stubs and their counts, and finds the one that answers a request; does not wait. */
export class Stubs {
  readonly #deps: StubDeps
  readonly #initial: readonly { readonly file: string; readonly rule: ReadRule }[]
  /** In the order in which they are tried. */
  #stubs: Made[] = []
  #made = 0

  /** Throws a StubError for an initial stub that is invalid. */
  constructor(deps: StubDeps) {
    this.#deps = deps
    this.#initial = deps.initial.map(({ file, rule }) => {
      try {
        return { file, rule: readStubRule(rule, deps) }
      } catch (error) {
        throw new StubError(`${file}: ${(error as Error).message}`)
      }
    })
    this.#restore()
    const sentence = this.#otherEditions()
    if (sentence !== undefined) deps.warn?.(sentence)
  }

  /** True if there are no stubs: the only check that a request pays for in that case. */
  get idle(): boolean {
    return this.#stubs.length === 0
  }

  #otherEditions(): string | undefined {
    const { edition } = this.#deps
    const others = this.#initial.flatMap(({ file, rule: { recorded } }) =>
      recorded === undefined || recorded.edition === edition ? [] : [`${file} (${recorded.edition})`],
    )
    if (others.length === 0) return undefined
    const more = others.length > 3 ? ` and ${others.length - 3} more` : ''
    return `recordings of an edition other than ${edition}: ${others.slice(0, 3).join(', ')}${more}`
  }

  /** All stubs in the order in which they are tried. */
  list(): Stub[] {
    return this.#stubs.map(shown)
  }

  get(id: string): Stub | undefined {
    return this.#stubs.filter(stub => stub.id === id).map(shown)[0]
  }

  /** Adds a stub. Throws a RangeError, without any change, if it is invalid. */
  add(rule: StubRule): Stub {
    const read = readStubRule(rule, this.#deps)
    if (this.#stubs.length >= mostStubs) throw new RangeError(`there are ${mostStubs} stubs already; delete some`)
    const made = this.#insert(read)
    this.#deps.changed?.()
    return shown(made)
  }

  /** Returns false if there is no stub with this id. */
  remove(id: string): boolean {
    const before = this.#stubs.length
    this.#stubs = this.#stubs.filter(stub => stub.id !== id)
    if (this.#stubs.length === before) return false
    this.#deps.changed?.()
    return true
  }

  clear(): void {
    this.#stubs = []
    this.#deps.changed?.()
  }

  /** Restores the initial stubs with their counts; those that were added are gone. */
  reset(): void {
    this.#restore()
    this.#deps.changed?.()
  }

  /** Removes the added stubs for an account or its keys, and starts the counts of its initial ones anew. */
  forget(account: string, accessKeys: readonly string[]): void {
    const isOwn = ({ rule: { request } }: Made) =>
      request.account === account || (request.accessKey !== undefined && accessKeys.includes(request.accessKey))
    this.#stubs = this.#stubs.filter(stub => stub.file !== undefined || !isOwn(stub))
    for (const stub of this.#stubs) if (isOwn(stub)) stub.applied = 0
  }

  /** The response of the first stub that matches and may still respond; counts it. */
  answer(subject: StubSubject): StubAnswer | undefined {
    const found = this.#stubs.find(
      ({ rule, applied, fits }) => applied < (rule.times ?? Number.POSITIVE_INFINITY) && fits(subject),
    )
    if (!found) return undefined
    found.applied += 1
    return found.answer
  }

  #restore(): void {
    this.#stubs = []
    this.#made = 0
    for (const { file, rule } of this.#initial) this.#insert(rule, file)
  }

  /** Puts a stub before those of the same priority. */
  #insert(rule: ReadRule, file?: string): Made {
    this.#made += 1
    const id = `s${this.#made}`
    const { status = 200, headers = {}, body, delay = 0 } = rule.response
    const made: Made = {
      id,
      file,
      rule,
      fits: stubTest(rule, this.#deps.operations),
      answer: { id, delay, status, headers, body: bodyText(body) },
      applied: 0,
    }
    const priority = (stub: Made) => stub.rule.priority ?? usualPriority
    const at = this.#stubs.findIndex(stub => priority(stub) >= priority(made))
    this.#stubs.splice(at < 0 ? this.#stubs.length : at, 0, made)
    return made
  }
}
