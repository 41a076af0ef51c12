import { isJsonObject, type Json, RawJson } from './json.ts'
import { type TSchema, Type } from './json-schema.ts'
import { meant } from './near.ts'
import { type Flaw, InvalidData, inside, type Place, reject, rootOf, shownValue } from './place.ts'

/** A kind of value in data from outside: its schema for documents, and how a value that was sent is checked. */
export interface Shape<T> {
  readonly schema: TSchema
  /** The named schemas that `schema` refers to. */
  readonly definitions: readonly TSchema[]
  /** What it must be, in words that follow `must be`. */
  readonly expected: string
  /** Gives the value in the words of the caller; throws InvalidData for one that does not fit. */
  readonly parse: (value: Json, at: Place) => T
}

export type Parsed<Of extends Shape<unknown>> = ReturnType<Of['parse']>

export const check = <T>(shape: Shape<T>, value: unknown, at: Place = {}): T => shape.parse(value as Json, at)

/**
 * Checks data that a program hands over: throws a RangeError that names the place by its keys, and by `what` the data itself.
 * `within` is a place that the data stands in.
 */
export function checkInCode<T>(shape: Shape<T>, value: unknown, what: string, within = ''): T {
  try {
    return check(shape, value)
  } catch (error) {
    if (!(error instanceof InvalidData)) throw error
    const [{ keys, complaint }] = error.flaws
    throw new RangeError(`${[...(within ? [within] : []), ...keys].join('.') || what}: ${complaint}`)
  }
}

/** The schema with a sentence for readers of the document: its own, or what it must be. */
function withSentence(schema: TSchema, expected: string): TSchema {
  const description = schema.description ?? `${expected.charAt(0).toUpperCase()}${expected.slice(1)}.`
  return { ...schema, description }
}

/** A shape without named schemas; `parsed` returns `undefined` for what does not fit. */
export function shape<T>(
  schema: TSchema,
  expected: string,
  parsed: (value: Json, at: Place) => T | undefined,
): Shape<T> {
  return {
    schema: withSentence(schema, expected),
    definitions: [],
    expected,
    parse: (value, at) =>
      parsed(value, at) ?? reject(at, `must be ${expected}, was ${shownValue(value)}`, { expected, value }),
  }
}

export const text = shape(Type.String(), 'a text', value => (typeof value === 'string' ? value : undefined))

export const nonEmptyText = shape(Type.String({ minLength: 1 }), 'a text that is not empty', value =>
  typeof value === 'string' && value !== '' ? value : undefined,
)

/** A text of a form; `expected` says in words what the pattern means. */
export function textLike(pattern: string, expected: string): Shape<string> {
  const form = new RegExp(pattern)
  return shape(Type.String({ pattern }), expected, value =>
    typeof value === 'string' && form.test(value) ? value : undefined,
  )
}

/** A text of so many characters. */
export const textOfLength = (minLength: number, maxLength: number): Shape<string> =>
  shape(Type.String({ minLength, maxLength }), `a text of ${minLength} to ${maxLength} characters`, value => {
    const length = typeof value === 'string' ? [...value].length : -1
    return typeof value === 'string' && length >= minLength && length <= maxLength ? value : undefined
  })

export const boolean = shape(Type.Boolean(), 'true or false', value => (typeof value === 'boolean' ? value : undefined))

export const oneOf = <const W extends string>(words: readonly W[]): Shape<W> =>
  shape(Type.Enum(words, { type: 'string' }), `one of ${words.join(', ')}`, value => words.find(w => w === value))

export const integer = (minimum: number, maximum?: number): Shape<number> =>
  shape(
    Type.Integer({ minimum, ...(maximum !== undefined && { maximum }) }),
    maximum === undefined ? `a whole number, ${minimum} or more` : `a whole number from ${minimum} to ${maximum}`,
    value =>
      typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= (maximum ?? value)
        ? value
        : undefined,
  )

export const number = (minimum: number, maximum: number): Shape<number> =>
  shape(Type.Number({ minimum, maximum }), `a number from ${minimum} to ${maximum}`, value =>
    typeof value === 'number' && value >= minimum && value <= maximum ? value : undefined,
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

export const anyObject = shape(Type.Object({}), 'an object', value => (isJsonObject(value) ? value : undefined))

/** A whole number in plain decimal digits, as query parameters and flags give it. */
export function integerText(minimum: number, maximum: number): Shape<number> {
  const form = minimum < 0 ? /^-?[0-9]+$/ : /^[0-9]+$/
  return shape(
    Type.Integer({ minimum, maximum }),
    `a whole number from ${minimum} to ${maximum} in plain digits`,
    value => {
      const number = typeof value === 'string' && form.test(value) ? Number(value) : Number.NaN
      return number >= minimum && number <= maximum ? number : undefined
    },
  )
}

const mostFlaws = 1000

/** Parses the parts of a list or object: stops at the first flaw, or gathers all where the outermost place asks for it. */
function gathering(at: Place) {
  const flaws: Flaw[] = []
  const throwFlaws = (): void => {
    const [first, ...others] = flaws
    if (first) throw new InvalidData([first, ...others])
  }
  return {
    attempt<T>(parse: () => T): T | undefined {
      try {
        return parse()
      } catch (error) {
        if (!(error instanceof InvalidData && rootOf(at).everyFlaw)) throw error
        for (const flaw of error.flaws) flaws.push(flaw)
        if (flaws.length >= mostFlaws) throwFlaws()
        return undefined
      }
    },
    end: throwFlaws,
  }
}

export const listOf = <T>(element: Shape<T>): Shape<T[]> => ({
  ...shape(Type.Array(element.schema), 'a list', (value, at) => {
    if (!Array.isArray(value)) return undefined
    const parts = gathering(at)
    const list = value.map((each, index) => parts.attempt(() => element.parse(each, inside(at, index))))
    parts.end()
    return list as T[]
  }),
  definitions: element.definitions,
})

export const mapOf = <T>(element: Shape<T>): Shape<Readonly<Record<string, T>>> => ({
  ...shape(Type.Record(element.schema), 'an object', (value, at) => {
    if (!isJsonObject(value)) return undefined
    const parts = gathering(at)
    const entries = Object.entries(value).map(([key, each]) => [
      key,
      parts.attempt(() => element.parse(each, inside(at, key))),
    ])
    parts.end()
    return Object.fromEntries(entries) as Record<string, T>
  }),
  definitions: element.definitions,
})

export type Shapes = Readonly<Record<string, Shape<unknown>>>

export type ParsedObject<Required extends Shapes, Optional extends Shapes> = {
  readonly [Name in keyof Required]: Parsed<Required[Name]>
} & { readonly [Name in keyof Optional]?: Parsed<Optional[Name]> } extends infer Both
  ? { [Name in keyof Both]: Both[Name] }
  : never

/** Rejects a member that is not there. */
export const missing = ({ expected }: Shape<unknown>, at: Place): never =>
  reject(at, `must be ${expected}, is missing`, { expected })

/** Rejects a member that has no place in an object. */
function unknown(names: readonly string[], name: string, value: Json, at: Place): never {
  // "$schema" is for editors: nobody means it by a typing error.
  const known = names.filter(name => !name.startsWith('$'))
  return reject(at, `unknown member${meant(name, known)}; allowed: ${known.join(', ')}`, {
    expected: `one of the members ${known.join(', ')}`,
    value,
  })
}

/**
 * An object that has all of `required`, may have any of `optional`, and nothing else: a slip in the set-up of a test
 * should show where it was made. A member that is `undefined` counts as left out.
 */
export function object<const Required extends Shapes, const Optional extends Shapes = Record<never, never>>(
  required: Required,
  optional: Optional = {} as Optional,
): Shape<ParsedObject<Required, Optional>> {
  const shapes: Shapes = { ...required, ...optional }
  const names = Object.keys(shapes)
  const properties = Object.entries(shapes).map(([name, { schema }]) => [
    name,
    name in required ? schema : Type.Optional(schema),
  ])
  const schema = Type.Object(Object.fromEntries(properties), { additionalProperties: false })
  return {
    ...shape(schema, 'an object', (value, at) => {
      if (!isJsonObject(value)) return undefined
      const parts = gathering(at)
      const parsed: Record<string, unknown> = {}
      for (const [name, member] of Object.entries(value)) {
        if (member === undefined) continue
        const known = Object.hasOwn(shapes, name) ? shapes[name] : undefined
        const place = inside(at, name)
        parts.attempt(() => {
          parsed[name] = known ? known.parse(member, place) : unknown(names, name, member, place)
        })
      }
      for (const [name, shape] of Object.entries(required)) {
        if (!Object.hasOwn(value, name) || value[name] === undefined) {
          parts.attempt(() => missing(shape, inside(at, name)))
        }
      }
      parts.end()
      return parsed as ParsedObject<Required, Optional>
    }),
    definitions: Object.values(shapes).flatMap(({ definitions }) => definitions),
  }
}

/** An object of one of several shapes; the member `tag` says by its word which. */
export function variants<T>(tag: string, shapes: Readonly<Record<string, Shape<T>>>): Shape<T> {
  const word = oneOf(Object.keys(shapes))
  const all = Object.values(shapes)
  return {
    ...shape(Type.Union(all.map(({ schema }) => schema)), 'an object', (value, at) => {
      if (!isJsonObject(value)) return undefined
      const place = inside(at, tag)
      const given = value[tag]
      return shapes[given === undefined ? missing(word, place) : word.parse(given, place)]?.parse(value, at)
    }),
    definitions: all.flatMap(({ definitions }) => definitions),
  }
}

/** The same shape under a name: the document shows it once and refers to it. */
export const named = <T>(name: string, description: string, { schema, definitions, ...rest }: Shape<T>): Shape<T> => ({
  ...rest,
  schema: Type.Ref(`${name}#`),
  definitions: [...definitions, { ...schema, $id: name, title: name, description }],
})

/** The same shape, described by what it is for before what it must be. */
export const described = <T>(purpose: string, { schema, ...rest }: Shape<T>): Shape<T> => ({
  ...rest,
  schema: { ...schema, description: `${purpose} ${schema.description}` },
})

export const describedAs = <T>(description: string, of: Shape<T>): Shape<T> => ({
  ...of,
  schema: { ...of.schema, description },
})

/** The same shape, with a further look at what was parsed: a rule that rejects, or another meaning. */
export const refined = <T, U>(shape: Shape<T>, next: (parsed: T, at: Place) => U): Shape<U> => ({
  ...shape,
  parse: (value, at) => next(shape.parse(value, at), at),
})
