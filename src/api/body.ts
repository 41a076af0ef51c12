import { reject } from '../domain/api-error.ts'
import { isJsonObject, type Json, JsonError, readJsonBytes } from '../schema/json.ts'
import { Type } from '../schema/json-schema.ts'
import { InvalidData, inside, type Place } from '../schema/place.ts'
import { missing, type Shape, shape } from '../schema/shape.ts'

/** Reads a part of a request; what does not fit is the API's bad-parameter or malformed body. */
export function asApiErrors<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof InvalidData) return reject('badParameter', error.message)
    if (error instanceof JsonError) return reject('malformedBody', error.message)
    throw error
  }
}

/** A member of an object: its shape, and what its value asks for in the words of the domain. */
export interface Member<Asked extends object> {
  readonly optional: boolean
  readonly shape: Shape<unknown>
  readonly read: (value: Json | undefined, at: Place) => Asked
}

export type Members = Readonly<Record<string, Member<object>>>

type Union<Of extends Members> = { [Name in keyof Of]: ReturnType<Of[Name]['read']> }[keyof Of]
type Together<U> = (U extends unknown ? (part: U) => void : never) extends (whole: infer Whole) => void ? Whole : never

export type AskedOf<Of extends Members> = Together<Union<Of>>

const nothing = () => ({})

export function required<T, Asked extends object = object>(
  shape: Shape<T>,
  asks: (value: T) => Asked = nothing as () => Asked,
): Member<Asked> {
  return {
    optional: false,
    shape,
    read: (value, at) => (value === undefined ? missing(shape, at) : asks(shape.parse(value, at))),
  }
}

/** A member that may be left out; null counts as left out. */
export function optional<T, Asked extends object = object>(
  shape: Shape<T>,
  asks: (value: T | undefined) => Asked = nothing as () => Asked,
): Member<Asked> {
  return {
    optional: true,
    shape,
    read: (value, at) => asks(value === undefined || value === null ? undefined : shape.parse(value, at)),
  }
}

/** The meaning of an optional member that has no default: its value under a word of ours, or nothing. */
export const under =
  <Key extends string>(key: Key) =>
  <T>(value: T | undefined): { [K in Key]?: T } =>
    (value === undefined ? {} : { [key]: value }) as { [K in Key]?: T }

/** An object by a table of its members; members that the table does not name are passed over. */
export function record<const Of extends Members>(members: Of): Shape<AskedOf<Of>> {
  const entries = Object.entries(members)
  const properties = entries.map(([key, { shape, optional }]) => [
    key,
    optional ? Type.Optional(shape.schema) : shape.schema,
  ])
  return {
    ...shape(Type.Object(Object.fromEntries(properties)), 'an object', (value, at) => {
      if (!isJsonObject(value)) return undefined
      const asked: object = {}
      for (const [key, member] of entries) Object.assign(asked, member.read(value[key], inside(at, key)))
      return asked as AskedOf<Of>
    }),
    definitions: entries.flatMap(([, { shape }]) => shape.definitions),
  }
}

/** Reads the bytes of a request body as the shape says. */
export const readBody = <T>(shape: Shape<T>, bytes: Uint8Array): T =>
  asApiErrors(() => shape.parse(readJsonBytes(bytes), {}))
