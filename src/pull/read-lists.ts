import type { EditionTable } from '../api/edition.ts'
import type { Operation, OperationName } from '../api/operation.ts'
import { itemsOf } from '../conformance/data.ts'
import { shownError } from '../conformance/responses.ts'
import { BudgetError, InterruptedError, type Session, TargetError } from '../conformance/session.ts'
import { type Item, isItem, textIn } from './account.ts'
import type { Missing } from './missing.ts'

/** The most elements that are asked for at once, the published default. */
const pageSize = 1000

/** After so many objects in a row without a response the target counts as gone. */
const patience = 3

/** What can be read of a list, and why the rest cannot. */
export interface ReadList {
  readonly items: readonly Item[]
  readonly failure?: string
}

/** Reads lists and single objects of a target; what cannot be read is noted. */
export function createReader(session: Session, edition: EditionTable) {
  const missing: Missing[] = []
  let failed = 0

  const rowOf = (name: OperationName): Operation | undefined => edition.operations[name] as Operation | undefined

  /** The response of a target, or why there is none. Throws when it is in vain to go on. */
  async function ask(target: string): Promise<{ readonly json: unknown } | string> {
    try {
      const response = await session.ask({ target })
      failed = 0
      return response.status === 200 && isItem(response.json) ? response : shownError(response)
    } catch (error) {
      if (error instanceof BudgetError) return error.message
      if (error instanceof InterruptedError || !(error instanceof TargetError)) throw error
      failed += 1
      if (failed >= patience) throw error
      return error.message
    }
  }

  /** All pages of a list, or as many as hold `most` elements; each element once. */
  async function list(path: string, key: string, query = '', most = Number.POSITIVE_INFINITY): Promise<ReadList> {
    const items = new Map<string, Item>()
    const limit = Math.min(pageSize, most)
    for (let page = 0; items.size < most; page += 1) {
      const response = await ask(`${path}?${query}page=${page}&limit=${limit}`)
      const isPastEnd = page > 0 && typeof response === 'string' && response.startsWith('400 ')
      if (isPastEnd) break
      if (typeof response === 'string') return { items: [...items.values()], failure: response }
      const found = itemsOf(response.json)
      const before = items.size
      for (const item of found) items.set(textIn(item, key), item)
      const { count, limit: inForce = limit } = response.json as { count?: unknown; limit?: unknown }
      const isLast = found.length < Number(inForce) && !(Number(count) > items.size && items.size > before)
      if (found.length === 0 || isLast) {
        const lost = Number(count) - items.size
        if (lost > 0 && most === Number.POSITIVE_INFINITY) {
          return { items: [...items.values()], failure: `the list counts ${count}, its pages hold ${items.size}` }
        }
        break
      }
    }
    return { items: [...items.values()].slice(0, most) }
  }

  return {
    missing: missing as readonly Missing[],
    note: (each: Missing): void => void missing.push(each),
    /** The list of an operation; what of it cannot be read is noted as `what`. */
    async all(name: OperationName, key: string, what: string, query = ''): Promise<readonly Item[]> {
      const row = rowOf(name)
      if (!row) return []
      const { items, failure } = await list(row.path, key, query)
      if (failure !== undefined) missing.push({ what, reason: failure })
      return items
    },
    /** The newest executions of a job or workflow. */
    async newest(name: OperationName, id: string, most: number): Promise<ReadList> {
      const path = rowOf(name)?.path.replace(/\{\w+\}/, encodeURIComponent(id)) ?? ''
      return list(path, 'jobExecutionId', '', most)
    },
    /** A single object, or why it cannot be read. */
    async one(name: OperationName, id: string): Promise<Item | string> {
      const response = await ask(rowOf(name)?.path.replace(/\{\w+\}/, encodeURIComponent(id)) ?? '')
      return typeof response === 'string' ? response : (response.json as Item)
    },
    filtersStatus: 'status' in (rowOf('getJobs')?.query ?? {}),
  }
}

export type Reader = ReturnType<typeof createReader>
