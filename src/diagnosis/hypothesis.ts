import type { Cause } from './causes.ts'
import type { Case, Part, Writing } from './writing.ts'

/**
 * How common a mistake is: 1 often seen, alone and together with others; 2 seen; 3 rare; 4 hardly ever. The search
 * tries common ones first.
 */
export type Rank = 1 | 2 | 3 | 4

/** One way to have written the text wrongly. */
export interface Hypothesis {
  readonly cause: Cause
  readonly part: Part
  readonly change: Partial<Writing>
  /** Completes "You signed ..."; one character a byte, as it may quote the request. */
  readonly signed: string
  /** Completes "sign ...". */
  readonly sign: string
  /** What to do, in whole sentences, instead of signing what is sent. */
  readonly advice?: string | undefined
  /** The target to send instead, one character a byte. */
  readonly send?: string | undefined
}

type Told<Value> = string | ((wrong: Value) => string)

/** A kind of mistake: all the values that it can give to one part of the text. */
export interface Mistake<Of extends Part> {
  readonly cause: Cause
  readonly part: Of
  readonly rank: Rank
  readonly signed: Told<Writing[Of]>
  readonly sign: string
  readonly wrong: (asked: Case) => Iterable<Writing[Of]>
}

/** Hypotheses of one rank; made anew for each search. */
export interface Family {
  readonly rank: Rank
  readonly hypotheses: (asked: Case) => Iterable<Hypothesis>
}

/** A kind of mistake whose values are told alike. */
export const family = <Of extends Part>({ cause, part, rank, signed, sign, wrong }: Mistake<Of>): Family => ({
  rank,
  *hypotheses(asked) {
    for (const value of wrong(asked)) {
      if (value === asked.right[part]) continue
      const change = { [part]: value } as Partial<Writing>
      yield { cause, part, change, signed: typeof signed === 'string' ? signed : signed(value), sign }
    }
  },
})

/** One hypothesis, or none where it does not apply. */
export const single = (rank: Rank, make: (asked: Case) => Iterable<Hypothesis>): Family => ({ rank, hypotheses: make })

/** A value as a sentence quotes it. */
export const quote = (bytes: string): string => `"${bytes}"`

/** How a variable without a value looks as text, the frequent ones first. */
export const missingValues = [
  '',
  'undefined',
  'null',
  'None',
  'nil',
  'NaN',
  '[object Object]',
  'NULL',
  'Null',
  'none',
  '<nil>',
  '%!s(<nil>)',
  '%!d(<nil>)',
  '(null)',
  '[object Promise]',
  'Optional(nil)',
  'Nothing',
  'N/A',
  'false',
  'true',
  '0',
  '{}',
  '[]',
  'undefined undefined',
] as const

/** How many of them are common. */
const commonMissing = 7
export const missing = (which: 'common' | 'rare'): readonly string[] =>
  which === 'common' ? missingValues.slice(0, commonMissing) : missingValues.slice(commonMissing)

export const missingTold = (value: string): string => (value === '' ? 'an empty text' : quote(value))
