import type { Assumption, AssumptionInForce } from './assumption.ts'
import { jobAssumptions } from './assumptions/jobs.ts'
import { listAssumptions } from './assumptions/lists.ts'
import { requestAssumptions } from './assumptions/requests.ts'
import { responseAssumptions } from './assumptions/responses.ts'
import { statsAssumptions } from './assumptions/stats.ts'
import { workflowAssumptions } from './assumptions/workflows.ts'

/** Every assumption that can be switched, by name. Documents, `--assume` and `GET /__admin/assumptions` follow from it. */
export const assumptions = {
  ...listAssumptions,
  ...responseAssumptions,
  ...requestAssumptions,
  ...jobAssumptions,
  ...workflowAssumptions,
  ...statsAssumptions,
}

const settled: Readonly<Record<string, string>> = {
  oldOperations: '2026-09 documents verifyJob and updateJobExecutionConfig, so they are always served',
}

export type AssumptionName = keyof typeof assumptions

export type Assumed = { readonly [Name in AssumptionName]: keyof (typeof assumptions)[Name]['values'] & string }

const isName = (name: string): name is AssumptionName => Object.hasOwn(assumptions, name)

/**
 * The values in force: the defaults, changed by `switches` (name to value).
 * An unknown name or value throws a RangeError that lists what is allowed.
 */
export function assume(switches: Readonly<Record<string, string>> = {}): Assumed {
  const values: Record<string, string> = {}
  for (const [name, assumption] of Object.entries(assumptions)) values[name] = assumption.default
  for (const [name, value] of Object.entries(switches)) {
    if (Object.hasOwn(settled, name)) throw new RangeError(`assumption ${name} was removed: ${settled[name]}`)
    if (!isName(name)) {
      throw new RangeError(`no assumption is called "${name}"; allowed: ${Object.keys(assumptions).join(', ')}`)
    }
    const allowed = Object.keys(assumptions[name].values)
    if (!allowed.includes(value)) {
      throw new RangeError(`assumption ${name} cannot be "${value}"; allowed: ${allowed.join(', ')}`)
    }
    values[name] = value
  }
  return Object.freeze(values) as Assumed
}

/** The whole list with the values in force, in the order of the table. */
export const inForce = (assumed: Assumed): AssumptionInForce[] =>
  Object.entries<Assumption>(assumptions).map(([name, { values, ...rest }]) => ({
    name,
    value: assumed[name as AssumptionName],
    values: Object.entries(values).map(([value, meaning]) => ({ value, meaning })),
    ...rest,
  }))
