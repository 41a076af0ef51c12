import { type ObjectOf, type Static, Type } from '../schema/json-schema.ts'

const confidences = ['high', 'medium-high', 'medium', 'low-medium', 'low'] as const

/** What is said of every behaviour that the published documents leave open. */
const members = {
  question: Type.String({ description: 'Number of the open question, or `design` for a choice of our own.' }),
  title: Type.String(),
  evidence: Type.String({ description: 'What is known on either side.' }),
  confidence: Type.Enum(confidences, { type: 'string' }),
  source: Type.String({ description: 'Slug of the documentation page.' }),
}

const fixedMembers = { ...members, behaviour: Type.String({ description: 'What the emulator does.' }) }

export interface Assumption extends ObjectOf<typeof members> {
  readonly values: Readonly<Record<string, string>>
  readonly default: string
}

/** An assumption that cannot be switched. */
export type FixedAssumption = ObjectOf<typeof fixedMembers>

const name = Type.String()

/** What `GET /__admin/assumptions` shows of each kind. */
export const shownAssumption = Type.Closed({
  name,
  ...members,
  value: Type.String({ description: 'The value in force.' }),
  values: Type.Array(Type.Closed({ value: Type.String(), meaning: Type.String() })),
  default: Type.String(),
})
export const shownFixedAssumption = Type.Closed({ name, ...fixedMembers })

export type AssumptionInForce = Static<typeof shownAssumption>
