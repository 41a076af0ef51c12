/** Marks a member that may be left out. A symbol: JSON and validators do not see it. */
const optional = Symbol('optional')

/** A JSON Schema (draft 2020-12) as a plain object, and the type of its values. */
export interface TSchema<T = unknown> {
  /** For the compiler alone: no schema has this member. */
  readonly '~type'?: T
  readonly $id?: string
  readonly description?: string
  readonly [keyword: string]: unknown
}

export interface TOptional<T> extends TSchema<T> {
  /** For the compiler alone: no schema has this member. */
  readonly '~optional': true
}

export type TProperties = Readonly<Record<string, TSchema>>

export type Static<Schema extends TSchema> = Schema extends TSchema<infer T> ? T : never

type OptionalKeys<P extends TProperties> = { [K in keyof P]: P[K] extends TOptional<unknown> ? K : never }[keyof P]

/** One object type, so that editors show members and not how they came about. */
type Plain<T> = { [K in keyof T]: T[K] }

export type ObjectOf<P extends TProperties> = Plain<
  { readonly [K in Exclude<keyof P, OptionalKeys<P>>]: Static<P[K]> } & {
    readonly [K in OptionalKeys<P>]?: Static<P[K]>
  }
>

/** Keywords beside the type, such as `description` or `minimum`. */
type Keywords = Readonly<Record<string, unknown>>

export const isOptional = (schema: TSchema): boolean => optional in schema

const requiredIn = (properties: TProperties): string[] =>
  Object.keys(properties).filter(name => !isOptional(properties[name] ?? {}))

/**
 * Makes JSON Schemas that carry their TypeScript type, in the words of TypeBox. Plain data, so that an emulator does not
 * load a library for documents that are rarely asked for (docs/decisions/0009-one-schema-kit.md).
 */
export const Type = {
  String: (keywords: Keywords = {}): TSchema<string> => ({ type: 'string', ...keywords }),
  Integer: (keywords: Keywords = {}): TSchema<number> => ({ type: 'integer', ...keywords }),
  Number: (keywords: Keywords = {}): TSchema<number> => ({ type: 'number', ...keywords }),
  Boolean: (keywords: Keywords = {}): TSchema<boolean> => ({ type: 'boolean', ...keywords }),
  Null: (): TSchema<null> => ({ type: 'null' }),
  Unknown: (keywords: Keywords = {}): TSchema<unknown> => keywords,
  Literal: <const T extends string | number | boolean>(value: T, keywords: Keywords = {}): TSchema<T> => ({
    type: typeof value,
    const: value,
    ...keywords,
  }),
  Enum: <const Word extends string>(words: readonly Word[], keywords: Keywords = {}): TSchema<Word> => ({
    enum: [...words],
    ...keywords,
  }),
  Array: <Element extends TSchema>(items: Element, keywords: Keywords = {}): TSchema<Static<Element>[]> => ({
    type: 'array',
    items,
    ...keywords,
  }),
  Object: <const P extends TProperties>(properties: P, keywords: Keywords = {}): TSchema<ObjectOf<P>> => {
    const required = requiredIn(properties)
    return { type: 'object', ...(required.length > 0 && { required }), properties, ...keywords }
  },
  Closed: <const P extends TProperties>(properties: P, keywords: Keywords = {}): TSchema<ObjectOf<P>> =>
    Type.Object(properties, { ...keywords, additionalProperties: false }),
  Record: <Value extends TSchema>(value: Value, keywords: Keywords = {}): TSchema<Record<string, Static<Value>>> => ({
    type: 'object',
    additionalProperties: value,
    ...keywords,
  }),
  Union: <const Parts extends readonly TSchema[]>(
    parts: Parts,
    keywords: Keywords = {},
  ): TSchema<Static<Parts[number]>> => ({ anyOf: parts, ...keywords }),
  Ref: <T = unknown>(name: string): TSchema<T> => ({ $ref: name }),
  Optional: <Schema extends TSchema>(schema: Schema) =>
    ({ ...schema, [optional]: true }) as unknown as TOptional<Static<Schema>>,
} as const
