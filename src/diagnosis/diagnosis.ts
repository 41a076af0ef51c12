import { type AuthCheck, authChecks } from '../gateway/authenticate.ts'
import { comparisonOf, type DifferencePiece, differenceOf, textsOf } from './difference.ts'

/** What the gateway checks of a request, in this order. */
export const checkNames = ['path', ...authChecks] as const
export type CheckName = 'path' | AuthCheck

export interface Check {
  readonly name: CheckName
  readonly outcome: 'passed' | 'failed' | 'not reached'
  /** What was found, in a few words; empty where there is nothing to tell. */
  readonly detail: string
}

interface Texts {
  /** What should have been signed, invisible characters written out. */
  readonly expectedText: string
  readonly expectedSignature: string
}

/** What a client signed beside what it should have signed. */
interface Comparison {
  /** What was signed, invisible characters written out. */
  readonly signedText: string
  /** Both texts in pieces: the same in both, or what differs. Nothing is written out. */
  readonly difference: readonly DifferencePiece[]
  /** Both texts below each other, `^` under the first character that differs; absent when none does. */
  readonly comparison?: string | undefined
}

interface Checked {
  readonly sentence: string
  readonly checks: readonly Check[]
}

/** Why the gateway rejected a request. No secret key is in any of it. */
export type Diagnosis =
  | ({ readonly verdict: 'right' } & Checked & Texts)
  | ({
      readonly verdict: 'explained'
      /** The mistake's name, several joined by ` + `; see `causes`. */
      readonly cause: string
      /** What to send instead, where signing what was sent would not do. */
      readonly correctedTarget?: string | undefined
    } & Checked &
      Partial<Texts> &
      Partial<Comparison>)
  | ({
      readonly verdict: 'unexplained'
      /** What to compare with the client's own values, one by one. */
      readonly compare: readonly { readonly part: string; readonly expected: string }[]
    } & Checked &
      Texts)

/** The checks of a request: those before the one that failed are passed, those behind it are not reached. */
export function checksOf(failed: CheckName | undefined, detail: Partial<Record<CheckName, string>>): Check[] {
  const stop = failed === undefined ? checkNames.length : checkNames.indexOf(failed)
  return checkNames.map((name, at) => ({
    name,
    outcome: at < stop ? 'passed' : at === stop ? 'failed' : 'not reached',
    detail: at <= stop ? (detail[name] ?? '') : '',
  }))
}

/** Sentence and comparison, as the log and a terminal show them. */
export const tellingOf = (diagnosis: {
  readonly sentence: string
  readonly comparison?: string | undefined
}): string =>
  diagnosis.comparison === undefined ? diagnosis.sentence : `${diagnosis.sentence}\n${diagnosis.comparison}`

/** A diagnosis with every text changed, such as to hide keys; the difference is made anew from the changed texts. */
export function withTexts<Told extends object>(diagnosis: Told, change: (text: string) => string): Told {
  const changed = JSON.parse(JSON.stringify(diagnosis), (_, value: unknown) =>
    typeof value === 'string' ? change(value) : value,
  )
  const { difference } = diagnosis as Partial<Comparison>
  if (difference === undefined) return changed
  const { expected, signed } = textsOf(difference)
  const again = differenceOf(change(expected), change(signed))
  const comparison = comparisonOf(again)
  const { comparison: _, ...rest } = changed
  return { ...rest, difference: again, ...(comparison !== undefined && { comparison }) }
}
