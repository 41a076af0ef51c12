import type { bodyParts } from '../api/body-parts.ts'
import type { Complaints } from './complaints.ts'
import { type Placed, within } from './placed.ts'
import type { SeedTimes } from './seed.ts'

export interface Assembly {
  readonly times: SeedTimes
  readonly complaints: Complaints
  readonly api: ReturnType<typeof bodyParts>
}

interface Dated {
  readonly createdDate?: string
  readonly updatedDate?: string
}

/** When a thing was created and updated; `otherwise` dates the creation where nothing is said. */
export function datesOf({ complaints, times }: Assembly, placed: Placed<Dated>, otherwise = times.now) {
  const { createdDate, updatedDate } = placed.given
  const createdAt = complaints.time(within(placed, 'createdDate'), createdDate, otherwise)
  return { createdAt, updatedAt: complaints.time(within(placed, 'updatedDate'), updatedDate, createdAt) }
}
