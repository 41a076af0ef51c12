import { complain, inside, missing, type Shape, shape } from '../api/body.ts'
import { isJsonObject, type Json } from '../api/json.ts'
import { type TProperties, type TSchema, Type } from '../schema/json-schema.ts'
import { Complaint } from './problem.ts'

/** Shapes by the names of what they are for. */
export type Shapes = Readonly<Record<string, Shape<unknown>>>

/** What the members of an object hold, those that were sent. */
export type Taken<Of extends Shapes> = { -readonly [Name in keyof Of]?: ReturnType<Of[Name]['take']> }

/**
 * An object whose members may all be left out, and that has no others: a slip in the set-up of a test should show
 * where it was made.
 */
export function strictly<const Of extends Shapes>(shapes: Of): Shape<Taken<Of>> {
  const properties = Object.entries(shapes).map(([name, { schema }]) => [name, Type.Optional(schema)])
  const schema = Type.Object(Object.fromEntries(properties), { additionalProperties: false })
  return shape(schema, 'an object', (value, at) => {
    if (!isJsonObject(value)) return undefined
    const taken: Record<string, unknown> = {}
    for (const [name, member] of Object.entries(value)) {
      const known = Object.hasOwn(shapes, name) ? shapes[name] : undefined
      if (!known) return complain(inside(at, name), `is not known here; there are ${Object.keys(shapes).join(', ')}`)
      taken[name] = known.take(member, inside(at, name))
    }
    return taken as Taken<Of>
  })
}

/** The same, but that some of the members must be there. */
export function demanding<const Of extends Shapes>(
  needed: readonly (keyof Of & string)[],
  shapes: Of,
): Shape<Taken<Of>> {
  const { schema, take, ...rest } = strictly(shapes)
  return {
    ...rest,
    schema: { ...schema, required: needed } as TSchema,
    take(value, at) {
      const taken = take(value, at)
      for (const name of needed) {
        const known = shapes[name]
        if (!(name in taken) && known) missing(known, inside(at, name))
      }
      return taken
    },
  }
}

/** An object that holds these members and no others: what an endpoint answers. */
export const closed = (properties: TProperties, options: { description?: string } = {}): TSchema =>
  Type.Object(properties, { ...options, additionalProperties: false })

/** Takes a body as the shape says; one that was not sent is a complaint of its own. */
export function bodyTaken<T>(shape: Shape<T>, body: unknown): T {
  if (body === undefined) throw new Complaint(400, `Send ${shape.expected} as content-type application/json.`)
  return shape.take(body as Json, {})
}
