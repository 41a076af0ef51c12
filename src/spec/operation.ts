import type { Job, JobQuery } from '../domain/job.ts'
import type { Page } from '../domain/page.ts'
import type { Assumed } from './assumptions.ts'
import type { Params } from './query.ts'
import type { View } from './view.ts'

/** What each operation is asked for and what it finds, in the words of the domain. */
export interface Meanings {
  getJobs: { asked: JobQuery; found: Page<Job> }
}

export type OperationName = keyof Meanings
export type Asked<Name extends OperationName> = Meanings[Name]['asked']
export type Found<Name extends OperationName> = Meanings[Name]['found']

/** A row of an edition's table: how an operation looks on the wire. */
export interface Operation<Name extends OperationName> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with `{name}` for a path parameter. */
  readonly path: string
  /** Title of the operation in this edition's documents. */
  readonly title: string
  readonly summary: string
  /** Slug of the documentation page. */
  readonly source: string
  readonly query: Params
  readonly read: (rawQuery: string, assumed: Assumed) => Asked<Name>
  readonly status: number
  readonly reply: (assumed: Assumed) => View<Found<Name>>
}

/** The operations of an edition; one that an edition lacks is not in its table. */
export type Operations = { readonly [Name in OperationName]?: Operation<Name> }
