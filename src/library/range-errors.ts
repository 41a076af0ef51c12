import { AdminError } from '../admin/problem.ts'
import { asApiError } from '../api/problems.ts'
import { ApiError } from '../domain/api-error.ts'
import { InvalidData } from '../schema/place.ts'

/** Converts an error for users of the library: invalid values become RangeErrors. */
export function inLibraryTerms(thrown: unknown): unknown {
  const error = asApiError(thrown)
  return error instanceof AdminError || error instanceof ApiError || error instanceof InvalidData
    ? new RangeError(error.message)
    : error
}

/** Calls a function; an invalid value throws a RangeError. */
export function asRangeErrors<T>(act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw inLibraryTerms(error)
  }
}
