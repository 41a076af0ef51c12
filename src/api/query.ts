import type { TSchema } from '../schema/json-schema.ts'
import { quoted, reject } from '../schema/place.ts'
import { integerText } from '../schema/shape.ts'
import type { Assumed } from './assumptions.ts'

/** The largest number a paging parameter takes: a 32-bit signed integer. */
const largest = 2 ** 31 - 1

/** A query parameter: its shape in the document, and what its text asks for. */
export interface Param<Asked> {
  readonly schema: (assumed: Assumed) => TSchema
  /** `values` are the decoded texts in the order sent, none when the parameter is absent. */
  readonly read: (values: readonly string[], name: string, assumed: Assumed) => Asked
}

export type Params = Readonly<Record<string, Param<object>>>

type Union<Of extends Params> = { [Name in keyof Of]: ReturnType<Of[Name]['read']> }[keyof Of]
type Together<U> = (U extends unknown ? (part: U) => void : never) extends (whole: infer Whole) => void ? Whole : never

export type AskedOf<Of extends Params> = Together<Union<Of>>

export const badParameter = (name: string, complaint: string): never => reject({ key: name }, complaint)

/** The one text of a parameter that may be given once; `undefined` when it is absent. */
export function single(values: readonly string[], name: string): string | undefined {
  if (values.length > 1) badParameter(name, `must be given once, was given ${values.length} times`)
  return values[0]
}

/** A whole number in plain decimal digits, of at most 2^31-1. */
export const wholeNumber = (text: string, name: string, minimum: number): number =>
  integerText(minimum, largest).parse(text, { key: name })

/** Reads a raw query string (without its `?`) by a table; what the table does not name is ignored or refused. */
export function readQuery<Of extends Params>(params: Of, raw: string, assumed: Assumed): AskedOf<Of> {
  const given = new Map<string, string[]>()
  for (const [name, value] of new URLSearchParams(raw)) {
    const known = given.get(name)
    if (known) known.push(value)
    else given.set(name, [value])
  }
  if (assumed.unknownParameter === 'refuse') {
    for (const name of given.keys()) {
      if (!Object.hasOwn(params, name)) {
        badParameter(quoted(name), `no such parameter; allowed: ${Object.keys(params).join(', ')}`)
      }
    }
  }
  const asked: object = {}
  for (const [name, param] of Object.entries(params)) {
    Object.assign(asked, param.read(given.get(name) ?? [], name, assumed))
  }
  return asked as AskedOf<Of>
}
