import type { TSchema } from './json-schema.ts'
import { pointerOf } from './place.ts'

type Keys = readonly (string | number)[]

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeOf(value) === 'object'

/**
 * Checks parsed JSON against the schemas that `Type` makes. Returns every flaw as a sentence that names places and types
 * but no values, as those may be private. `named` are the schemas that references name, by their `$id`.
 */
export function schemaFlaws(value: unknown, schema: TSchema, named: ReadonlyMap<string, TSchema>): string[] {
  const flaws: string[] = []
  check(value, schema, [], named, flaws)
  return flaws
}

function check(value: unknown, schema: TSchema, keys: Keys, named: ReadonlyMap<string, TSchema>, flaws: string[]) {
  const say = (complaint: string) => flaws.push(`${pointerOf(keys) || 'the body'} ${complaint}`)
  const { $ref, anyOf, type } = schema
  if (typeof $ref === 'string') {
    const found = named.get($ref.replace(/#$/, ''))
    if (!found) throw new Error(`no schema is called ${$ref}`)
    check(value, found, keys, named, flaws)
    return
  }
  if (Array.isArray(anyOf)) {
    const fits = anyOf.some((part: TSchema) => schemaFlaws(value, part, named).length === 0)
    if (!fits) say(`is none of the ${anyOf.length} alternatives, but of type ${typeOf(value)}`)
    return
  }
  const found = typeOf(value)
  if (typeof type === 'string' && found !== type && !(type === 'number' && found === 'integer')) {
    say(`must be of type ${type}, is ${found}`)
    return
  }
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) say(`must be one of ${schema.enum.join(', ')}`)
  if ('const' in schema && schema.const !== value) say(`must be ${JSON.stringify(schema.const)}`)
  if (typeof value === 'string') {
    if (typeof schema.pattern === 'string' && !new RegExp(schema.pattern, 'u').test(value)) {
      say(`must have the form ${schema.pattern}`)
    }
  } else if (typeof value === 'number') {
    if (typeof schema.minimum === 'number' && value < schema.minimum) say(`must be at least ${schema.minimum}`)
    if (typeof schema.maximum === 'number' && value > schema.maximum) say(`must be at most ${schema.maximum}`)
  } else if (Array.isArray(value)) {
    const { items } = schema
    if (items)
      for (const [index, item] of value.entries()) check(item, items as TSchema, [...keys, index], named, flaws)
  } else if (isObject(value)) checkMembers(value, schema, keys, named, flaws)
}

function checkMembers(
  value: Readonly<Record<string, unknown>>,
  schema: TSchema,
  keys: Keys,
  named: ReadonlyMap<string, TSchema>,
  flaws: string[],
) {
  const properties = (schema.properties ?? {}) as Readonly<Record<string, TSchema>>
  for (const name of (schema.required ?? []) as readonly string[]) {
    if (!Object.hasOwn(value, name)) flaws.push(`${pointerOf([...keys, name])} is missing`)
  }
  for (const [name, member] of Object.entries(value)) {
    const known = Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties
    if (known === false) flaws.push(`${pointerOf([...keys, name])} is not a documented member`)
    else if (typeof known === 'object') check(member, known as TSchema, [...keys, name], named, flaws)
  }
}
