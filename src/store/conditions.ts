import type { NameFilter } from '../domain/job.ts'

/** A condition on the rows of a table, with the values of its parameters. */
export interface Condition {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

export const equal = (column: string, value: string | number): Condition => ({ sql: `${column} = ?`, values: [value] })

const comparisons = {
  substring: (name: string, text: string) => `instr(${name}, ${text}) > 0`,
  exact: (name: string, text: string) => `${name} = ${text}`,
  prefix: (name: string, text: string) => `instr(${name}, ${text}) = 1`,
}

/** A name filter; its text means itself, `%` and `_` included. */
export function nameCondition({ text, match, ignoreCase }: NameFilter): Condition {
  const sql = ignoreCase ? comparisons[match]('lower(name)', 'lower(?)') : comparisons[match]('name', '?')
  return { sql, values: [text] }
}
