import { type TSchema, Type } from '../schema/json-schema.ts'
import { isJsonObject, type Json, RawJson, readJsonBytes } from './json.ts'
import { badParameter, quoted } from './query.ts'

/** Where a value stands in a request body. The pointer is only put together for a complaint. */
export interface Place {
  readonly inside?: Place
  /** Key or index, absent for the body itself. */
  readonly key?: string | number
  /** Whose value it is, for people, such as `(node 17 "orders")`. */
  readonly whose?: string
}

export const inside = (place: Place, key: string | number): Place => ({ inside: place, key })

const escaped = (key: string | number) => String(key).replaceAll('~', '~0').replaceAll('/', '~1')

/** Refuses a value of the body by the parameter it belongs to and its JSON pointer. */
export function complain(place: Place, complaint: string): never {
  const keys: string[] = []
  let whose = ''
  for (let at: Place | undefined = place; at; at = at.inside) {
    if (at.key !== undefined) keys.unshift(escaped(at.key))
    whose ||= at.whose ? ` ${at.whose}` : ''
  }
  const [parameter = 'the body', ...deeper] = keys
  return badParameter(parameter, deeper.length === 0 ? complaint : `/${keys.join('/')}${whose}: ${complaint}`)
}

/** A value as a complaint shows it: short, and containers by their kind. */
function shownJson(value: Json): string {
  if (typeof value === 'string') return quoted(value)
  if (value instanceof RawJson) return value.text.length > 80 ? `${value.text.slice(0, 80)}...` : value.text
  if (Array.isArray(value)) return `a list of ${value.length}`
  return isJsonObject(value) ? 'an object' : String(value)
}

/** A kind of value in a request body: its schema in the document, and how a value that was sent is taken. */
export interface Shape<T> {
  readonly schema: TSchema
  /** The named schemas that `schema` refers to. */
  readonly parts: readonly TSchema[]
  /** What it must be, in words that follow `must be`. */
  readonly expected: string
  /** Refuses what does not fit. */
  readonly take: (value: Json, at: Place) => T
}

/** The schema with a sentence for readers of the document: its own, or what it must be. */
function told(schema: TSchema & { description?: string }, expected: string): TSchema {
  const description = schema.description ?? `${expected.charAt(0).toUpperCase()}${expected.slice(1)}.`
  return { ...schema, description }
}

/** A shape without named parts; `taken` answers `undefined` to what does not fit. */
export function shape<T>(
  schema: TSchema,
  expected: string,
  taken: (value: Json, at: Place) => T | undefined,
): Shape<T> {
  return {
    schema: told(schema, expected),
    parts: [],
    expected,
    take: (value, at) => taken(value, at) ?? complain(at, `must be ${expected}, was ${shownJson(value)}`),
  }
}

export const text = shape(Type.String(), 'a text', value => (typeof value === 'string' ? value : undefined))

export const someText = shape(Type.String({ minLength: 1 }), 'a text that is not empty', value =>
  typeof value === 'string' && value !== '' ? value : undefined,
)

/** A text of a form; `expected` says in words what the pattern means. */
export function textLike(pattern: string, expected: string): Shape<string> {
  const form = new RegExp(pattern)
  return shape(Type.String({ pattern }), expected, value =>
    typeof value === 'string' && form.test(value) ? value : undefined,
  )
}

export const yesOrNo = shape(Type.Boolean(), 'true or false', value => (typeof value === 'boolean' ? value : undefined))

/** One of some words, in exactly this letter case. */
export const word = <const W extends string>(words: readonly W[]): Shape<W> =>
  shape(Type.Enum([...words], { type: 'string' }), `one of ${words.join(', ')}`, value => words.find(w => w === value))

export const wholeFrom = (minimum: number, maximum: number, about: { default?: number } = {}): Shape<number> =>
  shape(Type.Integer({ minimum, maximum, ...about }), `a whole number from ${minimum} to ${maximum}`, value =>
    typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum ? value : undefined,
  )

/** A 64-bit integer: a bigint where a number would round. Equal integers are equal values. */
export type Long = number | bigint

const smallestLong = -(2n ** 63n)
const largestLong = 2n ** 63n - 1n

function longOf(value: Json): Long | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  const digits = value instanceof RawJson ? value.text : typeof value === 'number' ? String(value) : ''
  if (!/^-?[0-9]{1,19}$/.test(digits)) return undefined
  const exact = BigInt(digits)
  return exact >= smallestLong && exact <= largestLong ? exact : undefined
}

export const long: Shape<Long> = shape(
  Type.Integer({ format: 'int64' }),
  `a whole number of 64 bits (${smallestLong} to ${largestLong}) in plain digits`,
  longOf,
)

export const listOf = <T>(element: Shape<T>): Shape<T[]> => ({
  ...shape(Type.Array(element.schema), 'a list', (value, at) =>
    Array.isArray(value) ? value.map((each, index) => element.take(each, inside(at, index))) : undefined,
  ),
  parts: element.parts,
})

/** An object with any keys, each holding the same kind of value. */
export const mapOf = <T>(element: Shape<T>): Shape<Readonly<Record<string, T>>> => ({
  ...shape(Type.Record(element.schema), 'an object', (value, at) =>
    isJsonObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, element.take(each, inside(at, key))]))
      : undefined,
  ),
  parts: element.parts,
})

/** The same shape under a name: the document shows it once and refers to it. */
export const named = <T>(name: string, description: string, { schema, parts, ...rest }: Shape<T>): Shape<T> => ({
  ...rest,
  schema: Type.Ref(`${name}#`),
  parts: [...parts, { ...schema, $id: name, title: name, description }],
})

/** The same shape, described by what it is for before what it must be. */
export const about = <T>(purpose: string, { schema, ...rest }: Shape<T>): Shape<T> => {
  const { description }: { description?: string } = schema
  return { ...rest, schema: { ...schema, description: `${purpose} ${description}` } }
}

/** The same shape, with a further look at what was taken: a rule that complains, or another meaning. */
export const refined = <T, U>(shape: Shape<T>, next: (taken: T, at: Place) => U): Shape<U> => ({
  ...shape,
  take: (value, at) => next(shape.take(value, at), at),
})

/** A member of an object: its shape, and what its value asks for in the words of the domain. */
export interface Member<Asked extends object> {
  readonly optional: boolean
  readonly shape: Shape<unknown>
  readonly read: (value: Json | undefined, at: Place) => Asked
}

export type Members = Readonly<Record<string, Member<object>>>

type Union<Of extends Members> = { [Name in keyof Of]: ReturnType<Of[Name]['read']> }[keyof Of]
type Together<U> = (U extends unknown ? (part: U) => void : never) extends (whole: infer Whole) => void ? Whole : never

/** What the members of an object ask for, taken together. */
export type AskedOf<Of extends Members> = Together<Union<Of>>

/** Refuses a member that is not there. */
export const missing = (shape: Shape<unknown>, at: Place): never =>
  complain(at, `must be ${shape.expected}, is missing`)

const nothing = () => ({})

export function required<T, Asked extends object = object>(
  shape: Shape<T>,
  asks: (value: T) => Asked = nothing as () => Asked,
): Member<Asked> {
  return {
    optional: false,
    shape,
    read: (value, at) => (value === undefined ? missing(shape, at) : asks(shape.take(value, at))),
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
    read: (value, at) => asks(value === undefined || value === null ? undefined : shape.take(value, at)),
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
    parts: entries.flatMap(([, { shape }]) => shape.parts),
  }
}

/** Reads the bytes of a request body as the shape says. */
export const readBody = <T>(shape: Shape<T>, bytes: Uint8Array): T => shape.take(readJsonBytes(bytes), {})
