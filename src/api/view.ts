import { RawJson, writeJson } from '../schema/json.ts'
import { type Static, type TSchema, Type } from '../schema/json-schema.ts'
import type { Assumed } from './assumptions.ts'

/** A member of a reply: its shape on the wire beside where its value comes from. */
export interface Field<Source> {
  readonly schema: (assumed: Assumed) => TSchema
  readonly value: (source: Source, assumed: Assumed) => unknown
}

export type Fields<Source> = Readonly<Record<string, Field<Source>>>

const described = (schema: TSchema, description: string): TSchema => ({
  ...schema,
  description: schema.description ? `${description} ${schema.description}` : description,
})

/**
 * Makes fields of one kind of record. A value of `undefined` stays out of the reply.
 * The schema may depend on the assumptions; shape and value do not compile when they disagree.
 * The description is what readers of the document see.
 */
export const fieldOf =
  <Source>() =>
  <S extends TSchema>(
    schema: S | ((assumed: Assumed) => S),
    value: (source: Source, assumed: Assumed) => Static<S> | undefined,
    description?: string,
  ): Field<Source> => {
    const shape = typeof schema === 'function' ? schema : () => schema
    return { schema: description ? assumed => described(shape(assumed), description) : shape, value }
  }

/** A named object of the API: its schema, and how a record is presented as one. */
export interface View<Source> {
  readonly name: string
  readonly schema: TSchema
  readonly refersTo: readonly View<never>[]
  readonly fields?: Fields<Source>
  readonly present: (source: Source) => unknown
}

/** A member that holds other views: refers to one by its name. */
export const reference = ({ name }: View<never>) => Type.Ref<object>(`${name}#`)

/** Makes a view of a table of fields; members come in the order of the table. */
export function view<Source>(
  name: string,
  fields: Fields<Source>,
  assumed: Assumed,
  refersTo: readonly View<never>[] = [],
  description?: string,
): View<Source> {
  const members = Object.entries(fields)
  const properties = Object.fromEntries(members.map(([key, field]) => [key, field.schema(assumed)]))
  return {
    name,
    schema: Type.Object(properties, {
      $id: name,
      title: name,
      ...(description ? { description } : {}),
      additionalProperties: false,
    }),
    refersTo,
    fields,
    present: source => {
      const shown: Record<string, unknown> = {}
      for (const [key, field] of members) {
        const value = field.value(source, assumed)
        if (value !== undefined) shown[key] = value
      }
      return shown
    },
  }
}

/**
 * The same view, which remembers the JSON text of each record as long as the record lives. For records that stay the same
 * object until they change: those of the stores do, and most rows of a list were shown before.
 */
export function withRememberedText<Source extends object>(shown: View<Source>): View<Source> {
  const texts = new WeakMap<Source, RawJson>()
  return {
    ...shown,
    present: source => {
      const known = texts.get(source)
      if (known) return known
      const text = new RawJson(writeJson(shown.present(source)))
      texts.set(source, text)
      return text
    },
  }
}

/** The same table with members added behind the one called `key`. */
export function withFieldsAfter<Source>(key: string, fields: Fields<Source>, added: Fields<Source>): Fields<Source> {
  const members = Object.entries(fields)
  const behind = members.findIndex(([name]) => name === key) + 1
  return Object.fromEntries([...members.slice(0, behind), ...Object.entries(added), ...members.slice(behind)])
}

export const optionalFields = <Source>(fields: Fields<Source>): Fields<Source> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, { schema, value }]) => [
      key,
      { schema: (assumed: Assumed) => Type.Optional(schema(assumed)), value },
    ]),
  )

export const pick = <Source, Key extends string>(
  fields: Readonly<Record<Key, Field<Source>>>,
  keys: readonly Key[],
): Fields<Source> => Object.fromEntries(keys.map(key => [key, fields[key]]))

export function listView<T>(name: string, key: string, element: View<T>, assumed: Assumed): View<readonly T[]> {
  const field = fieldOf<readonly T[]>()
  const list = field(Type.Array(reference(element)), list => list.map(element.present) as object[], 'In order of time.')
  return view(name, { [key]: list }, assumed, [element], 'A statistic.')
}
