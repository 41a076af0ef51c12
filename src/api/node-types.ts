import { Type } from '../schema/json-schema.ts'
import { type Long, listOf, named, oneOf, type Shape, shape, text } from '../schema/shape.ts'
import type { Assumed } from './assumptions.ts'
import { type Member, optional, record, required } from './body.ts'

/** What a node says about its parents beside `parentNodeIds`. */
export interface NodeLinks {
  readonly left?: Long
  readonly right?: Long
  readonly sources?: readonly Long[]
}

export interface ParentRule {
  readonly least: number
  readonly most: number
  readonly words: string
}

const noParents = { least: 0, most: 0, words: 'an empty list' } as const satisfies ParentRule
const oneParent = { least: 1, most: 1, words: 'a list of exactly 1 id' } as const satisfies ParentRule
export const twoParents = { least: 2, most: 2, words: 'a list of exactly 2 ids' } as const satisfies ParentRule
export const someParents = {
  least: 1,
  most: Number.POSITIVE_INFINITY,
  words: 'a list of 1 id or more',
} as const satisfies ParentRule

export interface NodeType {
  readonly category: 'SOURCE' | 'TRANSFORM' | 'TARGET'
  readonly parents: ParentRule
  /** The members that nodes of this type have beside those of every node; others are kept unread. */
  readonly members: Readonly<Record<string, Member<NodeLinks>>>
}

export type NodeTypes = Readonly<Record<string, NodeType>>

export const source = (members: NodeType['members']): NodeType => ({ category: 'SOURCE', parents: noParents, members })
export const target = (members: NodeType['members']): NodeType => ({ category: 'TARGET', parents: oneParent, members })
export const transform = (members: NodeType['members'], parents: ParentRule = oneParent): NodeType => ({
  category: 'TRANSFORM',
  parents,
  members,
})

export const columnTypes = [
  'Void',
  'Boolean',
  'Tinyint',
  'Smallint',
  'Int',
  'Bigint',
  'Float',
  'Double',
  'String',
  'Char',
  'Varchar',
  'Date',
  'Datetime',
  'Timestamp',
  'Decimal',
  'Binary',
  'TimestampWithTimeZone',
  'Array',
  'Map',
  'Struct',
  'Uniontype',
] as const

function columnType(assumed: Assumed): Shape<string> {
  const printed = `one of ${columnTypes.join(', ')}`
  if (assumed.columnType === 'printed') return oneOf(columnTypes)
  const known = new Set(columnTypes.map(type => type.toLowerCase()))
  const expected = `${printed} in any letter case`
  return shape(Type.String({ description: `O${expected.slice(1)}.` }), expected, value =>
    typeof value === 'string' && known.has(value.toLowerCase()) ? value : undefined,
  )
}

/** A column of a `fieldList`; the `properties` of a nested type are columns again. */
export function column(assumed: Assumed): Shape<object> {
  const nested: Shape<object> = {
    schema: Type.Ref('JobNodeField#'),
    definitions: [],
    expected: 'an object',
    parse: (value, at) => whole.parse(value, at),
  }
  const whole = named(
    'JobNodeField',
    'A column; the properties of a nested type are columns again.',
    record({
      name: required(text),
      type: required(columnType(assumed)),
      properties: optional(listOf(nested)),
    }),
  )
  return whole
}
