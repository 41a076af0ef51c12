import { ApiError } from '../domain/api-error.ts'

/** A fixture that cannot be used; the message names file, place and what was expected, a line for each complaint. */
export class FixtureError extends Error {
  /** Every complaint about a place, in the order in which they were found. */
  readonly complaints: readonly PlacedComplaint[]

  constructor(complaints: readonly (string | PlacedComplaint)[]) {
    const shown = complaints.slice(0, 10).map(each => (typeof each === 'string' ? each : each.line))
    if (complaints.length > shown.length) shown.push(`... and ${complaints.length - shown.length} more`)
    super(shown.join('\n'))
    this.name = 'FixtureError'
    this.complaints = complaints.filter(each => typeof each !== 'string')
  }
}

/** What is wrong at a place of a fixture. */
export interface PlacedComplaint {
  /** Source, place and complaint in one line. */
  readonly line: string
  /** Keys and indexes that lead to the place. */
  readonly path: readonly (string | number)[]
  readonly complaint: string
}

/** Throws the error of a fixture that a request brought as an invalid parameter of that request. */
export function rejectFixture(error: unknown): never {
  throw error instanceof FixtureError ? new ApiError('badParameter', error.message) : error
}

/** A value as a complaint shows it: short, and without secrets. */
export const shown = (value: unknown): string => {
  const text = JSON.stringify(value, (key, member) => (key === 'secretKey' ? '(not shown)' : member)) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}
