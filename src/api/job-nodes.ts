import { isJsonObject, type Json, type JsonObject, RawJson, readJson, writeJson } from '../schema/json.ts'
import { Type } from '../schema/json-schema.ts'
import { inside, type Place, reject } from '../schema/place.ts'
import { described, listOf, long, named, nonEmptyText, oneOf, type Shape, shape } from '../schema/shape.ts'
import type { Assumed } from './assumptions.ts'
import { record, required } from './body.ts'
import { checkGraph, type GraphNode } from './node-graph.ts'
import type { NodeTypes } from './node-types.ts'

/** The node as a complaint names it, as far as it says who it is. */
function called({ id, name }: JsonObject): string {
  const shownId = id instanceof RawJson ? ` ${id.text.slice(0, 40)}` : typeof id === 'number' ? ` ${id}` : ''
  return `(node${shownId}${typeof name === 'string' ? ` ${JSON.stringify(name.slice(0, 40))}` : ''})`
}

const common = (nodeName: Shape<string>) => ({
  id: required(described('Number of the node in this graph, its own.', long), id => ({ id })),
  name: required(described('What the node is called.', nodeName)),
  parentNodeIds: required(
    described('Numbers of the nodes whose rows it takes; empty for a source.', listOf(long)),
    parents => ({ parents }),
  ),
})

function jobNode(types: NodeTypes, nodeName: Shape<string>): Shape<GraphNode> {
  const kinds = Object.entries(types).map(([typeName, type]) => {
    const members = record({
      type: required(oneOf([typeName])),
      ...common(nodeName),
      ...type.members,
    })
    return {
      typeName,
      type,
      shape: named(`JobNode_${typeName}`, `A node of the type ${typeName}; members beside these are kept.`, {
        ...members,
        schema: { ...members.schema, additionalProperties: true },
      }),
    }
  })
  const kindNamed = new Map<Json, (typeof kinds)[number]>(kinds.map(kind => [kind.typeName, kind]))
  const { schema, expected } = oneOf(Object.keys(types))
  const type = required(
    shape(schema, expected, value => kindNamed.get(value)),
    kind => kind,
  )

  return named('JobNode', 'A node of the graph of a job; its type says which members it has.', {
    ...shape(Type.Union(kinds.map(({ shape }) => shape.schema)), 'an object', (value, place) => {
      if (!isJsonObject(value)) return undefined
      const at: Place = { ...place, whose: called(value) }
      const kind = type.read(value.type, inside(at, 'type'))
      return { ...kind.shape.parse(value, at), typeName: kind.typeName, type: kind.type, at }
    }),
    definitions: kinds.flatMap(({ shape }) => shape.definitions),
  })
}

/** The nodes of a job: checked, and taken as the JSON text that is stored, every digit and member as sent. */
export function jobNodes(types: NodeTypes, jobName: Shape<string>, assumed: Assumed): Shape<string> {
  const list = listOf(jobNode(types, assumed.nodeName === 'job' ? jobName : nonEmptyText))
  return {
    ...list,
    parse: (value, at) => {
      const nodes = list.parse(value, at)
      if (nodes.length === 0 && assumed.emptyNodes === 'refuse') reject(at, 'must be a list of at least 1 node')
      checkGraph(nodes)
      return writeJson(value)
    },
  }
}

/** Nodes in an update of a job: checked in full when it turns out that the update finishes the job. */
export interface UpdatedNodes {
  readonly text: string
  readonly checkFinished: () => void
}

export function draftNodes(
  types: NodeTypes,
  jobName: Shape<string>,
  assumed: Assumed,
  finished: Shape<string>,
): Shape<UpdatedNodes> {
  const members = {
    type: required(oneOf(Object.keys(types))),
    ...common(assumed.nodeName === 'job' ? jobName : nonEmptyText),
  }
  const draft = named('DraftJobNode', 'A node of a draft; members beside these are kept unchecked.', record(members))
  const list = assumed.draftCheck === 'nodes' ? listOf(draft) : finished
  return {
    ...list,
    schema:
      assumed.draftCheck === 'nodes'
        ? { anyOf: [finished.schema, list.schema], description: 'A list; that of a draft may be unfinished.' }
        : list.schema,
    definitions: [...finished.definitions, ...list.definitions],
    parse(value, at) {
      list.parse(value, at)
      return { text: writeJson(value), checkFinished: () => void finished.parse(value, at) }
    },
  }
}

/** A column as replies show it: its sub-columns are there, if only as an empty list. */
function presentColumn(column: Json): Json {
  if (!isJsonObject(column)) return column
  const { properties } = column
  return { ...column, properties: Array.isArray(properties) ? properties.map(presentColumn) : [] }
}

function presentNode(node: Json): Json {
  if (!isJsonObject(node) || !Array.isArray(node.fieldList)) return node
  return { ...node, fieldList: node.fieldList.map(presentColumn) }
}

export function presentNodes(stored: string): RawJson {
  const nodes = readJson(stored)
  return new RawJson(writeJson(Array.isArray(nodes) ? nodes.map(presentNode) : nodes))
}
