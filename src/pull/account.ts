/** An object of a response. */
export type Item = Readonly<Record<string, unknown>>

/** What a target shows of an account, lists in their order. */
export interface Account {
  readonly jobs: readonly Item[]
  /** Jobs that are listed as deleted. */
  readonly deleted: readonly Item[]
  readonly triggers: readonly Item[]
  readonly workflows: readonly Item[]
  /** Single jobs, by their ids. */
  readonly details: ReadonlyMap<string, Item>
  /** The newest executions of jobs and of workflows, by the ids of these. */
  readonly executions: ReadonlyMap<string, readonly Item[]>
  readonly workflowExecutions: ReadonlyMap<string, readonly Item[]>
}

export const isItem = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A member that is a text; '' when it is not. */
export const textIn = (item: Item, name: string): string =>
  typeof item[name] === 'string' ? (item[name] as string) : ''

export const listIn = (item: Item, name: string): readonly Item[] =>
  Array.isArray(item[name]) ? (item[name] as unknown[]).filter(isItem) : []
