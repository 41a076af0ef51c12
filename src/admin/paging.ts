import { Type } from '../schema/json-schema.ts'
import { integerText } from '../schema/shape.ts'
import type { Caller } from '../service/caller.ts'
import type { OverviewService } from '../service/overview.ts'

/** `page` counts from 0; without `limit` all entries are returned. */
export const listQuery = { page: integerText(0, 1e9), limit: integerText(1, 1_000_000) }

export const pagingOf = ({ page = 0, limit = 1_000_000 }: { readonly page?: number; readonly limit?: number }) =>
  ({ page, limit, size: limit, order: 'newest', beyond: 'empty' }) as const

/** The times in a response by which a client knows when to read again. */
export const timing = {
  now: Type.Integer({ description: 'The simulation clock in epoch milliseconds.' }),
  nextChangeAt: Type.Union([Type.Integer(), Type.Null()], {
    description: 'When anything changes by time next, in epoch milliseconds; null: never.',
  }),
}

export const timingOf = ({ overview }: { readonly overview: OverviewService }, { now }: Caller) => ({
  now,
  nextChangeAt: overview.nextChangeAt() ?? null,
})
