import { tolerance } from '../gateway/authenticate.ts'
import { textOf, visible } from './bytes.ts'
import type { Hypothesis, Rank } from './hypothesis.ts'
import { encodingFamilies } from './mistakes-encoding.ts'
import { keyFamilies } from './mistakes-key.ts'
import { lineFamilies } from './mistakes-lines.ts'
import { pathFamilies } from './mistakes-path.ts'
import { queryFamilies } from './mistakes-query.ts'
import { targetFamilies } from './mistakes-target.ts'
import { textFamilies } from './mistakes-text.ts'
import { timeFamilies } from './mistakes-time.ts'
import { valueFamilies } from './mistakes-values.ts'
import { type Hide, hideSecrets } from './secrets.ts'
import { type Case, hmac, type Writing, written } from './writing.ts'

const families = [
  ...encodingFamilies,
  ...queryFamilies,
  ...pathFamilies,
  ...targetFamilies,
  ...textFamilies,
  ...lineFamilies,
  ...valueFamilies,
  ...timeFamilies,
  ...keyFamilies,
]

/** How many characters of a text cost one unit of work, begun ones included. */
const unit = 256

export const costOf = (text: string): number => Math.ceil((text.length + 1) / unit)

/** The work that a search may do is done. */
export class WorkDone extends Error {}

/** Counts the work of a diagnosis, stops it when its budget is used up, and keeps secrets out of what is shown. */
export class Search {
  work: number
  readonly budget: number
  /** Replaces secrets, in text and in bytes. */
  readonly hideIn: Hide

  /** `secrets` are hidden. `fixed` is the work that every diagnosis does; at least a fifth of the budget is for the search. */
  constructor(secrets: readonly string[], budget: number, fixed: number) {
    this.budget = budget
    this.work = Math.min(fixed, Math.floor(budget * 0.8))
    const hide = hideSecrets(secrets)
    const hidden = new Map<string, string>()
    this.hideIn = text => {
      const known = hidden.get(text)
      if (known !== undefined) return known
      const shown = hide(text)
      hidden.set(text, shown)
      return shown
    }
  }

  /** Whether there is work left for two texts like this one. */
  affords = (text: string): boolean => this.work + 2 * costOf(text) <= this.budget

  /** Counts work that is no HMAC. */
  charge(work: number): void {
    this.work += work
  }

  spend(text: string): void {
    this.work += costOf(text)
    if (this.work > this.budget) throw new WorkDone()
  }

  digest({ secretKey, mac }: Writing, text: string): string {
    this.spend(text)
    return mac(text, secretKey)
  }

  /** Bytes as text, without the secret keys. */
  hide = (bytes: string): string => this.hideIn(textOf(this.hideIn(bytes)))

  /** Bytes as a person may read them. */
  show = (bytes: string): string => visible(this.hide(bytes))
}

/** The mistakes that explain a signature, and the text that was signed. */
export interface Found {
  readonly mistakes: readonly Hypothesis[]
  readonly writing: Writing
}

type Fits = (writing: Writing, text: string) => boolean

function changed(right: Writing, mistakes: readonly Hypothesis[]): Writing {
  let writing = right
  for (const { change } of mistakes) writing = { ...writing, ...change }
  return writing
}

/** A hypothesis with the text that it gives. */
interface Tried {
  readonly mistake: Hypothesis
  readonly writing: Writing
  readonly text: string
}

/** Hypotheses of each rank, made when they are first needed, no text twice. */
function hypotheses(asked: Case) {
  const { secretKey } = asked.right
  const seen = new Set([written(asked.right)])
  const made = new Map<Rank, Hypothesis[]>()

  function* fresh(rank: Rank): Iterable<Tried> {
    const all: Hypothesis[] = []
    for (const family of families) {
      if (family.rank !== rank) continue
      for (const hypothesis of family.hypotheses(asked)) {
        const writing = { ...asked.right, ...hypothesis.change }
        const text = written(writing)
        if (writing.mac === hmac && writing.secretKey === secretKey) {
          if (seen.has(text)) continue
          seen.add(text)
        }
        all.push(hypothesis)
        yield { mistake: hypothesis, writing, text }
      }
    }
    made.set(rank, all)
  }

  return { fresh, of: (rank: Rank): readonly Hypothesis[] => made.get(rank) ?? [] }
}

function* pairs(first: readonly Hypothesis[], second: readonly Hypothesis[]): Iterable<readonly Hypothesis[]> {
  for (const [at, one] of first.entries()) {
    for (const other of first === second ? second.slice(at + 1) : second) {
      if (one.part !== other.part) yield [one, other]
    }
  }
}

function* triples(all: readonly Hypothesis[]): Iterable<readonly Hypothesis[]> {
  for (const [at, one] of all.entries()) {
    for (const [first, second] of pairs(all.slice(at + 1), all.slice(at + 1)) as Iterable<[Hypothesis, Hypothesis]>) {
      if (one.part !== first.part && one.part !== second.part) yield [one, first, second]
    }
  }
}

/** Looks for the timestamp that was signed around the one in the header, the near ones first. */
function searchWindow(right: Writing, from: number, to: number, fits: Fits): Found | undefined {
  const sent = Number(right.timestamp)
  if (!Number.isSafeInteger(sent)) return undefined
  for (let off = from; off <= to; off++) {
    for (const way of [-1, 1]) {
      const timestamp = String(sent + way * off)
      const writing = { ...right, timestamp }
      if (!fits(writing, written(writing))) continue
      const mistake: Hypothesis = {
        cause: 'timestamp-differs',
        part: 'timestamp',
        change: { timestamp },
        signed: `a timestamp ${off} ms ${way < 0 ? 'before' : 'after'} the header's (${timestamp})`,
        sign: "the header's own value (take the time once)",
      }
      return { mistakes: [mistake], writing }
    }
  }
  return undefined
}

/** How far around the header's timestamp the signed one is looked for at first, and then before rare mistakes. */
const nearMs = 20
const farMs = 2000

/**
 * Looks for the mistakes that explain a digest: single ones first, common ones first, then two and three together,
 * and other timestamps in between. Throws `WorkDone` when the budget is used up.
 */
export function findMistakes(asked: Case, digest: string, search: Search): Found | undefined {
  const { right } = asked
  const known = hypotheses(asked)
  const fits: Fits = (writing, text) => search.digest(writing, text) === digest

  function one(rank: Rank): Found | undefined {
    for (const { mistake, writing, text } of known.fresh(rank)) {
      if (fits(writing, text)) return { mistakes: [mistake], writing }
    }
    return undefined
  }
  function several(combinations: Iterable<readonly Hypothesis[]>): Found | undefined {
    for (const mistakes of combinations) {
      const writing = changed(right, mistakes)
      if (fits(writing, written(writing))) return { mistakes, writing }
    }
    return undefined
  }
  const window = (from: number, to: number) => searchWindow(right, from, to, fits)
  const two = (first: Rank, second: Rank) => several(pairs(known.of(first), known.of(second)))

  return (
    one(1) ??
    window(1, nearMs) ??
    one(2) ??
    two(1, 1) ??
    one(3) ??
    window(nearMs + 1, farMs) ??
    one(4) ??
    two(1, 2) ??
    several(triples(known.of(1))) ??
    window(farMs + 1, tolerance) ??
    two(2, 2) ??
    /* c8 ignore next -- short requests with a larger budget than that of the command line */
    two(1, 3)
  )
}
